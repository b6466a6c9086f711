import { describe, expect, it } from 'vitest';
import { readWhat } from '#src/service/read-what.ts';
import { refusalOf } from './refusal-of.ts';

const trending = (sensitivity: string | { perDay: number }) => ({ kind: 'trending', sensitivity });
const about = (perDay: number) => trending({ perDay });
const best = (n: number) => ({ kind: 'top', n });

describe('what', () => {
  it.each<[string, object]>([
    ...['', 'Trending', 'newly trending', 'balanced'].map(
      (text) => [text, trending('balanced')] as [string, object],
    ),
    ...['sure', 'strict', ' STRICT '].map((text) => [text, trending('sure')] as [string, object]),
    ['early', trending('early')],
    ['newly trending (early)', trending('early')],
    ['early newly trending papers', trending('early')],
    ['early trending paper', trending('early')],
    ['trending paper early', trending('early')],
    ['trending:early', trending('early')],
    ['the trending', trending('balanced')],
    ['strict paper', trending('sure')],
    ['strict papers', trending('sure')],
    ['strict trending', trending('sure')],
    ...['wide', 'everything rising'].map((text) => [text, trending('wide')] as [string, object]),
    ...[
      'about 3 a day',
      '3 a day',
      '3/day',
      '3 /day',
      '3/ day',
      '3 per day',
      '~3 a day',
      '３ a day',
      '3 papers a day',
      '3 daily',
    ].map((text) => [text, about(3)] as [string, object]),
    ...['all', 'all new', 'everything', 'every new paper'].map(
      (text) => [text, { kind: 'all' }] as [string, object],
    ),
    ...[
      'top 5',
      'top5',
      'Top-5',
      'best 5',
      'best5',
      '5 best',
      'best 5 a day',
      'best 5/day',
      'top ５',
      'the best 5 of a day',
      'best five',
    ].map((text) => [text, best(5)] as [string, object]),
    ['best 3 a day', best(3)],
    ['the best paper of a day', best(1)],
  ])('%j is understood', (text, what) => expect(readWhat(text).what).toEqual(what));

  it.each([
    ['best', 'is not something to post'],
    [
      'zebra',
      '“zebra” is not something to post. Write `newly trending`, `all new`, `best 5 a day` or `best 5 a week`.',
    ],
    ['early the trending', 'Write `sensitivity:early` or `what:the trending`'],
    ['everything trending rising', 'is not something to post'],
    ['everything papers rising', 'is not something to post'],
    ['best the 5', 'is not something to post'],
    ['some 5', 'is not something to post'],
    ['5 apples', 'is not something to post'],
    ['strict zebra', 'is not something to post'],
    ['early &', 'is not something to post'],
    ['stric', 'Did you mean `sensitivity:strict`?'],
    ['everythin', 'Did you mean `what:everything`?'],
    ['top 0', 'must be from 1 to 99. Write for example `what:best 5 a day`, or `what:all new`'],
    ['15', 'Write `what:best 15 a day` for the best of a day'],
    ['all early new', 'Write `sensitivity:early` or `what:all new`'],
    ['all+new early', 'Write `sensitivity:early` or `what:all new`'],
    ['top 100', 'must be from 1 to 99'],
    ['0 a day', 'must be from 1 to 99. Write for example `sensitivity:about 3 a day`, or `what:all new`'],
    ['9999999999999999999 a day', 'must be from 1 to 99'],
    [
      '5',
      'Write `what:best 5 a day` for the best of a day, or `sensitivity:about 5 a day` for newly trending papers',
    ],
    ['5 a week', 'counted by the day'],
    ['all early', 'Write `sensitivity:early` or `what:all`'],
    ['top 5 strict', 'Write `sensitivity:strict` or `what:top 5`'],
    ['strict early', 'Write `sensitivity:strict` or `sensitivity:early`'],
    ['about 3 a day, wide', 'Write `sensitivity:wide` or `sensitivity:about 3 a day`'],
    ['-3 a day', 'is not something to post'],
    ['constructor', 'is not something to post'],
  ])('%j is answered with what to write', (text, sentence) => {
    expect(refusalOf(() => readWhat(text))).toContain(sentence);
    expect(refusalOf(() => readWhat(text))).toContain('Nothing was saved.');
  });
});
