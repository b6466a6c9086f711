import type { Database } from '#src/foundation/database/database.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { channelIn, type Destination } from '#src/outbox/destination.ts';
import { DEFAULTS, type Subscription } from '#src/subscription/subscription.ts';
import type { BookChange, SubscriptionBook } from '#src/subscription/subscription-book.ts';

export const parse = (filter: string) => parseFilter(filter, { topics: null });

export function aSubscription(id: string, patch: Partial<Subscription> = {}): Subscription {
  return {
    ...DEFAULTS,
    ...{ id, serverId: `server of ${id}`, channelId: `channel of ${id}`, filter: 'ocean' },
    ...{ createdAt: 0, createdBy: 'mod', since: 0, paused: null },
    ...patch,
  };
}

/** What steps of the pipeline ask of a book, without its store. */
export function aBook(subscriptions: readonly Subscription[]) {
  const held = new Map(subscriptions.map((one) => [one.id, one]));
  const listeners: ((change: BookChange) => void)[] = [];
  const book = {
    all: () => held.values(),
    byId: (id: string) => held.get(id) ?? null,
    inChannel: (channel: string) => [...held.values()].filter(({ channelId }) => channelId === channel),
    isChanging: () => false,
    onChange: (listener: (change: BookChange) => void) => void listeners.push(listener),
  } as unknown as SubscriptionBook;
  const put = (id: string, after: Subscription | null) => {
    const before = held.get(id) ?? null;
    if (after) held.set(id, after);
    else held.delete(id);
    for (const tell of listeners) tell({ kind: 'subscription', before, after });
  };
  return { book, put };
}

/** Each promise once, as `channel paper`, in alphabetical order. */
export async function promisesIn(db: Database): Promise<string[]> {
  const rows = await db.all<{ destination: Destination; paper: string }>(
    'SELECT destination, paper FROM promise',
  );
  return rows.map(({ destination, paper }) => `${channelIn(destination)} ${paper}`).sort();
}
