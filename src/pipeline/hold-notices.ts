import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Archive } from '#src/archive/archive.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Database } from '#src/foundation/database.ts';
import type { HeldChannel } from '#src/outbox/channel-holds.ts';
import type { Episode } from '#src/outbox/episodes.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Place } from '#src/outbox/receipt.ts';
import { deletedNotice, holdNotice, recoveredNotice } from '#src/render/hold-notice.ts';
import { noticeBody } from './compose.ts';
import { calledThere, isSeenByAll, placeForNotice } from './place-for-notice.ts';
import type { LastKnown, Postman, Servers } from './postman.ts';

export type HoldNotices = {
  /**
   * Tells the moderators of a channel on hold, once for each trouble and reason. `isGone`: it was deleted; `last`: what was
   * known of it.
   */
  tell(held: HeldChannel, isGone: boolean, last?: LastKnown | null): void;
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
type Written = Extract<Awaited<ReturnType<Postman['edit']>>, { kind: 'delivered' }>;

/** So many are looked at in one round. */
const AT_ONCE = 40;

/**
 * A trouble lasts until papers arrive there again: a trial that is refused is no new one. It is told of once, as soon as
 * there is a place; when it is over, the very notice says so.
 */
export function createHoldNotices(rooms: Rooms): HoldNotices {
  const { outbox, archive, clock } = rooms;
  const { episodes } = outbox;
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
    tell(held, isGone, last = null) {
      const episode = begin(held, last);
      if (!episode) return;
      if (isGone) episodes.close(held.channelId, clock.now(), episode.id);
      if (episode.isPending) tellBegun(rooms, episode);
    },
    lastedFor({ channelId, since }) {
      const [first] = episodes.openIn(channelId);
      return first ? Math.max(0, since - first.since) : 0;
    },
    async goOn(channelId) {
      for (const episode of channelId === undefined ? some() : episodes.pendingIn(channelId)) {
        await goOnWith(rooms, episode);
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

function tellBegun(rooms: Rooms, episode: Episode): void {
  const { outbox, servers, clock, wake } = rooms;
  const { id, channelId, reason, since, tries } = episode;
  // It is tried again just now: perhaps there is nothing left to tell.
  const held = outbox.heldChannel(channelId);
  if (!held) return;
  const where = placeForNotice(servers, episode, rooms.isUnseen(held));
  // It is kept until there is a place.
  if (!where) return;
  const key = `hold ${channelId} ${since} ${reason} ${tries}`;
  rooms.db.transaction(() => {
    const notice = outbox.packNotice(where, key, textFor(servers, episode, where), clock.now());
    if (notice) outbox.episodes.noteTelling(id, notice.id);
  });
  wake('deliver');
}

function textFor(servers: Servers, episode: Episode, where: Place): string {
  const { code, channelId, last } = episode;
  if (code === 'channel-gone' && servers.channel(channelId) === null) {
    const known = last as LastKnown | null;
    return deletedNotice(known && isSeenByAll(servers, where, known.audience) ? known.name : null);
  }
  return holdNotice(calledThere(servers, where, channelId), episode);
}

async function goOnWith(rooms: Rooms, episode: Episode): Promise<void> {
  const { outbox, servers, clock } = rooms;
  const { id, notice, endedAt } = episode;
  const isOver = endedAt !== null;
  if (notice === null) return isOver ? outbox.episodes.noteTold(id) : tellBegun(rooms, episode);
  const post = outbox.post(notice);
  if (post?.state === 'sent' && post.message && isOver)
    return tellOver(rooms, episode, { ...post, message: post.message });
  // On its way.
  if (post && post.settledAt === null) return;
  // One that may have arrived is not written a second time.
  if (post?.state !== 'refused' || post.doubtSince !== null || isOver) return outbox.episodes.noteTold(id);
  const isKnown = servers.obstacle(post.place, 'words') !== null;
  outbox.episodes.noteNotTold(episode, !isKnown, clock.now());
}

type Told = { place: Place; mark: string; about: string | null; message: Omit<Written, 'kind'> };

async function tellOver({ outbox, servers, postman }: Rooms, episode: Episode, told: Told): Promise<void> {
  const { id, channelId, endedAt } = episode;
  const note = recoveredNotice(calledThere(servers, told.place, channelId), episode, endedAt ?? 0);
  const { channelId: room, messageId } = told.message;
  const receipt = await postman.edit(room, messageId, noticeBody({ ...told, note }));
  if (receipt.kind === 'delivered' || receipt.kind === 'refused') outbox.episodes.noteTold(id);
}

/** The beginning of the cursors in which earlier versions noted when the moderators of a channel were told. */
export const TOLD_OF_HOLD = 'told of hold ';

const cursorOf = (channelId: string): string => `${TOLD_OF_HOLD}${channelId}`;
