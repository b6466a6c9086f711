import type { MatchDocument } from '#src/match/language/filter.ts';
import {
  byFilters,
  byPlainFilter,
  bySubstring,
  byWholeWord,
  catalogueFilters,
  readLabels,
  readPlainWords,
  type Scores,
  score,
} from '#test/relevance/relevance.ts';
import { labelledSample } from '#test/relevance/sample.ts';
import type { BenchLine } from './bench.ts';
import { readRecordedPapers, recordingsExist } from './recorded-papers.ts';

const WEEKS = 8;
const FIRST_DAY = '2026-02-02';
const DAY_AFTER = '2026-03-30';

/**
 * How well the topic catalogue chooses, on 300 recorded papers labelled by reading (docs/relevance.md), against the same
 * topics' plain words read as substrings, as whole words, and as a filter; then how many papers a week each topic finds.
 */
export async function* run(): AsyncIterable<BenchLine> {
  if (!recordingsExist()) return;
  const papers = labelledSample();
  const labels = readLabels();
  const words = readPlainWords();
  const catalogue = score(labels, papers, byFilters(catalogueFilters()));
  const rivals = {
    substring: score(labels, papers, bySubstring(words)),
    whole_word: score(labels, papers, byWholeWord(words)),
    plain_words_as_filter: score(labels, papers, byPlainFilter(words)),
  };
  yield* overall(catalogue, rivals);
  yield* perTopic(catalogue, rivals);
  yield* papersPerWeek(readRecordedPapers(FIRST_DAY, DAY_AFTER));
}

type Rivals = Readonly<Record<string, Scores>>;

function* overall(catalogue: Scores, rivals: Rivals): Iterable<BenchLine> {
  for (const mean of ['micro', 'macro'] as const)
    for (const metric of ['precision', 'recall'] as const)
      yield {
        case: `all topics, ${mean}`,
        metric,
        value: catalogue[mean][metric],
        rivals: figuresOf(rivals, (scores) => scores[mean][metric]),
        ...(mean === 'micro' && { goal: { min: metric === 'precision' ? 0.95 : 0.9 } }),
      };
}

function* perTopic(catalogue: Scores, rivals: Rivals): Iterable<BenchLine> {
  for (const [place, { topic, wanted, found, right, precision, recall }] of catalogue.topics.entries()) {
    const note = `${right} right of ${found} found; ${wanted} wanted`;
    const against = (metric: 'precision' | 'recall') =>
      figuresOf(rivals, ({ topics }) => topics[place][metric]);
    yield { case: topic, metric: 'precision', value: precision, rivals: against('precision'), note };
    yield { case: topic, metric: 'recall', value: recall, rivals: against('recall'), note };
  }
}

const figuresOf = (rivals: Rivals, figure: (scores: Scores) => number): Record<string, number> =>
  Object.fromEntries(Object.entries(rivals).map(([name, scores]) => [name, figure(scores)]));

function* papersPerWeek(papers: readonly MatchDocument[]): Iterable<BenchLine> {
  const filters = catalogueFilters();
  const choose = byFilters(filters);
  for (const topic of Object.keys(filters))
    yield {
      case: topic,
      metric: 'papers_per_week',
      value: papers.filter((paper) => choose(topic, paper)).length / WEEKS,
      note: `of ${Math.round(papers.length / WEEKS)} daily papers a week, ${FIRST_DAY} to ${DAY_AFTER}`,
    };
}
