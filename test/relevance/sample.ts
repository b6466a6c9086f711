import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { MatchDocument } from '#src/match/language/filter.ts';
import { RECORDINGS, readRecordedPapers } from '#test/bench/recorded-papers.ts';

// Fixed before the first label was written and before the first filter was tried. A change makes the labels worthless.
const SEED = 20261123;
const MONTHS = [
  '2025-06',
  '2025-07',
  '2025-08',
  '2025-09',
  '2025-10',
  '2025-11',
  '2025-12',
  '2026-01',
  '2026-02',
  '2026-03',
];
const DAYS_A_MONTH = 2;
const PAPERS_A_DAY = 15;

/** How labels.json was drawn: from each of ten months two days, from each day 15 papers, all by one seed. */
export function labelledSample(): readonly MatchDocument[] {
  const random = seeded(SEED);
  const chosen = new Map<string, MatchDocument>();
  for (const day of sampledDays(random)) {
    const fresh = papersOf(day).filter((paper) => !chosen.has(paper.id));
    for (const paper of drawn(fresh, PAPERS_A_DAY, random)) chosen.set(paper.id, paper);
  }
  return [...chosen.values()];
}

/** The papers of the same months that stand on none of the sampled days: the only ones filters are tuned on. */
export function tuningPapers(): readonly MatchDocument[] {
  const sampled = sampledDays(seeded(SEED));
  const held = new Set(sampled.flatMap(papersOf).map((paper) => paper.id));
  const days = MONTHS.flatMap(recordedDays).filter((day) => !sampled.includes(day));
  const papers = days.flatMap(papersOf).filter((paper) => !held.has(paper.id));
  return [...new Map(papers.map((paper) => [paper.id, paper])).values()];
}

function sampledDays(random: () => number): readonly string[] {
  return MONTHS.flatMap((month) => {
    const days = recordedDays(month).filter((day) => papersOf(day).length >= PAPERS_A_DAY);
    return drawn(days, DAYS_A_MONTH, random);
  });
}

function recordedDays(month: string): readonly string[] {
  return readdirSync(join(RECORDINGS, month.slice(0, 4)))
    .filter((name) => name.startsWith(month) && name.endsWith('.json.gz'))
    .map((name) => name.slice(0, 10))
    .sort();
}

const papersOf = (day: string): readonly MatchDocument[] => readRecordedPapers(day, `${day}~`);

/** `count` items without repetition: the head of a Fisher-Yates shuffle. */
function drawn<T>(items: readonly T[], count: number, random: () => number): readonly T[] {
  const deck = [...items];
  for (let place = 0; place < Math.min(count, deck.length); place++) {
    const other = place + Math.floor(random() * (deck.length - place));
    [deck[place], deck[other]] = [deck[other], deck[place]];
  }
  return deck.slice(0, count);
}

/** mulberry32: a small generator whose numbers are the same on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
