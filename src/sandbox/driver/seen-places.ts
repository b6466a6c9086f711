import type { Channel } from '../world/channel.ts';
import type { Guild } from '../world/guild.ts';
import { compareIds } from '../world/snowflakes.ts';
import type { World } from '../world/world.ts';
import { isOpenTo } from './people.ts';
import { mayWrite } from './writing.ts';

/** A channel, thread, forum post or DM as one person finds it in their client. */
type SeenPlace = {
  id: string;
  /** Discord's ChannelType. */
  type: number;
  /** In a DM the other person's. */
  name: string;
  parentId: string | null;
  topic: string | null;
  /** Of a forum: what its posts may bear. Of a post: what it bears. */
  tags: readonly { id: string; name: string }[];
  /** Null for what is no thread. */
  thread: { archived: boolean; locked: boolean; ownerId: string } | null;
  mayWrite: boolean;
};

type SeenServer = { id: string; name: string; ownerId: string; places: SeenPlace[] };

/** Servers in the order of their founding, channels in their own order, then threads; DMs last written in first. */
export type SeenPlaces = { servers: SeenServer[]; dms: SeenPlace[] };

/** What this person sees at the side of their client. */
export function placesSeenBy(world: World, userId: string): SeenPlaces {
  const servers = [...world.guilds.values()].filter(({ members }) => members.has(userId));
  const dms = [...world.dms.values()].filter(({ recipientIds }) => recipientIds.includes(userId));
  return {
    servers: servers.map((guild) => serverSeenBy(world, guild, userId)),
    dms: dms.sort(newestFirst).map((one) => placeSeenBy(world, one, userId)),
  };
}

function serverSeenBy(world: World, guild: Guild, userId: string): SeenServer {
  const all = [...guild.channelIds, ...guild.threadIds].flatMap((id) => world.channels.get(id) ?? []);
  const seen = all.filter((one) => isOpenTo(world, one, userId));
  const places = seen.map((one) => placeSeenBy(world, one, userId));
  return { id: guild.id, name: guild.name, ownerId: guild.ownerId, places };
}

function placeSeenBy(world: World, channel: Channel, userId: string): SeenPlace {
  const { id, type, parentId, topic, thread } = channel;
  return {
    id,
    type,
    name: channel.guildId === null ? otherOf(world, channel, userId) : channel.name,
    parentId,
    topic,
    tags: tagsOf(world, channel).map((tag) => ({ id: tag.id, name: tag.name })),
    thread: thread && { archived: thread.archived, locked: thread.locked, ownerId: thread.ownerId },
    mayWrite: mayWrite(world, channel, userId),
  };
}

function tagsOf(world: World, { thread, parentId, tags }: Channel): Channel['tags'] {
  if (!thread) return tags;
  const known = world.channels.get(parentId ?? '')?.tags ?? [];
  return known.filter(({ id }) => thread.appliedTags.includes(id));
}

function otherOf(world: World, { recipientIds }: Channel, userId: string): string {
  const other = recipientIds.find((id) => id !== userId) ?? userId;
  return world.users.get(other)?.displayName ?? '';
}

function newestFirst(a: Channel, b: Channel): number {
  return compareIds(b.messages.last?.id ?? b.id, a.messages.last?.id ?? a.id);
}
