import { isDeepStrictEqual } from 'node:util';
import type { Subscription } from './subscription.ts';

/** Whether both are the same subscription on the same terms, or both none; since when it is so makes no difference. */
export function areAlike(one: Subscription | null, other: Subscription | null): boolean {
  return isDeepStrictEqual(decided(one), decided(other));
}

/** What moderators decided of it, as it would be stored: without what is absent, and without the instants at which things happened, which may be put right. */
function decided(subscription: Subscription | null): unknown {
  if (!subscription) return null;
  const { since, was, createdAt, paused, ...rest } = subscription;
  return JSON.parse(
    JSON.stringify({ ...rest, paused: paused && { reason: paused.reason, until: paused.until } }),
  );
}
