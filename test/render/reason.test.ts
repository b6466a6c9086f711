import { describe, expect, it } from 'vitest';
import { readWhy } from '#src/decision/why.ts';
import { type Beside, tellNews, tellNewsShortly, tellTrend } from '#src/render/reason.ts';
import type { Sensitivity } from '#src/trend/sensitivity.ts';
import type { TrendReason } from '#src/trend/trend-event.ts';

const HOUR = 3_600_000;
const MIDNIGHT = Date.parse('2026-03-10T00:00:00Z');
const votes = { kind: 'votes', place: 1, papers: 16, votes: 41, ageHours: 9.2, pace: 33.4 } as const;
type Votes = Extract<TrendReason, { kind: 'votes' }>;

const told = (change: Partial<Votes>, beside: Beside = {}) => {
  const reason = { ...votes, ...change };
  return tellTrend({ reason, at: MIDNIGHT + reason.ageHours * HOUR }, beside);
};
const wide = { channel: '#vision', asked: { kind: 'trending', sensitivity: 'wide' } } as const;

describe('the reason for people', () => {
  it('names the day, so that it is true on any other', () => {
    expect(told({})).toBe('1st of 16 papers of 10 March (41 upvotes at 9 h; the top tenth had 33)');
    expect(told({ ageHours: 40 })).toContain('of 10 March (41 upvotes at 40 h;');
  });

  it('sets what is known now beside what was known then', () => {
    expect(told({ votes: 1, ageHours: 20, pace: null }, { votes: 60 })).toBe(
      '1st of 16 papers of 10 March (1 upvote at 20 h, 60 now)',
    );
    expect(told({}, { votes: 1200 })).toContain('(41 upvotes at 9 h, 1,200 now; the top tenth had 33)');
    expect(told({}, { votes: 41 })).not.toContain('now');
    expect(told({}, { votes: null })).not.toContain('now');
  });

  it('says why a paper came when its figures speak against it', () => {
    expect(told({ votes: 3, pace: 19 }, wide)).toBe(
      'Only 3 upvotes yet at 9 h (the top tenth had 19). It is here because #vision asks for everything rising.',
    );
    expect(told({ votes: 3, pace: 19 }, { ...wide, votes: 60 })).toBe(
      'Only 3 upvotes at 9 h, 60 now (the top tenth had 19). It is here because #vision asks for everything rising.',
    );
    expect(told({ votes: 1, pace: 19, place: 2 })).toBe(
      'Only 1 upvote yet at 9 h (the top tenth had 19). It is here because it was 2nd of 16 papers of 10 March.',
    );
    const few = (sensitivity: Sensitivity) =>
      told({ votes: 3, pace: 19 }, { channel: '#vision', asked: { kind: 'trending', sensitivity } });
    expect(few('balanced')).toContain('because it was 1st of 16 papers of 10 March.');
    expect(few('early')).toContain('because #vision asks to hear early, and it was 1st of 16 papers');
    expect(few({ perDay: 1 })).toContain('because #vision asks for about 1 paper a day, and it was 1st');
    expect(few({ perDay: 3 })).toContain('because #vision asks for about 3 papers a day, and it was 1st');
  });

  it('leaves out what was not seen', () => {
    expect(told({ pace: null })).toBe('1st of 16 papers of 10 March (41 upvotes at 9 h)');
    expect(told({ votes: null })).toBe('1st of 16 papers of 10 March, at 9 h');
    expect(told({ papers: 1, pace: null })).toBe('the only paper of 10 March (41 upvotes at 9 h)');
  });

  it('says who shares the place', () => {
    expect(told({ place: 2, equals: 2 })).toBe(
      '2nd of 16 papers of 10 March, level with 2 others (41 upvotes at 9 h; the top tenth had 33)',
    );
    expect(told({ votes: 1, pace: 19, equals: 1 })).toBe(
      'Only 1 upvote yet at 9 h (the top tenth had 19). It is here because it was 1st of 16 papers of 10 March, level with 1 other.',
    );
    const trendEvent = { reason: { ...votes, equals: 1 }, at: MIDNIGHT + 9.2 * HOUR };
    expect(tellNewsShortly({ kind: 'trending', trendEvent })).toBe(
      '1st of 16 papers of 10 March, level with 1 other',
    );
  });

  it('counts the new upvotes of a paper that a later day lists again, beside all it has', () => {
    expect(told({ had: 80 }, { votes: 140 })).toBe(
      '1st of 16 papers of 10 March, listed again (41 new upvotes at 9 h, 140 in all; the top tenth had 33)',
    );
    expect(told({ had: 80, votes: 1, pace: 19 })).toBe(
      'Only 1 new upvote yet at 9 h (the top tenth had 19). It is here because it was 1st of 16 papers of 10 March, listed again.',
    );
  });

  it('never says at 0 hours', () => {
    expect(told({ ageHours: 0.2, pace: null })).toContain('at 1 h');
  });

  it('knows the day of a batch that was read by a clock that had run ahead', () => {
    const reason = { ...votes, ageHours: 13 };
    expect(tellTrend({ reason, at: MIDNIGHT + 9 * HOUR })).toContain('of 10 March');
  });

  it('names the place in the ranking, and the day', () => {
    expect(tellTrend({ reason: { kind: 'rank', rank: 7 }, at: MIDNIGHT })).toBe(
      'entered Hugging Face’s trending list at place 7 on 10 March',
    );
  });

  it('says of a new paper when it was seen and who asks for it', () => {
    const news = { kind: 'new', at: MIDNIGHT } as const;
    expect(tellNews(news, { channel: '#ocean', asked: { kind: 'all' } })).toBe(
      'First seen on 10 March; #ocean asks for every new paper that matches',
    );
    expect(tellNews(news, { asked: { kind: 'top', n: 2 } })).toBe(
      'One of the best 2 of its day, first seen on 10 March',
    );
    expect(tellNews(news, { asked: { kind: 'top', n: 1 } })).toBe(
      'The best of its day, first seen on 10 March',
    );
    expect(tellNews(news, { asked: { kind: 'top', n: 2 }, isWeekly: true })).toBe(
      'One of the best 2 of its week, first seen on 10 March',
    );
  });

  it('is short in a push', () => {
    expect(
      tellNewsShortly({ kind: 'trending', trendEvent: { reason: votes, at: MIDNIGHT + 9.2 * HOUR } }),
    ).toBe('1st of 16 papers of 10 March');
    expect(tellNewsShortly({ kind: 'new', at: MIDNIGHT })).toBe('new on 10 March');
  });

  it('can be told of what earlier versions stored', () => {
    const news = JSON.parse(
      '{"kind":"rising","rising":{"paper":"a","at":1773135720000,"from":-1,"heat":3,"reason":{"kind":"votes","place":2,"papers":24,"votes":41,"ageHours":9.7,"pace":33.4}}}',
    );
    const why = readWhy({ filters: ['ocean'], news });
    expect(why && tellNews(why.news)).toBe(
      '2nd of 24 papers of 10 March (41 upvotes at 10 h; the top tenth had 33)',
    );
  });
});
