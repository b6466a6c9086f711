/**
 * Pace: how many votes strong papers had at an age. A compact sketch: each batch keeps, per step of age, the votes
 * of its last look in that step; the pace is a percentile over the earlier batches of the window at that step and
 * its neighbours. Steps are even in ln(age + 1): minutes wide at first, hours wide after a day.
 *
 * A batch's pace at a step is fixed when first asked for, because the batches before it have long passed that age.
 * So a poll costs what it looks at, not the history, and a replay of the same polls gives the same figures.
 */
type PaceSettings = {
  /** Batches of so many days before the batch count. */
  days: number;
  /** 0..1: which percentile is called strong. */
  percentile: number;
};

type VotePace = {
  /** Notes the votes that the papers of `day` had at `ageHours` (0 or more), in any order. */
  note(day: number, ageHours: number, votes: readonly number[]): void;
  /** Votes of a strong paper at that age in the batches before `day`; null when too little was seen (a cold start). */
  at(day: number, ageHours: number): number | null;
};

const STEP = 0.12;
const ENOUGH = 30;
/** More votes count as so many: no percentile of a month gets there. */
const MOST_COUNTED = 1000;
/** Kept by number, not by date: one batch with a wrong date cannot push the others out. */
const BATCHES_KEPT = 90;

type Batch = { votes: Map<number, readonly number[]>; pace: Map<number, number | null> };

/** `day` is always a whole number of days since 1970. */
export function createVotePace(settings: PaceSettings): VotePace {
  const batches = new Map<number, Batch>();
  /** `counts[votes]`: papers with so many votes; refilled for each measure. */
  const counts = new Uint32Array(MOST_COUNTED + 1);

  const open = (day: number): Batch => {
    const known = batches.get(day);
    if (known) return known;
    if (batches.size >= BATCHES_KEPT) batches.delete(Math.min(...batches.keys()));
    const batch: Batch = { votes: new Map(), pace: new Map() };
    batches.set(day, batch);
    return batch;
  };

  /** Fills `counts` from the earlier batches at about that step; how many papers that were. */
  const pool = (day: number, step: number, reach: number): number => {
    let papers = 0;
    counts.fill(0);
    for (const [other, batch] of batches) {
      if (other >= day || other < day - settings.days) continue;
      for (let near = step - reach; near <= step + reach; near++) {
        const seen = batch.votes.get(near) ?? [];
        for (const votes of seen) counts[Math.min(votes, MOST_COUNTED)]++;
        papers += seen.length;
      }
    }
    return papers;
  };

  const measure = (day: number, step: number): number | null => {
    for (const reach of [1, 2, 4]) {
      const papers = pool(day, step, reach);
      if (papers >= ENOUGH) return votesAt(counts, settings.percentile * (papers - 1));
    }
    return null;
  };

  return {
    note(day, ageHours, votes) {
      if (votes.length > 0) open(day).votes.set(stepOf(ageHours), votes);
    },
    at(day, ageHours) {
      const { pace } = open(day);
      const step = stepOf(ageHours);
      const known = pace.get(step);
      if (known !== undefined) return known;
      const measured = measure(day, step);
      pace.set(step, measured);
      return measured;
    },
  };
}

function stepOf(ageHours: number): number {
  return Math.floor(Math.log(ageHours + 1) / STEP);
}

/** The votes at an index of the sorted papers, between two whole ones in proportion. */
function votesAt(counts: Uint32Array, index: number): number {
  const low = votesOfNth(counts, Math.floor(index));
  const high = votesOfNth(counts, Math.ceil(index));
  return low + (high - low) * (index - Math.floor(index));
}

function votesOfNth(counts: Uint32Array, nth: number): number {
  let before = 0;
  for (let votes = 0; votes < counts.length; votes++) {
    before += counts[votes];
    if (before > nth) return votes;
  }
  return counts.length - 1;
}
