import { type Client, Events, GatewayDispatchEvents, type GuildBasedChannel } from 'discord.js';
import type { Place } from '#src/pipeline/postman.ts';
import type { Obstacle } from './discord-postman.ts';
import { missingPermissions } from './permissions.ts';

/** A channel or thread as the gateway told of it. */
export type ServerChannel = {
  id: string;
  serverId: string;
  name: string;
  /** Discord's channel type number. */
  type: number;
  /** The bot's permissions there; null while unknown. */
  botPermissions: bigint | null;
  /** A forum's tags. */
  tags: readonly { id: string; name: string }[];
};

/** The servers the bot is in, always as the gateway last told. */
export type Servers = {
  ids(): string[];
  name(serverId: string): string | null;
  /** Every channel of a server, threads too. */
  channels(serverId: string): ServerChannel[];
  channel(channelId: string): ServerChannel | null;
  /** Why the bot cannot post there; null when nothing hinders it or the gateway cannot tell. */
  obstacle(place: Place): Obstacle | null;
};

export function createServers(client: Client<true>): Servers {
  const known = (channelId: string): GuildBasedChannel | null => {
    const channel = client.channels.cache.get(channelId);
    return channel && !channel.isDMBased() ? channel : null;
  };
  return {
    ids: () => [...client.guilds.cache.keys()],
    name: (serverId) => client.guilds.cache.get(serverId)?.name ?? null,
    channels: (serverId) => client.guilds.cache.get(serverId)?.channels.cache.map(described) ?? [],
    channel: (channelId) => {
      const channel = known(channelId);
      return channel && described(channel);
    },
    obstacle: rememberObstacles(client, (place) => {
      // A direct message.
      if (place.serverId === '') return null;
      const server = client.guilds.cache.get(place.serverId);
      if (!server) return { code: 'server-left', reason: 'The bot is no longer in this server' };
      const channel = known(place.channelId);
      return server.available && channel ? obstacleIn(channel, place) : null;
    }),
  };
}

type FindObstacle = (place: Place) => Obstacle | null;

/** Working out permissions takes a while, and a fan-out asks for many posts: until the gateway tells something new. */
function rememberObstacles(client: Client<true>, find: FindObstacle): FindObstacle {
  const remembered = { message: new Map(), thread: new Map(), forum: new Map() } as const satisfies Record<
    Place['kind'],
    Map<string, Obstacle | null>
  >;
  client.on(Events.Raw, ({ t: event }: { t: string | null }) => {
    if (event === GatewayDispatchEvents.InteractionCreate) return;
    for (const places of Object.values(remembered)) places.clear();
  });
  return (place) => {
    const places: Map<string, Obstacle | null> = remembered[place.kind];
    const known = places.get(place.channelId);
    if (known !== undefined) return known;
    const obstacle = find(place);
    places.set(place.channelId, obstacle);
    return obstacle;
  };
}

function obstacleIn(channel: GuildBasedChannel, place: Place): Obstacle | null {
  if (channel.isThread() && channel.locked) {
    return { code: 'thread-locked', reason: `The thread #${channel.name} is locked` };
  }
  const held = permissionsIn(channel);
  if (held === null) return null;
  const missing = missingPermissions(channel.isThread() ? 'in-thread' : place.kind, held);
  if (missing.length === 0) return null;
  return { code: 'permission-missing', reason: `In #${channel.name} the bot lacks: ${missing.join(', ')}` };
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
    tags: 'availableTags' in channel ? channel.availableTags.map(({ id, name }) => ({ id, name })) : [],
  };
}
