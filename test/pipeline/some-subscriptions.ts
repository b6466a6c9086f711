import type { Database } from '#src/foundation/database/database.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { channelIn, type Destination } from '#src/outbox/destination.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionChange, SubscriptionStore } from '#src/subscription/subscription-store.ts';

export const parse = (filter: string) => parseFilter(filter, { topics: null });

/** What steps of the pipeline ask of the subscription store, without a database. */
export function aStore(subscriptions: readonly Subscription[]) {
  const held = new Map(subscriptions.map((one) => [one.id, one]));
  const listeners: ((change: SubscriptionChange) => void)[] = [];
  const subscriptionStore = {
    all: () => held.values(),
    byId: (id: string) => held.get(id) ?? null,
    inChannel: (channel: string) => [...held.values()].filter(({ channelId }) => channelId === channel),
    isChanging: () => false,
    endPauses: async () => {},
    settings: () => ({ samePaper: 'full' }),
    onChange: (listener: (change: SubscriptionChange) => void) => void listeners.push(listener),
  } as unknown as SubscriptionStore;
  const put = (id: string, after: Subscription | null) => {
    const before = held.get(id) ?? null;
    if (after) held.set(id, after);
    else held.delete(id);
    for (const tell of listeners) tell({ before, after });
  };
  return { subscriptionStore, put };
}

/** Each entry once, as `channel paper`, in alphabetical order. */
export async function entriesIn(db: Database): Promise<string[]> {
  const rows = await db.all<{ destination: Destination; paper: string }>(
    'SELECT destination, paper FROM entry',
  );
  return rows.map(({ destination, paper }) => `${channelIn(destination)} ${paper}`).sort();
}
