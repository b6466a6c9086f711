import { openDatabase } from '#src/foundation/database/database.ts';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import { DEFAULTS, type SubscriptionDraft } from '#src/subscription/subscription.ts';
import { openSubscriptionStore, type SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { plainClock } from '#test/fakes/plain-clock.ts';

export const NOON = Date.UTC(2026, 2, 2, 12);
export const place = { serverId: '1', channelId: '11' };
export const draft = (filter: string): SubscriptionDraft => ({ ...DEFAULTS, filter });

export const filters = (from: SubscriptionStore, channelId = '11') =>
  from.inChannel(channelId).map(({ filter }) => filter);

/** A store in a new database at noon; `time.now` is set by hand. */
export async function stageStore() {
  const db = await openDatabase(':memory:');
  const keyv = await openKeyv(db, 'subscription');
  const time = { now: NOON };
  const clock = plainClock({ now: () => time.now, elapsed: () => time.now });
  /** As the next start finds it, before it is loaded. */
  const restarted = async () => openSubscriptionStore(db, await openKeyv(db, 'subscription'), clock);
  const reopened = async () => {
    const next = await restarted();
    await next.load();
    return next;
  };
  return { db, keyv, time, clock, restarted, reopened, subscriptionStore: await reopened() };
}
