import type { Clock } from './clock.ts';

/** What both clocks say at once. */
export type Moment = {
  /** UTC ms. */
  wall: number;
  elapsed: number;
};

export type ClockStep = {
  /** What the wall clock would say now (UTC ms) if nobody had set it, and what it says. */
  from: number;
  to: number;
};

/** Readings of two clocks are never quite at once, and time servers push a clock by fractions of a second. */
const UNSTEADY = 1000;

export const momentOf = (clock: Clock): Moment => ({ wall: clock.now(), elapsed: clock.elapsed() });

/** How the wall clock was set between two moments; null when it only went on. After a machine's sleep it was set forward. */
export function stepBetween(before: Moment, after: Moment): ClockStep | null {
  const from = before.wall + (after.elapsed - before.elapsed);
  return Math.abs(after.wall - from) > UNSTEADY ? { from, to: after.wall } : null;
}

export type ClockWatch = {
  /**
   * Compares both clocks with the last time and tells of a step; cheap. Resolves when what is done about a step that
   * was just found, or is still under way, is done.
   */
  check(): Promise<void>;
};

/** `onStep` is called for one step after the other, and must not reject. */
export function watchClock(clock: Clock, onStep: (step: ClockStep) => Promise<void>): ClockWatch {
  let last = momentOf(clock);
  let done = Promise.resolve();
  return {
    check() {
      const present = momentOf(clock);
      const step = stepBetween(last, present);
      last = present;
      if (step) done = done.then(() => onStep(step));
      return done;
    },
  };
}
