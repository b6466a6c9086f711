import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { may, permissionsOf, sendPermission } from '#src/sandbox/permissions/permissions.ts';
import { type Channel, isThread, takesMessages } from '#src/sandbox/world/channel.ts';
import { compareIds } from '#src/sandbox/world/snowflakes.ts';
import type { World } from '#src/sandbox/world/world.ts';
import type { Place } from '../protocol.ts';
import { botLacks } from './bot-lacks.ts';
import { placeKind } from './place-kinds.ts';
import { seesMessage, seesPlace } from './sight.ts';

/** The channels that the viewer sees of these, in Discord's order; threads and posts stand behind their parent. */
export function placesIn(world: World, channels: readonly Channel[], viewerId: string): Place[] {
  const seen = channels.filter((one) => seesPlace(world, one, viewerId));
  const shown = new Set(seen);
  const under = (id: string | null) => inOrder(channels.filter((one) => one.parentId === id));
  const withInner = (channel: Channel): Channel[] => {
    const inner = under(channel.id).flatMap(withInner);
    if (channel.type !== ChannelType.GuildCategory) return shown.has(channel) ? [channel, ...inner] : [];
    return inner.length > 0 || (shown.has(channel) && arranges(world, channel, viewerId))
      ? [channel, ...inner]
      : [];
  };
  return under(null)
    .flatMap(withInner)
    .flatMap((one) => showPlace(world, one, viewerId) ?? []);
}

/** Null for a type of channels that the page does not show. */
export function showPlace(world: World, channel: Channel, viewerId: string): Place | null {
  const kind = placeKind(channel.type);
  if (kind === null) return null;
  return {
    id: channel.id,
    serverId: channel.guildId,
    name: kind === 'direct' ? namesOfOthers(world, channel, viewerId) : channel.name,
    kind,
    parentId: channel.parentId,
    topic: channel.topic,
    isArchived: channel.thread?.archived === true,
    mayWrite: mayWrite(world, channel, viewerId),
    botLacks: botLacks(world, channel),
    tags: tagsOf(world, channel),
    lastMessageId: lastSeen(world, channel, viewerId),
  };
}

/** Categories stand below channels that have none, voice below text, posts by what is newest, threads by their age. */
function inOrder(channels: readonly Channel[]): Channel[] {
  const last = (one: Channel) => one.messages.last?.id ?? one.id;
  return channels.toSorted((a, b) => {
    if (isThread(a) && isThread(b)) return compareIds(last(b), last(a));
    return rank(a) - rank(b) || a.position - b.position || compareIds(a.id, b.id);
  });
}

function rank({ type }: Channel): number {
  if (type === ChannelType.GuildCategory) return 2;
  return type === ChannelType.GuildVoice ? 1 : 0;
}

// An empty category is shown to those who may fill it.
function arranges(world: World, channel: Channel, viewerId: string): boolean {
  return may(permissionsOf(world, channel, viewerId), PermissionFlagsBits.ManageChannels);
}

function mayWrite(world: World, channel: Channel, viewerId: string): boolean {
  const isForum = channel.type === ChannelType.GuildForum;
  if (!isForum && !takesMessages(channel)) return false;
  const mine = permissionsOf(world, channel, viewerId);
  if (!may(mine, sendPermission(channel))) return false;
  return channel.thread?.locked !== true || may(mine, PermissionFlagsBits.ManageThreads);
}

/** A forum's tags; a post has the forum's, and says which are set. */
function tagsOf(world: World, channel: Channel): Place['tags'] {
  const parent = isThread(channel) ? world.channels.get(channel.parentId ?? '') : channel;
  const set = channel.thread?.appliedTags ?? [];
  return (parent?.tags ?? []).map(({ id, name }) => ({ id, name, isSet: set.includes(id) }));
}

function lastSeen(world: World, channel: Channel, viewerId: string): string | null {
  return channel.messages.all().findLast((one) => seesMessage(world, one, viewerId))?.id ?? null;
}

function namesOfOthers(world: World, { recipientIds }: Channel, viewerId: string): string {
  const others = recipientIds.filter((id) => id !== viewerId);
  return others.flatMap((id) => world.users.get(id)?.displayName ?? []).join(', ');
}
