/** An IANA zone as its clock: how far local time is ahead of UTC. */
import { own } from '#src/foundation/own.ts';
import { slipsBetween } from '#src/match/near-spelling.ts';

export type ZoneClock = {
  /** Milliseconds by which local time is ahead of UTC at that instant (UTC ms). */
  offsetAt(instant: number): number;
};

/** Hands out clocks of zones. One for the whole house: making a clock costs a third of a millisecond. */
export type Zones = (zone: string) => ZoneClock;

/** A zone that was read, in its canonical spelling, or the nearest one that exists. */
export type ReadZone = { ok: true; zone: string } | { ok: false; nearest: string | null };

const MINUTE = 60_000;
/** Zones change their offset at full quarters of an hour. */
const QUARTER = 15 * MINUTE;
/** So many offsets a zone: all that a day of digests and quiet hours asks for, in every zone there is a few megabytes. */
const REMEMBERED = 500;

export function openZones(): Zones {
  const clocks = new Map<string, ZoneClock>();
  return (zone) => {
    const kept = clocks.get(zone);
    if (kept) return kept;
    const clock = zoneClock(zone);
    clocks.set(zone, clock);
    return clock;
  };
}

/** Reads an IANA name in any case; a city or a known abbreviation alone is answered with the zone it stands for. */
export function readZone(text: string): ReadZone {
  const wanted = text.trim().replaceAll(' ', '_');
  // Intl would take some of these, and BST for Bangladesh.
  const meant = own(ABBREVIATIONS, wanted.toLowerCase());
  if (meant) return { ok: false, nearest: meant };
  const canonical = canonicalZone(wanted);
  return canonical ? { ok: true, zone: canonical } : { ok: false, nearest: nearestZone(wanted) };
}

function zoneClock(zone: string): ZoneClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const offsets = new Map<number, number>();
  return {
    offsetAt(instant) {
      const quarter = Math.floor(instant / QUARTER);
      const kept = offsets.get(quarter);
      if (kept !== undefined) return kept;
      if (offsets.size >= REMEMBERED) offsets.clear();
      const offset = wallClock(format, quarter * QUARTER) - quarter * QUARTER;
      offsets.set(quarter, offset);
      return offset;
    },
  };
}

/** What the zone's clock shows, as if it were UTC. Read from en-US text, which is four times faster than its parts. */
function wallClock(format: Intl.DateTimeFormat, instant: number): number {
  const [month, day, year, hour, minute] = (format.format(instant).match(/\d+/g) ?? []).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute);
}

function canonicalZone(zone: string): string | null {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Abbreviations that people type: they mean one half of the year, or several places. */
const ABBREVIATIONS: Record<string, string> = {
  bst: 'Europe/London',
  cest: 'Europe/Berlin',
  cst: 'America/Chicago',
  edt: 'America/New_York',
  ist: 'Asia/Kolkata',
  jst: 'Asia/Tokyo',
  kst: 'Asia/Seoul',
  pdt: 'America/Los_Angeles',
  pst: 'America/Los_Angeles',
};

function nearestZone(wanted: string): string | null {
  const lower = wanted.toLowerCase();
  let nearest: string | null = null;
  // Further away than half of what was typed is a guess.
  let least = Math.floor(lower.length / 2) + 1;
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const distance = distanceTo(zone.toLowerCase(), lower, least);
    if (distance >= least) continue;
    least = distance;
    nearest = zone;
  }
  return nearest;
}

/** To the whole name or to its city, whichever is nearer. */
function distanceTo(zone: string, wanted: string, limit: number): number {
  const city = zone.slice(zone.lastIndexOf('/') + 1);
  return Math.min(slipsBetween(zone, wanted, limit), slipsBetween(city, wanted, limit));
}
