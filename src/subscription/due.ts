import { type LocalHours, outOfQuiet } from '#src/decision/quiet.ts';
import { hourOf, type Terms } from '#src/decision/terms.ts';

/**
 * When a subscription is due next after `now`: at its hour, or at the end of the quiet hours that it falls into. UTC ms; null
 * where it posts as it happens. Nothing waits since an hour before `since`, when it began.
 */
export function nextAt(
  terms: Pick<Terms, 'what' | 'when' | 'quiet'> & { since: number },
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

/** When the next of these subscriptions is due after `now`, UTC ms; null where all post as it happens, or are paused. */
export function nextOfAll(
  all: Iterable<Pick<Terms, 'what' | 'when' | 'quiet'> & { since: number; paused: object | null }>,
  now: number,
  hours: LocalHours,
): number | null {
  let next: number | null = null;
  for (const one of all) {
    const at = one.paused === null ? nextAt(one, now, hours) : null;
    if (at !== null && at < (next ?? Number.POSITIVE_INFINITY)) next = at;
  }
  return next;
}
