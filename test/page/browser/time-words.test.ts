import { describe, expect, it } from 'vitest';
import { leftWords, timesIn } from '#src/page/browser/message/time-words.ts';

const NOW = Date.UTC(2026, 2, 10, 12, 30);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const utc = timesIn('UTC');

describe('a time mark', () => {
  it.each([
    ['t', '12:30'],
    ['T', '12:30:00'],
    ['d', '10/03/2026'],
    ['D', '10 March 2026'],
    ['f', '10 March 2026 at 12:30'],
    ['F', 'Tuesday 10 March 2026 at 12:30'],
    ['s', '10/03/2026, 12:30'],
    ['S', '10/03/2026, 12:30:00'],
    ['unknown', '10 March 2026 at 12:30'],
  ])('of the style %s reads %s', (style, words) => {
    expect(utc.mark(NOW, style, NOW).replace('Tuesday, ', 'Tuesday ')).toBe(words);
  });

  it.each([
    [0, 'this minute'],
    [MINUTE - 1, 'this minute'],
    [-1, 'a few seconds ago'],
    [-MINUTE, 'a minute ago'],
    [-44 * MINUTE, '44 minutes ago'],
    [-HOUR, 'an hour ago'],
    [-9 * HOUR, '9 hours ago'],
    [-DAY, 'a day ago'],
    [-3 * DAY, '3 days ago'],
    [-61 * DAY, '2 months ago'],
    [-800 * DAY, '2 years ago'],
    [5 * MINUTE, 'in 5 minutes'],
    [DAY, 'in a day'],
  ])('tells %i ms from now as "%s"', (distance, words) => {
    expect(utc.mark(NOW + distance, 'R', NOW)).toBe(words);
  });

  it('that is beyond all dates says so', () => {
    expect(utc.mark(1e20, 'R', NOW)).toBe('Invalid date');
    expect(utc.mark(Number.NaN, 'f', NOW)).toBe('Invalid date');
  });
});

describe('the time of a message', () => {
  it('is told by the day it was written, as seen from now', () => {
    expect(utc.written(NOW - HOUR, NOW)).toBe('Today at 11:30');
    expect(utc.written(NOW - 13 * HOUR, NOW)).toBe('Yesterday at 23:30');
    expect(utc.written(NOW - 3 * DAY, NOW)).toBe('07/03/2026 12:30');
  });

  it('is told in the zone of whoever looks', () => {
    expect(timesIn('Asia/Tokyo').written(NOW, NOW + HOUR)).toBe('Today at 21:30');
    expect(timesIn('America/New_York').written(Date.UTC(2026, 2, 10, 2), NOW)).toBe('Yesterday at 22:00');
  });
});

describe('the time that is left', () => {
  it('is told in the largest unit that is whole', () => {
    expect(leftWords(NOW + 49 * HOUR, NOW)).toBe('2 d left');
    expect(leftWords(NOW + 90 * MINUTE, NOW)).toBe('1 h left');
    expect(leftWords(NOW + 1, NOW)).toBe('1 min left');
    expect(leftWords(NOW - HOUR, NOW)).toBe('0 min left');
  });
});
