/** How a list that failed is tried again; `at` by Clock.elapsed(). `least`: it waits no less, ms, however often it is read else. */
export type Tried = { at: number; misses: number; least?: number };

// A timetable's interval is never exact: what is due hourly must not slip to the poll after the hour.
export const SLACK = 0.9;

/** Milliseconds to wait after so many failures in a row: doubled with each, up to `most`. */
export function waitAfter(misses: number, { first, most }: { first: number; most: number }): number {
  return misses === 0 ? 0 : Math.min(most, first * 2 ** (misses - 1)) * SLACK;
}

export function triedNow(before: Tried | undefined, at: number, isGood: boolean): Tried {
  return { at, misses: isGood ? 0 : (before?.misses ?? 0) + 1 };
}
