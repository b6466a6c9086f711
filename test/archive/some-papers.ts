import { NO_FIGURES } from '#src/paper/figures.ts';
import type { Paper } from '#src/paper/paper.ts';
import type { Poll, Sighting } from '#src/paper/sighting.ts';

/** 2026-03-02T00:00:00Z, a Monday. */
export const MONDAY = Date.UTC(2026, 2, 2);
export const MINUTE = 60_000;
export const DAY = 86_400_000;

export function aSighting(paper: Paper, place: number, figures: Partial<Sighting> = {}): Sighting {
  return { paper, place, ...NO_FIGURES, batchDay: null, ...figures };
}

export function aPoll(seenAt: number, sightings: readonly Sighting[], rest: Partial<Poll> = {}): Poll {
  return {
    source: 'hugging-face',
    list: 'daily',
    key: '2026-03-02',
    seenAt,
    complete: true,
    malformed: 0,
    sightings,
    ...rest,
  };
}
