import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { recordedLooks } from '#src/tools/recorded-looks.ts';
import { readSightings } from '#src/tools/recorded-sightings.ts';
import { NOTCHES } from '#src/trend/dial.ts';
import { createTrendRule, TREND_SETTINGS, type TrendRule } from '#src/trend/trend-rule.ts';
import { looksAt, type PlannedBatch, plannedBatch } from '#test/trend/growing-batch.ts';
import { type BenchLine, type BenchOptions, median, quantile } from './bench.ts';

const RECORD = '../shared/recordings/trend/train-sightings.csv.gz';
const FIRST_DAY = Date.UTC(2025, 0, 6);
/** A strong paper had so many times the votes of the pace at some look. */
const STRONG = 1.3;
const FEW = 8;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * A poll, a rebuild and a replay of the recorded months, and what came of strong papers on days of few; the first two on
 * made-up batches of 40 papers a weekday.
 */
export async function* run({ quick }: BenchOptions): AsyncIterable<BenchLine> {
  yield* polls(quick ? 15 : 60);
  yield rebuild(quick ? 15 : 365);
  if (!existsSync(RECORD)) return;
  yield replay();
  yield* tinyDays();
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

/** How many of the strong papers of the recorded months `balanced` tells of, by how long their day's list got. */
function* tinyDays(): Iterable<BenchLine> {
  const { strong, longest, rule } = strongPapers();
  const isTold = (paper: string) => (rule.heat(paper)?.peak ?? 0) >= NOTCHES.balanced;
  const groups = [
    { name: `days of ${FEW} papers or fewer`, from: 1, to: FEW, goal: { min: 10 } },
    { name: 'longer days', from: FEW + 1, to: Number.POSITIVE_INFINITY },
  ];
  for (const { name, from, to, ...goal } of groups) {
    const papers = [...strong].filter(([, day]) => {
      const length = longest.get(day) ?? 0;
      return from <= length && length <= to;
    });
    const value = papers.filter(([paper]) => isTold(paper)).length;
    const note = `of ${papers.length} papers that had ${STRONG} times the pace`;
    yield { case: `strong papers of ${name}`, metric: 'told', value, ...goal, note };
  }
}

function strongPapers() {
  const { sightings } = readSightings(gunzipSync(readFileSync(RECORD)).toString('utf8'));
  const rule = createTrendRule({ ...TREND_SETTINGS, memoryDays: Number.POSITIVE_INFINITY });
  const strong = new Map<string, string>();
  const longest = new Map<string, number>();
  for (const look of recordedLooks(sightings)) {
    rule.observe(look);
    for (const { paper } of look.sightings) {
      const { reason, at } = rule.heat(paper.id) ?? {};
      if (reason?.kind !== 'votes' || at !== look.seenAt) continue;
      longest.set(look.key, Math.max(reason.papers, longest.get(look.key) ?? 0));
      if (reason.pace !== null && (reason.votes ?? 0) >= STRONG * reason.pace) strong.set(paper.id, look.key);
    }
  }
  return { strong, longest, rule };
}
