/** How much a subscription wants to hear: a named notch, or about so many papers a day over all topics. */
export type Dial = Notch | { perDay: number };
export type Notch = 'sure' | 'balanced' | 'early' | 'wide';

/** The heat from which each notch hears of a paper. */
export const NOTCHES: Readonly<Record<Notch, number>> = { sure: 3.5, balanced: 3, early: 2.5, wide: 1.5 };

/** Heat is told in whole steps, so every theta must be one: then each is crossed by exactly one rise. */
export const HEAT_STEP = 0.05;
/** Rises below this are nobody's news: no dial reaches lower. */
export const LOWEST_THETA = 1;

const ENOUGH_DAYS = 10;

/**
 * The theta that would have given `perDay` papers a day over the given batches: one list of peak heats a batch day.
 * With fewer than ten days the middle notch serves.
 */
export function thetaForBudget(perDay: number, peaksByDay: readonly (readonly number[])[]): number {
  if (peaksByDay.length < ENOUGH_DAYS) return NOTCHES.balanced;
  const peaks = peaksByDay.flat().sort((a, b) => b - a);
  const wanted = Math.max(1, Math.round(perDay * peaksByDay.length));
  const theta = peaks[Math.min(wanted, peaks.length) - 1] ?? NOTCHES.balanced;
  return Math.max(LOWEST_THETA, onStep(theta, HEAT_STEP));
}

/** The step at or just below a heat; the heat itself when `step` is 0. */
export function onStep(heat: number, step: number): number {
  if (step === 0) return heat;
  return Math.floor(heat / step + 1e-9) / Math.round(1 / step);
}
