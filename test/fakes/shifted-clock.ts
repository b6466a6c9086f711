import { type Clock, runsAsElapsed, systemClock } from '#src/foundation/clock.ts';

/** The real clock, set to another day: sockets and timers run as ever, days pass at once. */
export type ShiftedClock = Clock & {
  /** Time passes: both clocks move on. A leap back is a wall clock that is set back. */
  leap(ms: number): void;
  leapTo(instant: number | string): void;
  /** The wall clock alone is set forward or back by so much; no time passes. */
  step(ms: number): void;
};

export function createShiftedClock(start: number | string): ShiftedClock {
  let shift = at(start) - systemClock.now();
  let passed = 0;
  const leap = (ms: number): void => {
    shift += ms;
    passed += Math.max(0, ms);
  };
  const now = () => systemClock.now() + shift;
  return {
    now,
    elapsed: () => systemClock.elapsed() + passed,
    ...runsAsElapsed(now),
    sleep: systemClock.sleep,
    leap,
    leapTo: (instant) => leap(at(instant) - systemClock.now() - shift),
    step: (ms) => {
      shift += ms;
    },
  };
}

const at = (instant: number | string): number =>
  typeof instant === 'string' ? Date.parse(instant) : instant;
