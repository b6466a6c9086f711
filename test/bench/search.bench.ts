/**
 * Search: `npm run bench -- search`. Papers and questions come from paper-generator.ts; a question's time is the median
 * of three tries; p50 and p99 are over the questions. Rivals get fewer questions where they are slow. With 200,000 papers
 * MiniSearch (two minutes to build, 1.4 GB) is only tried with --full; its figure is then beside the others, else missing.
 */
import topicList from '#config/topics.json' with { type: 'json' };
import type { MatchDocument } from '#src/match/language/filter.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { readTopicCatalogue } from '#src/match/language/read-topics.ts';
import { createSearchIndex, restoreSearchIndex, type SearchIndex } from '#src/match/search/search-index.ts';
import { createSpeller } from '#src/match/search/speller.ts';
import { createTopicSpotter, type TopicSpotter } from '#src/match/search/topic-spotter.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { type BenchLine, type BenchOptions, gatherGarbage, median, quantile } from './bench.ts';
import { createRandom } from './filter-generator.ts';
import { generatePapers, generateQueries, type Query } from './paper-generator.ts';
import { papersToLearnFrom } from './recorded-papers.ts';
import * as rivals from './search-rivals.ts';

const NOW = Date.parse('2026-04-01');
const TRIES = 3;
const KINDS = ['words', 'prefix', 'filtered'] as const;
type Kind = (typeof KINDS)[number];

/** Milliseconds by number of papers: p50 and p99 of words (and of filtered questions), p99 of prefixes. */
const GOALS: Readonly<Record<number, { p50: number; p99: number; prefix: number; ready: number }>> = {
  20000: { p50: 0.1, p99: 3, prefix: 50, ready: 1000 },
  200000: { p50: 0.5, p99: 10, prefix: 50, ready: 3000 },
};

export async function* run({ quick, full }: BenchOptions): AsyncIterable<BenchLine> {
  const sources = papersToLearnFrom();
  for (const size of quick ? [500] : [20_000, 200_000]) yield* runSize(sources, size, quick, full);
  for (const size of quick ? [500] : [6_000, 20_000]) yield* topics(sources, size, quick ? 5 : 100);
  yield* spelling(quick ? 5000 : 200_000);
}

async function* runSize(
  sources: readonly MatchDocument[],
  size: number,
  quick: boolean,
  full: boolean,
): AsyncIterable<BenchLine> {
  const papers = generatePapers(sources, size, 1);
  const goals = GOALS[size];
  const { index, adds } = build(papers);
  const questions = quick ? 20 : 300;
  const asked = Object.fromEntries(KINDS.map((kind) => [kind, generateQueries(papers, questions, 2, kind)]));
  const ours = Object.fromEntries(
    KINDS.map((kind) => [kind, timesOf((query) => searched(index, query), asked[kind])]),
  );
  const others = rivalTimes(papers, asked, size <= 20_000 || full);
  for (const kind of KINDS) {
    const p50 = goals && kind !== 'prefix' ? { max: goals.p50 } : undefined;
    const p99 = goals && { max: kind === 'prefix' ? goals.prefix : goals.p99 };
    yield {
      case: `${kind} ${size}`,
      metric: 'ms_p50',
      value: median(ours[kind]),
      rivals: others[kind].p50,
      goal: p50,
    };
    yield {
      case: `${kind} ${size}`,
      metric: 'ms_p99',
      value: quantile(ours[kind], 0.99),
      rivals: others[kind].p99,
      goal: p99,
    };
  }
  yield {
    case: `papers ${size}`,
    metric: 'bytes_per_paper',
    value: index.memory() / size,
    goal: goals && { max: 1500 },
  };
  yield { case: `papers ${size}`, metric: 'add_ms_p99', value: quantile(adds, 0.99), goal: { max: 5 } };
  yield await longestHold(index, papers, size);
  const snapshot = Buffer.concat(await index.snapshot(''));
  const began = performance.now();
  await restoreSearchIndex(snapshot);
  const ready = performance.now() - began;
  yield {
    case: `papers ${size}`,
    metric: 'ready_from_snapshot_ms',
    value: ready,
    goal: goals && { max: goals.ready },
  };
}

function build(
  papers: readonly MatchDocument[],
  spotter?: TopicSpotter,
): { index: SearchIndex; adds: Float64Array } {
  const index = createSearchIndex(spotter);
  const adds = Float64Array.from(papers, (paper) => {
    const start = performance.now();
    index.add(paper);
    return performance.now() - start;
  });
  return { index, adds };
}

function searched(index: SearchIndex, { words, prefix, category, after }: Query): number {
  const parts = [...words];
  if (prefix !== null) parts.push(`${prefix}*`);
  if (category !== null) parts.push(`cat:${category}`);
  if (after !== null) parts.push(`after:${after}`);
  const parsed = parseFilter(parts.join(' '), { topics: null });
  return parsed.ok ? index.searchNow(parsed.filter, { limit: 10, now: NOW }).total : 0;
}

/** Milliseconds by question, its reading included. */
function timesOf(search: rivals.SearchRival, queries: readonly Query[]): number[] {
  const rounds = Array.from({ length: TRIES }, () =>
    queries.map((query) => {
      const start = performance.now();
      search(query);
      return performance.now() - start;
    }),
  );
  return queries.map((_, at) => median(rounds.map((round) => round[at])));
}

type Figures = Record<Kind, { p50: Record<string, number>; p99: Record<string, number> }>;

function rivalTimes(
  papers: readonly MatchDocument[],
  asked: Record<string, readonly Query[]>,
  withMiniSearch: boolean,
): Figures {
  const figures: Figures = {
    words: { p50: {}, p99: {} },
    prefix: { p50: {}, p99: {} },
    filtered: { p50: {}, p99: {} },
  };
  const all: [string, (papers: readonly MatchDocument[]) => rivals.SearchRival, readonly Kind[]][] = [
    ['fts5', rivals.fts5, KINDS],
    // It ranks by place, knows no prefix without a larger index, and no filter.
    ['flexsearch', rivals.flexSearch, ['words']],
  ];
  if (withMiniSearch) all.push(['minisearch', rivals.miniSearch, KINDS]);
  for (const [name, make, kinds] of all) {
    const search = make(papers);
    for (const kind of kinds) {
      const times = timesOf(search, asked[kind].slice(0, papers.length > 20_000 ? 100 : 300));
      figures[kind].p50[name] = median(times);
      figures[kind].p99[name] = quantile(times, 0.99);
    }
    gatherGarbage();
  }
  return figures;
}

/** The longest that other work waits while hard questions are answered in slices. */
async function longestHold(
  index: SearchIndex,
  papers: readonly MatchDocument[],
  size: number,
): Promise<BenchLine> {
  const prefixes = papers.slice(0, 64).map(({ title }) => `${/[a-z]{3}/i.exec(title)?.[0] ?? 'mod'}*`);
  const hard = [
    '"of the"',
    '"large language models"',
    'NOT model',
    '"model data"~30',
    'datas*',
    'com* OR pro* OR con*',
  ];
  let longest = 0;
  let isDone = false;
  let last = performance.now();
  const watch = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
    if (!isDone) setImmediate(watch);
  };
  for (const text of [...hard, prefixes.join(' OR '), prefixes.join(' ')]) {
    const parsed = parseFilter(text, { topics: null });
    if (!parsed.ok) throw new Error(`${text}: ${inEnglish(parsed.error.message)}`);
    isDone = false;
    last = performance.now();
    setImmediate(watch);
    await index.search(parsed.filter, { limit: 10, now: NOW });
    isDone = true;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return { case: `papers ${size}`, metric: 'longest_hold_ms', value: longest, goal: { max: 20 } };
}

/** Filters with topics, beside an index that knows none of these and tries each topic's own filter. */
async function* topics(
  sources: readonly MatchDocument[],
  size: number,
  tries: number,
): AsyncIterable<BenchLine> {
  const catalogue = readTopicCatalogue(topicList);
  const papers = generatePapers(sources, size, 1);
  const tried = build(papers);
  const known = build(papers, await createTopicSpotter(catalogue));
  for (const text of TOPICS_ASKED) {
    const parsed = parseFilter(text, { topics: catalogue });
    if (!parsed.ok) throw new Error(`${text}: ${inEnglish(parsed.error.message)}`);
    const { filter } = parsed;
    const timesIn = ({ index }: typeof known) =>
      Array.from({ length: tries }, () => timed(() => index.searchNow(filter, { limit: 10, now: NOW })));
    const [ours, rival] = [known, tried].map(timesIn);
    for (const [metric, share, max] of [
      ['ms_p50', 0.5, 1],
      ['ms_p95', 0.95, 10],
    ] as const)
      yield {
        ...{ case: `${text} ${size}`, metric, value: quantile(ours, share) },
        rivals: { 'own filter': quantile(rival, share) },
        goal: tries > 5 ? { max } : undefined,
      };
  }
  yield {
    ...{ case: `topics ${size}`, metric: 'add_us_mean', value: meanOf(known.adds) * 1000 },
    rivals: { 'no topics': meanOf(tried.adds) * 1000 },
  };
  yield {
    ...{ case: `topics ${size}`, metric: 'bytes_per_paper', value: known.index.memory() / size },
    rivals: { 'no topics': tried.index.memory() / size },
  };
}

const TOPICS_ASKED = ['topic:llm', 'topic:llm diffusion', 'topic:diffusion NOT topic:llm'];
const meanOf = (times: Float64Array) => times.reduce((sum, time) => sum + time, 0) / times.length;

/** Proposals for mistyped words among made-up ones of three to eleven letters. */
function* spelling(words: number): Generator<BenchLine> {
  const random = createRandom(3);
  const speller = createSpeller();
  const known = new Set<string>();
  const letters = 'etaoinshrdlucmfwypvbgkjqxz';
  while (known.size < words) {
    const length = 3 + Math.floor(random() * 9);
    known.add(Array.from({ length }, () => letters[Math.floor(random() * random() * 26)]).join(''));
  }
  // Some words are in a thousand papers, most in one or two.
  for (const word of known)
    for (let left = Math.min(1000, 1 / random()); left > 0; left--) speller.learn(word);
  const all = [...known];
  const typed = Array.from({ length: 2000 }, () => {
    const word = all[Math.floor(random() * all.length)];
    const slip = Math.floor(random() * word.length);
    return word.slice(0, slip) + word.slice(slip + 1);
  });
  const suggested = typed.map((word) => timed(() => speller.suggest(word, 3)));
  const completed = typed.map((word, at) => timed(() => speller.complete(word.slice(0, 1 + (at % 4)), 10)));
  yield {
    case: `spelling ${words}`,
    metric: 'suggest_ms_p99',
    value: quantile(suggested, 0.99),
    goal: { max: 1 },
  };
  yield {
    case: `spelling ${words}`,
    metric: 'complete_ms_p99',
    value: quantile(completed, 0.99),
    goal: { max: 1 },
  };
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
