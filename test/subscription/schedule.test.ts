import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayBeganAt } from '#src/decision/day.ts';
import { inQuiet, quietEndsAt } from '#src/decision/quiet.ts';
import type { When } from '#src/decision/terms.ts';
import { nextAt, nextOfAll } from '#src/subscription/due.ts';
import { localHours, nextDigestAt, previousDigestAt } from '#src/subscription/schedule.ts';
import { openZones } from '#src/subscription/zone.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const utc = (text: string) => Date.parse(`${text}Z`);
const iso = (instant: number) => new Date(instant).toISOString().slice(0, 16);
const zones = openZones();
const hours = localHours(zones);
const daily = (at: string, zone: string, weekdays?: number[]) =>
  ({ kind: 'daily', at, zone, weekdays }) as const;

/** What a zone's clock shows, asked of Intl anew. */
function wallClockOf(zone: string): (instant: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return (instant) => format.format(instant);
}

function firings(when: Exclude<When, { kind: 'now' }>, from: number, until: number): number[] {
  const all: number[] = [];
  for (let at = nextDigestAt(when, from, zones); at < until; at = nextDigestAt(when, at, zones)) all.push(at);
  return all;
}

describe('a digest at a local hour', () => {
  it('keeps its hour when summer time begins and ends', () => {
    const berlin = daily('09:00', 'Europe/Berlin');
    expect(iso(nextDigestAt(berlin, utc('2026-03-28T09:00'), zones))).toBe('2026-03-29T07:00');
    expect(iso(nextDigestAt(berlin, utc('2026-10-24T09:00'), zones))).toBe('2026-10-25T08:00');
  });

  it('at an hour that is skipped fires once, right after the gap', () => {
    const berlin = daily('02:30', 'Europe/Berlin');
    expect(firings(berlin, utc('2026-03-28T12:00'), utc('2026-03-30T12:00')).map(iso)).toEqual([
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
  });

  it('at an hour that is repeated fires once, the first time', () => {
    const berlin = daily('02:30', 'Europe/Berlin');
    expect(firings(berlin, utc('2026-10-24T12:00'), utc('2026-10-26T12:00')).map(iso)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });

  it('knows half-hour summer time, zones east of the date line and fixed offsets', () => {
    expect(iso(nextDigestAt(daily('02:15', 'Australia/Lord_Howe'), utc('2026-10-03T00:00'), zones))).toBe(
      '2026-10-03T15:30',
    );
    expect(iso(nextDigestAt(daily('08:00', 'Pacific/Kiritimati'), utc('2026-01-01T00:00'), zones))).toBe(
      '2026-01-01T18:00',
    );
    expect(iso(nextDigestAt(daily('08:00', '+05:30'), utc('2026-01-01T00:00'), zones))).toBe(
      '2026-01-01T02:30',
    );
  });

  it('comes on the chosen weekdays alone', () => {
    const workdays = daily('09:00', 'UTC', [1, 2, 3, 4, 5]);
    expect(iso(nextDigestAt(workdays, utc('2026-03-06T09:00'), zones))).toBe('2026-03-09T09:00');
    const weekly = { kind: 'weekly', weekday: 3, at: '09:00', zone: 'Asia/Tokyo' } as const;
    expect(iso(nextDigestAt(weekly, utc('2026-03-04T00:00'), zones))).toBe('2026-03-11T00:00');
    expect(iso(previousDigestAt(weekly, utc('2026-03-04T00:00'), zones))).toBe('2026-03-04T00:00');
    expect(iso(previousDigestAt(weekly, utc('2026-03-03T23:59'), zones))).toBe('2026-02-25T00:00');
  });

  it('fires once for each local day in every zone for two years, at its hour unless that hour is skipped', () => {
    const tricky = ['00:00', '00:30', '02:00', '02:30', '03:00', '23:30'];
    for (const [i, zone] of Intl.supportedValuesOf('timeZone').entries())
      expectOneFiringADay(zone, tricky[i % tricky.length]);
  });

  it('does so at any hour', () => {
    const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const hour = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
    const each = fc.property(zone, hour, (name, [h, m]) => expectOneFiringADay(name, `${pad(h)}:${pad(m)}`));
    fc.assert(each, { numRuns: 60 });
  });
});

const pad = (n: number) => String(n).padStart(2, '0');

function expectOneFiringADay(zone: string, at: string): void {
  const from = utc('2026-01-01T12:00');
  const all = firings(daily(at, zone), from, from + 730 * DAY);
  const shown = wallClockOf(zone);
  expect(Math.abs(all.length - 730)).toBeLessThanOrEqual(1);
  const late = all.filter((firing) => !shown(firing).endsWith(at));
  // Where the hour is not shown it was skipped: the minute before shows an earlier time, the firing a later one.
  for (const firing of late) {
    expect(
      shown(firing - MINUTE).slice(-5) < at || shown(firing).slice(-5) < shown(firing - MINUTE).slice(-5),
    ).toBe(true);
    expect(clockJump(shown, firing)).toBeGreaterThan(MINUTE);
  }
  expect(late.length).toBeLessThanOrEqual(4);
  const days = new Set(all.map((firing) => shown(firing).slice(0, 10)));
  expect(days.size).toBeGreaterThanOrEqual(all.length - late.length);
  const gaps = all.slice(1).map((firing, i) => firing - all[i]);
  expect(Math.min(...gaps)).toBeGreaterThan(20 * 3_600_000 - 1);
  expect(Math.max(...gaps)).toBeLessThan(28 * 3_600_000 + 1);
}

/** By how much the clock moves in the minute before that instant. */
function clockJump(shown: (instant: number) => string, instant: number): number {
  const wall = (at: number) => Date.parse(`${shown(at).replace(' ', 'T')}Z`);
  return wall(instant) - wall(instant - MINUTE);
}

describe('going back', () => {
  it('finds the firing that going forward has just passed', () => {
    const zone = fc.constantFrom(
      'Europe/Berlin',
      'America/Nuuk',
      'Australia/Lord_Howe',
      'Africa/Cairo',
      'Asia/Kolkata',
    );
    const instant = fc.integer({
      min: utc('2026-01-01T00:00') / MINUTE,
      max: utc('2028-01-01T00:00') / MINUTE,
    });
    fc.assert(
      fc.property(zone, instant, fc.constantFrom('00:00', '00:30', '02:30', '23:30'), (name, minute, at) => {
        const when = daily(at, name);
        const previous = previousDigestAt(when, minute * MINUTE, zones);
        expect(previous).toBeLessThanOrEqual(minute * MINUTE);
        expect(nextDigestAt(when, previous, zones)).toBeGreaterThan(minute * MINUTE);
        expect(nextDigestAt(when, previous - 1, zones)).toBe(previous);
      }),
      { numRuns: 300 },
    );
  });
});

describe('quiet hours', () => {
  const night = { from: '22:00', to: '07:00', zone: 'Europe/Berlin' };

  it('span midnight and end at their hour', () => {
    expect(inQuiet(night, utc('2026-02-01T20:59'), hours)).toBe(false);
    expect(inQuiet(night, utc('2026-02-01T21:00'), hours)).toBe(true);
    expect(inQuiet(night, utc('2026-02-02T05:59'), hours)).toBe(true);
    expect(inQuiet(night, utc('2026-02-02T06:00'), hours)).toBe(false);
    expect(iso(quietEndsAt(night, utc('2026-02-01T22:00'), hours))).toBe('2026-02-02T06:00');
  });

  it('in the middle of the day, and none where both hours are the same', () => {
    const lunch = { from: '12:00', to: '13:00', zone: 'UTC' };
    expect([11, 12, 13].map((h) => inQuiet(lunch, utc(`2026-02-01T${h}:30`), hours))).toEqual([
      false,
      true,
      false,
    ]);
    expect(inQuiet({ from: '12:00', to: '12:00', zone: 'UTC' }, utc('2026-02-01T12:30'), hours)).toBe(false);
  });

  it('that end in an hour which is skipped end right after the gap, and in it there are none', () => {
    const quiet = { from: '22:00', to: '02:30', zone: 'Europe/Berlin' };
    expect(inQuiet(quiet, utc('2026-03-29T00:59'), hours)).toBe(true);
    expect(inQuiet(quiet, utc('2026-03-29T01:00'), hours)).toBe(false);
    expect(iso(quietEndsAt(quiet, utc('2026-03-28T23:00'), hours))).toBe('2026-03-29T01:00');
    const gap = { from: '02:10', to: '02:50', zone: 'Europe/Berlin' };
    expect(inQuiet(gap, utc('2026-03-29T01:00'), hours)).toBe(false);
  });

  it('put a digest off to their end', () => {
    const when = { kind: 'daily', at: '23:00', zone: 'Europe/Berlin' } as const;
    const night = { from: '22:00', to: '07:00', zone: 'Europe/Berlin' };
    const next = (now: string, quiet: typeof night | null, since = '2026-03-01T00:00') => {
      const terms = { what: { kind: 'all' }, when, quiet, since: utc(since) } as const;
      return iso(nextAt(terms, utc(now), hours) ?? Number.NaN);
    };
    expect(next('2026-03-28T20:00', null)).toBe('2026-03-28T22:00');
    expect(next('2026-03-28T20:00', night)).toBe('2026-03-29T05:00');
    expect(next('2026-03-29T04:59', night)).toBe('2026-03-29T05:00');
    expect(next('2026-03-29T05:00', night)).toBe('2026-03-30T05:00');
    // Subscribed in the quiet after that hour: nothing waits for its end.
    expect(next('2026-03-29T04:59', night, '2026-03-29T04:00')).toBe('2026-03-30T05:00');
    expect(next('2026-03-29T04:59', night, '2026-03-28T22:00')).toBe('2026-03-30T05:00');
    expect(next('2026-03-29T04:59', night, '2026-03-28T21:59')).toBe('2026-03-29T05:00');
  });

  it('put nothing off where it is posted as it happens', () => {
    const terms = { what: { kind: 'all' }, when: { kind: 'now' }, quiet: null, since: 0 } as const;
    expect(nextAt(terms, utc('2026-03-28T20:00'), hours)).toBeNull();
  });

  it('that end in an hour which is repeated end once', () => {
    const quiet = { from: '22:00', to: '02:30', zone: 'Europe/Berlin' };
    expect(inQuiet(quiet, utc('2026-10-25T00:29'), hours)).toBe(true);
    expect(inQuiet(quiet, utc('2026-10-25T00:30'), hours)).toBe(false);
    expect(inQuiet(quiet, utc('2026-10-25T01:10'), hours)).toBe(false);
  });
});

describe('the next digest of all', () => {
  type All = Parameters<typeof nextOfAll>[0];
  type One = All extends Iterable<infer T> ? T : never;
  const asItHappens: One = {
    ...{ what: { kind: 'all' }, when: { kind: 'now' }, quiet: null, since: 0, paused: null },
  };
  const at = (hour: string, paused: object | null = null): One => ({
    ...{ ...asItHappens, paused },
    when: { kind: 'daily', at: hour, zone: 'UTC' },
  });
  const best: One = { ...asItHappens, what: { kind: 'top', n: 3 } };
  const after = (all: All) => {
    const next = nextOfAll(all, utc('2026-03-10T12:00'), hours);
    return next === null ? null : iso(next);
  };

  it.each([
    ['is the soonest', [at('18:00'), at('13:00'), at('09:00')], '2026-03-10T13:00'],
    ['is that of the best of a day too', [asItHappens, best], '2026-03-11T09:00'],
    ['is none of one that is paused', [at('13:00', {}), at('18:00')], '2026-03-10T18:00'],
    ['is none where all is posted as it happens', [asItHappens], null],
  ])('%s', (_, all, expected) => {
    expect(after(all)).toBe(expected);
  });
});

describe('a local day', () => {
  it('begins at midnight there', () => {
    expect(iso(dayBeganAt('America/Los_Angeles', utc('2026-03-01T07:30'), hours))).toBe('2026-02-28T08:00');
  });
});
