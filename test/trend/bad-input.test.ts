import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTrendRule } from '#src/trend/trend-rule.ts';
import { dailyPoll, paperNamed } from './growing-batch.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONDAY = Date.UTC(2026, 2, 2);
const KEY = '2026-03-02';

const papers = Array.from({ length: 20 }, (_, index) => ({
  paper: paperNamed(`p${index}`),
  votes: 60 - index,
}));
const at = (hours: number, listed: typeof papers = papers) => dailyPoll(KEY, MONDAY + hours * HOUR, listed);

describe('bad input to the rule', () => {
  it('refuses and counts a look at a batch that has not begun, is long over, or has no day', () => {
    const rule = createTrendRule();
    const wrong = [at(-3), at(24 * 365), dailyPoll('soon', MONDAY, papers), dailyPoll('', MONDAY, papers)];
    expect(wrong.flatMap((poll) => rule.observe(poll))).toEqual([]);
    expect(rule.refused.polls).toBe(4);
    expect(rule.observe(at(20))).not.toEqual([]);
  });

  it('leaves a paper with impossible votes out of that poll, and gives its place to nobody', () => {
    for (const votes of [-1, 1e9, Number.NaN, 2.5, Number.POSITIVE_INFINITY]) {
      const rule = createTrendRule();
      rule.observe(at(20, [{ paper: paperNamed('broken'), votes }, ...papers]));
      expect(rule.score('broken')).toBeNull();
      expect(rule.score('p0')?.reason).toMatchObject({ place: 2, papers: 21 });
      expect(rule.refused.votes).toBe(1);
    }
  });

  it('hears of that paper as soon as its votes are believable again', () => {
    const rule = createTrendRule();
    rule.observe(at(20, [{ paper: paperNamed('mended'), votes: 1e9 }, ...papers]));
    const rises = rule.observe(at(20.25, [{ paper: paperNamed('mended'), votes: 90 }, ...papers]));
    expect(rises.map(({ paper }) => paper)).toContain('mended');
  });

  it('keeps the places of items that could not be read', () => {
    const rule = createTrendRule();
    const poll = at(20);
    const moved = poll.sightings.map((sighting) => ({ ...sighting, place: sighting.place + 2 }));
    rule.observe({ ...poll, malformed: 2, sightings: moved });
    expect(rule.score('p0')?.reason).toMatchObject({ place: 3, papers: 22 });
  });

  it('does not take a list cut at its limit for a short day', () => {
    const rule = createTrendRule();
    rule.observe(at(20));
    rule.observe({ ...at(21, papers.slice(0, 5)), complete: false });
    expect(rule.score('p0')?.reason).toMatchObject({ papers: 20 });
  });

  it('takes a whole list that got shorter at its word: a paper may be taken down', () => {
    const rule = createTrendRule();
    rule.observe(at(20));
    rule.observe(at(21, papers.slice(0, 19)));
    expect(rule.score('p0')?.reason).toMatchObject({ papers: 19 });
  });

  it('changes nothing for an empty list', () => {
    const rule = createTrendRule();
    rule.observe(at(20));
    const before = rule.score('p0');
    expect(rule.observe(at(21, []))).toEqual([]);
    expect(rule.score('p0')).toEqual(before);
  });

  it('passes over a paper that is featured again in a later batch', () => {
    const rule = createTrendRule();
    rule.observe(at(20, papers.toReversed()));
    const again = papers.map((listed) => ({ ...listed, batchDay: '2026-03-03' }));
    const [first, ...rest] = again;
    const fresh = rest.map((listed, index) => ({ ...listed, paper: paperNamed(`fresh${index}`) }));
    const rises = rule.observe(dailyPoll('2026-03-03', MONDAY + DAY + 20 * HOUR, [first, ...fresh]));
    expect(rises.map(({ paper }) => paper)).not.toContain('p0');
    expect(rule.score('fresh0')?.reason).toMatchObject({ place: 1, papers: 19 });
  });

  it('passes over papers of other batches and second mentions in one list', () => {
    const rule = createTrendRule();
    const stranger = { paper: paperNamed('stranger'), votes: 99, batchDay: '2026-02-27' };
    rule.observe(dailyPoll(KEY, MONDAY + 20 * HOUR, [stranger, papers[0], papers[0], ...papers.slice(1)]));
    expect(rule.score('stranger')).toBeNull();
    expect(rule.score('p1')?.reason).toMatchObject({ place: 2, papers: 20 });
  });

  it('judges a poll from a clock that was set back at the age already reached', () => {
    const rule = createTrendRule();
    rule.observe(at(20, papers.slice(1)));
    rule.observe(at(5));
    expect(rule.score('p0')?.reason).toMatchObject({ ageHours: 20 });
  });

  it('judges by the right age again once it is known that the clock was wrong', () => {
    const rule = createTrendRule();
    rule.observe(at(90, papers.slice(1)));
    rule.setBack(MONDAY + 5 * HOUR);
    rule.observe(at(6));
    expect(rule.score('p0')?.reason).toMatchObject({ ageHours: 6 });
    rule.setBack(MONDAY + 30 * HOUR);
    rule.observe(at(5));
    expect(rule.score('p0')?.reason).toMatchObject({ ageHours: 6 });
  });

  it('loses no paper when the polls come out of order', () => {
    const shuffled = fc.shuffledSubarray([3, 6, 9, 14, 20, 30, 50], { minLength: 7 });
    fc.assert(
      fc.property(shuffled, (order) => {
        const rule = createTrendRule();
        const rises = order.flatMap((hours) => [...rule.observe(at(hours))]);
        expect(rises.filter(({ from, score }) => from < 3 && score >= 3).map(({ paper }) => paper)).toEqual([
          'p0',
        ]);
      }),
    );
  });

  it('believes no place that the papers above it do not leave free', () => {
    const rule = createTrendRule();
    const poll = at(20);
    rule.observe({ ...poll, sightings: poll.sightings.map((sighting) => ({ ...sighting, place: 0 })) });
    expect(rule.score('p0')?.reason).toMatchObject({ place: 1 });
    expect(rule.score('p9')?.reason).toMatchObject({ place: 10 });
  });

  it('is not thrown by any poll', () => {
    const anything = fc.record({
      key: fc.oneof(fc.string(), fc.constant(KEY)),
      seenAt: fc.oneof(fc.double(), fc.constant(MONDAY + 5 * HOUR)),
      votes: fc.array(fc.option(fc.double()), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(anything, ({ key, seenAt, votes }) => {
        const listed = votes.map((count, index) => ({ paper: paperNamed(`${index}`), votes: count }));
        expect(() => createTrendRule().observe(dailyPoll(key, seenAt, listed))).not.toThrow();
      }),
    );
  });
});
