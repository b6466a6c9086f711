import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Clock } from '#src/foundation/clock.ts';
import type { Cursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { channelOfDestination, type Destination } from '#src/outbox/destination.ts';
import type { HeldDestination } from '#src/outbox/destination-holds.ts';
import type { Episode } from '#src/outbox/episodes.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { PostPlace } from '#src/outbox/receipt.ts';
import { deletedNotice, holdNotice, holdsNotice, recoveredNotice } from '#src/render/hold-notice.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { noticeLetter } from './compose.ts';
import { calledTogether, isSeenByAll, placeForNotice } from './place-for-notice.ts';
import type { LastKnown, Postman, Servers } from './postman.ts';

/** A channel on hold. `isGone`: it was deleted; `last`: what was known of it. */
export type Noted = { held: HeldDestination; isGone: boolean; last?: LastKnown | null };

export type HoldNotices = {
  /**
   * Notes the trouble of a channel on hold, once for each reason, to be told with what begins beside it. `look` finds it, in
   * the transaction in which it is noted; null: there is none. Returns what it found, once that is durable.
   */
  note(poll: () => Promise<Noted | null>): Promise<Noted | null>;
  /** Tells the moderators of what was noted since; true when there is something to deliver. */
  tell(): Promise<boolean>;
  /** How long that trouble had lasted when the channel refused last, ms; 0 when it refused for the first time. */
  lastedFor(held: HeldDestination): Promise<number>;
  /** Says what is left to say, about one channel or about some of all: what nobody could be told, and what is over. */
  goOn(destination?: Destination): Promise<void>;
};

type Deps = {
  db: Database;
  outbox: Outbox;
  cursors: Cursors;
  servers: Servers;
  postman: Pick<Postman, 'edit'>;
  /** Discord refuses there though the gateway sees nothing that hinders: words are in vain too. */
  isUnseen(held: HeldDestination): boolean;
  clock: Clock;
  /** There is something to deliver. */
  trigger(job: 'deliver'): void;
};
/** `inHand`: notices that are being written over just now. */
type GoingOn = Deps & { inHand: Set<number> };
type Written = Extract<Awaited<ReturnType<Postman['edit']>>, { kind: 'delivered' }>;

/** So many are looked at in one round. */
const AT_ONCE = 40;

/**
 * A trouble lasts until papers arrive there again: a trial that is refused is no new one. It is told of once, as soon as
 * there is a place, together with those of the server that have the same reason; when all of them are over, the very
 * notice says so.
 */
export function createHoldNotices(given: Deps): HoldNotices {
  const deps: GoingOn = { ...given, inHand: new Set() };
  const { db, outbox, cursors, clock } = deps;
  const { episodes } = outbox;
  /** Servers where something began since the last telling. */
  const begun = new Set<string>();
  let lastSeen = 0;

  const begin = async (held: HeldDestination, last: LastKnown | null): Promise<Episode | null> => {
    const notifiedAt = await notifiedBefore(deps, held);
    await cursors.remove(cursorOf(channelOfDestination(held)));
    const since = notifiedAt === null ? held.since : Math.min(notifiedAt, held.since);
    return await episodes.begin({ ...held, since, last }, notifiedAt !== null);
  };

  const again = (serverId: string) => (error: unknown) => {
    begun.add(serverId);
    throw error;
  };

  const some = async (): Promise<Episode[]> => {
    const pending = await episodes.pending(clock.now(), AT_ONCE, lastSeen);
    lastSeen = pending.length < AT_ONCE ? 0 : pending[pending.length - 1].id;
    return pending;
  };

  return {
    async note(poll) {
      const { noted, isBegun } = await db.transaction(async () => {
        const noted = await poll();
        const episode = noted && (await begin(noted.held, noted.last ?? null));
        if (noted?.isGone && episode) await episodes.close(noted.held.destination, clock.now(), episode.id);
        return { noted, isBegun: episode?.isPending === true };
      });
      if (!noted || !isBegun) return noted;
      begun.add(noted.held.serverId);
      deps.trigger('deliver');
      return noted;
    },
    async tell() {
      let isToDeliver = false;
      for (const serverId of [...begun]) {
        // What begins from here on is told the next time.
        begun.delete(serverId);
        isToDeliver = (await notifyBegun(deps, serverId).catch(again(serverId))) || isToDeliver;
      }
      return isToDeliver;
    },
    async lastedFor({ destination, since }) {
      const [first] = await episodes.openIn(destination);
      return first ? Math.max(0, since - first.since) : 0;
    },
    async goOn(destination) {
      const tried = new Set<string>();
      for (const { id } of await (destination === undefined ? some() : episodes.pendingIn(destination))) {
        await goOnTelling(deps, id, tried);
        await goOnWith(deps, id);
        await othersTurn();
      }
    },
  };
}

/** An earlier version noted, elsewhere, when it had told of a trouble that still lasts; null where it had not. */
async function notifiedBefore({ cursors, outbox }: Deps, held: HeldDestination): Promise<number | null> {
  const at = await cursors.get(cursorOf(channelOfDestination(held)));
  return at === 0 || (await outbox.hasSentSince(held.destination, at)) ? null : at;
}

/** What nobody in the server was told of, a notice for each reason. Returns whether there is one to deliver. */
async function notifyBegun(deps: Deps, serverId: string): Promise<boolean> {
  const isToDeliver = await deps.db.transaction(async () => {
    let isPacked = false;
    for (const alike of await untoldTogether(deps, serverId))
      isPacked = (await notifyTogether(deps, alike)) || isPacked;
    return isPacked;
  });
  if (isToDeliver) deps.trigger('deliver');
  return isToDeliver;
}

/** So many reasons at once are told apart; more are one notice, which sends to /doctor. */
const REASONS_APART = 2;

/** What one notice tells of: one reason, or too many. */
async function untoldTogether(deps: Deps, serverId: string): Promise<Episode[][]> {
  const all = [...(await untoldIn(deps, serverId)).values()];
  const [gone, lasting] = [true, false].map((is) =>
    all.filter(([first]) => isDeleted(deps.servers, first) === is),
  );
  return lasting.length > REASONS_APART ? [...gone, lasting.flat()] : all;
}

async function untoldIn({ outbox, servers, clock }: Deps, serverId: string): Promise<Map<string, Episode[]>> {
  const untold: Episode[] = [];
  for (const one of await outbox.episodes.untoldIn(serverId, clock.now())) {
    // One that is tried again just now has perhaps nothing left to tell.
    if ((await outbox.holdOf(one.destination)) !== null) untold.push(one);
  }
  return Map.groupBy(
    untold,
    (one) => `${one.code} ${isDeleted(servers, one) ? 'deleted' : ''} ${inEnglish(one.reason)}`,
  );
}

async function notifyTogether(deps: Deps, episodes: readonly Episode[]): Promise<boolean> {
  const { outbox, servers, clock } = deps;
  const [first] = episodes;
  const held = await outbox.holdOf(first.destination);
  const where = placeForNotice(servers, first, held !== null && deps.isUnseen(held));
  // It is kept until there is a place.
  if (!where) return false;
  const key = `hold ${channelOfDestination(first)} ${first.since} ${inEnglish(first.reason)} ${first.tries}`;
  const notice = await outbox.packNotice(where, key, textFor(servers, episodes, where), clock.now());
  if (notice) for (const { id } of episodes) await outbox.episodes.noteTelling(id, notice.id);
  return true;
}

function isDeleted(servers: Servers, episode: Episode): boolean {
  return episode.code === 'channel-gone' && servers.channel(channelOfDestination(episode)) === null;
}

function textFor(servers: Servers, episodes: readonly Episode[], where: PostPlace): Phrase {
  const [first] = episodes;
  if (!isDeleted(servers, first)) {
    const channels = calledTogether(servers, where, channelsOf(episodes));
    return isOneReason(episodes) ? holdNotice(channels, first) : holdsNotice(channels);
  }
  const names = episodes.flatMap(({ last }) =>
    last && isSeenByAll(servers, where, last) ? [last.name] : [],
  );
  return deletedNotice(names, episodes.length - names.length);
}

const isOneReason = ([first, ...others]: readonly Episode[]): boolean =>
  others.every(({ reason }) => inEnglish(reason) === inEnglish(first.reason));

const channelsOf = (episodes: readonly Episode[]): string[] => episodes.map(channelOfDestination);

/** `tried`: servers for which there was no place in this round. */
async function goOnTelling(deps: Deps, id: number, tried: Set<string>): Promise<void> {
  const episode = await deps.outbox.episodes.episode(id);
  if (!episode?.isPending || episode.notice !== null || episode.endedAt !== null) return;
  if (tried.has(episode.serverId)) return;
  tried.add(episode.serverId);
  await notifyBegun(deps, episode.serverId);
}

async function goOnWith(deps: GoingOn, id: number): Promise<void> {
  const over = await deps.db.transaction(() => overOrNoted(deps, id));
  if (over) await notifyOver(deps, over.notice, over.told);
}

/** The notice that is to say that it is over; null where there is nothing to write: then that is noted. */
async function overOrNoted(
  { outbox, servers, clock }: GoingOn,
  id: number,
): Promise<{ notice: number; told: Told } | null> {
  // What was told, or is over, since it was looked for.
  const episode = await outbox.episodes.episode(id);
  if (!episode?.isPending) return null;
  const { notice, endedAt } = episode;
  const isOver = endedAt !== null;
  if (notice === null) {
    if (isOver) await outbox.episodes.noteNotified(id);
    return null;
  }
  const post = await outbox.post(notice);
  if (post?.state === 'sent' && post.message && isOver)
    return { notice, told: { ...post, message: post.message } };
  // On its way.
  if (post && post.settledAt === null) return null;
  const isKnown = post !== null && servers.obstacle(post.place, 'words') !== null;
  // One that may have arrived is not written a second time.
  if (post?.state !== 'refused' || post.doubtSince !== null || isOver) await outbox.episodes.noteNotified(id);
  else await outbox.episodes.noteNotNotified(episode, !isKnown, clock.now());
  return null;
}

type Told = { place: PostPlace; mark: string; about: string | null; message: Omit<Written, 'kind'> };

/** Once nothing of what the notice told of lasts; of channels that are gone, or in trouble anew, it says nothing. */
async function notifyOver(deps: GoingOn, notice: number, told: Told): Promise<void> {
  const { inHand } = deps;
  if (inHand.has(notice)) return;
  inHand.add(notice);
  await writeOver(deps, notice, told).finally(() => inHand.delete(notice));
}

async function writeOver({ outbox, servers, postman }: Deps, notice: number, told: Told): Promise<void> {
  const { episodes } = outbox;
  const all = await episodes.notifiedBy(notice);
  if (all.some(({ endedAt }) => endedAt === null)) return;
  const pending = all.filter(({ isPending }) => isPending);
  const over: Episode[] = [];
  for (const one of pending) if ((await episodes.openIn(one.destination)).length === 0) over.push(one);
  if (over.length > 0) {
    const at = Math.max(...over.map(({ endedAt }) => endedAt ?? 0));
    const channels = calledTogether(servers, told.place, channelsOf(over));
    const hasPosted = await anyOf(over, (one) => outbox.hasSentSince(one.destination, one.since));
    const note = recoveredNotice(channels, isOneReason(over) ? over[0] : null, { at, hasPosted });
    const { channelId: room, messageId } = told.message;
    const receipt = await postman.edit(room, messageId, noticeLetter({ ...told, note }));
    if (receipt.kind !== 'delivered' && receipt.kind !== 'refused') return;
  }
  for (const { id } of pending) await episodes.noteNotified(id);
}

async function anyOf<T>(all: readonly T[], is: (one: T) => Promise<boolean>): Promise<boolean> {
  for (const one of all) if (await is(one)) return true;
  return false;
}

/** The beginning of the cursors in which earlier versions noted when the moderators of a channel were told. */
export const TOLD_OF_HOLD = 'told of hold ';

const cursorOf = (channelId: string): string => `${TOLD_OF_HOLD}${channelId}`;
