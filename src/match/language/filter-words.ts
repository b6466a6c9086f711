import { analyse } from '../text/analyse.ts';
import { isCjk } from '../text/scripts.ts';
import type { Filter, TextLeaf, VenueLeaf } from './filter.ts';
import { parseFilter } from './parse-filter.ts';
import { printFilter } from './print-filter.ts';
import type { TopicCatalogue } from './topic-catalogue.ts';

/** What stands between two blanks in a word or phrase of a filter: `fine-tuning`. */
export type WrittenUnit = {
  text: string;
  /** Its words as they were written, without those that are no words of a language: figures, signs, single letters, CJK. */
  words: readonly string[];
  /** The word or phrase that it is of. */
  leaf: TextLeaf;
};

/**
 * What a filter's writer looks for in the texts of papers, in order. Not names, organisations and venues, which nobody
 * spells from a dictionary; not prefixes; not what a topic of the catalogue brings.
 */
export function writtenUnits(filter: Filter): WrittenUnit[] {
  if (filter.kind === 'not') return writtenUnits(filter.part);
  if (filter.kind === 'and' || filter.kind === 'or') return filter.parts.flatMap(writtenUnits);
  if (!isOfTexts(filter)) return [];
  const units = filter.text.split(/\s+/).filter((unit) => unit !== '');
  return units.map((text) => ({ text, words: wordsOf(text), leaf: filter }));
}

/** The venues that a filter's writer asks for, in order; not those of a topic of the catalogue. */
export function venuesAsked(filter: Filter): VenueLeaf[] {
  if (filter.kind === 'not') return venuesAsked(filter.part);
  if (filter.kind === 'and' || filter.kind === 'or') return filter.parts.flatMap(venuesAsked);
  return filter.kind === 'venue' ? [filter] : [];
}

const TEXTS: readonly (string | null)[] = [null, 'title', 'abstract', 'keyword'];

function isOfTexts(filter: Filter): filter is Exclude<TextLeaf, { kind: 'prefix' }> {
  return (filter.kind === 'word' || filter.kind === 'phrase') && TEXTS.includes(filter.field);
}

function wordsOf(unit: string): string[] {
  return analyse(unit)
    .map(({ start, end }) => unit.slice(start, end))
    .filter((word) => LETTERS.test(word) && !isCjk(word.codePointAt(0) ?? 0));
}

const LETTERS = /^[\p{L}\p{M}'’]{2,}$/u;

/**
 * The filter with one of its words replaced wherever `writtenUnits` finds it: in the text as it was written where that can be
 * done, else as the filter prints. Null when it cannot be replaced.
 */
export function withWord(
  written: { text: string; filter: Filter },
  [word, instead]: readonly [word: string, instead: string],
  topics: TopicCatalogue,
): string | null {
  const wanted = printFilter(replaced(written.filter, word, instead));
  if (wanted === printFilter(written.filter)) return null;
  const inPlace = replacedIn(written.text, word, instead);
  return [inPlace, wanted].find((proposal) => readingOf(proposal, topics) === wanted) ?? null;
}

function readingOf(text: string, topics: TopicCatalogue): string | null {
  const parsed = parseFilter(text, { topics });
  return parsed.ok ? printFilter(parsed.filter) : null;
}

function replaced(filter: Filter, word: string, instead: string): Filter {
  if (filter.kind === 'not') return { kind: 'not', part: replaced(filter.part, word, instead) };
  if (filter.kind === 'and' || filter.kind === 'or')
    return { kind: filter.kind, parts: filter.parts.map((part) => replaced(part, word, instead)) };
  return isOfTexts(filter) ? { ...filter, text: replacedIn(filter.text, word, instead) } : filter;
}

/** Where it stands as a whole word; apart from its writer's slip the text stays. */
function replacedIn(text: string, word: string, instead: string): string {
  return text.replace(RUNS, (run) => (run === word ? instead : run));
}

const RUNS = /[\p{L}\p{M}\p{N}'’]+/gu;
