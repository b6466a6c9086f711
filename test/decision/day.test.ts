import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dayBeganAt,
  dayLimit,
  type Plan,
  planFor,
  quietUntil,
  soonest,
  zoneOfDays,
} from '#src/decision/day.ts';
import { inQuiet, isQuietHour, outOfQuiet } from '#src/decision/quiet.ts';
import { DEFAULT_TERMS, type Terms } from '#src/decision/terms.ts';
import { localHours } from '#src/subscription/schedule.ts';
import { openZones } from '#src/subscription/zone.ts';

const hours = localHours(openZones());
const at = (hour: number, minute = 0) => Date.UTC(2026, 2, 2, hour, minute);
const terms = (patch: Partial<Terms> = {}): Terms => ({ ...DEFAULT_TERMS, ...patch });
const quiet = (from: string, to: string, zone = 'UTC') => ({ quiet: { from, to, zone } });
const daily = (zone: string) => ({ when: { kind: 'daily', at: '18:00', zone } }) as const;

describe('when a paper goes', () => {
  it('is after the quiet hours, in the digest of the hour, or now', () => {
    const night = terms(quiet('09:00', '12:00'));
    expect(planFor(night, at(8, 59), false, hours)).toEqual({ mode: 'card', dueAt: at(8, 59) });
    expect(planFor(night, at(9), true, hours)).toEqual({ mode: 'digest', dueAt: at(12) });
    expect(planFor(terms({ ...daily('UTC'), ...quiet('09:00', '12:00') }), at(9), true, hours)).toEqual({
      mode: 'digest',
      dueAt: at(18),
    });
  });

  it('is the soonest of what the subscriptions of a channel want, as a card where one of those wants one', () => {
    const card: Plan = { mode: 'card', dueAt: 5 };
    const digest: Plan = { mode: 'digest', dueAt: 5 };
    const later: Plan = { mode: 'card', dueAt: 6 };
    expect(soonest([digest, later])).toEqual(digest);
    expect(soonest([later, digest])).toEqual(digest);
    expect(soonest([digest, card])).toEqual(card);
    expect(soonest([card, digest])).toEqual(card);
    expect(soonest([{ mode: 'catch-up', dueAt: 5 }, digest])).toEqual({ mode: 'catch-up', dueAt: 5 });
  });

  it('waits while all who want it are quiet, until the first of them is not', () => {
    const early = quiet('09:00', '11:00');
    const late = quiet('10:00', '12:00');
    expect(quietUntil([early, late], at(10), hours)).toBe(at(11));
    expect(quietUntil([late, early], at(10), hours)).toBe(at(11));
    expect(quietUntil([early, late], at(9), hours)).toBeNull();
    expect(quietUntil([early, { quiet: null }], at(10), hours)).toBeNull();
    expect(quietUntil([], at(10), hours)).toBeNull();
  });
});

describe('the cards of a day', () => {
  it('are as many as the most generous subscription grants, from its midnight on; the rest comes at nine', () => {
    const wanting = [terms({ cap: 3 }), terms({ cap: 7 }), terms({ cap: 5 })];
    expect(dayLimit(wanting, at(10), hours)).toEqual({
      cap: 7,
      beganAt: at(0),
      restAt: at(24 + 9),
    });
    const tokyo = [terms(), terms(quiet('22:00', '07:00', 'Asia/Tokyo'))];
    expect(dayLimit(tokyo, at(16), hours)).toEqual({ cap: 10, beganAt: at(15), restAt: at(24) });
  });

  it('are counted in the first zone that a subscription names, and in UTC where none does', () => {
    expect(zoneOfDays([])).toBe('UTC');
    expect(zoneOfDays([terms(), terms()])).toBe('UTC');
    expect(
      zoneOfDays([terms(), terms(quiet('22:00', '07:00', 'Asia/Tokyo')), terms(daily('Asia/Kolkata'))]),
    ).toBe('Asia/Tokyo');
    expect(zoneOfDays([terms({ ...daily('Asia/Kolkata'), ...quiet('22:00', '07:00', 'Asia/Tokyo') })])).toBe(
      'Asia/Kolkata',
    );
    expect(dayBeganAt('Asia/Kolkata', at(18, 29), hours)).toBe(at(18, 30) - 86_400_000);
    expect(dayBeganAt('Asia/Kolkata', at(18, 30), hours)).toBe(at(18, 30));
  });
});

describe('quiet hours', () => {
  const pad = (n: number) => String(n).padStart(2, '0');
  const hour = fc.integer({ min: 0, max: 23 }).map((h) => `${pad(h)}:00`);
  const minute = fc.integer({ min: 0, max: 1439 });

  it('hold at an hour of the day just where they hold at that instant of a day', () => {
    fc.assert(
      fc.property(hour, hour, minute, (from, to, past) => {
        const [h, m] = [Math.floor(past / 60), past % 60];
        const one = { from, to, zone: 'UTC' };
        expect(isQuietHour(one, `${pad(h)}:${pad(m)}`)).toBe(inQuiet(one, at(h, m), hours));
      }),
      { numRuns: 300 },
    );
  });

  it('begin with their first minute, are over at their last, and span midnight', () => {
    const night = { from: '22:00', to: '07:00', zone: 'UTC' };
    const day = { from: '09:00', to: '17:00', zone: 'UTC' };
    const asked = (one: typeof day, ...times: string[]) => times.map((time) => isQuietHour(one, time));
    expect(asked(night, '21:59', '22:00', '06:59', '07:00')).toEqual([false, true, true, false]);
    expect(asked(day, '08:59', '09:00', '16:59', '17:00')).toEqual([false, true, true, false]);
    expect(asked({ ...day, to: '09:00' }, '08:59', '09:00', '09:01')).toEqual([false, false, false]);
  });

  it('put off only what falls into them', () => {
    const one = { from: '09:00', to: '17:00', zone: 'UTC' };
    expect(outOfQuiet(at(10), one, hours)).toBe(at(17));
    expect(outOfQuiet(at(18), one, hours)).toBe(at(18));
    expect(outOfQuiet(at(10), null, hours)).toBe(at(10));
  });
});
