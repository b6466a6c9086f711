import { describe, expect, it } from 'vitest';
import {
  drawableIndex,
  drawnRange,
  earlierFirst,
  firstAround,
  laterFirst,
} from '#src/page/browser/message/drawn-window.ts';
import { pageMessage } from './page-message.ts';

const log = (count: number, hasEarlier = false) => ({
  messages: Array.from({ length: count }, (_, i) => pageMessage({ id: `m${i}` })),
  hasEarlier,
});

describe('the messages that are drawn', () => {
  it('are the newest alone when a place is opened', () => {
    expect(drawnRange(log(2000), null, true)).toEqual({ from: 1960, to: 2000 });
    expect(drawnRange(log(3), null, true)).toEqual({ from: 0, to: 3 });
  });

  it('begin at the one that the viewer scrolled up to, and are never more than 120', () => {
    expect(drawnRange(log(2000), 'm100', false)).toEqual({ from: 100, to: 220 });
  });

  it('hold the newest at the present, however many came since', () => {
    expect(drawnRange(log(2000), 'm100', true)).toEqual({ from: 1880, to: 2000 });
  });

  it('are the newest again when the first of them was deleted', () => {
    expect(drawnRange(log(100), 'gone', false)).toEqual({ from: 60, to: 100 });
  });

  it('do not begin with the first that is loaded while there are earlier ones: its row would change', () => {
    expect(drawnRange(log(30, true), null, true)).toEqual({ from: 1, to: 30 });
    expect(drawableIndex(log(30, true), 'm0')).toBe(-1);
    expect(drawableIndex(log(30), 'm0')).toBe(0);
  });

  it('grow towards the end that the viewer comes near', () => {
    expect(earlierFirst(log(2000), { from: 100, to: 220 })).toBe('m90');
    expect(earlierFirst(log(2000, true), { from: 8, to: 128 })).toBe('m1');
    expect(earlierFirst(log(2000), { from: 0, to: 120 })).toBeNull();
    expect(laterFirst(log(2000), { from: 100, to: 220 })).toBe('m110');
    expect(laterFirst(log(2000), { from: 1880, to: 2000 })).toBeNull();
  });

  it('stand around a message that shall be seen', () => {
    expect(firstAround(log(2000), 500)).toBe('m460');
    expect(firstAround(log(2000), 3)).toBe('m0');
  });
});
