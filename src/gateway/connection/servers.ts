import { type Client, Events, type GuildBasedChannel, Status } from 'discord.js';
import { ChannelFlags, GatewayDispatchEvents } from 'discord-api-types/v10';
import type { Audience, Carries, Servers as KnownServers, PostPlace } from '#src/pipeline/postman.ts';
import { channelOfDestination } from '#src/pipeline/postman.ts';
import type { Lacked } from '#src/render/tell-lacked.ts';
import { audienceOf, namedIn } from './audience.ts';
import {
  type MemberRights,
  memberPermissionsIn,
  ownPermissionsIn,
  permissionsInServer,
} from './member-permissions.ts';
import { lackedIn, type Obstacle, rememberObstacles } from './obstacles.ts';
import { mayMentionAll, mayRead } from './permissions.ts';

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
export type HistoryRight = {
  isAllowed: boolean /** Another one: rights in the server may have changed in between. */;
  version: number;
};

/** The servers the bot is in, always as the gateway last told. */
export type GatewayServers = {
  /** `away`: Discord itself cannot reach the server at the moment; what is known of it may be old. */
  presence(serverId: string): 'here' | 'away' | 'left';
  /** Every channel of a server, threads too. */
  channels(serverId: string): ServerChannel[];
  channel(channelId: string): ServerChannel | null;
  /** Why the bot cannot post that there; null when nothing hinders it or the gateway cannot tell. */
  obstacle(place: PostPlace, carries?: Carries): Obstacle | null;
  joinedSince: KnownServers['joinedSince'];
  /** What posting that there needs and the bot lacks; `held`: its permissions as Discord just told them. */
  lacked(place: PostPlace, asked?: { carries?: Carries; held?: bigint | null }): readonly Lacked[];
  audience(channelId: string): Audience | null;
  named: KnownServers['named'];
  /** The channels that the server named for Discord's words to its moderators and to its members. */
  ownRooms(serverId: string): { moderators: string | null; system: string | null };
  reading(place: PostPlace): HistoryRight;
  mention: KnownServers['mention'];
  /** What a member may in a channel of that server; null when the server has no such channel, or the gateway told of none. */
  permissionsOf(member: MemberRights, serverId: string, channelId: string): bigint | null;
  /** In the server as a whole; nothing in one that the bot is not in. */
  basePermissionsOf(member: MemberRights, serverId: string): bigint;
};

/** `now`: UTC ms, by which a time-out ends. */
export function createGatewayServers(client: Client<true>, now: () => number): GatewayServers {
  const known = (channelId: string): GuildBasedChannel | null => {
    const channel = client.channels.cache.get(channelId);
    if (!channel || channel.isDMBased()) return null;
    // discord.js keeps one that was deleted between two sessions here, but not among its server's.
    return channel.guild.channels.cache.has(channelId) ? channel : null;
  };
  const versions = countChanges(client);
  return {
    presence: (serverId) => {
      const server = client.guilds.cache.get(serverId);
      return !server ? 'left' : server.available ? 'here' : 'away';
    },
    channels: (serverId) => client.guilds.cache.get(serverId)?.channels.cache.map(described) ?? [],
    channel: (channelId) => {
      const channel = known(channelId);
      return channel && described(channel);
    },
    joinedSince: (since) =>
      [...client.guilds.cache.values()].flatMap(({ id, available, joinedTimestamp: joinedAt }) =>
        available && joinedAt >= since ? [{ serverId: id, joinedAt }] : [],
      ),
    obstacle: rememberObstacles(client, known, now),
    lacked: (place, { carries, held } = {}) => {
      const channel = known(channelOfDestination(place));
      return channel ? lackedIn(channel, place.kind, carries, held ?? undefined) : [];
    },
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
    reading: (place) => {
      const { serverId } = place;
      const channelId = channelOfDestination(place);
      const channel = known(channelId);
      const held = channel && isHeardOf(channel) ? ownPermissionsIn(channel) : null;
      return { isAllowed: held !== null && mayRead(held), version: versions.get(serverId) ?? 0 };
    },
    mention: ({ serverId, channelId }, roleId) => {
      if (roleId === serverId) return 'everyone';
      const server = client.guilds.cache.get(serverId);
      if (!server?.available) return 'rings';
      const role = server.roles.cache.get(roleId);
      if (!role) return 'gone';
      const channel = known(channelId);
      const held = channel && ownPermissionsIn(channel);
      return role.mentionable || held === null || mayMentionAll(held) ? 'rings' : 'silent';
    },
    permissionsOf: (member, serverId, channelId) => {
      const channel = known(channelId);
      return channel?.guildId === serverId ? memberPermissionsIn(channel, member) : null;
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

function described(channel: GuildBasedChannel): ServerChannel {
  return {
    id: channel.id,
    serverId: channel.guildId,
    name: channel.name,
    type: channel.type,
    botPermissions: ownPermissionsIn(channel),
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
