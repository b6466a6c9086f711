import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holds, matchFilter, prepareDocument, prepareFilter } from '#src/match/evaluate/explain.ts';
import { type Filter, type MatchDocument, NOTHING_KNOWN } from '#src/match/language/filter.ts';
import { createSearchIndex, restoreSearchIndex } from '#src/match/search/search-index.ts';
import { readRecordedPapers, recordingsExist } from '#test/bench/recorded-papers.ts';
import { anyFilter, anyPaper, NOW, writtenFilters } from '../filters-and-papers.ts';

const word = (text: string): Filter => ({ kind: 'word', text, field: null });
const paper = (id: string, change: Partial<MatchDocument>): MatchDocument => ({
  ...NOTHING_KNOWN,
  id,
  ...change,
});

test('search finds a paper if and only if the filter matches it', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyPaper, { minLength: 1, maxLength: 15, selector: ({ id }) => id }),
      fc.array(anyFilter, { minLength: 1, maxLength: 8 }),
      (papers, filters) => {
        const index = createSearchIndex();
        for (const each of papers) index.add(each);
        for (const filter of filters) {
          const expected = papers.filter((each) => matchFilter(filter, each, NOW)).map(({ id }) => id);
          const { total, hits } = index.searchNow(filter, { limit: 100, now: NOW });
          expect(hits.map((hit) => hit.paper).toSorted()).toEqual(expected.toSorted());
          expect(total).toBe(expected.length);
        }
      },
    ),
    { numRuns: 1500 },
  );
});

test('asked about some papers, it tells which of them the filter matches, in whatever order they are named', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyPaper, { minLength: 1, maxLength: 15, selector: ({ id }) => id }),
      fc.array(anyFilter, { minLength: 1, maxLength: 6 }),
      fc.nat(15),
      async (papers, filters, others) => {
        const index = createSearchIndex();
        for (const each of papers) index.add(each);
        const asked = papers.slice(others).toReversed();
        for (const filter of filters) {
          const matching = await index.matching(filter, [...asked.map(({ id }) => id), 'unknown'], NOW);
          const expected = asked.filter((each) => matchFilter(filter, each, NOW)).map(({ id }) => id);
          expect([...matching.papers].toSorted()).toEqual(expected.toSorted());
          expect(matching.complete).toBe(true);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('asked whether any paper matches, it says what a search would find, also once papers are gone', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyPaper, { minLength: 1, maxLength: 6, selector: ({ id }) => id }),
      fc.array(anyFilter, { minLength: 1, maxLength: 6 }),
      async (papers, filters) => {
        const index = createSearchIndex();
        for (const each of papers) index.add(each);
        for (const { id } of papers) {
          for (const filter of filters) {
            const { total } = index.searchNow(filter, { limit: 1, now: NOW });
            expect(await index.finds(filter, NOW)).toBe(total > 0);
          }
          index.remove(id);
        }
        expect(await index.finds({ kind: 'not', part: word('zebra') }, NOW)).toBe(false);
      },
    ),
    { numRuns: 200 },
  );
});

test('searching in slices finds the same as searching at once', async () => {
  const index = createSearchIndex();
  for (let number = 0; number < 3000; number++)
    index.add(paper(`p${number}`, { abstract: `model w${number % 7}` }));
  const filter: Filter = { kind: 'and', parts: [word('model'), { kind: 'not', part: word('w3') }] };
  const options = { limit: 20, offset: 5, now: NOW };
  expect(await index.search(filter, options)).toEqual(index.searchNow(filter, options));
});

test('a question that asks for too much work ends early and says so', async () => {
  const index = createSearchIndex();
  for (let number = 0; number < 4000; number++)
    index.add(paper(`p${number}`, { abstract: 'a large language model' }));
  const near: Filter = { kind: 'phrase', text: 'a-large model', field: null, within: 1 };
  const asked = { limit: 10, now: NOW };
  expect(await index.search(word('model'), asked)).toMatchObject({ total: 4000, complete: true });
  const hard = Array.from({ length: 60 }, (): Filter => ({ kind: 'not', part: near }));
  expect((await index.search({ kind: 'or', parts: hard }, asked)).complete).toBe(false);
  const all = Array.from({ length: 4000 }, (_, number) => `p${number}`);
  const harder = Array.from({ length: 60 }, () => near);
  expect((await index.matching({ kind: 'or', parts: harder }, all, NOW)).complete).toBe(false);
  expect((await index.matching(word('model'), all, NOW)).complete).toBe(true);
  expect(await index.finds({ kind: 'or', parts: harder }, NOW)).toBe(true);
});

test('a word in the title counts more than one in the abstract', () => {
  const index = createSearchIndex();
  index.add(paper('abstract', { title: 'Another thing', abstract: 'diffusion of something' }));
  index.add(paper('title', { title: 'Diffusion thing', abstract: 'another of something' }));
  expect(index.searchNow(word('diffusion'), { limit: 9, now: NOW }).hits.map((hit) => hit.paper)).toEqual([
    'title',
    'abstract',
  ]);
});

test('among papers that are equally relevant the newer comes first, then the one with more votes', () => {
  const index = createSearchIndex();
  index.add(paper('old', { title: 'Diffusion', publishedAt: 1000, upvotes: 90 }));
  index.add(paper('new', { title: 'Diffusion', publishedAt: 2000, upvotes: 1 }));
  index.add(paper('liked', { title: 'Diffusion', publishedAt: 2000, upvotes: 5 }));
  index.add(paper('undated', { title: 'Diffusion' }));
  const order = (sort: 'relevance' | 'newest' | 'votes') =>
    index.searchNow(word('diffusion'), { limit: 9, sort, now: NOW }).hits.map((hit) => hit.paper);
  expect(order('relevance')).toEqual(['liked', 'new', 'old', 'undated']);
  expect(order('newest')).toEqual(['liked', 'new', 'old', 'undated']);
  expect(order('votes')).toEqual(['old', 'liked', 'new', 'undated']);
});

test('new votes are seen by the next search, and a replaced paper only with its new words', () => {
  const index = createSearchIndex();
  index.add(paper('a', { title: 'Diffusion', upvotes: 1 }));
  index.add(paper('b', { title: 'Diffusion', upvotes: 2 }));
  expect(index.updateFigures('a', { ...NOTHING_KNOWN, upvotes: 3 })).toBe(true);
  index.add(paper('b', { title: 'Flow matching', upvotes: 2 }));
  const found = (text: string) => index.searchNow(word(text), { limit: 9, sort: 'votes', now: NOW }).hits;
  expect(found('diffusion').map((hit) => hit.paper)).toEqual(['a']);
  expect(found('flow').map((hit) => hit.paper)).toEqual(['b']);
  const popular: Filter = { kind: 'number', figure: 'upvotes', is: '>=', value: 3 };
  expect(index.searchNow(popular, { limit: 9, now: NOW }).total).toBe(1);
  expect(index.remove('a')).toBe(true);
  expect(index.remove('a')).toBe(false);
  expect(index.updateFigures('a', { ...NOTHING_KNOWN, upvotes: 3 })).toBe(false);
  expect(index.size).toBe(1);
  expect(found('diffusion')).toEqual([]);
});

test('among equal papers the order stays when one is taken in anew', () => {
  const index = createSearchIndex();
  for (const id of ['2603.1', '2603.2', '2603.3', '2603.4']) index.add(paper(id, { title: 'Diffusion' }));
  const page = (offset: number) =>
    index.searchNow(word('diffusion'), { limit: 2, offset, now: NOW }).hits.map((hit) => hit.paper);
  const first = page(0);
  index.add(paper('2603.1', { title: 'Diffusion', comment: 'Accepted' }));
  expect([...first, ...page(2)]).toEqual(['2603.4', '2603.3', '2603.2', '2603.1']);
});

test('pages follow each other without a gap or a repeat', () => {
  const index = createSearchIndex();
  for (let number = 0; number < 50; number++)
    index.add(paper(`p${number}`, { title: 'Diffusion', upvotes: number % 9 }));
  const all = index.searchNow(word('diffusion'), { limit: 50, now: NOW }).hits;
  const pages = [0, 20, 40].flatMap(
    (offset) => index.searchNow(word('diffusion'), { limit: 20, offset, now: NOW }).hits,
  );
  expect(pages).toEqual(all);
});

test('only papers since an instant are found when one is given', () => {
  const index = createSearchIndex();
  index.add(paper('old', { title: 'Diffusion', publishedAt: 1000 }));
  index.add(paper('new', { title: 'Diffusion', publishedAt: 2000 }));
  index.add(paper('undated', { title: 'Diffusion' }));
  expect(
    index.searchNow(word('diffusion'), { limit: 9, since: 2000, now: NOW }).hits.map((hit) => hit.paper),
  ).toEqual(['new']);
});

test('an index restored from its snapshot finds the same, and goes on like the one that was written', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyPaper, { minLength: 1, maxLength: 12, selector: ({ id }) => id }),
      fc.array(anyFilter, { minLength: 1, maxLength: 6 }),
      fc.nat(12),
      async (papers, filters, split) => {
        const written = createSearchIndex();
        for (const each of papers.slice(0, split)) written.add(each);
        if (split > 0) written.remove(papers[0].id);
        const restored = await restoreSearchIndex(Buffer.concat(await written.snapshot('read to 7')));
        expect(restored?.note).toBe('read to 7');
        for (const index of [written, restored?.index])
          for (const each of papers.slice(split)) index?.add(each);
        expect(restored?.index.size).toBe(written.size);
        for (const filter of filters) {
          const options = { limit: 100, now: NOW };
          expect(restored?.index.searchNow(filter, options)).toEqual(written.searchNow(filter, options));
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('a damaged snapshot is refused, wherever it is damaged', async () => {
  const index = createSearchIndex();
  index.add(paper('a', { title: 'Diffusion models', abstract: 'We tune.' }));
  const whole = Buffer.concat(await index.snapshot(''));
  expect(await restoreSearchIndex(whole)).not.toBeNull();
  for (let at = 0; at < whole.length; at += 97) {
    const changed = Buffer.from(whole);
    changed[at] ^= 1;
    expect(await restoreSearchIndex(changed)).toBeNull();
    expect(await restoreSearchIndex(whole.subarray(0, at))).toBeNull();
  }
});

describe.skipIf(!recordingsExist())('on recorded days (needs the recordings)', () => {
  test('search finds a paper if and only if the filter matches it, for filters as people write them', () => {
    const papers = readRecordedPapers('2026-03-09', '2026-03-24');
    const read = papers.map(prepareDocument);
    const index = createSearchIndex();
    for (const each of papers) index.add(each);
    for (const filter of writtenFilters(readRecordedPapers('2026-02-01', '2026-03-01'), 300)) {
      const condition = prepareFilter(filter);
      const expected = papers.filter((_, number) => holds(condition, read[number], NOW)).map(({ id }) => id);
      const { hits } = index.searchNow(filter, { limit: 10_000, now: NOW });
      expect(hits.map((hit) => hit.paper).toSorted()).toEqual(expected.toSorted());
    }
  });
});
