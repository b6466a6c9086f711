import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Archive } from '#src/archive/archive.ts';
import type { StoredPoll } from '#src/archive/replay-polls.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Cursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { isolate, isolateAsync } from '#src/foundation/isolate.ts';
import { createKeyedQueue } from '#src/foundation/keyed-queue.ts';
import type { Log } from '#src/foundation/log.ts';
import type { TrendEvent } from '#src/trend/trend-event.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';

const CURSOR = 'ranked poll';
const PAGE = 25;
const DAY = 86_400_000;
/** Lists that are read side by side are kept within this of each other: what is further back is a clock that was set back. */
const SET_BACK = 60_000;

type Deps = { archive: Archive; cursors: Cursors; trend: TrendRule; log: Log };
/** Hears who rose, once that is kept. */
type Ranking = Deps & { db: Database; onRisen?(trendEvents: readonly TrendEvent[]): Promise<void> };

/** A poll that the rule has read, and who rose by it. */
type Ranked = { poll: StoredPoll; trendEvents: readonly TrendEvent[] };

/**
 * Lets the trend rule read every poll that it has not seen, in the order they were kept, and keeps who rose. One run at a
 * time, for readings go on side by side. The trend events and how far was read are one transaction: a crash repeats the poll,
 * not the trend event. What could not be written is written first the next time, for the rule, shown a poll again, says nothing.
 * A poll that the rule cannot read is logged and passed over: it must not stand before all later ones.
 */
export function createRank({ db, onRisen, ...deps }: Ranking): () => Promise<void> {
  const { archive, cursors } = deps;
  const inTurn = createKeyedQueue();
  /** Read by the rule, and not written yet. */
  let unwritten: readonly Ranked[] = [];

  const observeNext = async (): Promise<readonly Ranked[]> => {
    const polls = await archive.pollsAfter(await cursors.get(CURSOR), PAGE);
    return polls.map((poll) => ({ poll, trendEvents: observed(deps, poll) }));
  };

  const write = (ranked: readonly Ranked[]): Promise<void> =>
    db.transaction(async () => {
      for (const { poll, trendEvents } of ranked) await keepTrendEvents(deps, poll, trendEvents);
      await cursors.set(CURSOR, ranked[ranked.length - 1].poll.id);
    });

  const rank = async (): Promise<void> => {
    for (;;) {
      if (unwritten.length === 0) unwritten = await observeNext();
      if (unwritten.length === 0) return;
      await write(unwritten);
      const risen = unwritten.flatMap(({ trendEvents }) => trendEvents);
      unwritten = [];
      if (risen.length > 0) await onRisen?.(risen);
      await yieldToOthers();
    }
  };
  return () => inTurn(CURSOR, rank);
}

/** At start: the rule reads again what it had read, so that it knows what it knew. Before anything else asks it. */
export async function recallTrend({ clock, ...deps }: Deps & { clock: Clock }): Promise<void> {
  const { archive, cursors, trend } = deps;
  const breathe = takeBreaths(clock);
  const now = clock.now();
  const read = await cursors.get(CURSOR);
  let last = Number.NEGATIVE_INFINITY;
  for await (const poll of archive.pollsSince(now - trend.memoryDays * DAY)) {
    if (poll.id > read) break;
    if (poll.seenAt < last - SET_BACK) trend.setBack(poll.seenAt);
    last = poll.seenAt;
    observed(deps, poll);
    await breathe();
  }
  trend.setBack(now);
}

function observed({ trend, log }: Deps, poll: StoredPoll): readonly TrendEvent[] {
  const { id, source, list, key } = poll;
  const onTrouble = (error: unknown) =>
    log.error({ poll: id, source, list, key, err: error }, 'a poll could not be ranked');
  return isolate(() => trend.observe(poll), onTrouble) ?? [];
}

async function keepTrendEvents(
  { archive, log }: Deps,
  poll: StoredPoll,
  trendEvents: readonly TrendEvent[],
): Promise<void> {
  for (const trendEvent of trendEvents) {
    await isolateAsync(
      () => archive.keepTrendEvents([trendEvent]),
      (error) =>
        log.error(
          { poll: poll.id, paper: trendEvent.paper, err: error },
          'a trend event could not be stored',
        ),
    );
  }
}
