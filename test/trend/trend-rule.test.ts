import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Poll } from '#src/paper/sighting.ts';
import { onStep } from '#src/trend/sensitivity.ts';
import type { TrendEvent } from '#src/trend/trend-event.ts';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { dailyPoll, experiencedRule, paperNamed } from './growing-batch.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONDAY = Date.UTC(2026, 2, 2);
const KEY = '2026-03-02';

/** Papers named a, b, c ... in vote order. */
function listAt(hours: number, votes: readonly (number | null)[], start = MONDAY): Poll {
  const listed = votes.map((count, index) => ({
    paper: paperNamed(String.fromCharCode(97 + index)),
    votes: count,
  }));
  return dailyPoll(new Date(start).toISOString().slice(0, 10), start + hours * HOUR, listed);
}

const twenty = (first: number) => [first, ...Array.from({ length: 19 }, (_, index) => 20 - index)];
const alerts = (rises: readonly TrendEvent[], threshold: number) =>
  rises.filter(({ from, score }) => from < threshold && threshold <= score).map(({ paper }) => paper);

describe('the rule', () => {
  it('tells of the paper that leads its list and is ahead of the pace, with the values in force', () => {
    const rule = experiencedRule(MONDAY);
    const [trendEvent] = rule.observe(listAt(9, twenty(90)));
    expect(trendEvent).toMatchObject({ paper: 'a', at: MONDAY + 9 * HOUR, from: Number.NEGATIVE_INFINITY });
    expect(trendEvent.score).toBeGreaterThan(3);
    expect(trendEvent.reason).toMatchObject({ kind: 'votes', place: 1, papers: 20, votes: 90, ageHours: 9 });
    expect(trendEvent.reason).toHaveProperty('pace', expect.any(Number));
  });

  it('forgets papers that no list has shown for 150 days, and none of those that one shows', () => {
    const rule = createTrendRule();
    const trending = (ids: readonly string[], at: number): Poll => ({
      ...dailyPoll(
        '',
        at,
        ids.map((id) => ({ paper: paperNamed(id), votes: null })),
      ),
      list: 'trending',
    });
    const entered: TrendEvent[] = [];
    rule.observe(listAt(9, [20, 10]));
    for (let day = 1; day <= 160; day++) {
      const start = MONDAY + day * DAY;
      entered.push(...rule.observe(trending(day < 100 ? ['lasting'] : ['lasting', 'late'], start)));
      rule.observe(
        dailyPoll(new Date(start).toISOString().slice(0, 10), start + HOUR, [
          { paper: paperNamed('z'), votes: 1 },
        ]),
      );
      if (day < 150) expect(rule.score('a')).not.toBeNull();
    }
    expect(rule.score('a')).toBeNull();
    expect(entered.map(({ paper }) => paper)).toEqual(['late']);
  });

  it('tells each preset once per paper, however often it is looked at', () => {
    const rule = experiencedRule(MONDAY);
    const rises = [9, 9.25, 9.5, 14, 20, 30, 60].flatMap((hours) =>
      rule.observe(listAt(hours, twenty(90 + hours))),
    );
    expect(alerts(rises, 3).filter((paper) => paper === 'a')).toHaveLength(1);
  });

  it('tells every threshold of the sensitivity exactly once when the peak reaches it, and never otherwise', () => {
    const poll = fc.record({
      hours: fc.double({ min: 0, max: 90, noNaN: true }),
      votes: fc.array(fc.nat(400), { minLength: 1, maxLength: 40 }),
    });
    fc.assert(
      fc.property(fc.array(poll, { maxLength: 12 }), fc.integer({ min: 20, max: 100 }), (polls, steps) => {
        const threshold = onStep(steps / 20, 0.05);
        const rule = createTrendRule();
        const inOrder = polls.map(({ hours, votes }) =>
          listAt(
            hours,
            votes.sort((a, b) => b - a),
          ),
        );
        const told = alerts(
          inOrder.flatMap((seen) => [...rule.observe(seen)]),
          threshold,
        ).sort();
        const reached = rule
          .peaks(0)
          .filter(({ score }) => score >= threshold)
          .map(({ paper }) => paper);
        expect(told).toEqual(reached.sort());
      }),
    );
  });

  it('never retracts: votes that fall lower the score and leave the peak', () => {
    const rule = experiencedRule(MONDAY);
    rule.observe(listAt(9, twenty(90)));
    const peak = rule.score('a')?.peak;
    expect(rule.observe(listAt(10, [...twenty(90).slice(1), 0]))).toEqual([]);
    expect(rule.observe(listAt(11, twenty(12)))).toEqual([]);
    expect(rule.score('a')).toMatchObject({ peak, peakAt: MONDAY + 9 * HOUR });
    expect(rule.score('a')?.score).toBeLessThan(peak ?? 0);
  });

  it('hears of a late bloomer on the third day, and of nobody after the fourth', () => {
    const rule = experiencedRule(MONDAY);
    const bloomed = [...'tabcdefghijklmnopqrs'].map((id, index) => ({
      paper: paperNamed(id),
      votes: 80 - index,
    }));
    rule.observe(listAt(9, twenty(30)));
    expect(alerts(rule.observe(dailyPoll(KEY, MONDAY + 66 * HOUR, bloomed)), 3)).toEqual(['t']);
    const { paper } = bloomed[10];
    const later = [{ paper, votes: 300 }, ...bloomed.filter((listed) => listed.paper !== paper)];
    expect(rule.observe(dailyPoll(KEY, MONDAY + 97 * HOUR, later))).toEqual([]);
  });

  it('tells late, but tells, when the source was down for most of a day', () => {
    const rule = experiencedRule(MONDAY);
    rule.observe(listAt(3, [2, 1]));
    expect(alerts(rule.observe(listAt(23, twenty(120))), 3)).toEqual(['a']);
  });

  it('reads Friday on over the weekend', () => {
    const rule = experiencedRule(MONDAY);
    const friday = MONDAY + 4 * DAY;
    const key = '2026-03-06';
    const climbed = [...'eabcdfghijklmnopqrst'].map((id, index) => ({
      paper: paperNamed(id),
      votes: 90 - index,
    }));
    rule.observe(listAt(9, twenty(30), friday));
    expect(alerts(rule.observe(dailyPoll(key, friday + 52 * HOUR, climbed)), 3)).toEqual(['e']);
  });

  it('judges by place alone at a cold start', () => {
    const rule = createTrendRule();
    const [trendEvent] = rule.observe(listAt(20, twenty(50)));
    expect(trendEvent.score).toBeCloseTo(0.57 + Math.log(20), 3);
    expect(trendEvent.reason).toMatchObject({ pace: null });
  });

  it('tells the early preset of nobody in a batch of three, and of the first ten of seventy', () => {
    const rule = createTrendRule();
    expect(alerts(rule.observe(listAt(20, [300, 2, 1])), 2.5)).toEqual([]);
    const seventy = Array.from({ length: 70 }, (_, index) => ({
      paper: paperNamed(`p${index}`),
      votes: 200 - index,
    }));
    expect(alerts(rule.observe(dailyPoll('2026-03-03', MONDAY + 44 * HOUR, seventy)), 2.5)).toHaveLength(10);
  });

  it('goes on with the votes last known where a list shows only the order', () => {
    const rule = experiencedRule(MONDAY);
    rule.observe(listAt(9, twenty(90)));
    const withVotes = rule.score('a')?.score ?? 0;
    rule.observe(
      listAt(
        9,
        twenty(90).map(() => null),
      ),
    );
    expect(rule.score('a')?.score).toBeCloseTo(withVotes - 0.4, 3);
    expect(rule.score('a')?.reason).toMatchObject({ votes: null });
  });

  it('credits a paper that climbs in a list without votes with the votes of whoever it has passed', () => {
    const rule = experiencedRule(MONDAY);
    rule.observe(listAt(8, twenty(90)));
    const order = [...'akbcdefghijlmnopqrst'].map((id) => ({ paper: paperNamed(id), votes: null }));
    const [, climber, passed] = dailyPoll(KEY, MONDAY + 14 * HOUR, order).sightings;
    rule.observe(dailyPoll(KEY, MONDAY + 14 * HOUR, order));
    const scores = [climber, passed].map(({ paper }) => rule.score(paper.id)?.score ?? 0);
    expect(scores[0] - scores[1]).toBeCloseTo(Math.log(3 / 2), 3);
  });

  it('ignores lists that say nothing of a batch', () => {
    const rule = createTrendRule();
    expect(rule.observe({ ...listAt(20, twenty(90)), list: 'latest' })).toEqual([]);
    expect(rule.score('a')).toBeNull();
  });
});

describe("Hugging Face's own ranking", () => {
  const ranking = (ids: readonly string[], hours: number): Poll => ({
    ...dailyPoll(
      '',
      MONDAY + hours * HOUR,
      ids.map((id) => ({ paper: paperNamed(id), votes: 5, batchDay: null })),
    ),
    list: 'trending',
  });
  const ten = [...'abcdefghij'];

  it('is only remembered at the first poll', () => {
    expect(createTrendRule().observe(ranking(ten, 1))).toEqual([]);
  });

  it('tells the middle preset, not the sure one, of a paper that enters the first ten', () => {
    const rule = createTrendRule();
    rule.observe(ranking(ten, 1));
    const rises = rule.observe(ranking(['z', ...ten], 2));
    expect(rises).toEqual([
      {
        paper: 'z',
        at: MONDAY + 2 * HOUR,
        from: Number.NEGATIVE_INFINITY,
        score: 3,
        reason: { kind: 'rank', rank: 1 },
      },
    ]);
    expect(alerts(rises, 3.5)).toEqual([]);
  });

  it('tells of an entry once, though the paper leaves and comes back, and an empty answer comes between', () => {
    const rule = createTrendRule();
    const polls = [ten, ['z', ...ten.slice(0, 9)], [], ten, ['z', ...ten.slice(0, 9)]];
    const rises = polls.flatMap((ids, index) => [...rule.observe(ranking(ids, index))]);
    expect(rises.map(({ paper }) => paper)).toEqual(['z']);
  });

  it('is no second event for a paper that was told by its votes', () => {
    const rule = experiencedRule(MONDAY);
    rule.observe(ranking([...'mnopqrstuv'], 1));
    expect(alerts(rule.observe(listAt(9, twenty(90))), 3)).toEqual(['a']);
    expect(rule.observe(ranking(['a', 'm'], 10))).toEqual([]);
    expect(rule.score('a')?.reason).toMatchObject({ kind: 'votes' });
  });

  it('does not keep a paper from rising further by its votes', () => {
    const rule = experiencedRule(MONDAY);
    rule.observe(ranking(ten, 1));
    rule.observe(ranking(['z'], 2));
    const listed = twenty(200).map((votes, index) => ({
      paper: paperNamed(index === 0 ? 'z' : `p${index}`),
      votes,
    }));
    expect(alerts(rule.observe(dailyPoll(KEY, MONDAY + 20 * HOUR, listed)), 3.5)).toEqual(['z']);
  });
});

describe('memory', () => {
  const somePoll = fc.record({
    day: fc.integer({ min: 0, max: 20 }),
    hours: fc.double({ min: -5, max: 110, noNaN: true }),
    ids: fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 30 }),
    votes: fc.option(fc.integer({ min: -5, max: 300 })),
    list: fc.constantFrom<Poll['list']>('daily', 'trending', 'latest'),
    complete: fc.boolean(),
  });
  const history = fc.array(somePoll, { maxLength: 40 }).map((polls) =>
    polls.map(({ day, hours, ids, votes, list, complete }): Poll => {
      const start = MONDAY + day * DAY;
      const listed = ids.map((id, index) => ({
        paper: paperNamed(`p${id}`),
        votes: votes && votes - index,
        batchDay: null,
      }));
      return {
        ...dailyPoll(new Date(start).toISOString().slice(0, 10), start + hours * HOUR, listed),
        list,
        complete,
      };
    }),
  );

  it('is rebuilt from the same polls to the same figures, whatever was asked in between', () => {
    fc.assert(
      fc.property(history, (polls) => {
        const asked = createTrendRule();
        const risesAsked = polls.map((poll) => {
          const rises = asked.observe(poll);
          asked.thresholdFor({ perDay: 3 });
          asked.peaks(poll.seenAt - DAY);
          return rises;
        });
        const rebuilt = createTrendRule();
        expect(polls.map((poll) => rebuilt.observe(poll))).toEqual(risesAsked);
        expect(rebuilt.peaks(0)).toEqual(asked.peaks(0));
        expect(rebuilt.thresholdFor({ perDay: 3 })).toBe(asked.thresholdFor({ perDay: 3 }));
        expect(rebuilt.refused).toEqual(asked.refused);
      }),
    );
  });

  it('hears nothing new in a poll that it has seen', () => {
    fc.assert(
      fc.property(history, (polls) => {
        const rule = createTrendRule();
        for (const poll of polls) {
          rule.observe(poll);
          expect(rule.observe(poll)).toEqual([]);
        }
      }),
    );
  });
});
