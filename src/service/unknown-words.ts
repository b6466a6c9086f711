import type { PaperSearch } from '#src/archive/paper-search.ts';
import type { Filter } from '#src/match/language/filter.ts';
import { venuesAsked, type WrittenUnit, writtenUnits } from '#src/match/language/filter-words.ts';
import { printFilter } from '#src/match/language/print-filter.ts';

/** A word of a filter that no paper has; `near`: one that papers have, and that was probably meant. */
export type UnknownWord = { word: string; near: string | null };

/** More would only bury the first ones. */
const MOST = 3;

/**
 * The words of a filter that no paper has in any form that would match, at most three; those with a likely correction first,
 * for a name that is new is no mistake.
 */
export async function unknownWords(search: PaperSearch, filter: Filter): Promise<UnknownWord[]> {
  const unknown = new Map<string, UnknownWord>();
  for (const unit of writtenUnits(filter)) {
    if (unit.words.length === 0 || (await isKnown(search, unit))) continue;
    for (const word of unit.words) {
      if (unknown.has(word) || (await has(search, word))) continue;
      unknown.set(word, { word, near: await nearTo(search, word) });
    }
    if (withNear(unknown).length >= MOST) break;
  }
  const rest = [...unknown.values()].filter(({ near }) => near === null);
  return [...withNear(unknown), ...rest].slice(0, MOST);
}

/** The venues of a filter that no paper is known to be of, as they print; at most three. */
export async function unknownVenues(search: PaperSearch, filter: Filter): Promise<string[]> {
  const unknown = new Set<string>();
  for (const venue of venuesAsked(filter)) {
    if (unknown.size >= MOST) break;
    if (!(await search.finds(venue))) unknown.add(printFilter(venue));
  }
  return [...unknown];
}

const withNear = (unknown: ReadonlyMap<string, UnknownWord>): UnknownWord[] =>
  [...unknown.values()].filter(({ near }) => near !== null);

/** Papers may write `"fine tuning"` as one word: then neither of the two needs to stand alone anywhere. */
async function isKnown(search: PaperSearch, { text, leaf }: WrittenUnit): Promise<boolean> {
  if (await has(search, text)) return true;
  return leaf.text !== text && search.finds({ ...leaf, field: null });
}

const has = (search: PaperSearch, text: string): Promise<boolean> =>
  search.finds({ kind: 'word', text, field: null });

/** What was written in capitals may be no acronym to papers: `ADAM` finds no Adam. */
async function nearTo(search: PaperSearch, word: string): Promise<string | null> {
  const near = search.near(word);
  for (const likely of [word.toLowerCase(), ...near.map((one) => inCaseOf(word, one)), ...near])
    if (likely !== word && (await has(search, likely))) return likely;
  return null;
}

function inCaseOf(word: string, lower: string): string {
  if (word === word.toUpperCase()) return lower.toUpperCase();
  const [first] = word;
  return first === first.toLowerCase() ? lower : lower.charAt(0).toUpperCase() + lower.slice(1);
}
