import { describe, expect, it } from 'vitest';
import type { Poll } from '#src/paper/sighting.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { dailyPoll, experiencedRule, paperNamed } from './growing-batch.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONDAY = Date.UTC(2026, 2, 2);
type Listed = readonly [id: string, votes: number | null];
/** The list of the day that began so many days after Monday, so many hours after its midnight. */
const listOf = (day: number, hours: number, ...listed: readonly Listed[]): Poll =>
  dailyPoll(
    new Date(MONDAY + day * DAY).toISOString().slice(0, 10),
    MONDAY + day * DAY + hours * HOUR,
    listed.map(([id, votes]) => ({ paper: paperNamed(id), votes })),
  );
const others = (votes: number | null, named = 'p') =>
  Array.from({ length: 39 }, (_, index): Listed => [`${named}${index}`, votes]);
const ranking = (hours: number, ...ids: string[]): Poll => ({
  ...listOf(0, hours, ...ids.map((id): Listed => [id, 5])),
  list: 'trending',
  key: '',
});

describe('the highest score of a paper', () => {
  it('is told with the instant and the reason that first had it', () => {
    const rule = createTrendRule();
    rule.observe(listOf(0, 20, ['b', 9], ['a', 8], ...others(1)));
    rule.observe(listOf(0, 21, ['a', 12], ['b', 9], ...others(1)));
    rule.observe(listOf(0, 22, ['a', 13], ['b', 9], ...others(1)));
    expect(rule.score('a')).toMatchObject({
      peakAt: MONDAY + 21 * HOUR,
      peakReason: { place: 1, votes: 12 },
      at: MONDAY + 22 * HOUR,
      reason: { votes: 13 },
    });
    expect(rule.score('a')?.peak).toBeCloseTo(0.57 + Math.log(41), 3);
  });

  it('stands under the day of its list, or under the newest where it was in none', () => {
    const rule = createTrendRule();
    const days = () => new Map(rule.peaks(0).map(({ paper, day }) => [paper, day - MONDAY / DAY]));
    rule.observe(ranking(1, 'x'));
    rule.observe(ranking(50, 'x', 'y'));
    expect(days()).toEqual(new Map([['y', 2]]));
    rule.observe(listOf(3, 20, ['c', 9], ...others(1)));
    rule.observe(listOf(1, 80, ['a', 9], ...others(1, 'q')));
    rule.observe(ranking(120, 'x', 'z'));
    expect([...'yacz'].map((id) => days().get(id))).toEqual([2, 1, 3, 3]);
    expect(rule.peaks(MONDAY + 3 * DAY + HOUR).map(({ paper }) => paper)).toContain('z');
    expect(rule.peaks(MONDAY + 3 * DAY).map(({ paper }) => paper)).not.toContain('a');
  });
});

describe('a list that shows the order alone', () => {
  it('tells of its first also where nobody’s votes were ever seen', () => {
    const rises = createTrendRule().observe(listOf(0, 20, ['a', null], ...others(null)));
    expect(rises[0]).toMatchObject({ paper: 'a', reason: { votes: null, pace: null } });
    expect(rises[0].score).toBeCloseTo(0.57 + Math.log(40), 3);
  });

  it('says nothing of how many votes strong papers have', () => {
    const rule = createTrendRule();
    for (let day = 0; day < 5; day++) rule.observe(listOf(day, 20, ...others(null, `d${day}-`)));
    rule.observe(listOf(5, 20, ['a', 9], ...others(1)));
    expect(rule.score('a')?.reason).toMatchObject({ pace: null });
  });
});

describe('a paper', () => {
  it('counts by its own votes where they are seen, whoever stands below it', () => {
    const rule = experiencedRule(MONDAY);
    rule.observe(listOf(0, 20, ['low', 2], ['high', 60], ...others(1)));
    const { score = 0, reason } = rule.score('low') ?? {};
    const pace = reason?.kind === 'votes' ? (reason.pace ?? 0) : 0;
    expect(pace).toBeGreaterThan(2);
    expect(score).toBeCloseTo(0.57 + Math.log(41) + 0.4 * Math.log(3 / (pace + 1)), 3);
  });

  it('that a later day lists again stands in that list as one more', () => {
    const rule = createTrendRule();
    rule.observe(listOf(0, 20, ['again', 3]));
    rule.observe(listOf(4, 19, ['again', 50], ...others(1)));
    rule.observe(listOf(4, 20, ['again', 55], ...others(1)));
    expect(rule.score('again')?.score).toBeCloseTo(0.57 + Math.log(40), 3);
  });

  it('is remembered for 150 days to the day', () => {
    const rule = createTrendRule();
    rule.observe(listOf(0, 20, ['a', 3]));
    rule.observe(listOf(150, 1, ['b', 1]));
    expect(rule.score('a')).not.toBeNull();
    rule.observe(listOf(151, 1, ['b', 1]));
    expect(rule.score('a')).toBeNull();
  });

  it('enters no ranking by a list that is none', () => {
    const rule = createTrendRule();
    const latest = [['a'], ['a', 'b']].map((ids, at): Poll => ({ ...ranking(at, ...ids), list: 'latest' }));
    expect(latest.flatMap((poll) => rule.observe(poll))).toEqual([]);
    expect(rule.score('b')).toBeNull();
  });
});
