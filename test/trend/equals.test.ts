import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Poll } from '#src/paper/sighting.ts';
import type { TrendEvent } from '#src/trend/trend-event.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { dailyPoll, experiencedRule, paperNamed } from './growing-batch.ts';

const HOUR = 3_600_000;
const MONDAY = Date.UTC(2026, 2, 2);
const KEY = '2026-03-02';

type Listed = readonly [id: string, votes: number | null];
const listAt = (hours: number, listed: readonly Listed[]): Poll =>
  dailyPoll(
    KEY,
    MONDAY + hours * HOUR,
    listed.map(([id, votes]) => ({ paper: paperNamed(id), votes })),
  );
const fifty = (votes: number | null): Listed[] =>
  Array.from({ length: 50 }, (_, index) => [`p${index}`, votes]);
const ids = (rises: readonly TrendEvent[]) => rises.map(({ paper }) => paper).sort();
const byVotes = (listed: readonly Listed[]) => listed.toSorted(([, a], [, b]) => (b ?? 0) - (a ?? 0));

const someVotes = fc.array(fc.nat(40), { minLength: 1, maxLength: 45 });
const named = (votes: readonly number[]): Listed[] => votes.map((count, index) => [`p${index}`, count]);

describe('papers with the same votes', () => {
  it('share the middle of their places, so that none stands out by the order that the list gives them', () => {
    for (const rule of [createTrendRule(), experiencedRule(MONDAY)]) {
      const rises = [...rule.observe(listAt(9, fifty(1))), ...rule.observe(listAt(20, fifty(2)))];
      expect(Math.max(...rises.map(({ score }) => score))).toBeLessThan(rule.thresholdFor('wide'));
    }
  });

  it('are told as what they are: several in one place', () => {
    const rule = createTrendRule();
    rule.observe(listAt(20, [['a', 30], ['b', 20], ['c', 20], ['d', 20], ...fifty(1)]));
    expect(rule.score('a')?.reason).not.toHaveProperty('equals');
    for (const id of ['b', 'c', 'd'])
      expect(rule.score(id)?.reason).toMatchObject({ place: 2, equals: 2, papers: 54 });
    expect(rule.score('b')?.score).toBeCloseTo(0.57 + Math.log(54 / 3), 3);
  });

  it('rise alike, whichever of them the list names first', () => {
    const shuffled = fc.array(fc.tuple(fc.nat(15), fc.nat()), { minLength: 1, maxLength: 45 });
    fc.assert(
      fc.property(shuffled, fc.integer({ min: 1, max: 90 }), (papers, hours) => {
        const listed = papers.map(([votes, lot], index) => ({ paper: [`p${index}`, votes] as const, lot }));
        const told = [listed, listed.toSorted((a, b) => a.lot - b.lot)].map((order) => {
          const poll = listAt(hours, byVotes(order.map(({ paper }) => paper)));
          return createTrendRule()
            .observe(poll)
            .toSorted((a, b) => a.paper.localeCompare(b.paper));
        });
        expect(told[1]).toEqual(told[0]);
      }),
    );
  });

  it('keep their places where a list shows the order alone', () => {
    const rule = createTrendRule();
    rule.observe(listAt(20, fifty(null)));
    expect(rule.score('p1')?.reason).toMatchObject({ place: 2 });
    expect(rule.score('p1')?.reason).not.toHaveProperty('equals');
  });
});

describe('a vote more', () => {
  it('never makes a paper stand out less', () => {
    const picked = fc.record({ votes: someVotes, which: fc.nat(), more: fc.nat(30) });
    fc.assert(
      fc.property(picked, fc.integer({ min: 1, max: 90 }), ({ votes, which, more }, hours) => {
        const index = which % votes.length;
        const scores = [votes, votes.with(index, votes[index] + more)].map((counts) => {
          const rule = experiencedRule(MONDAY);
          rule.observe(listAt(hours, byVotes(named(counts))));
          return rule.score(`p${index}`)?.score ?? 0;
        });
        expect(scores[1]).toBeGreaterThanOrEqual(scores[0]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a paper without a vote', () => {
  const ranking = (hours: number, listed: readonly Listed[]): Poll => ({
    ...listAt(hours, listed),
    list: 'trending',
    key: '',
  });

  it('is nobody’s news, first of its list though it be', () => {
    for (const rule of [createTrendRule(), experiencedRule(MONDAY)]) {
      for (const hours of [5, 9, 20, 60])
        expect(rule.observe(listAt(hours, [['first', 0], ...fifty(0)]))).toEqual([]);
      expect(rule.peaks(MONDAY)).toEqual([]);
    }
  });

  it('still has its rank among the best of the day', () => {
    const rule = createTrendRule();
    rule.observe(
      listAt(9, [
        ['a', 3],
        ['none', 0],
      ]),
    );
    expect(rule.score('none')?.peak).toBeLessThan(rule.score('a')?.peak ?? 0);
  });

  it('is told of once it has one, if it stands out with it', () => {
    const rule = createTrendRule();
    const others = Array.from({ length: 30 }, (_, index): Listed => [`o${index}`, 0]);
    rule.observe(listAt(15, [['late', 0], ...others]));
    const rises = rule.observe(listAt(16, [['late', 1], ...others]));
    expect(rises).toMatchObject([{ paper: 'late', from: Number.NEGATIVE_INFINITY, reason: { place: 1 } }]);
  });

  it('is told of in a list without votes once it stands above one that has some', () => {
    const seen: Listed[] = [['voted', 4], ['none', 0], ...fifty(0).slice(0, 20)];
    const ordered = (...first: string[]) =>
      listAt(
        16,
        [...first, ...seen.map(([id]) => id).filter((id) => !first.includes(id))].map((id) => [id, null]),
      );
    const rule = createTrendRule();
    rule.observe(listAt(8, seen));
    expect(ids(rule.observe(ordered('voted', 'none')))).toEqual(['voted']);
    expect(ids(rule.observe(ordered('none', 'voted')))).toEqual(['none']);
  });

  it('enters Hugging Face’s trending list with its first', () => {
    const rule = createTrendRule();
    const ten = Array.from({ length: 10 }, (_, index): Listed => [`t${index}`, 5]);
    rule.observe(ranking(1, [...ten.slice(0, 9), ['old', 0]]));
    expect(rule.observe(ranking(2, [['new', 0], ...ten.slice(0, 8), ['old', 1]]))).toEqual([]);
    rule.observe(
      listAt(3, [
        ['a', 3],
        ['new', 0],
      ]),
    );
    expect(rule.observe(ranking(4, [['new', null], ...ten.slice(0, 9)]))).toEqual([]);
    expect(ids(rule.observe(ranking(5, [['new', 1], ...ten.slice(0, 9)])))).toEqual(['new']);
    expect(rule.observe(ranking(6, [['new', 2], ...ten.slice(0, 9)]))).toEqual([]);
  });

  it('never rises, whatever was seen before', () => {
    const poll = fc.record({
      hours: fc.integer({ min: 0, max: 90 }),
      votes: fc.array(fc.option(fc.nat(3)), { maxLength: 30 }),
      turn: fc.nat(29),
    });
    fc.assert(
      fc.property(fc.array(poll, { maxLength: 10 }), (polls) => {
        const rule = createTrendRule();
        for (const { hours, votes, turn } of polls) {
          const listed = votes.map((count, index): Listed => [`p${(index + turn) % 30}`, count]);
          const rises = rule.observe(listAt(hours, listed));
          const without = listed.filter(([, count]) => count === 0).map(([id]) => id);
          expect(rises.filter(({ paper }) => without.includes(paper))).toEqual([]);
        }
      }),
    );
  });
});
