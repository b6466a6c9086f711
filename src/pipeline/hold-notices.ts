import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Archive } from '#src/archive/archive.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Database } from '#src/foundation/database/database.ts';
import type { HeldChannel } from '#src/outbox/channel-holds.ts';
import type { Episode } from '#src/outbox/episodes.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Place } from '#src/outbox/receipt.ts';
import { deletedNotice, holdNotice, recoveredNotice } from '#src/render/hold-notice.ts';
import { noticeBody } from './compose.ts';
import { calledTogether, isSeenByAll, placeForNotice } from './place-for-notice.ts';
import type { LastKnown, Postman, Servers } from './postman.ts';

export type HoldNotices = {
  /**
   * Notes the trouble of a channel on hold, once for each reason, to be told with what begins beside it. `isGone`: the
   * channel was deleted; `last`: what was known of it.
   */
  note(held: HeldChannel, isGone: boolean, last?: LastKnown | null): void;
  /** Tells the moderators of what was noted since; true when there is something to deliver. */
  tell(): boolean;
  /** How long that trouble had lasted when the channel refused last, ms; 0 when it refused for the first time. */
  lastedFor(held: HeldChannel): number;
  /** Says what is left to say, about one channel or about some of all: what nobody could be told, and what is over. */
  goOn(channelId?: string): Promise<void>;
};

type Rooms = {
  db: Database;
  outbox: Outbox;
  archive: Archive;
  servers: Servers;
  postman: Pick<Postman, 'edit'>;
  /** Discord refuses there though the gateway sees nothing that hinders: words are in vain too. */
  isUnseen(held: HeldChannel): boolean;
  clock: Clock;
  /** There is something to deliver. */
  wake(job: 'deliver'): void;
};
/** `inHand`: notices that are being written over just now. */
type GoingOn = Rooms & { inHand: Set<number> };
type Written = Extract<Awaited<ReturnType<Postman['edit']>>, { kind: 'delivered' }>;

/** So many are looked at in one round. */
const AT_ONCE = 40;

/**
 * A trouble lasts until papers arrive there again: a trial that is refused is no new one. It is told of once, as soon as
 * there is a place, together with those of the server that have the same reason; when all of them are over, the very
 * notice says so.
 */
export function createHoldNotices(given: Rooms): HoldNotices {
  const rooms: GoingOn = { ...given, inHand: new Set() };
  const { outbox, archive, clock } = rooms;
  const { episodes } = outbox;
  /** Servers where something began since the last telling. */
  const begun = new Set<string>();
  let lastSeen = 0;

  const begin = (held: HeldChannel, last: LastKnown | null): Episode | null => {
    const toldAt = toldBefore(rooms, held.channelId);
    archive.forgetCursor(cursorOf(held.channelId));
    const since = toldAt === null ? held.since : Math.min(toldAt, held.since);
    return episodes.begin({ ...held, since, last }, toldAt !== null);
  };

  const some = (): Episode[] => {
    const pending = episodes.pending(clock.now(), AT_ONCE, lastSeen);
    lastSeen = pending.length < AT_ONCE ? 0 : pending[pending.length - 1].id;
    return pending;
  };

  return {
    note(held, isGone, last = null) {
      const episode = begin(held, last);
      if (!episode) return;
      if (isGone) episodes.close(held.channelId, clock.now(), episode.id);
      if (!episode.isPending) return;
      begun.add(held.serverId);
      rooms.wake('deliver');
    },
    tell() {
      const servers = [...begun];
      begun.clear();
      return servers.map((serverId) => tellBegun(rooms, serverId)).includes(true);
    },
    lastedFor({ channelId, since }) {
      const [first] = episodes.openIn(channelId);
      return first ? Math.max(0, since - first.since) : 0;
    },
    async goOn(channelId) {
      const tried = new Set<string>();
      for (const { id } of channelId === undefined ? some() : episodes.pendingIn(channelId)) {
        goOnTelling(rooms, id, tried);
        await goOnWith(rooms, id);
        await othersTurn();
      }
    },
  };
}

/** An earlier version noted, elsewhere, when it had told of a trouble that still lasts; null where it had not. */
function toldBefore({ archive, outbox }: Rooms, channelId: string): number | null {
  const at = archive.cursor(cursorOf(channelId));
  return at === 0 || outbox.hasSentSince(channelId, at) ? null : at;
}

/** What nobody in the server was told of, a notice for each reason. Returns whether there is one to deliver. */
function tellBegun(rooms: Rooms, serverId: string): boolean {
  const { outbox, servers, clock } = rooms;
  // One that is tried again just now has perhaps nothing left to tell.
  const untold = outbox.episodes
    .untoldIn(serverId, clock.now())
    .filter(({ channelId }) => outbox.heldChannel(channelId) !== null);
  const alike = Map.groupBy(
    untold,
    (one) => `${one.code} ${isDeleted(servers, one) ? 'deleted' : ''} ${one.reason}`,
  );
  return [...alike.values()].map((episodes) => tellTogether(rooms, episodes)).includes(true);
}

function tellTogether(rooms: Rooms, episodes: readonly Episode[]): boolean {
  const { outbox, servers, clock, wake } = rooms;
  const [first] = episodes;
  const held = outbox.heldChannel(first.channelId);
  const where = placeForNotice(servers, first, held !== null && rooms.isUnseen(held));
  // It is kept until there is a place.
  if (!where) return false;
  const key = `hold ${first.channelId} ${first.since} ${first.reason} ${first.tries}`;
  rooms.db.transaction(() => {
    const notice = outbox.packNotice(where, key, textFor(servers, episodes, where), clock.now());
    if (notice) for (const { id } of episodes) outbox.episodes.noteTelling(id, notice.id);
  });
  wake('deliver');
  return true;
}

function isDeleted(servers: Servers, { code, channelId }: Episode): boolean {
  return code === 'channel-gone' && servers.channel(channelId) === null;
}

function textFor(servers: Servers, episodes: readonly Episode[], where: Place): string {
  const [first] = episodes;
  if (!isDeleted(servers, first))
    return holdNotice(calledTogether(servers, where, channelsOf(episodes)), first);
  const names = episodes.flatMap(({ last }) =>
    last && isSeenByAll(servers, where, last) ? [last.name] : [],
  );
  return deletedNotice(names, episodes.length - names.length);
}

const channelsOf = (episodes: readonly Episode[]): string[] => episodes.map(({ channelId }) => channelId);

/** `tried`: servers for which there was no place in this round. */
function goOnTelling(rooms: Rooms, id: number, tried: Set<string>): void {
  const episode = rooms.outbox.episodes.episode(id);
  if (!episode?.isPending || episode.notice !== null || episode.endedAt !== null) return;
  if (tried.has(episode.serverId)) return;
  tried.add(episode.serverId);
  tellBegun(rooms, episode.serverId);
}

async function goOnWith(rooms: GoingOn, id: number): Promise<void> {
  const { outbox, servers, clock } = rooms;
  // What was told, or is over, since it was looked for.
  const episode = outbox.episodes.episode(id);
  if (!episode?.isPending) return;
  const { notice, endedAt } = episode;
  const isOver = endedAt !== null;
  if (notice === null) return isOver ? outbox.episodes.noteTold(id) : undefined;
  const post = outbox.post(notice);
  if (post?.state === 'sent' && post.message && isOver)
    return tellOver(rooms, notice, { ...post, message: post.message });
  // On its way.
  if (post && post.settledAt === null) return;
  // One that may have arrived is not written a second time.
  if (post?.state !== 'refused' || post.doubtSince !== null || isOver) return outbox.episodes.noteTold(id);
  const isKnown = servers.obstacle(post.place, 'words') !== null;
  outbox.episodes.noteNotTold(episode, !isKnown, clock.now());
}

type Told = { place: Place; mark: string; about: string | null; message: Omit<Written, 'kind'> };

/** Once nothing of what the notice told of lasts; of channels that are gone, or in trouble anew, it says nothing. */
async function tellOver(rooms: GoingOn, notice: number, told: Told): Promise<void> {
  const { inHand } = rooms;
  if (inHand.has(notice)) return;
  inHand.add(notice);
  await writeOver(rooms, notice, told).finally(() => inHand.delete(notice));
}

async function writeOver({ outbox, servers, postman }: Rooms, notice: number, told: Told): Promise<void> {
  const { episodes } = outbox;
  const all = episodes.toldBy(notice);
  if (all.some(({ endedAt }) => endedAt === null)) return;
  const pending = all.filter(({ isPending }) => isPending);
  const over = pending.filter(({ channelId }) => episodes.openIn(channelId).length === 0);
  if (over.length > 0) {
    const at = Math.max(...over.map(({ endedAt }) => endedAt ?? 0));
    const note = recoveredNotice(calledTogether(servers, told.place, channelsOf(over)), over[0], at);
    const { channelId: room, messageId } = told.message;
    const receipt = await postman.edit(room, messageId, noticeBody({ ...told, note }));
    if (receipt.kind !== 'delivered' && receipt.kind !== 'refused') return;
  }
  for (const { id } of pending) episodes.noteTold(id);
}

/** The beginning of the cursors in which earlier versions noted when the moderators of a channel were told. */
export const TOLD_OF_HOLD = 'told of hold ';

const cursorOf = (channelId: string): string => `${TOLD_OF_HOLD}${channelId}`;
