import { describe, expect, it } from 'vitest';
import topicList from '#config/topics.json' with { type: 'json' };
import { matchFilter } from '#src/match/evaluate/explain.ts';
import { type Filter, type MatchDocument, NOTHING_KNOWN } from '#src/match/language/filter.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { readTopicCatalogue } from '#src/match/language/read-topics.ts';
import { noTopics, type TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { type Corpus, createProposeLike } from '#src/match/like/propose-filters.ts';

const catalogue = readTopicCatalogue(topicList);
const paper = (id: string, title: string, abstract = ''): MatchDocument => ({
  ...NOTHING_KNOWN,
  ...{ id, title, abstract },
});
/** 300 papers that have nothing to do with each other but "model" and "strong". */
const OTHERS = Array.from({ length: 300 }, (_, at) =>
  paper(
    `other ${at}`,
    `A strong model of thing${at}`,
    at % 3 === 0 ? 'We train it on a river.' : 'We train it.',
  ),
);
const corpusOf = (papers: readonly MatchDocument[], asked: Filter[] = []): Corpus => ({
  size: papers.length,
  counts: async (filters) =>
    filters.map(({ filter, enough }) => {
      asked.push(filter);
      return Math.min(enough, papers.filter((one) => matchFilter(filter, one, 0)).length);
    }),
  some: papers,
  breathe: async () => {},
});
const propose = (examples: readonly MatchDocument[], topics: TopicCatalogue = noTopics) =>
  createProposeLike(topics)(examples, corpusOf([...examples, ...OTHERS]));
const textsOf = async (examples: readonly MatchDocument[], topics?: TopicCatalogue) =>
  (await propose(examples, topics)).filters.map(({ text, finds }) => [text, finds]);

describe('filters from examples', () => {
  it('are what the examples share and other papers lack, not what everybody writes', async () => {
    const examples = ['flat', 'tall', 'wet'].map((kind, at) =>
      paper(`${at}`, `Strong ${kind} lattice solver ${at}`, `We train it on a ${kind} river.`),
    );
    const proposed = await textsOf(examples);
    expect(proposed).toContainEqual(['"lattice solver"', 3]);
    expect(JSON.stringify(proposed)).not.toMatch(/strong|train|river|model/);
  });

  it('join two terms by OR where none alone finds most', async () => {
    const examples = [
      paper('1', 'Lattice one'),
      paper('2', 'Lattices two'),
      paper('3', 'Lattice and gyroid three'),
      paper('4', 'Gyroid four'),
      paper('5', 'Gyroids five'),
    ];
    const { filters } = await propose(examples);
    expect(filters[0]).toMatchObject({ finds: 5 });
    expect(filters[0].text.split(' OR ').sort()).toEqual(['gyroid', 'lattice']);
  });

  it('are topics of the catalogue too', async () => {
    const examples = ['one', 'two', 'three'].map((name, at) =>
      paper(`${at}`, `Quantization ${name}`, `Post-training quantization to ${at + 2} bits, ${name}.`),
    );
    expect(await textsOf(examples, catalogue)).toContainEqual(['topic:quantization', 3]);
  });

  it('each can be read, find as many examples as they say, and are at most three', async () => {
    const examples = Array.from({ length: 10 }, (_, at) =>
      paper(
        `${at}`,
        `RLVR of "quoted" OR-gates: NOT ${at}`,
        'A state-of-the-art gyroid: title:word, (brackets) -minus.',
      ),
    );
    const { filters } = await propose(examples, catalogue);
    expect(filters.length).toBeGreaterThan(0);
    expect(filters.length).toBeLessThanOrEqual(3);
    for (const { text, finds } of filters) {
      const parsed = parseFilter(text, { topics: catalogue });
      if (!parsed.ok) throw new Error(text);
      expect(examples.filter((one) => matchFilter(parsed.filter, one, 0))).toHaveLength(finds);
      expect(finds * 2).toBeGreaterThan(examples.length);
      expect(text.length).toBeLessThanOrEqual(1000);
    }
  });

  it('keep an acronym in capitals', async () => {
    const examples = ['one', 'two', 'three'].map((name, at) => paper(`${at}`, `GRAB ${name}`));
    expect(await textsOf(examples)).toEqual([['GRAB', 3]]);
  });

  it('are none for papers of different fields; the nearest topics are told', async () => {
    const fields = [
      'Oceans',
      'Stars',
      'Bees',
      'Rivers',
      'Quantization one',
      'Quantization two',
      'Bones',
      'Law',
    ];
    const examples = fields.map((title, at) => paper(`${at}`, title, `We train it for ${title}.`));
    expect(await propose(examples, catalogue)).toMatchObject({
      filters: [],
      nearest: [{ topic: 'quantization', finds: 2 }],
    });
  });

  it('give way to others after each paper and term', async () => {
    let breaths = 0;
    const examples = [paper('1', 'Lattice'), paper('2', 'Lattice')];
    const corpus = { ...corpusOf([...examples, ...OTHERS]), breathe: async () => void breaths++ };
    await createProposeLike(catalogue)(examples, corpus);
    expect(breaths).toBeGreaterThanOrEqual(OTHERS.length);
  });
});
