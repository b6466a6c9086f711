import fc from 'fast-check';
import { expect, test } from 'vitest';
import topicList from '#config/topics.json' with { type: 'json' };
import { matchFilter } from '#src/match/evaluate/explain.ts';
import { type Filter, type MatchDocument, NOTHING_KNOWN } from '#src/match/language/filter.ts';
import { readTopicCatalogue } from '#src/match/language/read-topics.ts';
import { catalogueOf, type TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { createSearchIndex, restoreSearchIndex } from '#src/match/search/search-index.ts';
import { createTopicSpotter } from '#src/match/search/topic-spotter.ts';
import { anyFilter, anyPaper, askingFor, NOW, topic } from '../filters-and-papers.ts';

const paper = (id: string, change: Partial<MatchDocument>): MatchDocument => ({
  ...NOTHING_KNOWN,
  id,
  ...change,
});
const word = (text: string): Filter => ({ kind: 'word', text, field: null });
const not = (part: Filter): Filter => ({ kind: 'not', part });

function catalogueWith(filters: readonly Filter[]): TopicCatalogue {
  const topics = filters.map((filter, number) => {
    const name = `t${number}`;
    return { name, title: name, label: name, line: '', text: '', filter };
  });
  return catalogueOf(topics);
}

const somePapers = fc.uniqueArray(anyPaper, { minLength: 1, maxLength: 12, selector: ({ id }) => id });
const someTopics = fc.array(anyFilter, { minLength: 1, maxLength: 5 });
const asked = { limit: 100, now: NOW };

test('a filter with topics finds a paper if and only if it matches it: with, without and with other topics known', async () => {
  await fc.assert(
    fc.asyncProperty(somePapers, someTopics, anyFilter, fc.nat(12), async (papers, topics, filter, split) => {
      const spotter = await createTopicSpotter(catalogueWith(topics));
      const others = await createTopicSpotter(catalogueWith([...topics, word('zebra')]));
      const known = createSearchIndex(spotter);
      const unknown = createSearchIndex();
      for (const each of papers.slice(0, split)) for (const index of [known, unknown]) index.add(each);
      const snapshot = Buffer.concat(await known.snapshot(''));
      const same = await restoreSearchIndex(snapshot, spotter);
      const changed = await restoreSearchIndex(snapshot, others);
      expect([same?.index.knowsTopics, changed?.index.knowsTopics]).toEqual([true, false]);
      for (const each of papers.slice(split))
        for (const index of [known, unknown, same?.index, changed?.index]) index?.add(each);
      for (const one of askingFor(topics, filter)) {
        const expected = papers.filter((each) => matchFilter(one, each, NOW)).map(({ id }) => id);
        const found = known.searchNow(one, asked);
        expect(found.hits.map((hit) => hit.paper).toSorted()).toEqual(expected.toSorted());
        for (const index of [unknown, same?.index, changed?.index])
          expect(index?.searchNow(one, asked)).toEqual(found);
        const ids = papers.map(({ id }) => id);
        expect([...(await known.matching(one, ids, NOW)).papers].toSorted()).toEqual(expected.toSorted());
        expect(await known.finds(one, NOW)).toBe(expected.length > 0);
      }
    }),
    { numRuns: 60 },
  );
});

test('a topic that counts votes or days is tried when it is asked for', async () => {
  const popular: Filter = { kind: 'number', figure: 'upvotes', is: '>=', value: 3 };
  const fresh: Filter = { kind: 'age', is: '<', hours: 24 };
  const index = createSearchIndex(await createTopicSpotter(catalogueWith([popular, fresh])));
  index.add(paper('a', { title: 'Diffusion', publishedAt: NOW, upvotes: 1 }));
  const found = (filter: Filter, now = NOW) => index.searchNow(filter, { limit: 9, now }).total;
  expect([found(topic(popular)), found(topic(fresh))]).toEqual([0, 1]);
  index.updateFigures('a', { ...NOTHING_KNOWN, publishedAt: NOW, upvotes: 3 });
  expect([found(topic(popular)), found(topic(fresh), NOW + 25 * 3_600_000)]).toEqual([1, 0]);
});

test('every topic of Paperboy is one that a paper is asked for once: none counts votes or days', async () => {
  const catalogue = readTopicCatalogue(topicList);
  const spotter = await createTopicSpotter(catalogue);
  expect(catalogue.topics.filter(({ filter }) => spotter.numberOf(filter) < 0)).toEqual([]);
});

test('topics are looked up: any number of hard ones is answered to the end', async () => {
  const near = Array.from(
    { length: 60 },
    (_, number): Filter => ({ kind: 'phrase', text: 'a-large model', field: null, within: 1 + (number % 3) }),
  );
  const index = createSearchIndex(await createTopicSpotter(catalogueWith(near)));
  const slow = createSearchIndex();
  for (let number = 0; number < 4000; number++)
    for (const each of [index, slow]) each.add(paper(`p${number}`, { abstract: 'a large language model' }));
  const hard: Filter = { kind: 'or', parts: near.map((filter) => not(topic(filter))) };
  expect(await slow.search(hard, asked)).toMatchObject({ complete: false });
  expect(await index.search(hard, asked)).toMatchObject({ complete: true });
});

test('the papers of a topic come newest first, and a word beside it ranks them', async () => {
  const either: Filter = { kind: 'or', parts: [word('diffusion'), word('flow')] };
  const index = createSearchIndex(await createTopicSpotter(catalogueWith([either])));
  index.add(paper('old', { title: 'Diffusion diffusion', abstract: 'flow', publishedAt: 1000 }));
  index.add(paper('new', { title: 'Something', abstract: 'A flow of images', publishedAt: 2000 }));
  const found = (filter: Filter) => index.searchNow(filter, asked).hits.map((hit) => hit.paper);
  expect(found(topic(either))).toEqual(['new', 'old']);
  expect(found({ kind: 'or', parts: [topic(either), word('diffusion')] })).toEqual(['old', 'new']);
});
