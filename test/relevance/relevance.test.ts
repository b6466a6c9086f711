import { beforeAll, describe, expect, it } from 'vitest';
import { type MatchDocument, NOTHING_KNOWN } from '#src/match/language/filter.ts';
import { readTopicCatalogue } from '#src/match/language/read-topics.ts';
import { recordingsExist } from '#test/bench/recorded-papers.ts';
import {
  byFilters,
  byPlainFilter,
  bySubstring,
  byWholeWord,
  type Choose,
  catalogueFilters,
  readLabels,
  readPlainWords,
  readTopics,
  readTuningLabels,
  type Scores,
  score,
} from './relevance.ts';
import { labelledSample, tuningPapers } from './sample.ts';

const paper = (id: string, title: string): MatchDocument => ({
  ...NOTHING_KNOWN,
  id,
  title,
});

describe('the score of a way of choosing papers', () => {
  const papers = [
    paper('1', 'RAG for chemists'),
    paper('2', 'Storage that forgets'),
    paper('3', 'Dense retrievers'),
  ];
  const labels = { papers: ['1', '2', '3'], topics: { retrieval: { wanted: ['1', '3'] } } };

  it('counts what was found, what was right and what is missing', () => {
    const { topics, micro } = score(labels, papers, bySubstring({ retrieval: ['rag'] }));
    expect(topics).toEqual([
      { topic: 'retrieval', wanted: 2, found: 2, right: 1, precision: 0.5, recall: 0.5 },
    ]);
    expect(micro).toEqual({ precision: 0.5, recall: 0.5 });
  });

  it('shows that a substring finds rag in storage, a whole word does not, and a filter also finds plurals', () => {
    const found = (choose: Choose, topic: string) =>
      papers.filter((one) => choose(topic, one)).map(({ id }) => id);
    expect(found(bySubstring({ a: ['rag'] }), 'a')).toEqual(['1', '2']);
    expect(found(byWholeWord({ a: ['rag', 'retriever'] }), 'a')).toEqual(['1']);
    expect(found(byPlainFilter({ a: ['rag', 'retriever'] }), 'a')).toEqual(['1', '3']);
  });

  it('leaves a topic out of the mean when nothing was found, and counts it as missed overall', () => {
    const both = { ...labels, topics: { ...labels.topics, quantum: { wanted: ['2'] } } };
    const { micro, macro } = score(both, papers, byFilters({ retrieval: 'RAG', quantum: 'qubit' }));
    expect(macro).toEqual({ precision: 1, recall: 0.25 });
    expect(micro).toEqual({ precision: 1, recall: 1 / 3 });
  });
});

describe('the topic catalogue', () => {
  it('can be read whole: every filter is within the limits and of the language', () => {
    expect(readTopicCatalogue(readTopics()).topics.length).toBeGreaterThanOrEqual(60);
  });

  it('holds every topic that was labelled, and no paper is labelled both to tune and to measure', () => {
    const labels = readLabels();
    expect(Object.keys(catalogueFilters())).toEqual(expect.arrayContaining(Object.keys(labels.topics)));
    expect(readTuningLabels().papers.filter((id) => labels.papers.includes(id))).toEqual([]);
  });
});

describe.skipIf(!recordingsExist())(
  'the catalogue on 300 recorded papers, labelled by reading (needs the recordings)',
  () => {
    const labels = readLabels();
    const words = readPlainWords();
    let papers: readonly MatchDocument[];
    let catalogue: Scores;

    beforeAll(() => {
      papers = labelledSample();
      catalogue = score(labels, papers, byFilters(catalogueFilters()));
    });

    it('measures on the papers that the seed draws, and tunes on none of their days', () => {
      expect(papers.map(({ id }) => id)).toEqual(labels.papers);
      const tuning = new Set(tuningPapers().map(({ id }) => id));
      expect(labels.papers.filter((id) => tuning.has(id))).toEqual([]);
      expect(readTuningLabels().papers.filter((id) => !tuning.has(id))).toEqual([]);
    });

    // The goal is 0.95 at 0.90; docs/relevance.md says what is missing and why. This is what is reached, rounded down.
    it('finds 85 of 100 wanted papers, and 85 of 100 found papers are wanted', () => {
      expect(catalogue.micro.precision).toBeGreaterThanOrEqual(0.85);
      expect(catalogue.micro.recall).toBeGreaterThanOrEqual(0.85);
    });

    it('is more precise than plain words, and finds more, however those are read', () => {
      const rivals = [bySubstring(words), byWholeWord(words), byPlainFilter(words)].map((rival) =>
        score(labels, papers, rival),
      );
      expect(catalogue.micro.precision).toBeGreaterThan(
        Math.max(...rivals.map(({ micro }) => micro.precision)) + 0.2,
      );
      expect(catalogue.micro.recall).toBeGreaterThan(Math.max(...rivals.map(({ micro }) => micro.recall)));
    });
  },
);
