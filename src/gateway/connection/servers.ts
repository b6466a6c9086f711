import {
  ChannelFlags,
  type Client,
  Events,
  GatewayDispatchEvents,
  type Guild,
  type GuildBasedChannel,
  PermissionFlagsBits,
  Status,
} from 'discord.js';
import type { Audience, Carries, Servers as KnownServers, Place } from '#src/pipeline/postman.ts';
import { tellMissing } from '#src/render/missing-permissions.ts';
import { wording } from '#src/render/wording.ts';
import type { Obstacle } from '../posts/discord-postman.ts';
import { audienceOf, namedIn } from './audience.ts';
import { type Member, permissionsInChannel, permissionsInServer } from './member-permissions.ts';
import { mayMentionAll, mayRead, missingPermissions } from './permissions.ts';

/** A channel or thread as the gateway told of it. */
export type ServerChannel = {
  id: string;
  serverId: string;
  name: string;
  /** Discord's channel type number. */
  type: number;
  /** The bot's permissions there; null while unknown. */
  botPermissions: bigint | null;
  /** A forum's tags that the bot may give. */
  tags: readonly { id: string; name: string }[];
  /** A forum that takes no post without a tag. */
  requiresTag: boolean;
};

/** Whether the bot may read a channel's history, as the gateway tells it now. */
export type Reading = {
  isAllowed: boolean /** Another one: rights in the server may have changed in between. */;
  version: number;
};

/** The servers the bot is in, always as the gateway last told. */
export type Servers = {
  ids(): string[];
  name(serverId: string): string | null;
  /** `away`: Discord itself cannot reach the server at the moment; what is known of it may be old. */
  presence(serverId: string): 'here' | 'away' | 'left';
  /** Every channel of a server, threads too. */
  channels(serverId: string): ServerChannel[];
  channel(channelId: string): ServerChannel | null;
  /** Why the bot cannot post that there; null when nothing hinders it or the gateway cannot tell. */
  obstacle(place: Place, carries?: Carries): Obstacle | null;
  audience(channelId: string): Audience | null;
  named: KnownServers['named'];
  /** The channels that the server named for Discord's words to its moderators and to its members. */
  ownRooms(serverId: string): { moderators: string | null; system: string | null };
  reading(place: Place): Reading;
  mention: KnownServers['mention'];
  /** What a member may in a channel of that server; null when the server has no such channel, or the gateway told of none. */
  permissionsOf(member: Member, serverId: string, channelId: string): bigint | null;
  /** In the server as a whole; nothing in one that the bot is not in. */
  basePermissionsOf(member: Member, serverId: string): bigint;
};

/** `now`: UTC ms, by which a time-out ends. */
export function createServers(client: Client<true>, now: () => number): Servers {
  const known = (channelId: string): GuildBasedChannel | null => {
    const channel = client.channels.cache.get(channelId);
    if (!channel || channel.isDMBased()) return null;
    // discord.js keeps one that was deleted between two sessions here, but not among its server's.
    return channel.guild.channels.cache.has(channelId) ? channel : null;
  };
  const versions = countChanges(client);
  return {
    ids: () => [...client.guilds.cache.keys()],
    presence: (serverId) => {
      const server = client.guilds.cache.get(serverId);
      return !server ? 'left' : server.available ? 'here' : 'away';
    },
    name: (serverId) => client.guilds.cache.get(serverId)?.name ?? null,
    channels: (serverId) => client.guilds.cache.get(serverId)?.channels.cache.map(described) ?? [],
    channel: (channelId) => {
      const channel = known(channelId);
      return channel && described(channel);
    },
    obstacle: rememberObstacles(
      client,
      (place, carries) => {
        // A direct message.
        if (place.serverId === '') return null;
        const server = client.guilds.cache.get(place.serverId);
        if (!server) return { code: 'server-left', reason: 'The bot is no longer in this server' };
        const channel = known(place.channelId);
        return server.available && channel ? obstacleIn(channel, place, carries) : null;
      },
      (serverId) => timedOutUntil(client.guilds.cache.get(serverId), now()),
    ),
    audience: (channelId) => {
      const channel = known(channelId);
      return channel && audienceOf(channel);
    },
    named: (channelId) => {
      const channel = known(channelId);
      return channel ? namedIn(channel) : {};
    },
    ownRooms: (serverId) => {
      const server = client.guilds.cache.get(serverId);
      return {
        moderators: server?.publicUpdatesChannelId ?? null,
        system: server?.systemChannelId ?? null,
      };
    },
    reading: ({ serverId, channelId }) => {
      const channel = known(channelId);
      const held = channel && isHeardOf(channel) ? permissionsIn(channel) : null;
      return { isAllowed: held !== null && mayRead(held), version: versions.get(serverId) ?? 0 };
    },
    mention: ({ serverId, channelId }, roleId) => {
      if (roleId === serverId) return 'everyone';
      const server = client.guilds.cache.get(serverId);
      if (!server?.available) return 'rings';
      const role = server.roles.cache.get(roleId);
      if (!role) return 'gone';
      const channel = known(channelId);
      const held = channel && permissionsIn(channel);
      return role.mentionable || held === null || mayMentionAll(held) ? 'rings' : 'silent';
    },
    permissionsOf: (member, serverId, channelId) => {
      const channel = known(channelId);
      return channel?.guildId === serverId ? permissionsInChannel(channel, member) : null;
    },
    basePermissionsOf: (member, serverId) => {
      const server = client.guilds.cache.get(serverId);
      return server?.available ? permissionsInServer(server, member) : 0n;
    },
  };
}

/** What is known of a server that Discord cannot reach, or while its line is down, may be old. */
function isHeardOf({ client, guild }: GuildBasedChannel): boolean {
  return guild.available && client.ws.shards.get(guild.shardId)?.status === Status.Ready;
}

/** How often the gateway told of something that may change the bot's rights, by server. */
function countChanges(client: Client): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  client.on(Events.Raw, ({ t: event, d: told }: RawEvent) => {
    if (event === null || !CHANGES_RIGHTS.has(event)) return;
    const serverId = told?.guild_id ?? told?.id ?? '';
    counts.set(serverId, (counts.get(serverId) ?? 0) + 1);
  });
  return counts;
}

type RawEvent = { t: string | null; d?: { guild_id?: string; id?: string } };

const CHANGES_RIGHTS: ReadonlySet<string> = new Set([
  GatewayDispatchEvents.GuildCreate,
  GatewayDispatchEvents.GuildUpdate,
  GatewayDispatchEvents.GuildDelete,
  GatewayDispatchEvents.ChannelUpdate,
  GatewayDispatchEvents.ChannelDelete,
  GatewayDispatchEvents.GuildRoleUpdate,
  GatewayDispatchEvents.GuildRoleDelete,
  GatewayDispatchEvents.GuildMemberUpdate,
]);

type FindObstacle = (place: Place, carries: Carries) => Obstacle | null;

/** Working out permissions takes a while, and a fan-out asks for many posts: until the gateway tells something new. */
function rememberObstacles(
  client: Client<true>,
  find: FindObstacle,
  silencedUntil: (serverId: string) => number | null,
): (place: Place, carries?: Carries) => Obstacle | null {
  const remembered = new Map<string, Obstacle | null>();
  client.on(Events.Raw, ({ t: event }: { t: string | null }) => {
    if (event !== GatewayDispatchEvents.InteractionCreate) remembered.clear();
  });
  return (place, carries = 'papers') => {
    // Its end comes without a word from the gateway.
    const silenced = silencedUntil(place.serverId);
    if (silenced !== null) return timedOut(silenced);
    const key = `${place.channelId} ${place.kind} ${carries}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const obstacle = find(place, carries);
    remembered.set(key, obstacle);
    return obstacle;
  };
}

/** Until when a moderator has timed the bot out; null: not. Who administers a server cannot be timed out. */
function timedOutUntil(server: Guild | undefined, now: number): number | null {
  const me = server?.available ? server.members.me : null;
  const until = me?.communicationDisabledUntilTimestamp ?? null;
  if (until === null || until <= now || me?.permissions.has(PermissionFlagsBits.Administrator)) return null;
  return until;
}

const timedOut = (until: number): Obstacle => ({
  code: 'timed-out',
  reason: wording.timedOut(new Date(until).toISOString().slice(0, 16).replace('T', ' ')),
});

/** Its reason is shown to people who may not know the channel: it never has the channel's name. */
function obstacleIn(channel: GuildBasedChannel, place: Place, carries: Carries): Obstacle | null {
  if (channel.isThread() && channel.locked) return { code: 'thread-locked', reason: wording.threadLocked };
  const held = permissionsIn(channel);
  if (held === null) return null;
  const missing = missingPermissions(channel.isThread() ? 'in-thread' : place.kind, held, carries);
  if (missing.length === 0) return null;
  return { code: 'permission-missing', reason: tellMissing(missing) };
}

function permissionsIn(channel: GuildBasedChannel): bigint | null {
  const { me } = channel.guild.members;
  return (me && channel.permissionsFor(me)?.bitfield) ?? null;
}

function described(channel: GuildBasedChannel): ServerChannel {
  return {
    id: channel.id,
    serverId: channel.guildId,
    name: channel.name,
    type: channel.type,
    botPermissions: permissionsIn(channel),
    tags: 'availableTags' in channel ? tagsIn(channel.availableTags) : [],
    requiresTag: channel.flags?.has(ChannelFlags.RequireTag) ?? false,
  };
}

/** A moderated tag takes Manage Threads, which the bot never asks for. */
function tagsIn(
  tags: readonly { id: string; name: string; moderated: boolean }[],
): { id: string; name: string }[] {
  return tags.filter(({ moderated }) => !moderated).map(({ id, name }) => ({ id, name }));
}
