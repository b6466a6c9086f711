import type { Archive } from '#src/archive/archive.ts';
import type { StoredPaper } from '#src/archive/stored-paper.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Cursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { createKeyedQueue } from '#src/foundation/keyed-queue.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Parsed } from '#src/match/language/filter.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { localHours } from '#src/subscription/schedule.ts';
import type { Zones } from '#src/subscription/zone.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { type Adding, type AddressRun, entriesOfPaper } from './entries-of-paper.ts';
import { type Addressed, createSlice } from './entry-slice.ts';
import type { Matcher } from './matcher.ts';
import { createNewsBefore } from './news-before.ts';
import type { Readings } from './readings.ts';

const CURSOR = 'addressed change';
const PAGE = 50;
type Deps = {
  db: Database;
  archive: Archive;
  cursors: Cursors;
  readings: Readings;
  matcher: Pick<Matcher, 'match'>;
  parse(filter: string): Parsed;
  trend: TrendRule;
  outbox: Outbox;
  zones: Zones;
  clock: Clock;
  log: Log;
  /** Before the entries of a paper are made. */
  onAddress?(stored: StoredPaper, run: AddressRun): Promise<void>;
};

/**
 * Reads the change journal on from where it stopped and adds each paper to the outbox for every channel whose news it is.
 * One run at a time: who comes while one is under way goes on where that one ends. Entries are made in slices, and how
 * far was read moves on only behind the last entry of a paper: a crash repeats, and queueing twice changes nothing.
 * A paper, or a channel, whose turn throws is logged and passed over: it must not stand before all others.
 */
export function createAddress(deps: Deps): (run: AddressRun) => Promise<Addressed> {
  const inTurn = createKeyedQueue();
  const newsBefore = createNewsBefore(deps.parse, deps.trend.thresholdFor);
  const hours = localHours(deps.zones);
  return (run) => inTurn(CURSOR, () => address({ ...deps, newsBefore, hours }, run));
}

type Addressing = Deps & Adding;

async function address(deps: Addressing, run: AddressRun): Promise<Addressed> {
  const { archive, cursors } = deps;
  const slice = createSlice({ ...deps, noteRead: (seq) => cursors.set(CURSOR, seq) });
  for (;;) {
    const changes = await archive.changesAfter(await cursors.get(CURSOR), PAGE);
    if (changes.length === 0) return slice.done;
    for (const { seq, paper } of changes) {
      await deps.onAddress?.(paper, run);
      for (const newEntry of await entriesOfPaper(deps, paper, run)) {
        slice.add(newEntry);
        if (slice.isFull()) await slice.keep();
      }
      slice.endPaper(seq);
      await slice.breathe();
    }
    await slice.keep();
  }
}
