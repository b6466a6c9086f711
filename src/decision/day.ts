import { inQuiet, type LocalHours, quietEndsAt } from './quiet.ts';
import { DEFAULT_HOUR, type Terms } from './terms.ts';

/** How and when what was decided is to go. `dueAt`: UTC ms. */
export type Plan = { mode: 'card' | 'digest' | 'catch-up'; dueAt: number };

/**
 * When a subscription wants what matched at `now`. After a gap (`catchUp`) nothing comes as single cards:
 * what was missed arrives as one digest.
 */
export function planFor(
  { when, quiet }: Pick<Terms, 'when' | 'quiet'>,
  now: number,
  catchUp: boolean,
  hours: LocalHours,
): Plan {
  if (when.kind !== 'now') return { mode: 'digest', dueAt: hours.next(when, now) };
  if (quiet && inQuiet(quiet, now, hours)) return { mode: 'digest', dueAt: quietEndsAt(quiet, now, hours) };
  return { mode: catchUp ? 'catch-up' : 'card', dueAt: now };
}

/** Of several subscriptions of one channel, the soonest wins: a paper comes once. */
export function soonest(plans: readonly Plan[]): Plan {
  return plans.reduce((best, plan) => {
    if (plan.dueAt !== best.dueAt) return plan.dueAt < best.dueAt ? plan : best;
    return plan.mode === 'card' ? plan : best;
  });
}

/** Until when all who want a paper are quiet; null when one of them is not: then it may go. Instants are UTC ms. */
export function quietUntil(
  wanting: readonly Pick<Terms, 'quiet'>[],
  now: number,
  hours: LocalHours,
): number | null {
  const ends: number[] = [];
  for (const { quiet } of wanting) {
    if (!quiet || !inQuiet(quiet, now, hours)) return null;
    ends.push(quietEndsAt(quiet, now, hours));
  }
  return ends.length === 0 ? null : Math.min(...ends);
}

/** The most cards that a channel gets in the day of `now`: by then (UTC ms) that day began, and then comes what is more. */
type DayLimit = { cap: number; beganAt: number; restAt: number };

/** So many cards come in a day before one more has to wait: what would also come at strict passes the cap, to twice it. */
export const cardsWithin = (cap: number, isStrict: boolean): number => (isStrict ? cap * 2 : cap);

/** What all who want a card grant it. */
export function dayLimit(
  wanting: readonly Pick<Terms, 'when' | 'quiet' | 'cap'>[],
  now: number,
  hours: LocalHours,
): DayLimit {
  const zone = zoneOfDays(wanting);
  return {
    cap: Math.max(...wanting.map(({ cap }) => cap)),
    beganAt: dayBeganAt(zone, now, hours),
    restAt: hours.next({ kind: 'daily', at: DEFAULT_HOUR, zone }, now),
  };
}

/** The zone in which a channel's days begin: the first that its subscriptions name, UTC otherwise. */
export function zoneOfDays(all: readonly Pick<Terms, 'when' | 'quiet'>[]): string {
  const zones = all.flatMap(({ when, quiet }) => (when.kind === 'now' ? (quiet?.zone ?? []) : when.zone));
  return zones[0] ?? 'UTC';
}

/** When the local day of `now` began. */
export function dayBeganAt(zone: string, now: number, hours: LocalHours): number {
  return hours.last({ kind: 'daily', at: '00:00', zone }, now);
}

/** When the next one begins. */
export function dayEndsAt(zone: string, now: number, hours: LocalHours): number {
  return hours.next({ kind: 'daily', at: '00:00', zone }, now);
}
