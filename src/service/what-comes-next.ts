import type { NextView } from '#src/render/subscription-page.ts';
import { nextAt } from '#src/subscription/due.ts';
import { localHours } from '#src/subscription/schedule.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { Zones } from '#src/subscription/zone.ts';

type Deps = {
  zones: Zones;
  /** When the sources are read next, UTC ms; null while nothing is planned. */
  nextPollAt(): number | null;
};

/** What is likely comes nine times in ten. */
const LIKELY = 0.9;
const DAYS_AT_MOST = 30;

/** What a new subscription can expect, going by what its filter would have brought: `posts` in so many `days`. */
export function whatComesNext(
  { zones, nextPollAt }: Deps,
  subscription: Subscription,
  { posts, days, now }: { posts: number; days: number; now: number },
): NextView | null {
  const withinDays = likelyWithin(posts, days);
  const digestAt = nextAt(subscription, now, localHours(zones));
  if (digestAt !== null) return { kind: 'digest', at: digestAt, withinDays };
  const at = nextPollAt();
  return at === null ? null : { kind: 'look', at, withinDays };
}

/** In so many days at least one comes, as a Poisson process of that rate has it; null where that is long, or nothing came. */
export function likelyWithin(posts: number, days: number): number | null {
  const within = Math.ceil((-Math.log(1 - LIKELY) * days) / posts);
  return within <= DAYS_AT_MOST ? within : null;
}
