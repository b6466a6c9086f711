import { describe, expect, it } from 'vitest';
import { heatOf, type Standing } from '#src/trend/heat.ts';
import { TREND_SETTINGS } from '#src/trend/trend-rule.ts';

const standing: Standing = { place: 2, papers: 24, ageHours: 9, votesSeen: true, lead: 0.2 };
const heat = (change: Partial<Standing>) => heatOf({ ...standing, ...change }, TREND_SETTINGS);

describe('heat', () => {
  it('is the documented sum', () => {
    const sum = 0.57 + Math.log(12) + 0.25 * Math.log(11 / 20) + 0.4 * 0.2;
    expect(heat({})).toBeCloseTo(sum, 4);
  });

  it('is higher for a better place in the same list', () => {
    expect(heat({ place: 1 })).toBeGreaterThan(heat({ place: 2 }));
  });

  it('is higher for the same place in a longer list', () => {
    expect(heat({ papers: 40 })).toBeGreaterThan(heat({ papers: 24 }));
  });

  it('is higher for more votes against the pace', () => {
    expect(heat({ lead: 0.5 })).toBeGreaterThan(heat({ lead: 0.2 }));
  });

  it('trusts a list more as it settles, and no more after 18 hours', () => {
    expect(heat({ ageHours: 14 })).toBeGreaterThan(heat({ ageHours: 9 }));
    expect(heat({ ageHours: 70 })).toBe(heat({ ageHours: 18 }));
  });

  it('leaves the votes out while they, or the pace, are unknown', () => {
    expect(heat({ lead: null })).toBe(heat({ lead: 0 }));
  });

  it('trusts a list that shows only the order less before noon, and as much afterwards', () => {
    expect(heat({ votesSeen: false })).toBeCloseTo(heat({}) - 0.4, 4);
    expect(heat({ votesSeen: false, ageHours: 12 })).toBe(heat({ ageHours: 12 }));
  });
});
