/** How much a subscription wants to hear: a named notch, or about so many papers a day over all topics. */
export type Dial = Notch | { perDay: number };
export type Notch = 'sure' | 'balanced' | 'early' | 'wide';

/** The heat from which each notch hears of a paper. */
export const NOTCHES: Readonly<Record<Notch, number>> = { sure: 3.5, balanced: 3, early: 2.5, wide: 1.5 };

/** Rises are told in whole steps and every theta is one, so each theta is crossed by exactly one rise. */
export const HEAT_STEP = 0.05;
/** Rises below this are nobody's news: no dial reaches lower. */
export const LOWEST_THETA = 1;

const ENOUGH_DAYS = 10;

/**
 * The theta that would have given at most `perDay` papers a day: `peaks` are the peak heats of `days` batch days, hottest
 * first. With fewer than ten days there is no telling, and the middle notch serves.
 */
export function thetaForBudget(perDay: number, peaks: ArrayLike<number>, days: number): number {
  if (days < ENOUGH_DAYS || peaks.length === 0) return NOTCHES.balanced;
  const wanted = Math.max(1, Math.round(perDay * days));
  const last = peaks[Math.min(wanted, peaks.length) - 1];
  const step = onStep(last, HEAT_STEP);
  return Math.max(LOWEST_THETA, step < last ? onStep(last + HEAT_STEP, HEAT_STEP) : step);
}

/** The step at or just below a heat; the heat itself when `step` is 0. Counted in ten-thousandths, as heats are. */
export function onStep(heat: number, step: number): number {
  if (step === 0) return heat;
  const parts = Math.round(step * 1e4);
  return (Math.floor(Math.round(heat * 1e4) / parts) * parts) / 1e4;
}
