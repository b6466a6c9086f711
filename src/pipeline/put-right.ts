import type { Archive } from '#src/archive/archive.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { KeptCursors } from '#src/foundation/cursors.ts';
import { orderedBefore, type PutRight } from '#src/foundation/instants.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Runs } from '#src/foundation/runs.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { VoteStore } from '#src/reader/vote-store.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { UnusualStore } from '#src/subscription/unusual-store.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';

/** Paperboy is younger than this: a clock that says so is wrong, and what is stored is not. */
const CERTAINLY_WRONG = Date.UTC(2026);

type Deps = {
  archive: Archive;
  cursors: KeptCursors;
  runs: Runs;
  outbox: Outbox;
  subscriptionStore: SubscriptionStore;
  unusualStore: UnusualStore;
  voteStore: Pick<VoteStore, 'ahead' | 'putRight'>;
  trend: TrendRule;
  clock: Clock;
  log: Log;
};

/**
 * To be called at start and after each step back of the clock: nothing in the store shall lie ahead of now, where it would
 * hide what is new or wait until the clock is there. Hours that digests wait for are meant to lie ahead.
 */
export async function putInstantsRight(deps: Deps): Promise<void> {
  const { outbox, trend, clock, log } = deps;
  const now = clock.now();
  if (now < CERTAINLY_WRONG) {
    log.warn({ now: iso(now) }, 'the clock is certainly wrong; stored instants are left as they are');
    return;
  }
  trend.setBack(now);
  const plans = await outbox.planAnew(now);
  const instants = await instantsAhead(deps, now);
  if (plans === 0 && instants.length === 0) return;
  const latest = instants.reduce((latest, instant) => Math.max(latest, instant), now);
  const rows = await putAllRight(deps, now, orderedBefore(now, instants));
  log.warn(
    { now: iso(now), latest: iso(latest), plans, ...rows },
    'stored instants lay ahead of the clock and were set to now',
  );
}

/** Tells, whenever what it returns is called, whether one of the jobs that are under way now is so still. */
type Jobs = { underWay(): () => boolean };

/**
 * Does so at a step back of the clock, and once more when all have ended who ran then: they may have asked the clock before
 * it, and write after it.
 */
export function keepInstantsRight(putRight: () => Promise<void>, { underWay }: Jobs) {
  let isAnyLate: (() => boolean) | null = null;
  return {
    async onStepBack(): Promise<void> {
      isAnyLate = underWay();
      await putRight();
    },
    /** To be called now and then. */
    async check(): Promise<void> {
      if (isAnyLate === null || isAnyLate()) return;
      isAnyLate = null;
      await putRight();
    },
  };
}

async function instantsAhead(deps: Deps, now: number) {
  const { archive, cursors, runs, outbox, subscriptionStore, unusualStore, voteStore } = deps;
  const found: (readonly number[])[] = [];
  for (const room of [archive, cursors, runs, outbox, subscriptionStore, unusualStore, voteStore])
    found.push(await room.ahead(now));
  // There may be more of them than a call takes arguments.
  return found.flat();
}

/** Papers before cursors and subscriptions: a process that ends in between must not take what was history for news. */
async function putAllRight(deps: Deps, now: number, right: PutRight) {
  const archive = await deps.archive.putRight(now, right);
  const cursors = await deps.cursors.putRight(now, right);
  const runs = await deps.runs.putRight(now, right);
  const outbox = await deps.outbox.putRight(now, right);
  const subscriptions =
    (await deps.subscriptionStore.putRight(now, right)) + (await deps.unusualStore.putRight(now, right));
  const votes = await deps.voteStore.putRight(now, right);
  return { archive, cursors, runs, outbox, subscriptions, votes };
}

const iso = (instant: number): string => new Date(instant).toISOString();
