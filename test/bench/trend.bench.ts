import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { recordedPolls } from '#src/tools/recorded-polls.ts';
import { readSightings } from '#src/tools/recorded-sightings.ts';
import { PRESETS } from '#src/trend/sensitivity.ts';
import { createTrendRule, TREND_SETTINGS, type TrendRule } from '#src/trend/trend-rule.ts';
import { type PlannedBatch, plannedBatch, pollsAt } from '#test/trend/growing-batch.ts';
import { type BenchLine, type BenchOptions, median, quantile } from './bench.ts';

const RECORD = '../shared/recordings/trend/train-sightings.csv.gz';
const FIRST_DAY = Date.UTC(2025, 0, 6);
/** A strong paper had so many times the votes of the pace at some poll. */
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
    const polls = open.map((batch, index) => pollsAt(batch, batch.startsAt + (hours + index * 22) * HOUR));
    const start = performance.now();
    for (const poll of polls) rule.observe(poll);
    took.push(performance.now() - start);
  }
  const note = 'five batches of 40 papers, every one looked at again';
  yield { case: `poll after ${days} days`, metric: 'ms_p50', value: median(took), goal: { max: 2 }, note };
  yield { case: `poll after ${days} days`, metric: 'ms_p99', value: quantile(took, 0.99), note };
}

function rebuild(days: number): BenchLine {
  const rule = createTrendRule();
  let polls = 0;
  let took = 0;
  observeDays(rule, days, (count, ms) => {
    polls += count;
    took += ms;
  });
  return {
    case: `rebuild from ${days} days`,
    metric: 's',
    value: took / 1000,
    goal: { max: 2 },
    note: `${polls} looks at 40 papers: the day's batch every 15 minutes, older ones hourly up to 72 h`,
  };
}

/** Makes the polls of each day outside the measured time, shows them to the rule, and reports how many took how long. */
function observeDays(
  rule: TrendRule,
  days: number,
  measured: (polls: number, ms: number) => void,
): PlannedBatch[] {
  const batches: PlannedBatch[] = [];
  for (let day = 0; day < days; day++) {
    const startsAt = FIRST_DAY + day * DAY;
    if (![0, 6].includes(new Date(startsAt).getUTCDay())) batches.push(plannedBatch(startsAt, 40));
    const polls = batches.slice(-3).flatMap((batch) => pollsOfDay(batch, startsAt));
    polls.sort((a, b) => a.seenAt - b.seenAt);
    const start = performance.now();
    for (const poll of polls) rule.observe(poll);
    measured(polls.length, performance.now() - start);
  }
  return batches;
}

function pollsOfDay(batch: PlannedBatch, startsAt: number) {
  const age = startsAt - batch.startsAt;
  if (age > 3 * DAY) return [];
  const every = age === 0 ? 15 : 60;
  const minutes = Array.from({ length: (24 * 60) / every }, (_, index) => index * every);
  return minutes.map((minute) => pollsAt(batch, startsAt + minute * 60_000));
}

function replay(): BenchLine {
  const start = performance.now();
  const { sightings } = readSightings(gunzipSync(readFileSync(RECORD)).toString('utf8'));
  const rule = createTrendRule();
  let rises = 0;
  for (const poll of recordedPolls(sightings)) rises += rule.observe(poll).length;
  const value = (performance.now() - start) / 1000;
  const note = `${sightings.length} rows read and replayed, ${rises} rises told`;
  return { case: 'replay of the recorded months', metric: 's', value, goal: { max: 5 }, note };
}

/** How many of the strong papers of the recorded months `balanced` tells of, by how long their day's list got. */
function* tinyDays(): Iterable<BenchLine> {
  const { strong, longest, rule } = strongPapers();
  const isNotified = (paper: string) => (rule.score(paper)?.peak ?? 0) >= PRESETS.balanced;
  const groups = [
    { name: `days of ${FEW} papers or fewer`, from: 1, to: FEW, goal: { min: 10 } },
    { name: 'longer days', from: FEW + 1, to: Number.POSITIVE_INFINITY },
  ];
  for (const { name, from, to, ...goal } of groups) {
    const papers = [...strong].filter(([, day]) => {
      const length = longest.get(day) ?? 0;
      return from <= length && length <= to;
    });
    const value = papers.filter(([paper]) => isNotified(paper)).length;
    const note = `of ${papers.length} papers that had ${STRONG} times the pace`;
    yield { case: `strong papers of ${name}`, metric: 'told', value, ...goal, note };
  }
}

function strongPapers() {
  const { sightings } = readSightings(gunzipSync(readFileSync(RECORD)).toString('utf8'));
  const rule = createTrendRule({ ...TREND_SETTINGS, memoryDays: Number.POSITIVE_INFINITY });
  const strong = new Map<string, string>();
  const longest = new Map<string, number>();
  for (const poll of recordedPolls(sightings)) {
    rule.observe(poll);
    for (const { paper } of poll.sightings) {
      const { reason, at } = rule.score(paper.id) ?? {};
      if (reason?.kind !== 'votes' || at !== poll.seenAt) continue;
      longest.set(poll.key, Math.max(reason.papers, longest.get(poll.key) ?? 0));
      if (reason.pace !== null && (reason.votes ?? 0) >= STRONG * reason.pace) strong.set(paper.id, poll.key);
    }
  }
  return { strong, longest, rule };
}
