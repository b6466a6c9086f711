import { describe, expect, it } from 'vitest';
import { TREND_SETTINGS } from '#src/trend/trend-rule.ts';
import { scoreOf, type VoteStanding } from '#src/trend/trend-score.ts';

const standing: VoteStanding = { place: 2, papers: 24, ageHours: 9, votesSeen: true, lead: 0.2 };
const score = (change: Partial<VoteStanding>) => scoreOf({ ...standing, ...change }, TREND_SETTINGS);

describe('score', () => {
  it('is the documented sum', () => {
    const sum = 0.57 + Math.log(12) + 0.25 * Math.log(11 / 20) + 0.4 * 0.2;
    expect(score({})).toBeCloseTo(sum, 4);
  });

  it('is higher for a better place in the same list', () => {
    expect(score({ place: 1 })).toBeGreaterThan(score({ place: 2 }));
  });

  it('is higher for the same place in a longer list', () => {
    expect(score({ papers: 40 })).toBeGreaterThan(score({ papers: 24 }));
  });

  it('is higher for more votes against the pace', () => {
    expect(score({ lead: 0.5 })).toBeGreaterThan(score({ lead: 0.2 }));
  });

  it('trusts a list more as it settles, and no more after 18 hours', () => {
    expect(score({ ageHours: 14 })).toBeGreaterThan(score({ ageHours: 9 }));
    expect(score({ ageHours: 70 })).toBe(score({ ageHours: 18 }));
  });

  it('leaves the votes out while they, or the pace, are unknown', () => {
    expect(score({ lead: null })).toBe(score({ lead: 0 }));
  });

  it('trusts a list that shows only the order less before noon, and as much afterwards', () => {
    expect(score({ votesSeen: false })).toBeCloseTo(score({}) - 0.4, 4);
    expect(score({ votesSeen: false, ageHours: 12 })).toBe(score({ ageHours: 12 }));
  });

  it('fills a list that is short at noon with usual papers, and leaves one of twenty as it is', () => {
    const noon = { place: 1, ageHours: 18, lead: 0.5 };
    const ahead = 0.1 * Math.exp(-1);
    expect(score({ ...noon, papers: 20 })).toBeCloseTo(0.57 + Math.log(20) + 0.2, 4);
    expect(score({ ...noon, papers: 5 })).toBeCloseTo(0.57 + Math.log(20 / (1 + 15 * ahead)) + 0.2, 4);
    expect(score({ ...noon, papers: 5, ageHours: 12 })).toBeGreaterThan(
      score({ ...noon, papers: 5, ageHours: 11.99 }) + 0.5,
    );
    for (const unknown of [{ lead: null }, { votesSeen: false }])
      expect(score({ ...noon, papers: 5, ...unknown })).toBeCloseTo(
        0.57 + Math.log(5) + ('lead' in unknown ? 0 : 0.2),
        4,
      );
    // All of the usual papers are ahead of one far below the pace, and not more than all.
    expect(score({ ...noon, papers: 5, lead: -5 })).toBeCloseTo(0.57 + Math.log(20 / 16) - 2, 4);
  });

  it('has four decimals', () => {
    expect(score({ place: 7 })).toBe(Number(score({ place: 7 }).toFixed(4)));
  });
});
