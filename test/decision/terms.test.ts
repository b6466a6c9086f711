import { describe, expect, it } from 'vitest';
import { DEFAULT_TERMS, hourOf, termsSchema, whatSchema } from '#src/decision/terms.ts';

const read = (patch: object) => termsSchema.safeParse({ ...DEFAULT_TERMS, ...patch }).data ?? null;
const daily = { kind: 'daily', at: '18:00', zone: 'UTC' } as const;

describe('the stored terms of a subscription', () => {
  it('are read as they were written', () => {
    const good = [
      {},
      { what: { kind: 'all' }, when: daily, cap: 1, quiet: { from: '22:00', to: '07:00', zone: 'UTC' } },
      { what: { kind: 'trending', sensitivity: { perDay: 0.5 } }, when: { ...daily, weekdays: [1, 7] } },
      { what: { kind: 'top', n: 5 }, when: { kind: 'weekly', weekday: 3, at: '23:59', zone: 'Asia/Tokyo' } },
    ];
    for (const patch of good) expect(read(patch)).toEqual({ ...DEFAULT_TERMS, ...patch });
  });

  it('are not read where an hour, a day, a count or a what is none', () => {
    const bad = [
      ...['24:00', '9:00', '12:60', '12:00:00', 'x12:00', ''].map((at) => ({ when: { ...daily, at } })),
      ...[[], [0], [8], [1.5]].map((weekdays) => ({ when: { ...daily, weekdays } })),
      ...[{ cap: 0 }, { cap: 1.5 }, { when: { kind: 'hourly' } }, { quiet: { from: '22:00', to: '07:00' } }],
      ...[{ kind: 'top', n: 0 }, { kind: 'best' }, { kind: 'trending', sensitivity: 'loud' }, 'all'].map(
        (what) => ({ what }),
      ),
      { what: { kind: 'trending', sensitivity: { perDay: 0 } } },
    ];
    for (const patch of bad) expect(read(patch), JSON.stringify(patch)).toBeNull();
  });

  it('of a version that called the sensitivity a dial are read with the name of today', () => {
    for (const dial of ['early', { perDay: 4 }])
      expect(whatSchema.parse({ kind: 'trending', dial })).toEqual({ kind: 'trending', sensitivity: dial });
    expect(whatSchema.safeParse({ kind: 'trending', dial: 'loud' }).success).toBe(false);
    expect(whatSchema.safeParse({ kind: 'rising', dial: 'early' }).success).toBe(false);
  });
});

describe('the hour of a subscription', () => {
  it('is its own, nine o’clock UTC for the best of a day, and none for what comes as it happens', () => {
    const now = { kind: 'now' } as const;
    expect(hourOf({ what: { kind: 'top', n: 3 }, when: daily })).toEqual(daily);
    expect(hourOf({ what: { kind: 'all' }, when: daily })).toEqual(daily);
    expect(hourOf({ what: { kind: 'top', n: 3 }, when: now })).toEqual({ ...daily, at: '09:00' });
    expect(hourOf({ what: { kind: 'all' }, when: now })).toBeNull();
  });
});
