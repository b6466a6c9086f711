import type { Place } from '#src/outbox/receipt.ts';
import { wording } from '#src/render/wording.ts';
import type { Audience, KnownChannel, Servers } from './postman.ts';

const TEXT = 0;
const ANNOUNCEMENT = 5;

/**
 * Where moderators are told of trouble in a channel, by plain text: what Discord calls the moderators' channel, else one
 * that not everybody sees, else the system channel. Null where the bot may write in none of them. What is written there
 * calls the channel as `calledThere` says.
 */
export function placeForNotice(servers: Servers, about: Place): Place | null {
  const { serverId } = about;
  const open = servers.channels(serverId).filter((channel) => isOpenFor(servers, channel, about));
  const own = servers.ownRooms(serverId);
  const isRoom = (id: string | null) => open.find((channel) => channel.id === id);
  // One that the moderators chose themselves belongs in front of these.
  const chosen =
    isRoom(own.moderators) ??
    mostPrivate(servers, open) ??
    open.find(({ name, type }) => type === TEXT && MODERATORS_ROOM.test(name)) ??
    isRoom(own.system);
  return chosen ? { serverId, channelId: chosen.id, kind: 'message' } : null;
}

/** What a channel is called in a notice: nobody learns there of a channel that is hidden from them. */
export function calledThere(servers: Servers, where: Place, channelId: string): string {
  return isHiddenThere(servers, where, channelId) ? wording.unnamedChannel : `<#${channelId}>`;
}

/** Whether everybody reads at `where`, but not in that channel. */
export function isHiddenThere(servers: Servers, where: Place, channelId: string): boolean {
  return servers.audience(channelId) !== 'everybody' && servers.audience(where.channelId) === 'everybody';
}

/** Whether everybody who can see `where` could see a channel with that audience. */
export function isSeenByAll(servers: Servers, where: Place, audience: Audience): boolean {
  if (audience === 'everybody') return true;
  const readers = servers.audience(where.channelId);
  if (readers === null || readers === 'everybody') return false;
  return readers.every(({ id }) => audience.some((seer) => seer.id === id));
}

/** Whole names only: "multimodal-models" is no room of moderators. */
const MODERATORS_ROOM = /^(mods?|moderators?|staff|admins?)(-(room|chat|only|logs?|notices))?$/i;

/** The channel in trouble itself may do, where it takes words though no papers. */
function isOpenFor(servers: Servers, { id, serverId, type }: KnownChannel, about: Place): boolean {
  if (type !== TEXT && type !== ANNOUNCEMENT) return false;
  const place = { serverId, channelId: id, kind: 'message' } as const;
  if (servers.obstacle(place, 'words') !== null) return false;
  return id !== about.channelId || servers.obstacle(place) !== null;
}

/** Of the text channels that not everybody sees: one that moderators see, and as few others as may be. */
function mostPrivate(servers: Servers, open: readonly KnownChannel[]): KnownChannel | undefined {
  let best: { channel: KnownChannel; manages: boolean; others: number } | undefined;
  for (const channel of open) {
    const audience = channel.type === TEXT ? servers.audience(channel.id) : null;
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
