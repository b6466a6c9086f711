import { describe, expect, it } from 'vitest';
import { isOfEarlierMonths, monthOf, readPast, startOf } from '#src/paper/paper-dates.ts';

const monthTold = (id: string): string | null => {
  const month = monthOf(id);
  return month === null ? null : new Date(startOf(month)).toISOString().slice(0, 10);
};

describe('the month that an id tells', () => {
  it.each([
    ['2603.90201', '2026-03-01'],
    ['0704.0001', '2007-04-01'],
    ['1905.91234', '2019-05-01'],
    ['hep-th/9901999', '1999-01-01'],
    ['math/0309136', '2003-09-01'],
    ['hep-th/9108001', '1991-08-01'],
    ['cs/0001001', '2000-01-01'],
    ['2613.00001', null],
    ['paper', null],
  ])('%s: %s', (id, month) => {
    expect(monthTold(id)).toBe(month);
  });

  it.each([
    ['2603.00001', '2026-03-31', false],
    ['2603.00001', '2026-04-30', false],
    ['2603.00001', '2026-05-01', true],
    ['2512.00001', '2026-01-31', false],
    ['2511.00001', '2026-01-01', true],
    ['2604.00001', '2026-03-10', false],
    ['unknown', '2026-03-10', false],
  ])('%s is of an earlier month than the last on %s: %s', (id, day, isEarlier) => {
    expect(isOfEarlierMonths(id, Date.parse(day))).toBe(isEarlier);
  });
});

describe('a date in the past', () => {
  const NOW = Date.parse('2026-03-10T12:00:00Z');
  it.each([
    ['Tue, 10 Mar 2026 00:00:00 -0400', '2026-03-10T04:00:00.000Z'],
    ['Tue, 10 Mar 2026 00:00:00 +0000', '2026-03-10T00:00:00.000Z'],
    ['2026-03-10T00:30:00.0001Z', '2026-03-10T00:30:00.000Z'],
    ['1991-08-14T00:00:00Z', '1991-08-14T00:00:00.000Z'],
    ['Mon, 01 Jan 0001 00:00:00 +0000', null],
    ['Mon, 01 Jan 0099 00:00:00 GMT', null],
    ['0026-03-10', null],
    ['1970-01-01T00:00:00Z', null],
    ['2026-03-13T00:00:00Z', null],
    ['12026-03-10', null],
    ['2026-02-28T00:00:00Z', '2026-02-28T00:00:00.000Z'],
    ['2026-02-30T00:00:00Z', null],
    ['Mon, 31 Feb 2026 00:00:00 -0500', null],
    ['Mon, 9 March 2026 00:00:00 -0500', '2026-03-09T05:00:00.000Z'],
    ['-1', null],
    ['12', null],
    ['soon, at 5', null],
    ['', null],
    [null, null],
  ])('%s is %s', (written, instant) => {
    const read = readPast(written, NOW);
    expect(read === null ? null : new Date(read).toISOString()).toBe(instant);
  });
});
