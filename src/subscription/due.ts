import { type LocalHours, outOfQuiet } from '#src/decision/quiet.ts';
import { hourOf, type Terms } from '#src/decision/terms.ts';

/**
 * When a subscription is due next after `now`: at its hour, or at the end of the quiet hours that it falls into. UTC ms; null
 * where it posts as it happens.
 */
export function nextAt(
  terms: Pick<Terms, 'scope' | 'when' | 'quiet'>,
  now: number,
  hours: LocalHours,
): number | null {
  const hour = hourOf(terms);
  if (hour === null) return null;
  const last = outOfQuiet(hours.last(hour, now), terms.quiet, hours);
  return last > now ? last : outOfQuiet(hours.next(hour, now), terms.quiet, hours);
}
