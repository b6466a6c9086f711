/** How much a subscription wants to hear: a named preset, or about so many papers a day over all topics. */
export type Sensitivity = Preset | { perDay: number };
export type Preset = 'sure' | 'balanced' | 'early' | 'wide';

/** The score from which each preset hears of a paper. */
export const PRESETS: Readonly<Record<Preset, number>> = { sure: 3.5, balanced: 3, early: 2.5, wide: 1.5 };

const BY_WIDTH = ['sure', 'balanced', 'early', 'wide'] as const satisfies readonly Preset[];
const MOST_A_DAY = 100;

/** The next that hears of more papers, or of fewer; null at the end. */
export function nextSensitivity(sensitivity: Sensitivity, towards: 'wider' | 'narrower'): Sensitivity | null {
  const isWider = towards === 'wider';
  if (typeof sensitivity === 'string')
    return BY_WIDTH[BY_WIDTH.indexOf(sensitivity) + (isWider ? 1 : -1)] ?? null;
  const { perDay } = sensitivity;
  const next = isWider ? Math.min(MOST_A_DAY, Math.ceil(perDay * 2)) : Math.max(1, Math.floor(perDay / 2));
  return next === perDay ? null : { perDay: next };
}

/** Rises are told in whole steps and every threshold is one, so each threshold is crossed by exactly one rise. */
export const SCORE_STEP = 0.05;
/** Rises below this are nobody's news: no sensitivity reaches lower. */
export const LOWEST_THRESHOLD = 1;

const ENOUGH_DAYS = 10;

/**
 * The threshold that would have given at most `perDay` papers a day: `peaks` are the peak scores of `days` batch days, highest
 * first. With fewer than ten days there is no telling, and the middle preset serves.
 */
export function thresholdForBudget(perDay: number, peaks: ArrayLike<number>, days: number): number {
  if (days < ENOUGH_DAYS || peaks.length === 0) return PRESETS.balanced;
  const wanted = Math.max(1, Math.round(perDay * days));
  const last = peaks[Math.min(wanted, peaks.length) - 1];
  const step = onStep(last, SCORE_STEP);
  return Math.max(LOWEST_THRESHOLD, step < last ? onStep(last + SCORE_STEP, SCORE_STEP) : step);
}

/** The step at or just below a score; the score itself when `step` is 0. Counted in ten-thousandths, as scores are. */
export function onStep(score: number, step: number): number {
  if (step === 0) return score;
  const parts = Math.round(step * 1e4);
  return (Math.floor(Math.round(score * 1e4) / parts) * parts) / 1e4;
}
