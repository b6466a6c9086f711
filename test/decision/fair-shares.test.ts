import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fairShares } from '#src/decision/fair-shares.ts';

const GIVERS = ['a', 'b', 'c', 'd'].map((id, index) => ({ id, createdAt: index }));
type Item = { paper: number; by: string[] };
const itemsOf = (...wanted: string[]): Item[] => wanted.map((ids, paper) => ({ paper, by: [...ids] }));
const shares = (items: readonly Item[]) =>
  fairShares(items, ({ by }) => GIVERS.filter(({ id }) => by.includes(id))).map(
    ({ item, giver }) => `${giver.id}${item.paper}`,
  );

const someItems = fc
  .array(fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1 }), { maxLength: 40 })
  .map((all) => all.map((by, paper) => ({ paper, by })));

describe('the order of a digest', () => {
  it('is in turns, the oldest subscription first, each with its best that nobody gave yet', () => {
    expect(shares(itemsOf('a', 'a', 'a', 'b', 'ab', 'c'))).toEqual(['a0', 'b3', 'c5', 'a1', 'b4', 'a2']);
  });

  it('gives a paper that two want once, under the one whose turn comes first', () => {
    expect(shares(itemsOf('ab', 'ab', 'a'))).toEqual(['a0', 'b1', 'a2']);
  });

  it('is best first where there is one subscription', () => {
    expect(shares(itemsOf('b', 'b', 'b'))).toEqual(['b0', 'b1', 'b2']);
  });

  it('asks the oldest subscription first, whatever its name and however late its first paper stands', () => {
    const givers = [
      { id: 'z', createdAt: 1 },
      { id: 'b', createdAt: 2 },
      { id: 'a', createdAt: 2 },
    ];
    const order = (listed: readonly string[]) =>
      fairShares(listed, (id) => givers.filter((giver) => giver.id === id)).map(({ item }) => item);
    expect(order(['b', 'a', 'z'])).toEqual(['z', 'a', 'b']);
    expect(order(['a', 'b', 'z'])).toEqual(['z', 'a', 'b']);
  });

  it('has every paper once, under one who wants it', () => {
    fc.assert(
      fc.property(someItems, (items) => {
        const given = shares(items);
        expect(given.map((one) => Number(one.slice(1))).toSorted((a, b) => a - b)).toEqual(
          items.map(({ paper }) => paper),
        );
        for (const one of given) expect(items[Number(one.slice(1))].by).toContain(one[0]);
      }),
    );
  });

  it('has among the first so many papers as many of each subscription as its share, or all that it alone could give', () => {
    fc.assert(
      fc.property(someItems, fc.integer({ min: 1, max: 10 }), (items, rounds) => {
        const given = shares(items).slice(0, rounds * GIVERS.length);
        for (const { id } of GIVERS) {
          const own = given.filter((one) => one.startsWith(id)).length;
          const wanted = items.filter(({ by }) => by.includes(id));
          const shown = wanted.filter(({ paper }) => given.some((one) => Number(one.slice(1)) === paper));
          expect(own >= rounds || shown.length === wanted.length).toBe(true);
        }
      }),
    );
  });
});
