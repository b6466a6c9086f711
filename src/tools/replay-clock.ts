import { type Clock, runsAsElapsed } from '#src/foundation/clock.ts';

/** Time that passes only when it is told to, and never backwards. Who sleeps wakes at once, the time gone by. */
export type VirtualClock = Clock & { goTo(instant: number): void };

/** Starts at that instant, UTC ms. */
export function createVirtualClock(start: number): VirtualClock {
  let now = start;
  const goTo = (instant: number): void => {
    now = Math.max(now, instant);
  };
  return {
    now: () => now,
    elapsed: () => now,
    ...runsAsElapsed(() => now),
    goTo,
    sleep: async (ms) => goTo(now + ms),
  };
}
