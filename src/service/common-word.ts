import type { PaperSearch } from '#src/archive/paper-search.ts';
import type { Filter } from '#src/match/language/filter.ts';
import { printFilter } from '#src/match/language/print-filter.ts';

/** A word that more than half of all papers have: in an OR it takes them all. */
export type CommonWord = {
  word: string;
  papers: number;
  of: number;
  /** The filter without it; null: nothing would be left. */
  without: string | null;
};

/** Of fewer papers many have the same words. */
const LEAST_PAPERS = 100;

/** The commonest word of the filter, where more than half of all papers have it. */
export async function commonWord(search: PaperSearch, filter: Filter): Promise<CommonWord | null> {
  const of = search.size;
  const words = wordsIn(filter);
  if (of < LEAST_PAPERS || words.length === 0) return null;
  const counts = await search.counts(words.map((word) => ({ filter: word, enough: of })));
  const papers = Math.max(...counts);
  const leaf = words[counts.indexOf(papers)];
  if (papers <= of / 2) return null;
  const left = without(filter, leaf);
  return { word: leaf.text, papers, of, without: left && hasWanted(left) ? printFilter(left) : null };
}

type Word = Extract<Filter, { kind: 'word' }>;

/** Those that have to occur, or may. */
function wordsIn(filter: Filter): Word[] {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.parts.flatMap(wordsIn);
  return filter.kind === 'word' && filter.field !== 'author' && filter.field !== 'org' ? [filter] : [];
}

function without(filter: Filter, leaf: Word): Filter | null {
  if (filter === leaf) return null;
  if (filter.kind !== 'and' && filter.kind !== 'or') return filter;
  const parts = filter.parts.flatMap((part) => without(part, leaf) ?? []);
  if (parts.length === 0) return null;
  return parts.length === 1 ? parts[0] : { kind: filter.kind, parts };
}

const hasWanted = (filter: Filter): boolean =>
  filter.kind === 'and' ? filter.parts.some(hasWanted) : filter.kind !== 'not';
