import type { Archive } from '#src/archive/archive.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Cursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import type { Log } from '#src/foundation/log.ts';
import { createTurns } from '#src/foundation/turns.ts';
import type { Parsed } from '#src/match/language/filter.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { localHours } from '#src/subscription/schedule.ts';
import type { Zones } from '#src/subscription/zone.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import type { Matcher } from './matcher.ts';
import { createNewsBefore } from './news-before.ts';
import { type Addressed, createSlice } from './promise-slice.ts';
import { type Promising, promisesOf, type Run } from './promises-of-paper.ts';
import type { Readings } from './readings.ts';

const CURSOR = 'addressed change';
const PAGE = 50;
type Rooms = {
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
};

/**
 * Reads the change journal on from where it stopped and promises each paper to every channel whose news it is.
 * One run at a time: who comes while one is under way goes on where that one ends. Promises are made in slices, and how
 * far was read moves on only behind the last promise of a paper: a crash repeats, and promising twice changes nothing.
 * A paper, or a channel, whose turn throws is logged and passed over: it must not stand before all others.
 */
export function createAddress(rooms: Rooms): (run: Run) => Promise<Addressed> {
  const inTurn = createTurns();
  const newsBefore = createNewsBefore(rooms.parse, rooms.trend.thetaFor);
  const hours = localHours(rooms.zones);
  return (run) => inTurn(CURSOR, () => address({ ...rooms, newsBefore, hours }, run));
}

type Addressing = Rooms & Promising;

async function address(rooms: Addressing, run: Run): Promise<Addressed> {
  const { archive, cursors } = rooms;
  const slice = createSlice({ ...rooms, noteRead: (seq) => cursors.set(CURSOR, seq) });
  for (;;) {
    const changes = await archive.changesAfter(await cursors.get(CURSOR), PAGE);
    if (changes.length === 0) return slice.done;
    for (const { seq, paper } of changes) {
      for (const promise of await promisesOf(rooms, paper, run)) {
        slice.add(promise);
        if (slice.isFull()) await slice.keep();
      }
      slice.endPaper(seq);
      await slice.breathe();
    }
    await slice.keep();
  }
}
