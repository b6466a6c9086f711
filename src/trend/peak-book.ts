import { NOTCHES, thetaForBudget } from './dial.ts';

/** The highest heat of each paper, by batch day: what a budget's theta and a back-test are read from. */
export type PeakBook = {
  /** Notes a heat of a paper under a day (whole days since 1970); its highest stays, under that day alone. */
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
  /** Under which day a paper's highest stands. */
  const dayOf = new Map<string, number>();
  let newestDay: number | null = null;
  let thetaOf: (perDay: number) => number = () => NOTCHES.balanced;

  const open = (day: number): Map<string, number> => {
    const known = days.get(day);
    if (known) return known;
    if (newestDay === null || day > newestDay) {
      thetaOf = thetaFrom(days, windows);
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
    note(day, paper, heat) {
      const peaks = open(day);
      const before = days.get(dayOf.get(paper) ?? day);
      if (heat <= (before?.get(paper) ?? Number.NEGATIVE_INFINITY)) return;
      before?.delete(paper);
      peaks.set(paper, heat);
      dayOf.set(paper, day);
    },
    thetaFor: (perDay) => thetaOf(perDay),
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

/** The peaks as they stand now, so that the day's theta does not depend on when it is asked for; sorted once it is. */
function thetaFrom(days: ReadonlyMap<number, ReadonlyMap<string, number>>, windows: readonly number[]) {
  const latest = [...days.keys()].sort((a, b) => b - a).slice(0, Math.max(...windows));
  const heats: number[] = [];
  const ends = latest.map((day) => {
    for (const heat of days.get(day)?.values() ?? []) heats.push(heat);
    return heats.length;
  });
  let sorted: readonly { peaks: Float64Array; days: number }[] | null = null;

  return (perDay: number): number => {
    sorted ??= windows.map((window) => {
      const counted = Math.min(window, ends.length);
      const peaks = Float64Array.from(heats.slice(0, ends[counted - 1] ?? 0));
      return { peaks: peaks.sort().reverse(), days: counted };
    });
    return Math.max(...sorted.map(({ peaks, days: counted }) => thetaForBudget(perDay, peaks, counted)));
  };
}
