import type { PutRight } from '#src/foundation/instants.ts';
import type { Subscription } from './subscription.ts';

/** When what happened to a subscription, UTC ms. */
export const instantsOf = ({ since, createdAt, paused }: Subscription): number[] =>
  paused ? [since, createdAt, paused.at] : [since, createdAt];

/** The subscription with its instants put right. */
export function withInstantsRight(subscription: Subscription, right: PutRight): Subscription {
  const { since, createdAt, paused } = subscription;
  return {
    ...subscription,
    since: right(since),
    createdAt: right(createdAt),
    paused: paused && { ...paused, at: right(paused.at) },
  };
}
