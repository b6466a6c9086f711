import { type Clock, type Moment, momentOf } from './clock.ts';

export type ClockStep = {
  /** What the wall clock would say now (UTC ms) if nobody had set it, and what it says. */
  from: number;
  to: number;
};

/**
 * Readings of two clocks are never quite at once, and time servers push a clock by fractions of a second: what passes on
 * either of them in so many ms is no step.
 */
const UNSTEADY = 1000;

/** How the wall clock was set between two moments; null when it only went on. After a machine's sleep it was set forward. */
export function stepBetween(
  before: Moment,
  after: Moment,
  { expected }: Pick<Clock, 'expected'>,
): ClockStep | null {
  const from = expected(before, after.elapsed);
  const unsteady = Math.max(UNSTEADY, from - expected(before, after.elapsed - UNSTEADY));
  return Math.abs(after.wall - from) > unsteady ? { from, to: after.wall } : null;
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
      const step = stepBetween(last, present, clock);
      last = present;
      if (step) done = done.then(() => onStep(step));
      return done;
    },
  };
}
