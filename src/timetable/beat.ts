import type { Moment } from '#src/foundation/clock-watch.ts';

/** When a job runs next: the instant that was meant (UTC ms), and when that is by elapsed time, which nobody can set. */
export type Beat = { at: number; due: number };

/** The first instant after that one, UTC ms. */
export type Next = (after: number) => number;

/** A clock that is pushed reaches the instant that was meant a little before or after the wait for it ends. */
const NEAR = 30_000;

/** The beat after `last`, which has just come; the first one where there was none. */
export function nextBeat(next: Next, present: Moment, last?: Beat): Beat {
  const isEarly = last !== undefined && last.at > present.wall && last.at - present.wall < NEAR;
  return beatAt(next(isEarly ? last.at : present.wall), present);
}

/**
 * The beat once the wall clock was set. What it leapt over is due at once. Nothing comes later than it would have come:
 * so a clock that is set back makes nobody wait for it.
 */
export function beatAfterStep(beat: Beat, next: Next, present: Moment): Beat {
  if (present.wall >= beat.at) return { at: present.wall, due: present.elapsed };
  const anew = beatAt(next(present.wall), present);
  return anew.due < beat.due ? anew : { at: present.wall + (beat.due - present.elapsed), due: beat.due };
}

const beatAt = (at: number, { wall, elapsed }: Moment): Beat => ({ at, due: elapsed + (at - wall) });
