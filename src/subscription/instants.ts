import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { PutRight } from '#src/foundation/instants.ts';
import type { HeldSubscriptions } from './held-subscriptions.ts';
import type { Subscription } from './subscription.ts';

/** The instants of all subscriptions that lie ahead of `now`, UTC ms. */
export function subscriptionsAhead(held: HeldSubscriptions, now: number): number[] {
  return [...held.all()].flatMap(instantsOf).filter((instant) => instant > now);
}

/** Puts them right. Returns how many subscriptions had some. Others have their turn. */
export async function putSubscriptionsRight(
  held: HeldSubscriptions,
  now: number,
  right: PutRight,
  clock: Pick<Clock, 'elapsed'>,
): Promise<number> {
  const wrong = [...held.all()].filter((subscription) => isAhead(subscription, now));
  let count = 0;
  const breathe = takeBreaths(clock);
  for (const { id } of wrong) {
    if (await putRightOne(held, id, now, right)) count++;
    await breathe();
  }
  return count;
}

function putRightOne(held: HeldSubscriptions, id: string, now: number, right: PutRight): Promise<boolean> {
  return held.inTurnOf(id, async () => {
    const before = held.byId(id);
    if (!before || !isAhead(before, now)) return false;
    await held.writeAlone(before, withInstantsRight(before, right));
    return true;
  });
}

const isAhead = (subscription: Subscription, now: number): boolean =>
  instantsOf(subscription).some((instant) => instant > now);

/** When what happened to a subscription. */
const instantsOf = ({ since, createdAt, paused }: Subscription): number[] =>
  paused ? [since, createdAt, paused.at] : [since, createdAt];

function withInstantsRight(subscription: Subscription, right: PutRight): Subscription {
  const { since, createdAt, paused } = subscription;
  return {
    ...subscription,
    since: right(since),
    createdAt: right(createdAt),
    paused: paused && { ...paused, at: right(paused.at) },
  };
}
