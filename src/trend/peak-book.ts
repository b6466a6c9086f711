import { NOTCHES, thetaForBudget } from './dial.ts';

/** The highest heat of each paper, by batch day: what a budget's theta and a back-test are read from. */
export type PeakBook = {
  /** Notes a heat of a paper under a day (whole days since 1970); the highest stays. */
  note(day: number, paper: string, heat: number): void;
  /** The theta for about `perDay` papers a day: the same all day long, from the days before the newest. */
  thetaFor(perDay: number): number;
  /** Papers under `day` or later, hottest first. */
  since(day: number): readonly Peak[];
  /** Null before the first. */
  readonly newestDay: number | null;
};

export type Peak = { paper: string; day: number; heat: number };

/** Kept by number, not by date: one day with a wrong date cannot push the others out. */
const DAYS_KEPT = 120;

/**
 * `windows`: a budget is read from so many days before the newest, each in turn; the strictest answer counts, so that
 * neither a few thin weeks nor a growing list make it tell of papers that would have been nobody's news before.
 */
export function createPeakBook(windows: readonly number[]): PeakBook {
  const days = new Map<number, Map<string, number>>();
  let newestDay: number | null = null;
  let past: readonly { peaks: readonly number[]; days: number }[] = [];

  const open = (day: number): Map<string, number> => {
    const known = days.get(day);
    if (known) return known;
    if (newestDay === null || day > newestDay) {
      past = windows.map((window) => before(day, window));
      newestDay = day;
    }
    if (days.size >= DAYS_KEPT) days.delete(Math.min(...days.keys()));
    const opened = new Map<string, number>();
    days.set(day, opened);
    return opened;
  };

  const before = (day: number, window: number) => {
    const latest = [...days.keys()].filter((other) => other < day).sort((a, b) => b - a);
    const counted = latest.slice(0, window);
    const peaks = counted.flatMap((other) => [...(days.get(other)?.values() ?? [])]);
    return { peaks: peaks.sort((a, b) => b - a), days: counted.length };
  };

  return {
    note(day, paper, heat) {
      const peaks = open(day);
      if (heat > (peaks.get(paper) ?? Number.NEGATIVE_INFINITY)) peaks.set(paper, heat);
    },
    thetaFor(perDay) {
      const thetas = past.map(({ peaks, days: count }) => thetaForBudget(perDay, peaks, count));
      return thetas.length === 0 ? NOTCHES.balanced : Math.max(...thetas);
    },
    since: (day) =>
      [...days]
        .filter(([other]) => other >= day)
        .flatMap(([other, peaks]) => [...peaks].map(([paper, heat]) => ({ paper, day: other, heat })))
        .sort((a, b) => b.heat - a.heat),
    get newestDay() {
      return newestDay;
    },
  };
}
