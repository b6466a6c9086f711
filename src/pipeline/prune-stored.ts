import type { Archive } from '#src/archive/archive.ts';
import { shortWhy } from '#src/decision/why.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Cursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { KeyvStore } from '#src/foundation/database/keyv-store.ts';
import type { Log } from '#src/foundation/log.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { UNSENT_KEPT } from '#src/outbox/prune-ledger.ts';
import type { VoteStore } from '#src/reader/vote-store.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { TOLD_OF_HOLD } from './hold-notices.ts';
import type { Postman } from './postman.ts';
import { SERVED_TOP } from './top-papers.ts';
import type { ChannelTrouble } from './trouble.ts';

type PruneDeps = {
  db: Database;
  archive: Archive;
  cursors: Cursors;
  outbox: Outbox;
  subscriptionStore: SubscriptionStore;
  voteStore: Pick<VoteStore, 'prune'>;
  trouble: Pick<ChannelTrouble, 'purge'>;
  clock: Clock;
  log: Log;
  postman: Pick<Postman, 'time'>;
  /** They were removed from the archive. */
  forgetPapers(ids: readonly string[]): void;
  purgeAfterDays: number;
};

const PAUSE = 50;
/** Nothing that a list showed, that was sent or that is owed goes sooner: a clock wrong by less does no lasting harm. */
const WRONG_BY = 75 * 86_400_000;

/**
 * Whatever has come to the end of its life goes, in slices of some milliseconds with a pause after each, so that nobody
 * waits. What was not done when the process ended is done the next time.
 */
export async function pruneStored(deps: PruneDeps): Promise<void> {
  const { db, archive, outbox, subscriptionStore, voteStore, trouble, clock, log, postman } = deps;
  const ahead = clock.now() - postman.time().from;
  if (ahead > WRONG_BY) {
    log.warn(
      { days: Math.round(ahead / 86_400_000) },
      'the clock runs ahead of Discord’s; nothing is tidied away',
    );
    return;
  }
  const inSlices = async (slice: (now: number) => Promise<number>): Promise<void> => {
    while ((await slice(clock.now())) > 0) await clock.sleep(PAUSE);
  };
  // In this order: a paper goes when no poll shows it any more.
  await inSlices(archive.prune);
  await inSlices(async (now) => {
    const gone = await archive.prunePapers(now);
    deps.forgetPapers(gone);
    return gone.length;
  });
  await inSlices((now) => outbox.prune(now, shortWhy));
  await inSlices(voteStore.prune);
  await new KeyvStore(db, clock).prune(clock.now());
  await outbox.episodes.pruneEpisodes(clock.now());
  await subscriptionStore.prune();
  await forgetCursors(deps);
  await trouble.purge(deps.purgeAfterDays);
}

/** Those of subscriptions and channels that are no more; not at once, because a removal may be taken back. */
async function forgetCursors({ cursors, subscriptionStore, outbox, clock }: PruneDeps): Promise<void> {
  const isOld = ({ value }: { value: number }) => value < clock.now() - UNSENT_KEPT;
  for (const { name } of (await cursors.startingWith(SERVED_TOP)).filter(isOld))
    if (!subscriptionStore.byId(name.slice(SERVED_TOP.length))) await cursors.remove(name);
  for (const { name } of (await cursors.startingWith(TOLD_OF_HOLD)).filter(isOld)) {
    const channelId = name.slice(TOLD_OF_HOLD.length);
    if (!(await outbox.holdOf(toChannel(channelId)))) await cursors.remove(name);
  }
}
