import { analyseWord } from '../text/analyse.ts';
import { isFunctionWord } from '../text/function-words.ts';
import type { Filter, TextLeaf } from './filter.ts';

/** More parts than that are a list; nobody wants it without each one of them. */
const MOST_PARTS = 8;
const SHORTEST_PREFIX = 4;
/** A prefix this much shorter than the word says something else. */
const MOST_CUT = 5;

/** Ways to ask for less; the first `most` of them that find something are worth offering. */
type Looser = { filters: readonly Filter[]; most: number };

/**
 * Filters that ask for less than one that finds nothing, the nearest to it first: acronyms as plain words, phrases as
 * words, fields left out, one part left out, any of the parts, words that only begin so. What a topic of the catalogue
 * brings stays.
 */
export function loosened(filter: Filter): Looser[] {
  return [
    { filters: [inLeaves(filter, withoutCapitals)], most: 1 },
    { filters: [inLeaves(filter, withoutQuotes)], most: 1 },
    { filters: [inLeaves(filter, withoutField)], most: 1 },
    { filters: withoutOne(filter), most: 2 },
    { filters: anyPart(filter), most: 1 },
    { filters: begunSo(filter), most: 1 },
  ];
}

type Change = (leaf: TextLeaf) => Filter;

function inLeaves(filter: Filter, change: Change): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { kind: filter.kind, parts: filter.parts.map((part) => inLeaves(part, change)) };
    case 'word':
    case 'phrase':
    case 'prefix':
      return change(filter);
    case 'person':
      return change === withoutField ? inLeaves(filter.filter, change) : filter;
    default:
      return filter;
  }
}

const withoutCapitals: Change = (leaf) =>
  leaf.kind !== 'prefix' &&
  leaf.field !== 'author' &&
  leaf.text.split(/\s+/).some((word) => analyseWord(word).acronym)
    ? { ...leaf, text: leaf.text.toLowerCase() }
    : leaf;

const withoutQuotes: Change = (leaf) => {
  const words = leaf.text.split(/\s+/).filter((word) => word !== '');
  if (leaf.kind !== 'phrase' || words.length < 2) return leaf;
  return { kind: 'and', parts: words.map((text) => ({ kind: 'word', text, field: leaf.field })) };
};

const withoutField: Change = (leaf) => ({ ...leaf, field: null });

function withoutOne(filter: Filter): Filter[] {
  if (filter.kind !== 'and' || filter.parts.length > MOST_PARTS) return [];
  return filter.parts.flatMap((_, gone) => {
    const parts = filter.parts.filter((_, at) => at !== gone);
    // What only excludes is no question.
    if (parts.every(({ kind }) => kind === 'not')) return [];
    return [parts.length === 1 ? parts[0] : { kind: 'and' as const, parts }];
  });
}

function anyPart(filter: Filter): Filter[] {
  if (filter.kind !== 'and') return [];
  const wanted = filter.parts.filter(({ kind }) => kind !== 'not');
  const excluded = filter.parts.filter(({ kind }) => kind === 'not');
  const isText = wanted.every(({ kind }) => ['word', 'phrase', 'prefix', 'topic'].includes(kind));
  if (wanted.length < 2 || !isText) return [];
  const telling = wanted.filter((part) => !isFiller(part));
  if (telling.length === 0) return [];
  const any: Filter = telling.length === 1 ? telling[0] : { kind: 'or', parts: telling };
  return [excluded.length === 0 ? any : { kind: 'and', parts: [any, ...excluded] }];
}

/** Nearly every text has it. */
const isFiller = (part: Filter): boolean =>
  part.kind === 'word' && part.field === null && isFunctionWord(part.text.toLowerCase());

/** `diffusing` as `diffus*`: ever shorter beginnings, the longest first. */
function begunSo(filter: Filter): Filter[] {
  if (filter.kind !== 'word' || !/^\p{L}+$/u.test(filter.text)) return [];
  const shortest = Math.max(SHORTEST_PREFIX, filter.text.length - MOST_CUT);
  const lengths = Array.from(
    { length: Math.max(0, filter.text.length - shortest) },
    (_, cut) => filter.text.length - 1 - cut,
  );
  return lengths.map((length) => ({
    kind: 'prefix',
    text: filter.text.slice(0, length).toLowerCase(),
    field: filter.field,
  }));
}
