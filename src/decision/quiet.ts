import type { Hour, Quiet } from './terms.ts';

/** When hours of zones come, as instants, UTC ms. Throw RangeError for a zone that does not exist. */
export type LocalHours = {
  /** The first after that instant. */
  next(hour: Hour, after: number): number;
  /** The last at or before it. */
  last(hour: Hour, at: number): number;
};

/** Quiet is from each `from` until the `to` after it; never where they are equal. */
export function inQuiet({ from, to, zone }: Quiet, now: number, hours: LocalHours): boolean {
  const began = hours.last({ kind: 'daily', at: from, zone }, now);
  const ended = hours.last({ kind: 'daily', at: to, zone }, now);
  return began > ended;
}

/** When the quiet that holds at `now` ends. */
export function quietEndsAt({ to, zone }: Quiet, now: number, hours: LocalHours): number {
  return hours.next({ kind: 'daily', at: to, zone }, now);
}

/** That instant, or the end of the quiet hours that it falls into. */
export function outOfQuiet(at: number, quiet: Quiet | null, hours: LocalHours): number {
  return quiet && inQuiet(quiet, at, hours) ? quietEndsAt(quiet, at, hours) : at;
}

/** Whether an hour of the quiet's own zone is in it. */
export function isQuietHour({ from, to }: Quiet, at: string): boolean {
  return from <= to ? from <= at && at < to : at >= from || at < to;
}
