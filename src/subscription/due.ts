import { type LocalHours, outOfQuiet } from '#src/decision/quiet.ts';
import { hourOf, type Terms } from '#src/decision/terms.ts';

/**
 * When a subscription is due next after `now`: at its hour, or at the end of the quiet hours that it falls into. UTC ms; null
 * where it posts as it happens. Nothing waits since an hour before `since`, when it began.
 */
export function nextAt(
  terms: Pick<Terms, 'scope' | 'when' | 'quiet'> & { since: number },
  now: number,
  hours: LocalHours,
): number | null {
  const hour = hourOf(terms);
  if (hour === null) return null;
  const last = hours.last(hour, now);
  const putOff = outOfQuiet(last, terms.quiet, hours);
  const isOwed = last > terms.since && putOff > now;
  return isOwed ? putOff : outOfQuiet(hours.next(hour, now), terms.quiet, hours);
}
