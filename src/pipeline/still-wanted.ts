import type { Outbox } from '#src/outbox/outbox.ts';
import type { Due } from '#src/outbox/promise-book.ts';
import type { Subscription } from '#src/subscription/subscription.ts';

type Rooms = {
  outbox: Pick<Outbox, 'refuse'>;
  /** Null when it was removed. */
  subscription(id: string): Subscription | null;
};

/**
 * What of it is still wanted: who unsubscribed, or has paused, does not get at its hour what was promised before. That is
 * taken back for good. Null when nothing is left. What Discord hinders is wanted: it waits until it goes.
 */
export function stillWanted({ outbox, subscription }: Rooms, due: Due, now: number): Due | null {
  const wanted = due.promises.filter(({ subscriptions }) =>
    subscriptions.some((id) => wants(subscription(id))),
  );
  for (const promised of due.promises) {
    if (!wanted.includes(promised)) outbox.refuse(due.channelId, promised.paper, NOT_WANTED, now);
  }
  return wanted.length > 0 ? { ...due, promises: wanted } : null;
}

const NOT_WANTED = 'its subscription was removed or paused before this was posted';

function wants(subscription: Subscription | null): boolean {
  return subscription !== null && subscription.paused === null;
}
