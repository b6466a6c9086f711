import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { recordedLooks } from '#src/tools/recorded-looks.ts';
import { readSightings } from '#src/tools/recorded-sightings.ts';
import { createTrendRule, type TrendRule } from '#src/trend/trend-rule.ts';
import { looksAt, type PlannedBatch, plannedBatch } from '#test/trend/growing-batch.ts';
import { type BenchLine, type BenchOptions, median, quantile } from './bench.ts';

const RECORD = '../shared/recordings/trend/train-sightings.csv.gz';
const FIRST_DAY = Date.UTC(2025, 0, 6);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A poll, a rebuild and a replay of the recorded months; the first two on made-up batches of 40 papers a weekday. */
export async function* run({ quick }: BenchOptions): AsyncIterable<BenchLine> {
  yield* polls(quick ? 15 : 60);
  yield rebuild(quick ? 15 : 365);
  if (existsSync(RECORD)) yield replay();
}

/** What one poll costs after weeks of them: five batches of 40 papers, from this morning's to one four days old. */
function* polls(days: number): Iterable<BenchLine> {
  const rule = createTrendRule();
  const open = observeDays(rule, days, () => {})
    .slice(-5)
    .toReversed();
  const took: number[] = [];
  for (let hours = 2; hours < 6; hours += 1 / 30) {
    const looks = open.map((batch, index) => looksAt(batch, batch.startsAt + (hours + index * 22) * HOUR));
    const start = performance.now();
    for (const look of looks) rule.observe(look);
    took.push(performance.now() - start);
  }
  const note = 'five batches of 40 papers, every one looked at again';
  yield { case: `poll after ${days} days`, metric: 'ms_p50', value: median(took), goal: { max: 2 }, note };
  yield { case: `poll after ${days} days`, metric: 'ms_p99', value: quantile(took, 0.99), note };
}

function rebuild(days: number): BenchLine {
  const rule = createTrendRule();
  let looks = 0;
  let took = 0;
  observeDays(rule, days, (count, ms) => {
    looks += count;
    took += ms;
  });
  return {
    case: `rebuild from ${days} days`,
    metric: 's',
    value: took / 1000,
    goal: { max: 2 },
    note: `${looks} looks at 40 papers: the day's batch every 15 minutes, older ones hourly up to 72 h`,
  };
}

/** Makes the looks of each day outside the measured time, shows them to the rule, and reports how many took how long. */
function observeDays(
  rule: TrendRule,
  days: number,
  measured: (looks: number, ms: number) => void,
): PlannedBatch[] {
  const batches: PlannedBatch[] = [];
  for (let day = 0; day < days; day++) {
    const startsAt = FIRST_DAY + day * DAY;
    if (![0, 6].includes(new Date(startsAt).getUTCDay())) batches.push(plannedBatch(startsAt, 40));
    const looks = batches.slice(-3).flatMap((batch) => looksOfDay(batch, startsAt));
    looks.sort((a, b) => a.seenAt - b.seenAt);
    const start = performance.now();
    for (const look of looks) rule.observe(look);
    measured(looks.length, performance.now() - start);
  }
  return batches;
}

function looksOfDay(batch: PlannedBatch, startsAt: number) {
  const age = startsAt - batch.startsAt;
  if (age > 3 * DAY) return [];
  const every = age === 0 ? 15 : 60;
  const minutes = Array.from({ length: (24 * 60) / every }, (_, index) => index * every);
  return minutes.map((minute) => looksAt(batch, startsAt + minute * 60_000));
}

function replay(): BenchLine {
  const start = performance.now();
  const { sightings } = readSightings(gunzipSync(readFileSync(RECORD)).toString('utf8'));
  const rule = createTrendRule();
  let rises = 0;
  for (const look of recordedLooks(sightings)) rises += rule.observe(look).length;
  const value = (performance.now() - start) / 1000;
  const note = `${sightings.length} rows read and replayed, ${rises} rises told`;
  return { case: 'replay of the recorded months', metric: 's', value, goal: { max: 5 }, note };
}
