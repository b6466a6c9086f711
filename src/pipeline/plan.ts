import type { Lane } from '#src/outbox/promise.ts';
import { inQuiet, nextDigestAt, quietEndsAt } from '#src/subscription/schedule.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { Zones } from '#src/subscription/zone.ts';

/** How and when a promise is to be kept. */
export type Plan = { lane: Lane; dueAt: number };

/**
 * When a subscription wants what matched at `now`. After a gap (`catchUp`) nothing comes as single cards:
 * what was missed arrives as one digest.
 */
export function planFor(subscription: Subscription, now: number, catchUp: boolean, zones: Zones): Plan {
  const { when, quiet } = subscription;
  if (when.kind !== 'now') return { lane: 'digest', dueAt: nextDigestAt(when, now, zones) };
  if (quiet && inQuiet(quiet, now, zones)) return { lane: 'digest', dueAt: quietEndsAt(quiet, now, zones) };
  return { lane: catchUp ? 'catch-up' : 'card', dueAt: now };
}

/** Of several subscriptions of one channel, the soonest wins: a paper comes once. */
export function soonest(plans: readonly Plan[]): Plan {
  return plans.reduce((best, plan) => {
    if (plan.dueAt !== best.dueAt) return plan.dueAt < best.dueAt ? plan : best;
    return plan.lane === 'card' ? plan : best;
  });
}
