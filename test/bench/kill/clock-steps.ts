/** The bot's wall clock, which somebody sets forward and back. */
export type ClockSteps = {
  /** How far it is off, ms. */
  readonly shiftMs: number;
  /** How often it was set. */
  readonly steps: number;
  /** Somebody sets it; returns how far it is off then. */
  step(): number;
  /** It is right from now on. */
  setRight(): void;
};

/** Nobody sets it. */
export const rightClock: ClockSteps = { shiftMs: 0, steps: 0, step: () => 0, setRight: () => {} };

const FARTHEST_MS = 3 * 3_600_000;
const NEAREST_MS = 120_000;

/** `random`: 0 to 1. One step in three is a few seconds to and fro, the others lead 2 minutes to 3 hours away. */
export function createClockSteps(random: () => number): ClockSteps {
  let shiftMs = 0;
  let steps = 0;
  const either = () => (random() < 0.5 ? -1 : 1);
  return {
    get shiftMs() {
      return shiftMs;
    },
    get steps() {
      return steps;
    },
    step() {
      steps++;
      if (random() < 1 / 3) shiftMs += either() * (1000 + random() * 19_000);
      else shiftMs = either() * (NEAREST_MS + random() * (FARTHEST_MS - NEAREST_MS));
      shiftMs = Math.round(shiftMs);
      return shiftMs;
    },
    setRight: () => {
      shiftMs = 0;
    },
  };
}
