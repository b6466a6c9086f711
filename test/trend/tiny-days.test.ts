import { describe, expect, it } from 'vitest';
import type { Poll } from '#src/paper/sighting.ts';
import type { TrendEvent } from '#src/trend/trend-event.ts';
import { createTrendRule, type TrendRule } from '#src/trend/trend-rule.ts';
import { dailyPoll, experiencedRule, paperNamed } from './growing-batch.ts';

const HOUR = 3_600_000;
const MONDAY = Date.UTC(2026, 2, 2);

const listAt = (hours: number, ...votes: (number | null)[]): Poll =>
  dailyPoll(
    '2026-03-02',
    MONDAY + hours * HOUR,
    votes.map((count, index) => ({ paper: paperNamed(`p${index}`), votes: count })),
  );
const toldAt = (threshold: number, rises: readonly TrendEvent[]) =>
  rises.filter(({ from, score }) => from < threshold && threshold <= score).map(({ paper }) => paper);
/** What the 90th percentile of earlier papers had at 17 h. */
const paceOf = (rule: TrendRule): number => {
  rule.observe(listAt(17, 1));
  const reason = rule.score('p0')?.reason;
  return reason?.kind === 'votes' ? (reason.pace ?? 0) : 0;
};
const pace = paceOf(experiencedRule(MONDAY));

describe('a day of few papers', () => {
  it('has its strong paper told at balanced, be it one of eight, of three or alone', () => {
    for (const others of [[6, 5, 4, 3, 2, 1, 1], [3, 1], []]) {
      const rule = experiencedRule(MONDAY);
      const rises = rule.observe(listAt(17, Math.ceil(1.6 * pace), ...others));
      expect(toldAt(3, rises)).toEqual(['p0']);
      expect(rises[0].reason).toMatchObject({ place: 1, papers: others.length + 1 });
    }
  });

  it('has nobody told for being first alone', () => {
    for (const votes of [1, 5, Math.floor(pace)]) {
      const rule = experiencedRule(MONDAY);
      expect(toldAt(3, rule.observe(listAt(17, votes, 1, 1)))).toEqual([]);
    }
  });

  it('is no such day before noon: the list is only being filled', () => {
    const early = experiencedRule(MONDAY);
    expect(toldAt(3, early.observe(listAt(11.9, Math.ceil(1.6 * pace), 2, 1)))).toEqual([]);
    expect(toldAt(3, early.observe(listAt(12.1, Math.ceil(1.6 * pace), 2, 1)))).toEqual(['p0']);
  });

  it('tells nobody while the votes of earlier days are unknown, or those of the paper are not seen', () => {
    expect(toldAt(3, createTrendRule().observe(listAt(17, 300, 2, 1)))).toEqual([]);
    const rule = experiencedRule(MONDAY);
    rule.observe(listAt(8, 40, 2, 1));
    expect(toldAt(3, rule.observe(listAt(17, null, null, null)))).toEqual([]);
  });

  it('counts as it always did with twenty papers and more', () => {
    const rule = experiencedRule(MONDAY);
    rule.observe(listAt(20, ...Array.from({ length: 20 }, (_, index) => 60 - index)));
    const { score = 0, reason } = rule.score('p0') ?? {};
    const strong = reason?.kind === 'votes' ? (reason.pace ?? 0) : 0;
    expect(score).toBeCloseTo(0.57 + Math.log(20) + 0.4 * Math.log(61 / (strong + 1)), 3);
  });
});
