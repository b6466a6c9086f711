import { describe, expect, it } from 'vitest';
import { readScope } from '#src/service/read-scope.ts';
import { refusalOf } from './refusal-of.ts';

const trending = (sensitivity: string | { perDay: number }) => ({ kind: 'trending', sensitivity });
const about = (perDay: number) => trending({ perDay });
const best = (n: number) => ({ kind: 'top', n });

describe('scope', () => {
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
  ])('%j is understood', (text, scope) => expect(readScope(text).scope).toEqual(scope));

  it.each([
    ['best', 'is not a scope'],
    ['zebra', '“zebra” is not a scope. Write `strict`'],
    ['early the trending', 'Write `scope:early` or `scope:the trending`'],
    ['everything trending rising', 'is not a scope'],
    ['everything papers rising', 'is not a scope'],
    ['best the 5', 'is not a scope'],
    ['some 5', 'is not a scope'],
    ['5 apples', 'is not a scope'],
    ['strict zebra', 'is not a scope'],
    ['early &', 'is not a scope'],
    ['stric', 'Did you mean `strict`?'],
    ['everythin', 'Did you mean `everything`?'],
    ['top 0', 'must be from 1 to 99. Write for example `best 5`, or `all`'],
    ['15', 'Write `best 15` for the best of a day'],
    ['all early new', 'Write `scope:early` or `scope:all new`'],
    ['all+new early', 'Write `scope:early` or `scope:all new`'],
    ['top 100', 'must be from 1 to 99'],
    ['0 a day', 'must be from 1 to 99. Write for example `about 3 a day`, or `all`'],
    ['9999999999999999999 a day', 'must be from 1 to 99'],
    ['5', 'Write `best 5` for the best of a day, or `about 5 a day` for a sensitivity'],
    ['5 a week', 'counted by the day'],
    ['all early', 'Write `scope:early` or `scope:all`'],
    ['top 5 strict', 'Write `scope:strict` or `scope:top 5`'],
    ['strict early', 'Write `scope:strict` or `scope:early`'],
    ['about 3 a day, wide', 'Write `scope:wide` or `scope:about 3 a day`'],
    ['-3 a day', 'is not a scope'],
    ['constructor', 'is not a scope'],
  ])('%j is answered with what to write', (text, sentence) => {
    expect(refusalOf(() => readScope(text))).toContain(sentence);
    expect(refusalOf(() => readScope(text))).toContain('Nothing was saved.');
  });
});
