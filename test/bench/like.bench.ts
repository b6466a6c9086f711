/**
 * Filters from examples: `npm run bench -- like`. Each label is a group of keywords that Hugging Face keeps beside its papers
 * (test/bench/like-labels.json: twenty groups, fixed before the first proposal for them was made; what the proposer was
 * tuned on are ten others). The recordings have no arXiv categories, and the catalogue's own filters would judge themselves.
 * Neither the proposer nor the search sees keywords here. Of each label five papers are drawn, three times, by one seed; the first
 * proposal is judged by all other papers. A paper that is about it and lacks the keyword counts as wrong: precision is a
 * lower bound for all alike.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import topicList from '#config/topics.json' with { type: 'json' };
import { takeBreaths } from '#src/foundation/breath.ts';
import { systemClock } from '#src/foundation/clock.ts';
import { holds, prepareDocument, prepareFilter } from '#src/match/evaluate/explain.ts';
import type { Filter, MatchDocument } from '#src/match/language/filter.ts';
import { readTopicCatalogue } from '#src/match/language/read-topics.ts';
import { type Corpus, createProposeLike } from '#src/match/like/propose-filters.ts';
import { createSearchIndex, type SearchIndex } from '#src/match/search/search-index.ts';
import { analyse } from '#src/match/text/analyse.ts';
import { type BenchLine, type BenchOptions, median, quantile } from './bench.ts';
import { createRandom } from './filter-generator.ts';
import { generatePapers } from './paper-generator.ts';
import { papersToLearnFrom, readRecordedPapers, recordingsExist } from './recorded-papers.ts';
import { watchHolds } from './stalls/hold-watch.ts';

const EXAMPLES = 5;
const DRAWS = 3;
const LARGE = 20_000;
const TRIES = 40;
/** By so many papers the service tells how much a topic finds. */
const TRIED = 200;
const LABELS: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'like-labels.json'), 'utf8'),
);

export async function* run({ quick }: BenchOptions): AsyncIterable<BenchLine> {
  if (recordingsExist()) yield* judged(quick);
  else console.error('bench like: no recordings, so no precision and recall');
  yield* measured(quick ? 500 : LARGE, quick ? 2 : TRIES);
}

const catalogue = readTopicCatalogue(topicList);
const propose = createProposeLike(catalogue);

type Choice = (examples: readonly MatchDocument[]) => Promise<Filter | null>;
type Score = { precision: number; recall: number };

async function* judged(quick: boolean): AsyncIterable<BenchLine> {
  const recorded = readRecordedPapers().filter(({ keywords }) => keywords.length > 0);
  const papers = recorded.map((paper) => ({ ...paper, keywords: [] }));
  const index = indexOf(papers);
  const corpus = corpusOf(index, papers);
  const choices: Readonly<Record<string, Choice>> = {
    like: async (examples) => (await propose(examples, corpus)).filters[0]?.filter ?? null,
    rarest_shared_word: async (examples) => rarestShared(examples, index),
    topic_of_most: async (examples) => topicOfMost(examples),
  };
  const scores: Record<string, Score[]> = { like: [], rarest_shared_word: [], topic_of_most: [] };
  for (const [label, keywords] of Object.entries(LABELS).slice(0, quick ? 2 : undefined)) {
    const wanted = new Set(
      recorded
        .filter((paper) => paper.keywords.some((one) => keywords.includes(one.toLowerCase())))
        .map(({ id }) => id),
    );
    const draws = drawnFrom(
      papers.filter(({ id }) => wanted.has(id)),
      quick ? 1 : DRAWS,
    );
    for (const [name, choose] of Object.entries(choices)) {
      const each: Score[] = [];
      for (const examples of draws) each.push(scoreOf(await choose(examples), { examples, index, wanted }));
      scores[name].push(meanOf(each));
    }
    for (const metric of ['precision', 'recall'] as const)
      yield lineOf(label, metric, scores, (all) => all[all.length - 1][metric]);
  }
  for (const metric of ['precision', 'recall'] as const)
    yield lineOf(`all ${scores.like.length} labels`, metric, scores, (all) => meanOf(all)[metric]);
}

function lineOf(
  label: string,
  metric: keyof Score,
  scores: Readonly<Record<string, readonly Score[]>>,
  figure: (scores: readonly Score[]) => number,
): BenchLine {
  const { like, ...others } = scores;
  const rivals = Object.fromEntries(Object.entries(others).map(([name, all]) => [name, figure(all)]));
  return { case: label, metric, value: figure(like), rivals };
}

function drawnFrom(papers: readonly MatchDocument[], draws: number): MatchDocument[][] {
  const random = createRandom(15);
  return Array.from({ length: draws }, () => {
    const left = [...papers];
    return Array.from({ length: EXAMPLES }, () => left.splice(Math.floor(random() * left.length), 1)[0]);
  });
}

type Judging = { examples: readonly MatchDocument[]; index: SearchIndex; wanted: ReadonlySet<string> };

/** By the papers that were not shown as examples; no filter, nothing found. */
function scoreOf(filter: Filter | null, { examples, index, wanted }: Judging): Score {
  if (filter === null) return { precision: 0, recall: 0 };
  const { hits } = index.searchNow(filter, { limit: index.size, sort: 'newest', now: 0 });
  const shown = new Set(examples.map(({ id }) => id));
  const found = hits.filter(({ paper }) => !shown.has(paper));
  const right = found.filter(({ paper }) => wanted.has(paper)).length;
  return { precision: right / Math.max(1, found.length), recall: right / (wanted.size - shown.size) };
}

function meanOf(scores: readonly Score[]): Score {
  const mean = (metric: keyof Score) => scores.reduce((sum, score) => sum + score[metric], 0) / scores.length;
  return { precision: mean('precision'), recall: mean('recall') };
}

/** The rarest word that more than half of the examples have. */
function rarestShared(examples: readonly MatchDocument[], index: SearchIndex): Filter | null {
  const read = examples.map(prepareDocument);
  const words = new Set(
    examples.flatMap(({ title, abstract }) => analyse(`${title} ${abstract}`).map(({ fold }) => fold)),
  );
  const shared = [...words]
    .map((text): Filter => ({ kind: 'word', text, field: null }))
    .filter((word) => isOfMost(word, read))
    .map((word) => ({ word, count: index.searchNow(word, { limit: 0, sort: 'newest', now: 0 }).total }));
  return shared.sort((a, b) => a.count - b.count)[0]?.word ?? null;
}

const isOfMost = (filter: Filter, read: readonly ReturnType<typeof prepareDocument>[]): boolean => {
  const condition = prepareFilter(filter);
  return read.filter((paper) => holds(condition, paper, 0)).length * 2 > read.length;
};

/** The topic of the catalogue that finds the most examples. */
function topicOfMost(examples: readonly MatchDocument[]): Filter | null {
  const read = examples.map(prepareDocument);
  const counted = catalogue.topics.map(({ filter }) => {
    const condition = prepareFilter(filter);
    return { filter, finds: read.filter((paper) => holds(condition, paper, 0)).length };
  });
  return counted.sort((a, b) => b.finds - a.finds)[0].filter;
}

/** How long a proposal takes from five examples, each time others, and how long others wait meanwhile. */
async function* measured(size: number, tries: number): AsyncIterable<BenchLine> {
  const papers = generatePapers(papersToLearnFrom(), size, 1);
  const corpus = corpusOf(indexOf(papers), papers);
  const watch = watchHolds();
  const fresh = createProposeLike(catalogue);
  await fresh(papers.slice(-EXAMPLES), corpus);
  const times: number[] = [];
  for (let at = 0; at < tries; at++) {
    const began = performance.now();
    await fresh(papers.slice(at * EXAMPLES, (at + 1) * EXAMPLES), corpus);
    times.push(performance.now() - began);
  }
  const { highestMs, withGcMs, cpuMs } = await watch.stop();
  yield { case: `propose ${size}`, metric: 'ms_p50', value: median(times) };
  yield { case: `propose ${size}`, metric: 'ms_p95', value: quantile(times, 0.95), goal: { max: 150 } };
  yield { case: `propose ${size}`, metric: 'cpu_ms_mean', value: cpuMs / tries };
  yield {
    ...{ case: `propose ${size}`, metric: 'longest_hold_ms', value: highestMs, goal: { max: 50 } },
    note: `${withGcMs.toFixed(0)} ms with garbage collection`,
  };
}

function indexOf(papers: readonly MatchDocument[]): SearchIndex {
  const index = createSearchIndex();
  for (const paper of papers) index.add(paper);
  return index;
}

function corpusOf(index: SearchIndex, papers: readonly MatchDocument[]): Corpus {
  const step = Math.max(1, Math.floor(papers.length / TRIED));
  return {
    size: index.size,
    async counts(asked) {
      const totals: number[] = [];
      for (const { filter, enough } of asked)
        totals.push((await index.search(filter, { limit: 0, sort: 'newest', now: 0, enough })).total);
      return totals;
    },
    some: papers.filter((_, at) => at % step === 0).slice(0, TRIED),
    breathe: takeBreaths(systemClock),
  };
}
