import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSpeller, isOneSlip } from '#src/match/search/speller.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), minLength: 1, maxLength: 6 });

test('a slip of one letter finds the word that was meant', () => {
  const speller = createSpeller();
  speller.learn('diffusion');
  for (const slip of ['difusion', 'difffusion', 'diffasion', 'dfifusion', 'diffusio', 'iffusion']) {
    expect(speller.suggest(slip, 3)).toEqual(['diffusion']);
  }
});

test('the commoner word comes first', () => {
  const speller = createSpeller();
  for (const each of ['mode', 'modes', 'model', 'model', 'modes', 'model']) speller.learn(each);
  expect(speller.suggest('modem', 2)).toEqual(['model', 'modes']);
  expect(speller.complete('mo', 2)).toEqual(['model', 'modes']);
});

test('a word of no length, a long word and an unknown prefix have no proposals', () => {
  const speller = createSpeller();
  speller.learn('x'.repeat(1000));
  expect(speller.suggest('', 3)).toEqual([]);
  expect(speller.suggest('x'.repeat(999), 3)).toEqual([]);
  expect(speller.complete('zebra', 3)).toEqual([]);
});

test('the proposals are exactly the known words one slip away, as a comparison with every word finds them', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), word, (known, typed) => {
      const speller = createSpeller();
      for (const each of known) speller.learn(each);
      const expected = [...new Set(known)].filter((each) => slips(each, typed) === 1);
      expect(speller.suggest(typed, 100).toSorted()).toEqual(expected.toSorted());
    }),
    { numRuns: 500 },
  );
});

test('a completion finds every known word with that prefix, however many words there are', () => {
  const speller = createSpeller();
  const known = Array.from({ length: 3000 }, (_, number) => number.toString(5));
  for (const each of known) speller.learn(each);
  for (const prefix of ['', '1', '12', '333', '4444']) {
    const expected = known.filter((each) => each.startsWith(prefix)).toSorted();
    expect(speller.complete(prefix, 5000).toSorted()).toEqual(expected);
  }
});

test('one slip is what an edit-distance table calls distance one', () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(isOneSlip(a, b)).toBe(slips(a, b) === 1);
    }),
  );
});

/** Optimal string alignment distance, by the textbook's table. */
function slips(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => i || j),
  );
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      table[i][j] = Math.min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
      }
    }
  }
  return table[a.length][b.length];
}
