/**
 * A year in the life of the house, in virtual time: `npm run bench -- soak`. The real pipeline and services without
 * Discord, hourly polls of made-up newspapers, 24 subscriptions of all kinds in 12 channels of two servers; members look
 * papers up, search, turn pages and ask why; moderators edit, pause, remove and subscribe; channels are locked and
 * deleted, answers are lost, words are refused. What may grow is what was sent, and papers within their two years;
 * everything else must have found its measure by the middle of the year. `--quick` lives four weeks.
 */
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Clock } from '#src/foundation/clock.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { createVirtualClock, type VirtualClock } from '#src/tools/replay-clock.ts';
import { type BenchLine, type BenchOptions, heldBytes, quantile } from './bench.ts';
import { DAY, PollingYear } from './polling-year.ts';
import { papersToLearnFrom } from './recorded-papers.ts';
import { openSoakHouse, type SoakHouse } from './soak/soak-house.ts';
import { createMembers, type Members, SUBSCRIPTIONS } from './soak/soak-members.ts';
import { createNewspaper } from './soak/soak-newspaper.ts';
import { createTown } from './soak/soak-town.ts';

const HOUR = 3_600_000;
const CHANNELS = 12;
const MB = 1e6;
/** So many papers lend their words. */
const MODELS = 400;
/** What a year's chances make more or less of what has found its measure. */
const ABOUT = 1.1;

/** Figures of a moment by their names. */
type Measured = { papers: number; sent: number; bytes: number; rows: Map<string, number> };

export async function* run({ quick }: BenchOptions): AsyncGenerator<BenchLine> {
  const days = quick ? 28 : 364;
  const year = new PollingYear();
  const clock = createVirtualClock(year.begin);
  const town = createTown(CHANNELS, () => clock.now());
  const house = await openSoakHouse({
    clock: yielding(clock),
    source: createNewspaper(year, papersToLearnFrom().slice(0, MODELS)),
    town,
  });
  const members = createMembers({ house, town, now: clock.now });
  await house.pipeline.round();
  await members.settleIn();
  const holds: number[] = [];
  const measured: Measured[] = [];
  for (let quarter = 1; quarter <= 4; quarter++) {
    for (let day = ((quarter - 1) * days) / 4; day < (quarter * days) / 4; day++)
      holds.push(await liveThrough(day, { clock, house, members, begin: year.begin }));
    const now = await measure(house);
    measured.push(now);
    yield* tell(quarter, now);
  }
  yield* judge(measured[1], measured[3]);
  yield* oldest(house.db, clock.now());
  yield {
    case: 'tidying, the longest of a day that nobody else had a turn',
    metric: 'ms_held_p90',
    value: quantile(holds, 0.9),
    goal: { max: 50 },
    note: 'a collection of all garbage falls into it on some days: nine of ten are better',
  };
}

type Life = { clock: VirtualClock; house: SoakHouse; members: Members; begin: number };

/** Returns for how long at a stretch, in ms, the day's tidying let nobody else have a turn. */
async function liveThrough(day: number, { clock, house, members, begin }: Life): Promise<number> {
  const { pipeline, search } = house;
  let longest = 0;
  for (let hour = 0; hour < 24; hour++) {
    clock.goTo(begin + day * DAY + hour * HOUR);
    await pipeline.round();
    await search.load();
    await pipeline.deliver();
    await pipeline.refresh();
    if (hour === 12) await members.liveThrough(day);
    longest = Math.max(longest, await longestHold(pipeline.prune));
  }
  return longest;
}

/** The most that the thread worked between two turns of the loop while `work` goes on, in ms. */
async function longestHold(work: () => Promise<void>): Promise<number> {
  let isDone = false;
  let longest = 0;
  const done = work().finally(() => {
    isDone = true;
  });
  for (let before = workedFor(); !isDone; before = workedFor()) {
    await othersTurn();
    longest = Math.max(longest, workedFor() - before);
  }
  await done;
  return longest;
}

/** Milliseconds of this thread, whatever else the machine does. */
function workedFor(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Who sleeps lets others have their turn, though no real time passes. */
function yielding(clock: VirtualClock): Clock {
  return {
    ...clock,
    sleep: async (ms) => {
      clock.goTo(clock.now() + ms);
      await othersTurn();
    },
  };
}

async function measure({ db }: SoakHouse): Promise<Measured> {
  const tables =
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
  const rows = new Map<string, number>();
  for (const { name } of await db.all<{ name: string }>(tables)) rows.set(name, await count(db, name));
  rows.set('paper that no list showed', await count(db, 'paper WHERE first_listed_at IS NULL'));
  const papers = rows.get('paper') ?? 0;
  const sent = await count(db, "entry WHERE state = 'sent'");
  return { papers, sent, rows, bytes: heldBytes() };
}

async function count(db: Database, from: string): Promise<number> {
  return (await db.get<{ n: number }>(`SELECT count(*) AS n FROM ${from}`))?.n ?? 0;
}

function* tell(quarter: number, { rows, bytes, papers, sent }: Measured): Iterable<BenchLine> {
  const note = `${SUBSCRIPTIONS} subscriptions, ${papers} papers, ${sent} entries sent`;
  yield { case: `${quarter * 25} % of the time`, metric: 'MB_heap', value: bytes / MB, note };
  for (const [name, value] of rows)
    yield { case: `${quarter * 25} % of the time, ${name}`, metric: 'rows', value };
}

/** Grow for ever, or for as long as papers are kept: what was sent, and papers with their rises. */
const MAY_GROW: ReadonlySet<string> = new Set(['paper', 'trend_event', 'entry', 'post']);
/** A table of so few rows may have some more by chance. */
const BY_CHANCE = 25;

function* judge(middle: Measured, end: Measured): Iterable<BenchLine> {
  for (const [name, value] of end.rows) {
    if (MAY_GROW.has(name)) continue;
    const max = Math.ceil((middle.rows.get(name) ?? 0) * ABOUT + BY_CHANCE);
    yield { case: `at the end, ${name}`, metric: 'rows', value, goal: { max } };
  }
  const papers = end.papers - middle.papers;
  const max = (middle.bytes * ABOUT + papers * BYTES_A_PAPER) / MB;
  const note = `at half time ${(middle.bytes / MB).toFixed(1)}, and ${papers} more papers in the search index`;
  yield { case: 'at the end', metric: 'MB_heap', value: end.bytes / MB, goal: { max }, note };
}

/** What is not kept for ever, by the instant from which it is kept for 90 days. */
const PASSING = {
  'entry that was not sent': "min(decided_at) AS at FROM entry WHERE state <> 'sent'",
  'entry in full': "min(decided_at) AS at FROM entry WHERE subscriptions <> '[]'",
  'post that was not sent': "min(settled_at) AS at FROM post WHERE state IN ('refused', 'dissolved')",
  'word to moderators': "min(settled_at) AS at FROM post WHERE kind = 'notice'",
} as const;

async function* oldest(db: Database, now: number): AsyncIterable<BenchLine> {
  for (const [what, sql] of Object.entries(PASSING)) {
    const at = (await db.get<{ at: number | null }>(`SELECT ${sql}`))?.at ?? now;
    yield { case: `the oldest ${what}`, metric: 'days', value: (now - at) / DAY, goal: { max: 90.1 } };
  }
}

/** A paper's words in the search index and in the speller. */
const BYTES_A_PAPER = 3500;
