import { expect, it } from 'vitest';
import { askedBy, readWhy, shortWhy } from '#src/decision/why.ts';
import { NO_FIGURES, renewingFigures } from '#src/paper/figures.ts';

const votes = { kind: 'votes', place: 1, papers: 24, votes: 36, ageHours: 9, pace: 27 };
const trendEvent = { paper: '2603.00001', at: 5, from: null, score: 3.1, reason: votes };

it('what is kept with an entry is read as it was written, a rise from nothing too', () => {
  const why = {
    filters: ['ocean'],
    news: { kind: 'trending', trendEvent },
    ...renewingFigures({ ...NO_FIGURES, votes: 36 }),
    repository: true,
    asked: { kind: 'trending', sensitivity: { perDay: 3 } },
    missedSince: 3,
  };
  expect(readWhy(JSON.parse(JSON.stringify(why)))).toEqual(why);
});

it('what earlier versions kept, and what is kept for ever, is read without what they did not note', () => {
  const why = { filters: ['ocean'], news: { kind: 'new', at: 5 } };
  expect(readWhy(why)).toEqual({ ...why, ...renewingFigures(NO_FIGURES), repository: false });
  expect(readWhy({ ...why, votes: 3, stars: 1, repository: true })).toMatchObject({ votes: 3, stars: 1 });
});

it('an order that is not known any more costs itself alone', () => {
  const why = { filters: ['ocean'], news: { kind: 'new', at: 5 }, asked: { kind: 'wished' } };
  expect(readWhy(why)).toMatchObject({ filters: ['ocean'], asked: undefined });
});

it('what cannot be read is nothing', () => {
  const broken = [
    null,
    undefined,
    'why',
    [],
    {},
    { filters: 'ocean' },
    { filters: [], news: { kind: 'old' } },
  ];
  expect(broken.map(readWhy)).toEqual(broken.map(() => null));
});

it('of a post that is long sent filters, news and order are kept, and what cannot be read stays', () => {
  const why = {
    filters: ['ocean'],
    news: { kind: 'trending', trendEvent },
    votes: 1,
    asked: { kind: 'all' },
  };
  const { votes: _, ...short } = why;
  expect(shortWhy(why)).toEqual(short);
  expect(shortWhy({ filters: 3 })).toEqual({ filters: 3 });
});

it('that the best were those of a week is kept, for ever too, and is said of nothing else', () => {
  const weekly = { kind: 'weekly', weekday: 1, at: '09:00', zone: 'UTC' } as const;
  const best = { kind: 'top', n: 5 } as const;
  const why = { filters: ['ocean'], news: { kind: 'new', at: 5 }, ...askedBy({ what: best, when: weekly }) };
  expect(readWhy(why)).toMatchObject({ asked: best, isWeekly: true });
  expect(shortWhy(why)).toEqual(why);
  expect(askedBy({ what: best, when: { kind: 'now' } }).isWeekly).toBeUndefined();
  expect(askedBy({ what: { kind: 'all' }, when: weekly }).isWeekly).toBeUndefined();
});

it('a reason is read in every shape it was written in, and in no other', () => {
  const kept = (news: unknown) => readWhy({ filters: ['ocean'], news })?.news ?? null;
  const trending = (reason: unknown) => ({ kind: 'trending', trendEvent: { ...trendEvent, reason } });
  const good = [{ kind: 'rank', rank: 3 }, votes, { ...votes, votes: null, pace: null, equals: 2, had: 80 }];
  for (const reason of good) expect(kept(trending(reason))).toEqual(trending(reason));
  const bad = [undefined, { kind: 'rank' }, { kind: 'stars', stars: 3 }, { ...votes, place: '1' }];
  for (const reason of bad) expect(kept(trending(reason))).toBeNull();
  expect(kept({ kind: 'new' })).toBeNull();
});

it('a reason of a version that called a trend event a rising is read with the name of today', () => {
  const kept = (news: unknown) => readWhy({ filters: ['ocean'], news })?.news ?? null;
  expect(kept({ kind: 'rising', rising: trendEvent })).toEqual({ kind: 'trending', trendEvent });
  expect(kept({ kind: 'rising', rising: 3 })).toBeNull();
  expect(kept({ kind: 'fallen', rising: trendEvent })).toBeNull();
});

it('of a post that is long sent nothing is kept that was never noted', () => {
  const why = { filters: ['ocean'], news: { kind: 'new', at: 5 }, stars: 3, missedSince: 2 };
  expect(Object.keys(Object(shortWhy(why)))).toEqual(['filters', 'news']);
  expect(shortWhy('why')).toBe('why');
});

it('an order of the best of a week that is not known any more costs itself alone', () => {
  const why = { filters: ['ocean'], news: { kind: 'new', at: 5 }, isWeekly: 'yes', asked: { kind: 'all' } };
  expect(readWhy(why)).toMatchObject({ asked: { kind: 'all' }, isWeekly: undefined });
});
