import { ChannelType } from 'discord-api-types/v10';
import { channelOfDestination, toChannel } from '#src/outbox/destination.ts';
import type { PostPlace } from '#src/outbox/receipt.ts';
import type { CalledChannels } from '#src/render/hold-notice.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { channel, phrase } from '#src/wording/phrase.ts';
import type { Value } from '#src/wording/values.ts';
import type { KnownChannel, LastKnown, Servers } from './postman.ts';

type Channel = Pick<PostPlace, 'serverId' | 'destination'>;

/**
 * Where moderators are told of trouble in a channel, by plain text: the channel that they chose, else what Discord calls the
 * moderators' channel, else one that not everybody sees, else the system channel. Null where the bot may write in none of them. What is written there
 * calls the channel as `calledThere` says. The channel that it is about comes last where it takes papers; not at all where
 * `isDeaf`: Discord refuses there, and the gateway does not see why.
 */
export function placeForNotice(servers: Servers, about: Channel, isDeaf = false): PostPlace | null {
  const { serverId } = about;
  const channelId = channelOfDestination(about);
  const all = servers.channels(serverId).filter((channel) => isOpen(servers, channel));
  const open = all.filter(({ id }) => id !== channelId || takesNoPapers(servers, about));
  const own = servers.ownRooms(serverId);
  const isRoom = (id: string | null) => open.find((channel) => channel.id === id);
  const chosen =
    all.find(({ id }) => id === own.chosen && !(isDeaf && id === channelId)) ??
    isRoom(own.moderators) ??
    mostPrivate(servers, open) ??
    open.find(({ name, type }) => type === ChannelType.GuildText && MODERATORS_ROOM.test(name)) ??
    isRoom(own.system) ??
    all.find(({ id }) => id === channelId && !isDeaf);
  return chosen ? { serverId, destination: toChannel(chosen.id), kind: 'message' } : null;
}

/** The id of a channel in which moderators read and not everybody; null where the bot may write in none. */
export function privatePlaceIn(servers: Servers, serverId: string): string | null {
  const open = servers.channels(serverId).filter((channel) => isOpen(servers, channel));
  const isHidden = ({ id }: KnownChannel) => servers.audience(id) !== 'everybody';
  const { moderators } = servers.ownRooms(serverId);
  return (
    (open.find((room) => room.id === moderators && isHidden(room)) ?? mostPrivate(servers, open))?.id ?? null
  );
}

/** The same for what is about no channel in particular: its id; null where there is none. */
export function roomForNotices(servers: Servers, serverId: string): string | null {
  const where = placeForNotice(servers, { serverId, destination: toChannel('') });
  return where && channelOfDestination(where);
}

/** What is known of servers, with the channel for notices that moderators chose. */
export const withChosenRoom = (
  servers: Servers,
  { settings }: Pick<SubscriptionStore, 'settings'>,
): Servers => ({
  ...servers,
  ownRooms: (serverId) => ({ ...servers.ownRooms(serverId), chosen: settings(serverId).notices }),
});

/** Whether a channel is one of that server, and of a type, where words may be written at all. */
export function takesWords(channel: KnownChannel | null, serverId: string): boolean {
  if (channel?.serverId !== serverId) return false;
  return channel.type === ChannelType.GuildText || channel.type === ChannelType.GuildAnnouncement;
}

/** What a channel is called in a notice: nobody learns there of a channel that is hidden from them. */
export function calledThere(servers: Servers, where: PostPlace, channelId: string): Value {
  return calledTogether(servers, where, [channelId]).named;
}

/** Some channels as a notice calls them, `count` in all: those that somebody who reads there does not see are counted. */
export function calledTogether(
  servers: Servers,
  where: PostPlace,
  channelIds: readonly string[],
): CalledChannels {
  const all = [...new Set(channelIds)];
  const shown = all.filter((id) => !isHiddenThere(servers, where, id));
  const named = shown.slice(0, CHANNELS_NAMED).map((id) => channel(id));
  const hidden = all.length - shown.length;
  const rest = shown.length - named.length;
  const counted = [
    ...(rest > 0 ? [phrase('channel.more', { n: rest })] : []),
    ...(hidden > 0 ? [phrase('channel.unnamed', { n: hidden })] : []),
  ];
  return { named: [...named, ...counted], count: all.length };
}

/** Whether somebody who reads at `where` does not see that channel. */
export function isHiddenThere(servers: Servers, where: PostPlace, channelId: string): boolean {
  if (channelOfDestination(where) === channelId) return false;
  const audience = servers.audience(channelId);
  return audience === null || !isSeenByAll(servers, where, { audience, named: servers.named(channelId) });
}

/** Whether everybody who can see `where` could see a channel that is, or was, seen by these. */
export function isSeenByAll(
  servers: Servers,
  where: PostPlace,
  { audience, named = {} }: Pick<LastKnown, 'audience' | 'named'>,
): boolean {
  const readers = servers.audience(channelOfDestination(where));
  if (readers === null) return false;
  const there = servers.named(channelOfDestination(where));
  const reads = (id: string) =>
    there[id] ?? (readers === 'everybody' || readers.some((reader) => reader.id === id));
  if (Object.entries(named).some(([id, isShown]) => !isShown && reads(id))) return false;
  if (audience === 'everybody') return true;
  return readers !== 'everybody' && readers.every(({ id }) => audience.some((seer) => seer.id === id));
}

/** So many mentions, and what a notice says besides, fit into one message. */
const CHANNELS_NAMED = 40;

/** Whole names only: "multimodal-models" is no room of moderators. */
const MODERATORS_ROOM = /^(mods?|moderators?|staff|admins?)(-(room|chat|only|logs?|notices))?$/i;

/** Where words may be written. */
function isOpen(servers: Servers, channel: KnownChannel): boolean {
  const { id, serverId } = channel;
  if (!takesWords(channel, serverId)) return false;
  return servers.obstacle({ serverId, destination: toChannel(id), kind: 'message' }, 'words') === null;
}

/** The channel in trouble itself may do like any other, where it takes words though no papers. */
function takesNoPapers(servers: Servers, { serverId, destination }: Channel): boolean {
  return servers.obstacle({ serverId, destination, kind: 'message' }) !== null;
}

/** Of the text channels that not everybody sees: one that moderators see, and as few others as may be. */
function mostPrivate(servers: Servers, open: readonly KnownChannel[]): KnownChannel | undefined {
  let best: { channel: KnownChannel; manages: boolean; others: number } | undefined;
  for (const channel of open) {
    const audience = channel.type === ChannelType.GuildText ? servers.audience(channel.id) : null;
    if (audience === null || audience === 'everybody') continue;
    const others = audience.filter(({ manages }) => !manages).length;
    const manages = others < audience.length;
    const isBetter =
      !best || (manages && !best.manages) || (manages === best.manages && others < best.others);
    if (isBetter) best = { channel, manages, others };
    if (manages && others === 0) break;
  }
  return best?.channel;
}
