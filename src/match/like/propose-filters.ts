import { prepareDocument } from '../evaluate/explain.ts';
import { createFilterIndex } from '../filters/filter-index.ts';
import type { Filter, MatchDocument } from '../language/filter.ts';
import { FILTER_LIMITS } from '../language/filter-limits.ts';
import { printFilter } from '../language/print-filter.ts';
import type { Topic, TopicCatalogue } from '../language/topic-catalogue.ts';
import { sharedTerms } from './shared-terms.ts';

/**
 * Filters that find papers like some examples: topics of the catalogue and rare terms that the examples share, each alone,
 * and the few of them whose OR finds the most examples for the least share of all papers.
 *
 * Two rules, tuned on ten groups of keywords and judged on twenty others (`npm run bench -- like`):
 * - A term tells something when chance would not explain it (`isTelling`).
 * - Of two filters the better one has more of (part of the examples found) x log(that part / part of all papers found).
 *
 * Also requiring a second term was worse by far: with so few examples it is a word that says nothing ("strong", "paper").
 */
type LikeProposals = {
  /** At most three, the likeliest first; each finds more than half of the examples. */
  filters: readonly LikeFilter[];
  /** Where there are none: the topics that find two examples or more, the most first; at most three. */
  nearest: readonly { topic: string; finds: number }[];
};

/** `text`: the filter as it is saved. `finds`: how many of the examples. */
type LikeFilter = { filter: Filter; text: string; finds: number };

/** What is asked of all papers. */
export type Corpus = {
  /** How many papers there are. */
  size: number;
  /** How many of them each filter finds; it may stop counting once they are `enough`. */
  counts(asked: readonly { filter: Filter; enough: number }[]): Promise<readonly number[]>;
  /** Some of them: how much topics find is told by these. */
  some: readonly MatchDocument[];
  /** Gives way to others when it is time to. */
  breathe(): Promise<void>;
};

/** A filter that may be proposed, or a part of one. `gain`: how good it is. */
type Part = { filter: Filter; examples: ReadonlySet<number>; share: number; gain: number };

const MOST = 3;
const MOST_PARTS = 6;
/** So many are begun with: the best one alone need not be in the best OR. */
const BEGINNINGS = 6;
/** A filter that finds more of all papers chooses nothing. */
const LARGEST_SHARE = 0.1;
/** A rarer term is not better: it may be the name of one group's work. */
const LEAST_SHARE = 0.002;
/** For each share of all papers, about so many different terms are as frequent. */
const TERMS_OF_A_FREQUENCY = 100;

/** Proposes filters for two to 30 examples, by this catalogue. */
export function createProposeLike({ topics }: TopicCatalogue) {
  let finder: Promise<TopicFinder> | null = null;

  return async (examples: readonly MatchDocument[], corpus: Corpus): Promise<LikeProposals> => {
    finder ??= topicFinder(topics, corpus);
    const terms = await telling(examples, corpus);
    const found = await topicParts(await finder, examples, corpus);
    const told = found.filter((part) => isTelling(part, examples.length, topics.length * part.share));
    const filters = chosenOf([...terms, ...told], examples.length);
    return { filters, nearest: filters.length > 0 ? [] : nearestOf(found) };
  };
}

type Found = Pick<Part, 'filter' | 'examples'>;

/** The terms that the examples hardly share by chance. */
async function telling(examples: readonly MatchDocument[], corpus: Corpus): Promise<Part[]> {
  const of = examples.length;
  const terms: Found[] = [];
  for (const term of sharedTerms(examples.map(prepareDocument))) {
    if (term !== null) terms.push(term);
    await corpus.breathe();
  }
  const most = terms.map((term) => mostTelling(term.examples.size, of));
  const others = corpus.size - of;
  const asked = terms.map(({ filter }, at) => ({ filter, enough: of + Math.ceil(most[at] * others) + 1 }));
  const counts = await corpus.counts(asked);
  return terms
    .map((term, at) => {
      const share = shareOf(counts[at] - term.examples.size, others);
      return withGain({ ...term, share }, of);
    })
    .filter((part) => isTelling(part, of, TERMS_OF_A_FREQUENCY));
}

type TopicFinder = (paper: MatchDocument) => readonly Filter[];

async function topicFinder(topics: readonly Topic[], { breathe }: Corpus): Promise<TopicFinder> {
  const index = createFilterIndex();
  const filters = new Map<string, Filter>();
  for (const { name, filter } of topics) {
    filters.set(name, { kind: 'topic', name, filter });
    index.add(name, filter);
    await breathe();
  }
  return (paper) => index.match(paper, 0).flatMap((name) => filters.get(name) ?? []);
}

/** The topics that find two examples or more. */
async function topicParts(
  topicsOf: TopicFinder,
  examples: readonly MatchDocument[],
  { some, breathe }: Corpus,
): Promise<Part[]> {
  const having = new Map<Filter, Set<number>>();
  for (const [at, paper] of examples.entries())
    for (const topic of topicsOf(paper)) having.set(topic, (having.get(topic) ?? new Set()).add(at));
  const counts = new Map<Filter, number>();
  const shown = new Set(examples.map(({ id }) => id));
  const others = some.filter(({ id }) => !shown.has(id));
  for (const paper of others) {
    for (const topic of topicsOf(paper)) counts.set(topic, (counts.get(topic) ?? 0) + 1);
    await breathe();
  }
  return [...having]
    .filter(([, found]) => found.size > 1)
    .map(([filter, found]) => {
      const share = shareOf(counts.get(filter) ?? 0, others.length);
      return withGain({ filter, examples: found, share }, examples.length);
    });
}

/** Of the papers that are no examples; where there are few of them, that none has it tells little. */
const shareOf = (having: number, others: number): number =>
  (Math.max(0, having) + 0.5) / (Math.max(0, others) + 1);

function withGain(part: Omit<Part, 'gain'>, of: number): Part {
  const found = part.examples.size / of;
  const gain = (found - 0.5 / of) * Math.log(found / Math.max(part.share, LEAST_SHARE));
  return { ...part, gain };
}

/** Whether less than one of `terms` as frequent ones would be in so many of the examples by chance. */
function isTelling({ examples, share }: Part, of: number, terms: number): boolean {
  const chance = terms * waysToChoose(examples.size, of) * share ** (examples.size - 1);
  return share <= LARGEST_SHARE && chance < 1;
}

/** Up to which share of all papers a term of so many examples tells something. */
function mostTelling(having: number, of: number): number {
  const share = (TERMS_OF_A_FREQUENCY * waysToChoose(having, of)) ** (-1 / (having - 1));
  return Math.min(LARGEST_SHARE, share);
}

function waysToChoose(some: number, of: number): number {
  let ways = 1;
  for (let chosen = 0; chosen < some; chosen++) ways *= (of - chosen) / (chosen + 1);
  return ways;
}

/** The best OR, then the best topic, then what else is best alone. */
function chosenOf(telling: readonly Part[], of: number): LikeFilter[] {
  const best = [...telling].sort(bestFirst);
  const together = best.slice(0, BEGINNINGS).map((part) => joinedTo(part, best, of));
  const [topics, terms] = [true, false].map((isTopic) =>
    best.filter(({ filter }) => (filter.kind === 'topic') === isTopic),
  );
  const chosen = new Map<string, LikeFilter>();
  for (const { filter, examples } of [
    ...together.sort(bestFirst).slice(0, 1),
    ...topics.slice(0, 1),
    ...terms,
  ]) {
    const text = printFilter(filter);
    if (chosen.size === MOST || examples.size * 2 <= of || text.length > FILTER_LIMITS.characters) continue;
    chosen.set(text, { filter, text, finds: examples.size });
  }
  return [...chosen.values()];
}

const bestFirst = (a: Part, b: Part): number => b.gain - a.gain;

/** The part OR those that make it better, one after the other. */
function joinedTo(part: Part, others: readonly Part[], of: number): Part {
  let joined = part;
  const parts = [part.filter];
  while (parts.length < MOST_PARTS) {
    const [next] = others
      .map(({ filter, examples, share }) => ({
        filter,
        with: withGain(
          {
            filter: { kind: 'or', parts: [...parts, filter] },
            examples: new Set([...joined.examples, ...examples]),
            share: 1 - (1 - joined.share) * (1 - share),
          },
          of,
        ),
      }))
      .sort((a, b) => bestFirst(a.with, b.with));
    if (next === undefined || next.with.gain <= joined.gain) break;
    joined = next.with;
    parts.push(next.filter);
  }
  return joined;
}

function nearestOf(topics: readonly Part[]): LikeProposals['nearest'] {
  return [...topics]
    .sort((a, b) => b.examples.size - a.examples.size || bestFirst(a, b))
    .flatMap(({ filter, examples }) =>
      filter.kind === 'topic' ? [{ topic: filter.name, finds: examples.size }] : [],
    )
    .slice(0, MOST);
}
