import { type Clock, systemClock } from '#src/foundation/clock.ts';

/** The real clock, set to another day and moved on by leaps: sockets and timers run as ever, days pass at once. */
export type ShiftedClock = Clock & { leap(ms: number): void; leapTo(instant: number | string): void };

export function createShiftedClock(start: number | string): ShiftedClock {
  let shift = at(start) - systemClock.now();
  return {
    now: () => systemClock.now() + shift,
    sleep: systemClock.sleep,
    leap: (ms) => {
      shift += ms;
    },
    leapTo: (instant) => {
      shift = at(instant) - systemClock.now();
    },
  };
}

const at = (instant: number | string): number =>
  typeof instant === 'string' ? Date.parse(instant) : instant;
