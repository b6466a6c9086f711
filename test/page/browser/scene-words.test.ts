import { expect, it } from 'vitest';
import { dayWords, hourWords, speedWords, whenWords } from '#src/page/browser/frame/scene-words.ts';

/** In the zone of whoever looks. */
const at = (day: number, hour: number) => new Date(2026, 2, day, hour, 30).getTime();

it('a time is told by the hour, with its day where that is another', () => {
  expect([hourWords(at(10, 9)), dayWords(at(10, 9))]).toEqual(['09:30', 'Tuesday 10 March']);
  expect(whenWords(at(10, 9), at(10, 23))).toBe('09:30');
  expect(whenWords(at(11, 9), at(10, 23))).toBe('Wed 09:30');
});

it('a speed is told in words, one that no button has too', () => {
  expect(speedWords(60)).toBe('A minute passes in a second.');
  expect(speedWords(10)).toBe('10 seconds pass in a second.');
});
