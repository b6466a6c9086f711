import { describe, expect, it } from 'vitest';
import { readHour, readHours, readTimeOfDay } from '#src/service/read-hours.ts';
import { refusalOf } from './refusal-of.ts';

describe('an hour', () => {
  it.each([
    ...[
      '9',
      '9am',
      '9 am',
      '9 a.m.',
      '9:00',
      '09.00',
      '0900',
      '900',
      '9h',
      '9h00',
      '９：００',
      'at 9',
      '9 o’clock',
      '9 Uhr',
    ].map((text) => [text, '09:00']),
    ['9uhr', '09:00'],
    ['9 oclock', '09:00'],
    ['9p', '21:00'],
    ['1am', '01:00'],
    ['9:59am', '09:59'],
    ['9:30pm', '21:30'],
    ['930pm', '21:30'],
    ['9h30', '09:30'],
    ['9 h 30', '09:30'],
    ['21 h', '21:00'],
    ['21:00 Uhr', '21:00'],
    ['17.30', '17:30'],
    ['23:59', '23:59'],
    ['noon', '12:00'],
    ['12pm', '12:00'],
    ['midnight', '00:00'],
    ['12am', '00:00'],
    ['12:30 am', '00:30'],
    ['24:00', '00:00'],
    ['0', '00:00'],
  ])('%j is %s', (text, hour) => expect(readTimeOfDay(text)).toBe(hour));

  it.each([
    '25:00',
    '9:75',
    '13pm',
    '0am',
    '24:30',
    '9:5',
    '9²',
    '-9',
    '9-10',
    'nine',
    '',
    '12345',
    '9:00:00',
    ...['9at 30', '9,30', '9uhr30', '130 h', 'x9am', '9:75am'],
  ])('%j is none', (text) => expect(readTimeOfDay(text)).toBeNull());
});

describe('an hour with its zone', () => {
  it.each([
    ['9am New York', 'America/New_York'],
    ['9am  Berlin', 'Europe/Berlin'],
    ['9am in Berlin', 'Europe/Berlin'],
    ['9am Berlin time', 'Europe/Berlin'],
    ['9am (Berlin)', 'Europe/Berlin'],
    ['9am UK', 'Europe/London'],
    ['9am nz', 'Pacific/Auckland'],
  ])('%j is at nine there', (text, zone) => expect(readHour(text)).toEqual({ at: '09:00', zone }));

  it.each([
    ['9am UTC+20', 'No place has the time “UTC+20”.'],
    ['9am Berln', 'Did you mean `zone:Berlin`'],
    ['9am no', '“9am no” is not a time of day.'],
  ])('%j is answered with what to write', (text, sentence) => {
    expect(refusalOf(() => readHour(text))).toContain(sentence);
  });
});

describe('quiet hours', () => {
  it.each([
    '22:00-07:00',
    '22-7',
    '10pm-7am',
    '10 pm – 7 am',
    '22:00 to 07:00',
    'from 22:00 until 7:00',
    'between 10pm and 7am',
    '22h–7h',
    '22 h – 7 h',
    '22:00—07:00',
    '22:00〜07:00',
    '２２：００－０７：００',
    '22-7am',
    '22:00 -> 07:00',
    '22:00 --> 07:00',
  ])('%j are from ten to seven', (text) =>
    expect(readHours(text)).toEqual({ from: '22:00', to: '07:00', zone: null }),
  );

  it.each([
    ['1-5', '01:00', '05:00'],
    ['9-11', '09:00', '11:00'],
    ['12-midnight', '12:00', '00:00'],
    ['noon to midnight', '12:00', '00:00'],
    ['18:00-7', '18:00', '07:00'],
  ])('%j are not longer than half a day, or say which half', (text, from, to) =>
    expect(readHours(text)).toEqual({ from, to, zone: null }),
  );

  it('may name their zone, and may be none', () => {
    const quiet = { from: '22:00', to: '07:00', zone: 'Europe/Berlin' };
    expect(readHours('22:00 – 07:00 Europe/Berlin')).toEqual(quiet);
    expect(readHours('10pm-7am (Munich)')).toEqual(quiet);
    expect(readHours('10 pm – 7 am, Berlin')).toEqual(quiet);
    expect(readHours('22-7 Africa/Porto-Novo')).toEqual({ ...quiet, zone: 'Africa/Porto-Novo' });
    for (const text of ['', '  ', 'none', 'no', 'never', 'Off']) expect(readHours(text)).toBeNull();
  });

  it.each([
    ['22:00', 'not a span of hours'],
    ['x-7', 'not a span of hours'],
    ['22:00-', 'not a span of hours'],
    ['22:00-25:00', 'not a span of hours'],
    ['1-2-3', 'not a span of hours'],
    ['night', 'not a span of hours'],
    ['10-7am', 'can be meant in two ways'],
    ['10pm-7', 'can be meant in two ways'],
    ['22:00-22:00', 'can mean no hour or all of them'],
    ['10pm-22', 'can mean no hour or all of them'],
    ['22-7 IST', 'India, Ireland and Israel'],
    ...['10-7', '9-5 Berlin', 'noon to 2', '12-1', '10-2'].map((text) => [text, 'can be meant in two ways']),
  ])('%j are refused', (text, sentence) => expect(refusalOf(() => readHours(text))).toContain(sentence));
});
