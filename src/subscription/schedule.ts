import type { LocalHours } from '#src/decision/quiet.ts';
import type { Hour } from '#src/decision/terms.ts';
import type { ZoneClock, Zones } from './zone.ts';

// Local time with Intl alone (Node 24 has no Temporal). A wall time that a day skips happens right after the gap; one that
// a day repeats happens the first time. So there is exactly one firing for each scheduled day.

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The hours of all zones, for what decides by them. */
export const localHours = (zones: Zones): LocalHours => ({
  next: (hour, after) => nextDigestAt(hour, after, zones),
  last: (hour, at) => previousDigestAt(hour, at, zones),
});

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
