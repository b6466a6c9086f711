import { describe, expect, it } from 'vitest';
import { readOneDay, readSince } from '#src/service/read-since.ts';
import { UserError } from '#src/wording/user-error.ts';

/** A Friday. */
const NOW = Date.parse('2026-11-27T12:30:00Z');
const read = (text: string): string | null => {
  const since = readSince(text, NOW);
  return since === null ? null : new Date(since).toISOString().replace(/:00\.000Z$/, '');
};

describe('how far back a search reaches', () => {
  it.each([
    ['24h', '2026-11-26T12:30'],
    ['２４h', '2026-11-26T12:30'],
    ['36 hours', '2026-11-26T00:30'],
    ['90 minutes', '2026-11-27T11:00'],
    ['7d', '2026-11-20T12:30'],
    ['7 D', '2026-11-20T12:30'],
    ['7d,', '2026-11-20T12:30'],
    ['>7d', '2026-11-20T12:30'],
    ['>=7d', '2026-11-20T12:30'],
    ['3 days, ago', '2026-11-24T12:30'],
    ['since 7d', '2026-11-20T12:30'],
    ['3 days', '2026-11-24T12:30'],
    ['3 days ago', '2026-11-24T12:30'],
    ['three days', '2026-11-24T12:30'],
    ['the last 3 days', '2026-11-24T12:30'],
    ['past three days', '2026-11-24T12:30'],
    ['4w', '2026-10-30T12:30'],
    ['4 weeks', '2026-10-30T12:30'],
    ['a week', '2026-11-20T12:30'],
    ['week', '2026-11-20T12:30'],
    ['last week', '2026-11-20T12:30'],
    ['the past week', '2026-11-20T12:30'],
    ['a couple of weeks', '2026-11-13T12:30'],
    ['a couple weeks', '2026-11-13T12:30'],
    ['a fortnight', '2026-11-13T12:30'],
    ['a month', '2026-10-28T12:30'],
    ['month', '2026-10-28T12:30'],
    ['last month', '2026-10-28T12:30'],
    ['2m', '2026-09-28T12:30'],
    ['last two months', '2026-09-28T12:30'],
    ['1 year', '2025-11-27T12:30'],
    ['1.5 days', '2026-11-26T00:30'],
  ])('counts %s back from now', (text, from) => expect(read(text)).toBe(from));

  it.each([
    ['today', '2026-11-27'],
    ['now', '2026-11-27'],
    ['midnight', '2026-11-27'],
    ['sunday', '2026-11-22'],
    ['last monday', '2026-11-23'],
    ['Yesterday', '2026-11-26'],
    ['the day before yesterday', '2026-11-25'],
    ['monday', '2026-11-23'],
    ['since Tue', '2026-11-24'],
    ['friday', '2026-11-27'],
    ['last friday', '2026-11-20'],
    ['this week', '2026-11-23'],
    ['this month', '2026-11-01'],
    ['this year', '2026-01-01'],
    ['2026-01-31', '2026-01-31'],
    ['２０２６-０１-３１', '2026-01-31'],
    ['2026/1/31', '2026-01-31'],
    ['20260131', '2026-01-31'],
    ['2026-01', '2026-01-01'],
    ['2026', '2026-01-01'],
    ['1900', '1900-01-01'],
    ['31.1.2026', '2026-01-31'],
    ['1.2.2026', '2026-02-01'],
    ['1.12.2025', '2025-12-01'],
    ['31.1.', '2026-01-31'],
    ['31/1/2026', '2026-01-31'],
    ['1/31/2026', '2026-01-31'],
    ['3/3/2026', '2026-03-03'],
    ['Jan 31', '2026-01-31'],
    ['31 Jan', '2026-01-31'],
    ['31 Jan.', '2026-01-31'],
    ['January 31st, 2026', '2026-01-31'],
    ['31st of January 2026', '2026-01-31'],
    ['Dec 24', '2025-12-24'],
    ['march', '2026-03-01'],
    ['sept 2025', '2025-09-01'],
    ['29 Feb', '2024-02-29'],
  ])('reads %s as a day that begins at midnight', (text, from) => expect(read(text)).toBe(`${from}T00:00`));

  it('takes an hour of a day too', () => {
    expect(read('2026-11-20T14:05Z')).toBe('2026-11-20T14:05');
    expect(read('2026-11-20 14:05')).toBe('2026-11-20T14:05');
    expect(read('2026-11-20 14:05:00 utc')).toBe('2026-11-20T14:05');
    expect(read('2026-11-20 14:05utc')).toBe('2026-11-20T14:05');
    expect(read('2026-11-20 23:59')).toBe('2026-11-20T23:59');
    expect(read('2026-11-27T12:30')).toBe('2026-11-27T12:30');
  });

  it('takes an instant as Discord writes it', () => {
    const stamp = Date.parse('2026-11-20T14:05:00Z') / 1000;
    expect(read(`<t:${stamp}>`)).toBe('2026-11-20T14:05');
    expect(read(`<t:${stamp}:R>`)).toBe('2026-11-20T14:05');
  });

  it('means today by a day of this year at midnight', () => {
    const midnight = Date.parse('2026-11-27T00:00:00Z');
    expect(readSince('Nov 27', midnight)).toBe(midnight);
  });

  it.each(['', '  ', 'since', 'always', 'all time', 'since ever'])(
    'has no end where “%s” is said',
    (text) => {
      expect(read(text)).toBeNull();
    },
  );

  it.each([
    '2026-02-30',
    '2026-13',
    '31.2.2026',
    'a while',
    'yesterweek',
    '7',
    '0d',
    '9²d',
    '12.5.x',
    'constructor',
    '5 __proto__',
    '99:00',
    '1000y',
    '9999y',
    '1/2',
    'next week',
    '1/2/26',
    'soon',
    ...['3 in days', '3 > days', 'last the day', '3 ago days', '3 friday', 'friday 3', '1last 3 days'],
    ...['some 3 days', '3 days or so', 'x<t:1763647500>', '<t:1763647500>x', '<t:12>', '<t:1763647500:1>'],
    ...['2026-11-20 14:05 sharp', '2026-11-20 24:00', '2026-11-20 14:60', '120260131', '202601315'],
    ...['2026-01-31x', 'x1.2.2026', 'x3/3/2026', '3/3/2026x', 'jan 12026', 'jan 20261', 'jan 2025 2026'],
    ...['jan 1 2', 'jan feb 1 2026', 'jan early', 'ja 31', '1899', '1/2/1899', '0026-01-31', '3000', '127y'],
  ])('asks what is meant by “%s”', (text) => {
    expect(() => read(text)).toThrow(UserError);
    expect(() => read(text)).toThrow(/tells no day\. Write `since` as `24h`, `7d`, `4w`, `yesterday`/);
  });

  it('asks which of two days is meant', () => {
    expect(() => read('1/2/2026')).toThrow(
      '“1/2/2026” may be either of two days. Write `2026-02-01` or `2026-01-02`.',
    );
    expect(() => read('05-04-2026')).toThrow('Write `2026-04-05` or `2026-05-04`.');
  });

  it('does not look for papers of days to come', () => {
    for (const text of ['2027', '2999', '2026-12-01', 'Dec 24 2026', '2026-11-27T13:00'])
      expect(() => read(text)).toThrow(
        `“${text}” is still to come, so no paper can be that new. Write a day that has begun, such as \`today\` or \`7d\`.`,
      );
  });
});

describe('one day of which somebody asks', () => {
  const day = (text: string): string | null => {
    const read = readOneDay(text, NOW);
    return read === null ? null : new Date(read).toISOString().slice(0, 10);
  };

  it.each([
    ['2026-11-03', '2026-11-03'],
    ['3.11.2026', '2026-11-03'],
    ['3 November', '2026-11-03'],
    ['Nov 3rd', '2026-11-03'],
    ['on the 3rd of November', '2026-11-03'],
    ['3 December', '2025-12-03'],
    ['2026-11-03 14:00', '2026-11-03'],
    ['today', '2026-11-27'],
    ['Yesterday', '2026-11-26'],
    ['on Tuesday', '2026-11-24'],
    ['last Friday', '2026-11-20'],
    ['this Tuesday', '2026-11-24'],
    ['previous Friday', '2026-11-20'],
    ['Tuesday 3 November', '2026-11-03'],
    ['Tue 3 Nov', '2026-11-03'],
    ['Tuesday, November 3, 2026 2:05 PM', '2026-11-03'],
    ['Tuesday, 3 November 2026 at 14:05', '2026-11-03'],
    ['yesterday at 14:05', '2026-11-26'],
    ['3 days ago', '2026-11-24'],
    ['a week ago', '2026-11-20'],
    ['tomorrow', '2026-11-28'],
    ['2027-01-31', '2027-01-31'],
  ])('is read in %s', (text, read) => expect(day(text)).toBe(read));

  it.each([
    'soon',
    'November',
    'November 2026',
    'November of 2026',
    '2026 November',
    'nov-2026',
    'nov/2026',
    '2026',
    '2026-11',
    'this week',
    'last week',
    '2026-02-30',
    '7d',
    'Monday 3 November',
    '9999 years ago',
    'this month',
  ])('is not read in %s, which says none or several', (text) => expect(day(text)).toBeNull());

  it('is not guessed where it may be either of two', () => {
    expect(() => day('3/11/2026')).toThrow('either of two days');
  });
});
