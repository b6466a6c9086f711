import { isDeepStrictEqual } from 'node:util';
import type { Subscription } from './subscription.ts';

/** Whether both are the same subscription on the same terms, or both none; since when it is so makes no difference. */
export function areAlike(one: Subscription | null, other: Subscription | null): boolean {
  if (!one || !other) return one === other;
  return isDeepStrictEqual(decided(one), decided(other));
}

/** What moderators decided of it that is not the same in both. */
export function differing(one: Subscription, other: Subscription): (keyof Subscription)[] {
  const [a, b] = [decided(one), decided(other)];
  const names = new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})]) as Set<keyof Subscription>;
  return [...names].filter((name) => !isDeepStrictEqual(a?.[name], b?.[name]));
}

/** What moderators decided of it, as it would be stored: without what is absent, and without the instants at which things happened, which may be put right. */
function decided(subscription: Subscription | null): Partial<Subscription> | null {
  if (!subscription) return null;
  const { since, was, createdAt, paused, ...rest } = subscription;
  return JSON.parse(
    JSON.stringify({ ...rest, paused: paused && { reason: paused.reason, until: paused.until } }),
  );
}
