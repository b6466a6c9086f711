import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Archive } from '#src/archive/archive.ts';
import type { StoredLook } from '#src/archive/replay-looks.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Cursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { isolate, isolateAsync } from '#src/foundation/isolate.ts';
import type { Log } from '#src/foundation/log.ts';
import { createTurns } from '#src/foundation/turns.ts';
import type { Rising } from '#src/trend/rising.ts';
import { TREND_SETTINGS, type TrendRule } from '#src/trend/trend-rule.ts';

const CURSOR = 'ranked look';
const PAGE = 25;
const DAY = 86_400_000;
/** Lists that are read side by side are kept within this of each other: what is further back is a clock that was set back. */
const SET_BACK = 60_000;

type Rooms = { archive: Archive; cursors: Cursors; trend: TrendRule; log: Log };

/** A poll that the rule has read, and who rose by it. */
type Ranked = { look: StoredLook; risings: readonly Rising[] };

/**
 * Lets the trend rule read every look that it has not seen, in the order they were kept, and keeps who rose. One run at a
 * time, for readings go on side by side. The risings and how far was read are one transaction: a crash repeats the look,
 * not the rising. What could not be written is written first the next time, for the rule, shown a look again, says nothing.
 * A look that the rule cannot read is logged and passed over: it must not stand before all later ones.
 */
export function createRank({ db, ...rooms }: Rooms & { db: Database }): () => Promise<void> {
  const { archive, cursors } = rooms;
  const inTurn = createTurns();
  /** Read by the rule, and not written yet. */
  let unwritten: readonly Ranked[] = [];

  const observeNext = async (): Promise<readonly Ranked[]> => {
    const looks = await archive.looksAfter(await cursors.get(CURSOR), PAGE);
    return looks.map((look) => ({ look, risings: observed(rooms, look) }));
  };

  const write = (ranked: readonly Ranked[]): Promise<void> =>
    db.transaction(async () => {
      for (const { look, risings } of ranked) await keepRisings(rooms, look, risings);
      await cursors.set(CURSOR, ranked[ranked.length - 1].look.id);
    });

  const rank = async (): Promise<void> => {
    for (;;) {
      if (unwritten.length === 0) unwritten = await observeNext();
      if (unwritten.length === 0) return;
      await write(unwritten);
      unwritten = [];
      await yieldToOthers();
    }
  };
  return () => inTurn(CURSOR, rank);
}

/** At start: the rule reads again what it had read, so that it knows what it knew. Before anything else asks it. */
export async function recallTrend({ clock, ...rooms }: Rooms & { clock: Clock }): Promise<void> {
  const { archive, cursors, trend } = rooms;
  const breathe = takeBreaths(clock);
  const now = clock.now();
  const read = await cursors.get(CURSOR);
  let last = Number.NEGATIVE_INFINITY;
  for await (const look of archive.looksSince(now - TREND_SETTINGS.memoryDays * DAY)) {
    if (look.id > read) break;
    if (look.seenAt < last - SET_BACK) trend.setBack(look.seenAt);
    last = look.seenAt;
    observed(rooms, look);
    await breathe();
  }
  trend.setBack(now);
}

function observed({ trend, log }: Rooms, look: StoredLook): readonly Rising[] {
  const { id, source, list, key } = look;
  const onTrouble = (error: unknown) =>
    log.error({ poll: id, source, list, key, err: error }, 'a poll could not be ranked');
  return isolate(() => trend.observe(look), onTrouble) ?? [];
}

async function keepRisings(
  { archive, log }: Rooms,
  look: StoredLook,
  risings: readonly Rising[],
): Promise<void> {
  for (const rising of risings) {
    await isolateAsync(
      () => archive.keepRisings([rising]),
      (error) =>
        log.error({ poll: look.id, paper: rising.paper, err: error }, 'a trend event could not be stored'),
    );
  }
}
