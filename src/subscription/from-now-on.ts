import { isDeepStrictEqual } from 'node:util';
import type { Subscription } from './subscription.ts';

/**
 * What a change makes of a subscription, `now` in UTC ms: one that wants something else than before, or that runs again, wants
 * what comes from now on. No change makes news of what is old; what waits for it already is asked by what it wants now.
 */
export function fromNowOn(before: Subscription | null, after: Subscription, now: number): Subscription {
  const runsAgain = before === null || (before.paused !== null && after.paused === null);
  const wantsElse = before !== null && !isDeepStrictEqual(wanted(before), wanted(after));
  if (runsAgain) return { ...after, since: now, was: undefined };
  if (!wantsElse) return { ...after, since: before.since, was: before.was };
  const was = before.paused ? undefined : { ...wanted(before), since: before.since };
  return { ...after, since: now, was };
}

const wanted = ({ filter, what }: Subscription) => ({ filter, what });
