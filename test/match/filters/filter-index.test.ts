import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holds, matchFilter, prepareDocument, prepareFilter } from '#src/match/evaluate/explain.ts';
import { createFilterIndex, type FilterIndex } from '#src/match/filters/filter-index.ts';
import { type Filter, type MatchDocument, NOTHING_KNOWN } from '#src/match/language/filter.ts';
import { readRecordedPapers, recordingsExist } from '#test/bench/recorded-papers.ts';
import { anyFilter, anyPaper, askingFor, NOW, topic, writtenFilters } from '../filters-and-papers.ts';

const word = (text: string): Filter => ({ kind: 'word', text, field: null });
const paper = (abstract: string): MatchDocument => ({ ...NOTHING_KNOWN, id: '2601.00001', abstract });

function settle(index: FilterIndex): void {
  while (index.refresh());
}

test('the index answers what trying every filter on every paper answers', () => {
  fc.assert(
    fc.property(
      fc.array(anyFilter, { minLength: 1, maxLength: 20 }),
      fc.array(anyPaper, { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      (filters, papers, laidOut) => {
        const index = createFilterIndex();
        for (const [number, filter] of filters.entries()) index.add(String(number), filter);
        if (laidOut) index.renew();
        settle(index);
        for (const each of papers) {
          const expected = filters.flatMap((filter, number) =>
            matchFilter(filter, each, NOW) ? [String(number)] : [],
          );
          expect(index.match(each, NOW).toSorted()).toEqual(expected.toSorted());
        }
      },
    ),
    { numRuns: 1500 },
  );
});

test('filters that have the same topics answer what trying each of them answers, paper after paper', () => {
  fc.assert(
    fc.property(
      fc.array(anyFilter, { minLength: 1, maxLength: 4 }),
      anyFilter,
      fc.array(anyPaper, { minLength: 1, maxLength: 6 }),
      (topics, filter, papers) => {
        const filters = askingFor([...topics, { kind: 'not', part: topic(topics[0]) }], filter);
        const index = createFilterIndex();
        for (const [number, each] of filters.entries()) index.add(String(number), each);
        settle(index);
        for (const each of papers) {
          const expected = filters.flatMap((one, number) =>
            matchFilter(one, each, NOW) ? [String(number)] : [],
          );
          expect(index.match(each, NOW).toSorted()).toEqual(expected.toSorted());
        }
      },
    ),
    { numRuns: 300 },
  );
});

type Step =
  | { kind: 'add'; key: string; filter: Filter }
  | { kind: 'remove'; key: string }
  | { kind: 'renew' };
const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), key, filter: anyFilter }),
  fc.record({ kind: fc.constant('remove' as const), key }),
  fc.record({ kind: fc.constant('renew' as const) }),
);

test('filters come and go while papers are matched, in any order', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 40 }),
      fc.array(anyPaper, { minLength: 1, maxLength: 3 }),
      (steps, papers) => {
        const index = createFilterIndex();
        const held = new Map<string, Filter>();
        for (const each of steps) {
          if (each.kind === 'add') index.add(each.key, each.filter);
          if (each.kind === 'remove') expect(index.remove(each.key)).toBe(held.has(each.key));
          if (each.kind === 'renew') index.renew();
          if (each.kind === 'add') held.set(each.key, each.filter);
          if (each.kind === 'remove') held.delete(each.key);
          expect(index.size).toBe(held.size);
          for (const one of papers) {
            const expected = [...held]
              .filter(([, filter]) => matchFilter(filter, one, NOW))
              .map(([name]) => name);
            expect(index.match(one, NOW).toSorted()).toEqual(expected.toSorted());
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('thousands of filters are added, laid out anew and removed without one being lost', () => {
  const index = createFilterIndex();
  for (let number = 0; number < 5000; number++) index.add(`f${number}`, word(`w${number % 1000}x`));
  expect(index.match(paper('w7x'), NOW).toSorted()).toEqual(['f1007', 'f2007', 'f3007', 'f4007', 'f7']);
  for (let number = 0; number < 5000; number++) if (number % 1000 !== 7) index.remove(`f${number}`);
  settle(index);
  expect(index.match(paper('w7x w8x'), NOW)).toHaveLength(5);
  for (let number = 0; number < 3000; number++) index.add(`g${number}`, word(`v${number}`));
  settle(index);
  expect(index.match(paper('w7x w8x v2999'), NOW)).toHaveLength(6);
});

test('equal filters are kept once, however they are written', () => {
  const index = createFilterIndex();
  index.add('one', { kind: 'and', parts: [word('models'), word('data')] });
  index.add('two', { kind: 'and', parts: [word('data'), word('Model'), word('data')] });
  expect(index.memory().distinct).toBe(1);
  expect(index.match(paper('data model'), NOW).toSorted()).toEqual(['one', 'two']);
});

test('a filter with only NOT or only a number is matched against every paper', () => {
  const index = createFilterIndex();
  index.add('not', { kind: 'not', part: word('survey') });
  index.add('many', { kind: 'number', figure: 'upvotes', is: '>=', value: 10 });
  expect(index.match({ ...paper('a survey'), upvotes: 12 }, NOW)).toEqual(['many']);
  expect(index.match(paper('anything'), NOW)).toEqual(['not']);
});

test('a filter of a thousand alternatives in brackets with a thousand others matches', () => {
  const many = (letter: string): Filter => ({
    kind: 'or',
    parts: Array.from({ length: 1000 }, (_, number) => word(`${letter}${number}`)),
  });
  const index = createFilterIndex();
  index.add('wide', { kind: 'and', parts: [many('a'), many('b')] });
  expect(index.match(paper('a999 b0'), NOW)).toEqual(['wide']);
  expect(index.match(paper('a999 c0'), NOW)).toEqual([]);
});

test('a function word is not read as the beginning of a prefix: "an algorithm" is no anal*', () => {
  const index = createFilterIndex();
  index.add('anal', { kind: 'prefix', text: 'anal', field: null });
  index.add('finetun', { kind: 'prefix', text: 'finetun', field: null });
  expect(index.match(paper('an algorithm for fine tuning'), NOW)).toEqual(['finetun']);
});

test('a phrase is found where the text writes two of its words as one, among many other phrases', () => {
  const phrase = (text: string): Filter => ({ kind: 'phrase', text, field: null, within: null });
  const index = createFilterIndex();
  index.add('wanted', phrase('large data set of images'));
  for (let number = 0; number < 100; number++) index.add(`other ${number}`, phrase(`large w${number} set`));
  for (const text of [
    'a large dataset of images',
    'a large data set of images',
    'large data-sets of images',
  ]) {
    expect(index.match(paper(text), NOW)).toEqual(['wanted']);
  }
  expect(index.match(paper('a large date set of images, or a large dataset images'), NOW)).toEqual([]);
});

describe.skipIf(!recordingsExist())('on recorded days (needs the recordings)', () => {
  test('the index answers for filters as people write them what trying each of them answers', () => {
    const papers = readRecordedPapers('2026-03-16', '2026-03-24');
    const filters = writtenFilters(readRecordedPapers('2026-02-01', '2026-03-01'), 400);
    const conditions = filters.map(prepareFilter);
    const index = createFilterIndex();
    for (const [number, filter] of filters.entries()) index.add(String(number), filter);
    for (const each of papers.slice(0, 20)) index.learn(each);
    index.renew();
    settle(index);
    for (const each of papers) {
      const read = prepareDocument(each);
      const expected = conditions.flatMap((condition, number) =>
        holds(condition, read, NOW) ? [String(number)] : [],
      );
      expect(index.match(each, NOW).toSorted()).toEqual(expected.toSorted());
    }
  });
});
