/**
 * Makes filters as people write them, from the words of real papers. Part of the benchmark: what it makes decides
 * what is measured. The same vocabulary, mix and seed make the same filters.
 *
 * - 1 to 6 terms (25, 25, 20, 15, 10, 5 %), each drawn by a Zipf law: the word of rank r with a weight of
 *   1 / (r + shift) ** exponent, ranks by the number of papers that contain the word, the commonest 60 (narrow: 3,560)
 *   left out.
 * - Joined by OR, by AND, or as (a OR b) c.
 * - 30 % contain a phrase (two, one in five three, neighbouring words of a paper), 20 % a NOT, 10 % a prefix, 10 % a field
 *   (two thirds `title:`, the rest `author:`), 15 % `upvotes:>=`.
 * - Two mixes by the share of (filter, paper) pairs that match: broad about 4 %, narrow about 0.3 %.
 */
import type { MatchDocument } from '#src/match/language/filter.ts';

export type Vocabulary = {
  /** Commonest first. */
  words: readonly string[];
  phrases: readonly string[];
  authors: readonly string[];
};

/** `skip`: the commonest words left out besides. */
export type Mix = { skip: number; shift: number; exponent: number; or: number; phraseShift: number };

export const MIXES = {
  broad: { skip: 0, shift: 150, exponent: 1, or: 0.4, phraseShift: 100 },
  narrow: { skip: 3500, shift: 1000, exponent: 1, or: 0.3, phraseShift: 2000 },
} as const satisfies Record<string, Mix>;

const COMMONEST_LEFT_OUT = 60;
const PLAIN = /^[a-z]{6,}$/;
const OPERATORS: ReadonlySet<string> = new Set(['AND', 'OR', 'NOT']);

/** Counts words, neighbouring words and authors in the papers. */
export function collectVocabulary(papers: readonly MatchDocument[]): Vocabulary {
  const words = new Map<string, number>();
  const phrases = new Map<string, number>();
  const authors = new Map<string, number>();
  for (const paper of papers) {
    const text = `${paper.title}. ${paper.abstract}`;
    const tokens = text.match(/[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]/g) ?? [];
    countAll(words, new Set(tokens.map(asWritten).filter((word) => !OPERATORS.has(word))));
    countAll(phrases, new Set(neighbours(tokens.map(asWritten))));
    countAll(authors, paper.authors);
  }
  const common = byCount(words).slice(COMMONEST_LEFT_OUT);
  const usual = new Set(byCount(words).slice(0, COMMONEST_LEFT_OUT));
  const kept = byCount(phrases, papers.length > 500 ? 3 : 1).filter((phrase) =>
    phrase.split(' ').every((word) => !usual.has(word)),
  );
  return { words: common, phrases: kept, authors: byCount(authors) };
}

/** Acronyms stay in capitals, everything else is lower case: so do people write filters. */
function asWritten(word: string): string {
  const capitals = word.replace(/[^A-Z]/g, '').length;
  return capitals >= 2 && capitals * 2 >= word.replace(/[^A-Za-z]/g, '').length ? word : word.toLowerCase();
}

function neighbours(words: readonly string[]): string[] {
  const pairs = words.slice(1).map((word, index) => `${words[index]} ${word}`);
  const triples = words.slice(2).map((word, index) => `${pairs[index]} ${word}`);
  return [...pairs, ...triples];
}

function countAll(counts: Map<string, number>, names: Iterable<string>): void {
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
}

function byCount(counts: Map<string, number>, atLeast = 1): string[] {
  return [...counts]
    .filter(([, count]) => count >= atLeast)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([name]) => name);
}

/** An endless row of filters in the filter language. */
export function* generateFilters(vocabulary: Vocabulary, mix: Mix, seed: number): Generator<string> {
  const random = createRandom(seed);
  // A small vocabulary has no words to spare.
  const words = vocabulary.words.slice(Math.min(mix.skip, vocabulary.words.length >> 1));
  const word = createZipf(words, mix.exponent, mix.shift, random);
  const plain = createZipf(
    words.filter((name) => PLAIN.test(name)),
    mix.exponent,
    mix.shift,
    random,
  );
  const phrase = createZipf(vocabulary.phrases, mix.exponent, mix.phraseShift, random);
  const author = createZipf(vocabulary.authors, mix.exponent, 20, random);
  const happens = (share: number) => random() < share;
  while (true) {
    const terms = Array.from({ length: drawCount(random()) }, word);
    if (happens(0.3)) terms[0] = `"${happens(0.2) ? phrase() : twoWords(phrase)}"`;
    if (happens(0.1)) terms[terms.length - 1] = `${stump(plain(), happens)}*`;
    if (happens(0.1))
      terms[0] = happens(0.67) ? `title:${terms[0]}` : `author:"${author().replaceAll('"', '')}"`;
    const parts = [join(terms, happens(mix.or), happens)];
    if (happens(0.2)) parts.push(`-${word()}`);
    if (happens(0.15)) parts.push(`upvotes:>=${[5, 10, 20, 50, 100][Math.floor(random() * 5)]}`);
    yield parts.length > 1 && parts[0].includes(' OR ') && !parts[0].startsWith('(')
      ? `(${parts[0]}) ${parts.slice(1).join(' ')}`
      : parts.join(' ');
  }
}

/** A prefix as people write them: a word without its ending, five letters or more. */
function stump(word: string, happens: (share: number) => boolean): string {
  return word.slice(0, Math.max(5, word.length - (happens(0.5) ? 1 : 3)));
}

function twoWords(phrase: () => string): string {
  return phrase().split(' ').slice(0, 2).join(' ');
}

function drawCount(chance: number): number {
  return 1 + [0.25, 0.5, 0.7, 0.85, 0.95].filter((limit) => chance >= limit).length;
}

function join(terms: readonly string[], anyOf: boolean, happens: (share: number) => boolean): string {
  if (anyOf) return terms.join(' OR ');
  if (terms.length < 3 || happens(0.5)) return terms.join(' ');
  return `(${terms.slice(0, -1).join(' OR ')}) ${terms[terms.length - 1]}`;
}

function createZipf(
  names: readonly string[],
  exponent: number,
  shift: number,
  random: () => number,
): () => string {
  const sums = new Float64Array(names.length);
  let sum = 0;
  for (let rank = 0; rank < names.length; rank++) sums[rank] = sum += 1 / (rank + 1 + shift) ** exponent;
  return () => names[firstAbove(sums, random() * sum)];
}

function firstAbove(sums: Float64Array, limit: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle] > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Mulberry32: small, and the same everywhere. Values from 0 to below 1. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
