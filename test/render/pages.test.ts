import { expect, it } from 'vitest';
import { pageButtons, pageWithin } from '#src/render/paper-list.ts';

it.each([
  [0, 0, 0],
  [0, 21, 0],
  [2, 21, 2],
  [2, 20, 1],
  [99, 21, 2],
  [5, 0, 0],
  [-1, 21, 0],
  [1.5, 21, 0],
  [Number.NaN, 21, 0],
])('page %d of %i entries, ten a page, is page %i', (asked, total, page) => {
  expect(pageWithin(asked, total, 10)).toBe(page);
});

it('the buttons of a list lead one page back and one on, and nowhere beyond its ends', () => {
  const idsOf = (page: number, pages: number) =>
    JSON.stringify(pageButtons(page, pages, (to) => `list:${to}`)).match(/list:-?\d+/g);
  expect(pageButtons(0, 1, String)).toEqual([]);
  expect(idsOf(0, 3)).toEqual(['list:1']);
  expect(idsOf(1, 3)).toEqual(['list:0', 'list:2']);
  expect(idsOf(2, 3)).toEqual(['list:1']);
});
