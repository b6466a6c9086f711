import { describe, expect, it } from 'vitest';
import { readSensitivity } from '#src/service/read-sensitivity.ts';
import { refusalOf } from './refusal-of.ts';

describe('sensitivity', () => {
  it.each<[string, ReturnType<typeof readSensitivity>]>([
    ['', null],
    ['strict', 'sure'],
    ['sure', 'sure'],
    [' Balanced ', 'balanced'],
    ['early', 'early'],
    ['everything rising', 'wide'],
    ['about three a day', { perDay: 3 }],
    ['3/day', { perDay: 3 }],
    ['99 a day', { perDay: 99 }],
  ])('%j is understood', (text, sensitivity) => expect(readSensitivity(text)).toEqual(sensitivity));

  it.each([
    ['stric', '“stric” is not a sensitivity. Did you mean `strict`? Write `strict`, `balanced`, `early`'],
    ['all new', '“all new” is not a sensitivity. Write `strict`'],
    ['5', '“5” does not say of what. Write `sensitivity:about 5 a day`.'],
    ['5 a week', 'counted by the day. Write `sensitivity:about 1 a day`, or `what:best 5 a week`'],
    ['0 a day', 'must be from 1 to 99'],
    ['100 a day', 'must be from 1 to 99'],
    ['constructor', 'is not a sensitivity'],
  ])('%j is answered with what to write', (text, sentence) => {
    expect(refusalOf(() => readSensitivity(text))).toContain(sentence);
    expect(refusalOf(() => readSensitivity(text))).toContain('Nothing was saved.');
  });
});
