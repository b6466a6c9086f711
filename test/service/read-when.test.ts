import { describe, expect, it } from 'vitest';
import { readWhen } from '#src/service/read-when.ts';
import { refusalOf } from './refusal-of.ts';

describe('when', () => {
  const daily = { kind: 'daily' };
  const weekly = (weekday: number) => ({ kind: 'weekly', weekday });
  const plain = { at: null, zone: null };

  it.each<[string, object]>([
    ['', { ...plain, frequency: null }],
    ...['as it happens', 'As-it-happens', 'as they happen', 'instantly', 'now'].map(
      (text) => [text, { ...plain, frequency: { kind: 'now' } }] as [string, object],
    ),
    ...['daily', 'every day', 'once a day'].map(
      (text) => [text, { ...plain, frequency: daily }] as [string, object],
    ),
    ...[
      'daily 9am',
      'every day at 9',
      'daily at 09:00',
      '9am',
      '9am daily',
      'daily@9',
      ' daily 9 ',
      'at 9 every day',
      'ｄａｉｌｙ ９：００',
    ].map((text) => [text, { at: '09:00', zone: null, frequency: daily }] as [string, object]),
    ...['weekly', 'every week', 'mondays', 'weekly on Monday', 'weekly_monday'].map(
      (text) => [text, { ...plain, frequency: weekly(1) }] as [string, object],
    ),
    ...['weekly on fridays', 'Fri', 'every friday', 'on Friday', 'weekly friday'].map(
      (text) => [text, { ...plain, frequency: weekly(5) }] as [string, object],
    ),
    ['thurs', { ...plain, frequency: weekly(4) }],
    ['fridays 18:00 Berlin', { at: '18:00', zone: 'Europe/Berlin', frequency: weekly(5) }],
    ['daily at 09:00 (Asia/Kolkata)', { at: '09:00', zone: 'Asia/Kolkata', frequency: daily }],
    ['weekly on every friday', { ...plain, frequency: weekly(5) }],
    ['daily Frankfurt', { at: null, zone: 'Europe/Berlin', frequency: daily }],
    ['daily Perth', { at: null, zone: 'Australia/Perth', frequency: daily }],
    ['daily Mumbai', { at: null, zone: 'Asia/Kolkata', frequency: daily }],
  ])('%j is understood', (text, read) => expect(readWhen(text)).toEqual(read));

  it.each<readonly [string, string]>([
    ...['hourly', 'weekdays', 'every 2 hours', 'monthly', 'twice a day', 'mon, wed', 'monday to friday'].map(
      (text) => [text, 'Write `when:as it happens`, `when:daily` or `when:weekly friday`'] as const,
    ),
    ['dayly', 'Did you mean `daily`?'],
    ['weekly firday', 'Did you mean `weekly friday`?'],
    ['weekly on someday', 'is not a time to post'],
    ['never', '“never” is not a time to post. Write `as it happens`'],
    ['friday zebra', 'is not a time to post'],
    ['9 zebra crossings', 'is not a time to post'],
    ['9am Berln', 'is not a time to post'],
    ['daily Berlin 9', '“Berlin 9” is not a time zone'],
    ['daily at  nine', '“nine” is not a time of day'],
    ['daily 25:00', '“25:00” is not a time of day'],
    ['daily 9am IST', 'India, Ireland and Israel'],
    ['daily 9am LA', 'the United States and Laos'],
    ['weekly Fr', 'Did you mean `weekly friday`?'],
    ['weekly Mo', 'Did you mean `weekly monday`?'],
    ['daily my time', 'is not a time to post'],
    ['daily 9am my time', '“9am my time” is not a time of day'],
    ['daily 9 pm pm', '“9 pm pm” is not a time of day'],
    ['daily at nine', '“nine” is not a time of day'],
  ])('%j is answered with what to write', (text, sentence) => {
    expect(refusalOf(() => readWhen(text))).toContain(sentence);
  });
});
