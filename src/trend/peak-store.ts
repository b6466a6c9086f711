import { PRESETS, thresholdForBudget } from './sensitivity.ts';

/** The highest score of each paper, by batch day: what a budget's threshold and a back-test are read from. */
type PeakStore = {
  /** Notes a score of a paper under a day (whole days since 1970); its highest stays, under that day alone. */
  note(day: number, paper: string, score: number): void;
  /** The threshold for about `perDay` papers a day: the same all day long, from the days before the newest. */
  thresholdFor(perDay: number): number;
  /** Papers under `day` or later, highest first. */
  since(day: number): readonly Peak[];
  /** Null before the first. */
  readonly newestDay: number | null;
};

export type Peak = { paper: string; day: number; score: number };

/** Kept by number, not by date: one day with a wrong date cannot push the others out. */
const DAYS_KEPT = 120;

/**
 * `windows`: a budget is read from so many days before the newest, each in turn; the strictest answer counts, so that
 * neither a few thin weeks nor a growing list make it tell of papers that would have been nobody's news before.
 */
export function createPeakStore(windows: readonly number[]): PeakStore {
  const days = new Map<number, Map<string, number>>();
  /** Under which day a paper's highest stands. */
  const dayOf = new Map<string, number>();
  let newestDay: number | null = null;
  let thresholdOf: (perDay: number) => number = () => PRESETS.balanced;

  const open = (day: number): Map<string, number> => {
    const known = days.get(day);
    if (known) return known;
    if (newestDay === null || day > newestDay) {
      thresholdOf = thresholdFrom(days, windows);
      newestDay = day;
    }
    if (days.size >= DAYS_KEPT) forget(Math.min(...days.keys()));
    const opened = new Map<string, number>();
    days.set(day, opened);
    return opened;
  };

  const forget = (day: number): void => {
    for (const paper of days.get(day)?.keys() ?? []) dayOf.delete(paper);
    days.delete(day);
  };

  return {
    note(day, paper, score) {
      const peaks = open(day);
      const before = days.get(dayOf.get(paper) ?? day);
      if (score <= (before?.get(paper) ?? Number.NEGATIVE_INFINITY)) return;
      before?.delete(paper);
      peaks.set(paper, score);
      dayOf.set(paper, day);
    },
    thresholdFor: (perDay) => thresholdOf(perDay),
    since: (day) =>
      [...days]
        .filter(([other]) => other >= day)
        .flatMap(([other, peaks]) => [...peaks].map(([paper, score]) => ({ paper, day: other, score })))
        .sort((a, b) => b.score - a.score),
    get newestDay() {
      return newestDay;
    },
  };
}

/** The peaks as they stand now, so that the day's threshold does not depend on when it is asked for; sorted once it is. */
function thresholdFrom(days: ReadonlyMap<number, ReadonlyMap<string, number>>, windows: readonly number[]) {
  const latest = [...days.keys()].sort((a, b) => b - a).slice(0, Math.max(...windows));
  const scores: number[] = [];
  const ends = latest.map((day) => {
    for (const score of days.get(day)?.values() ?? []) scores.push(score);
    return scores.length;
  });
  let sorted: readonly { peaks: Float64Array; days: number }[] | null = null;

  return (perDay: number): number => {
    sorted ??= windows.map((window) => {
      const counted = Math.min(window, ends.length);
      const peaks = Float64Array.from(scores.slice(0, ends[counted - 1] ?? 0));
      return { peaks: peaks.sort().reverse(), days: counted };
    });
    return Math.max(...sorted.map(({ peaks, days: counted }) => thresholdForBudget(perDay, peaks, counted)));
  };
}
