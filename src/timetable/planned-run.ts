import type { Moment } from '#src/foundation/clock-watch.ts';

/** When a job runs next: the instant that was meant (UTC ms), and when that is by elapsed time, which nobody can set. */
export type PlannedRun = { at: number; due: number };

/** The first instant after that one, UTC ms. */
export type Next = (after: number) => number;

/** A clock that is pushed reaches the instant that was meant a little before or after the wait for it ends. */
const NEAR = 30_000;

/** The run after `last`, which has just come; the first one where there was none. */
export function planRun(next: Next, present: Moment, last?: PlannedRun): PlannedRun {
  const isEarly = last !== undefined && last.at > present.wall && last.at - present.wall < NEAR;
  return plannedAt(next(isEarly ? last.at : present.wall), present);
}

/**
 * The run once the wall clock was set. What it leapt over is due at once. Nothing comes later than it would have come:
 * so a clock that is set back makes nobody wait for it.
 */
export function replanRun(planned: PlannedRun, next: Next, present: Moment): PlannedRun {
  if (present.wall >= planned.at) return { at: present.wall, due: present.elapsed };
  const anew = plannedAt(next(present.wall), present);
  return anew.due < planned.due
    ? anew
    : { at: present.wall + (planned.due - present.elapsed), due: planned.due };
}

const plannedAt = (at: number, { wall, elapsed }: Moment): PlannedRun => ({ at, due: elapsed + (at - wall) });
