import type { Hour, Quiet, When } from '#src/decision/terms.ts';
import type { Subscription } from './subscription.ts';
import type { ZoneClock, Zones } from './zone.ts';

// Local time with Intl alone (Node 24 has no Temporal). A wall time that a day skips happens right after the gap; one that
// a day repeats happens the first time. So there is exactly one firing for each scheduled day.

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The first firing after that instant. Instants are UTC ms. Throws RangeError for a zone that does not exist. */
export function nextDigestAt(when: Hour, after: number, zones: Zones): number {
  const clock = zones(when.zone);
  for (let day = localMidnight(clock, after) - DAY; ; day += DAY) {
    const firing = fires(when, day) ? instantOf(day + minutesOf(when.at) * MINUTE, clock) : after;
    if (firing > after) return firing;
  }
}

/** The last firing at or before that instant. */
export function previousDigestAt(when: Hour, at: number, zones: Zones): number {
  const clock = zones(when.zone);
  for (let day = localMidnight(clock, at) + DAY; ; day -= DAY) {
    const firing = fires(when, day) ? instantOf(day + minutesOf(when.at) * MINUTE, clock) : at + 1;
    if (firing <= at) return firing;
  }
}

/** Subscriptions to the best few of a day that name no hour get them at this one. */
const TOP_HOUR = { kind: 'daily', at: '09:00', zone: 'UTC' } as const;

/** The hour at which a subscription to the best few of a day gets them. */
export const topHourOf = (when: When): Hour => (when.kind === 'now' ? TOP_HOUR : when);

/** When a subscription's next hour comes; null where it posts as it happens. */
export function nextPostHour({ scope, when, quiet }: Subscription, now: number, zones: Zones): number | null {
  if (scope.kind === 'top') return nextDigestOutOfQuiet(topHourOf(when), quiet, now, zones);
  return when.kind === 'now' ? null : nextDigestOutOfQuiet(when, quiet, now, zones);
}

/** The zone in which a channel's days begin: the first that its subscriptions name, UTC otherwise. */
export function zoneOfDays(subscriptions: readonly Subscription[]): string {
  const zones = subscriptions.flatMap(({ when, quiet }) =>
    when.kind === 'now' ? (quiet?.zone ?? []) : when.zone,
  );
  return zones[0] ?? 'UTC';
}

/** Quiet is from each `from` until the `to` after it; never where they are equal. */
export function inQuiet(quiet: Quiet, now: number, zones: Zones): boolean {
  const began = previousDigestAt({ kind: 'daily', at: quiet.from, zone: quiet.zone }, now, zones);
  const ended = previousDigestAt({ kind: 'daily', at: quiet.to, zone: quiet.zone }, now, zones);
  return began > ended;
}

/** When a digest can come next: at the end of the quiet hours where its hour falls into them. Instants are UTC ms. */
export function nextDigestOutOfQuiet(when: Hour, quiet: Quiet | null, now: number, zones: Zones): number {
  const outOfQuiet = (at: number): number =>
    quiet && inQuiet(quiet, at, zones) ? quietEndsAt(quiet, at, zones) : at;
  const last = outOfQuiet(previousDigestAt(when, now, zones));
  return last > now ? last : outOfQuiet(nextDigestAt(when, now, zones));
}

/** Whether an hour of the quiet's own zone is in it. */
export function isQuietHour({ from, to }: Quiet, at: string): boolean {
  return from <= to ? from <= at && at < to : at >= from || at < to;
}

/** When the quiet that holds at `now` ends. */
export function quietEndsAt(quiet: Quiet, now: number, zones: Zones): number {
  return nextDigestAt({ kind: 'daily', at: quiet.to, zone: quiet.zone }, now, zones);
}

/** The day that is on the zone's calendar, `YYYY-MM-DD`. */
export function localDay(zone: string, now: number, zones: Zones): string {
  return new Date(now + zones(zone).offsetAt(now)).toISOString().slice(0, 10);
}

/** When that local day began. */
export function localDayBeganAt(zone: string, now: number, zones: Zones): number {
  return previousDigestAt({ kind: 'daily', at: '00:00', zone }, now, zones);
}

// Below, a "wall" is what a zone's clock shows, as if it were UTC.

function localMidnight(clock: ZoneClock, instant: number): number {
  return Math.floor((instant + clock.offsetAt(instant)) / DAY) * DAY;
}

function fires(when: Hour, day: number): boolean {
  const weekday = new Date(day).getUTCDay() || 7;
  if (when.kind === 'weekly') return weekday === when.weekday;
  return when.weekdays?.includes(weekday) ?? true;
}

function minutesOf(at: string): number {
  const [hours, minutes] = at.split(':').map(Number);
  return hours * 60 + minutes;
}

function instantOf(wall: number, clock: ZoneClock): number {
  const offsets = [clock.offsetAt(wall - DAY), clock.offsetAt(wall + DAY)];
  const instants = offsets.map((offset) => wall - offset);
  const shown = instants.filter((instant) => instant + clock.offsetAt(instant) === wall);
  if (shown.length > 0) return Math.min(...shown);
  return endOfGap(wall, Math.min(...instants), Math.max(...instants), clock);
}

/** The first minute, after `low` and up to `high`, at which the clock shows the wall time or later. */
function endOfGap(wall: number, low: number, high: number, clock: ZoneClock): number {
  let [before, after] = [low, high];
  while (after - before > MINUTE) {
    const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
    if (middle + clock.offsetAt(middle) >= wall) after = middle;
    else before = middle;
  }
  return after;
}
