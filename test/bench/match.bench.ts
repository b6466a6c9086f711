/**
 * Papers against filters: `npm run bench -- match`. Papers are recorded days that no filter was made from (HELD_OUT_FROM);
 * filters come from filter-generator.ts. A paper's time is the median of five tries, text analysis included; the value
 * of a case is the median over the papers. The slow rivals see fewer papers, and none that takes minutes: with a million
 * filters only the feed bots' way (one paper) and the rarest-term pre-filter are tried.
 */

import topicList from '#config/topics.json' with { type: 'json' };
import { createFilterIndex, type FilterIndex } from '#src/match/filters/filter-index.ts';
import type { Filter, MatchDocument } from '#src/match/language/filter.ts';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import { readTopicCatalogue } from '#src/match/language/read-topics.ts';
import { type BenchLine, type BenchOptions, gatherGarbage, median, quantile } from './bench.ts';
import { collectVocabulary, generateFilters, MIXES, type Vocabulary } from './filter-generator.ts';
import * as rivals from './match-rivals.ts';
import { papersToLearnFrom, papersToMatch } from './recorded-papers.ts';

const NOW = Date.parse('2026-04-01');
const TRIES = 5;

const GOALS: Readonly<Record<string, number>> = {
  'narrow 10000': 60,
  'broad 10000': 60,
  'narrow 100000': 100,
  'narrow 1000000': 500,
  'broad 1000000': 2500,
};

export async function* run({ quick }: BenchOptions): AsyncIterable<BenchLine> {
  const past = papersToLearnFrom();
  const vocabulary = collectVocabulary(quick ? past.slice(0, 300) : past);
  const papers = papersToMatch().slice(0, quick ? 20 : 600);
  for (const size of quick ? [1000] : [10_000, 100_000, 1_000_000]) {
    for (const mix of ['narrow', 'broad'] as const) yield* runSize(mix, size, vocabulary, past, papers);
  }
  yield* topics(filtersFrom(vocabulary, 'narrow'), quick ? 300 : 10_000, past, papers);
}

/** Each filter within one of the catalogue's topics, beside the same filters with the topics written out. */
async function* topics(
  source: Generator<Filter>,
  size: number,
  past: readonly MatchDocument[],
  papers: readonly MatchDocument[],
): AsyncIterable<BenchLine> {
  const catalogue = readTopicCatalogue(topicList);
  const written = take(source, size).map((filter, at): Filter => {
    const { name, filter: ofTopic } = catalogue.topics[at % catalogue.topics.length];
    return { kind: 'and', parts: [{ kind: 'topic', name, filter: ofTopic }, filter] };
  });
  const figuresOf = (filters: readonly Filter[]) => {
    const { index, seconds } = build(filters.values(), size, past.slice(-1000));
    const { times } = timesOf((paper) => index.count(paper, NOW), papers, TRIES, size);
    return { us_per_paper: median(times), build_s: seconds, bytes_per_filter: index.memory().total / size };
  };
  const ours = figuresOf(written);
  const rival = figuresOf(written.map(writtenOut));
  for (const metric of ['us_per_paper', 'build_s', 'bytes_per_filter'] as const)
    yield {
      ...{ case: `topics ${size}`, metric, value: ours[metric] },
      rivals: { 'written out': rival[metric] },
    };
}

function writtenOut(filter: Filter): Filter {
  if (filter.kind === 'topic') return writtenOut(filter.filter);
  if (filter.kind === 'not') return { kind: 'not', part: writtenOut(filter.part) };
  return filter.kind === 'and' || filter.kind === 'or'
    ? { ...filter, parts: filter.parts.map(writtenOut) }
    : filter;
}

type Mix = keyof typeof MIXES;

async function* runSize(
  mix: Mix,
  size: number,
  vocabulary: Vocabulary,
  past: readonly MatchDocument[],
  papers: readonly MatchDocument[],
): AsyncIterable<BenchLine> {
  const name = `${mix} ${size}`;
  const source = filtersFrom(vocabulary, mix);
  const { index, seconds, kept } = build(source, size, past.slice(-1000));
  const goal = GOALS[name];
  const { times, share } = timesOf((paper) => index.count(paper, NOW), papers, TRIES, size);
  const ours = median(times);
  const others = rivalTimes(kept, size, past, papers);
  yield {
    case: name,
    metric: 'us_per_paper',
    value: ours,
    rivals: others,
    goal: goal === undefined ? undefined : { max: goal },
    note: `${(share * 100).toFixed(2)} % of pairs match`,
  };
  yield { case: name, metric: 'us_per_paper_p99', value: quantile(times, 0.99), goal: { max: ours * 3 } };
  if (name === 'narrow 100000') {
    yield { case: name, metric: 'times_the_floor', value: ours / others.floor, goal: { max: 2 } };
    yield {
      case: name,
      metric: 'times_as_fast_as_feed_bots',
      value: others.feed_bots / ours,
      goal: { min: 1000 },
    };
  }
  if (size === 1_000_000) {
    yield {
      case: name,
      metric: 'times_as_fast_as_rarest_term',
      value: others.rarest_term / ours,
      goal: { min: 10 },
    };
  }
  yield { case: name, metric: 'build_s', value: seconds, goal: { max: Math.max(1, size / 100_000) } };
  const bytes = size >= 100_000 ? { max: 250 } : undefined;
  yield { case: name, metric: 'bytes_per_filter', value: index.memory().total / size, goal: bytes };
  yield* changes(name, index, source, size);
}

/** Parsed filters, one after the other; what does not parse (none should) is left out. */
function* filtersFrom(vocabulary: Vocabulary, mix: Mix): Generator<Filter> {
  for (const text of generateFilters(vocabulary, MIXES[mix], 1)) {
    const parsed = parseFilter(text, { topics: null });
    if (parsed.ok) yield parsed.filter;
  }
}

const PORTION = 10_000;

/** Adds the filters portion by portion: a million trees at once would be most of the memory. Parsing is not timed. */
function build(source: Iterator<Filter>, size: number, past: readonly MatchDocument[]) {
  const index = createFilterIndex();
  const kept: Filter[] = [];
  let ms = 0;
  for (let added = 0; added < size; ) {
    const portion = take(source, Math.min(PORTION, size - added));
    if (kept.length < 1_000_000) kept.push(...portion);
    const start = performance.now();
    for (const filter of portion) index.add(`s${added++}`, filter);
    ms += performance.now() - start;
  }
  const start = performance.now();
  for (const paper of past) index.learn(paper);
  index.renew();
  while (index.refresh());
  return { index, kept, seconds: (ms + performance.now() - start) / 1000 };
}

function take(source: Iterator<Filter>, count: number): Filter[] {
  return Array.from({ length: count }, () => source.next().value);
}

function timesOf(count: rivals.Rival, papers: readonly MatchDocument[], tries: number, size: number) {
  const rounds = Array.from({ length: tries }, () => new Float64Array(papers.length));
  let matches = 0;
  for (const round of rounds) {
    for (const [at, paper] of papers.entries()) {
      const start = performance.now();
      matches += count(paper);
      round[at] = (performance.now() - start) * 1000;
    }
  }
  const times = papers.map((_, at) => median(rounds.map((round) => round[at])));
  return { times, share: matches / tries / papers.length / size };
}

type Build = (filters: readonly Filter[], past: readonly MatchDocument[]) => rivals.Rival;

/** The rivals that answer at this size within seconds, and on how many papers each is tried. */
function rivalsFor(size: number): Record<string, [Build, number]> {
  const all: Record<string, [Build, number]> = {
    floor: [rivals.floor, 200],
    rarest_term: [rivals.rarestTerm, size > 100_000 ? 10 : 50],
    feed_bots: [rivals.feedBots, size > 10_000 ? 1 : 5],
  };
  if (size > 100_000) return all;
  return {
    ...all,
    token_sets: [rivals.tokenSets, 5],
    regexes: [rivals.regexes, size > 10_000 ? 1 : 3],
    ahocorasick: [rivals.ahoCorasick, 20],
    modern_ahocorasick: [rivals.modernAhoCorasick, 20],
  };
}

function rivalTimes(
  filters: readonly Filter[],
  size: number,
  past: readonly MatchDocument[],
  papers: readonly MatchDocument[],
): Record<string, number> {
  const figures: Record<string, number> = {};
  for (const [name, [make, most]] of Object.entries(rivalsFor(size))) {
    const rival = make(filters, past);
    figures[name] = median(timesOf(rival, papers.slice(0, most), most > 1 ? 3 : 2, size).times);
  }
  gatherGarbage();
  return figures;
}

const CHANGES = 20_000;

/**
 * Adding and removing while the index lives. The longest pause is the longest single call, the garbage collector's and,
 * on a busy machine, other processes' turns included.
 */
async function* changes(
  name: string,
  index: FilterIndex,
  source: Generator<Filter>,
  size: number,
): AsyncIterable<BenchLine> {
  const filters = take(source, Math.min(CHANGES, size));
  const adds = filters.map((filter, at) => timed(() => index.add(`n${at}`, filter)));
  const removes = filters.map((_, at) => timed(() => index.remove(`n${at}`)));
  yield { case: name, metric: 'add_us', value: mean(adds), goal: { max: 20 } };
  yield { case: name, metric: 'remove_us', value: mean(removes), goal: { max: 1 } };
  const pause = Math.max(...adds, ...removes) / 1000;
  yield { case: name, metric: 'longest_pause_ms', value: pause, goal: { max: 2 } };
}

/** Microseconds. */
function timed(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) * 1000;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
