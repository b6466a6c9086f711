import type { PaperSearch } from '#src/archive/paper-search.ts';
import { titleFilter } from '#src/archive/title-filter.ts';

const WORDS = /[\p{L}\p{M}]{4,}/gu;
/** A title has no more that would be slips. */
const MOST_WORDS = 12;

/**
 * The words of a title as they were probably meant: those that no title has, each replaced by the likeliest that titles
 * have. Null when nothing is to be replaced, or when no title has all the words then.
 */
export async function correctedTitle(search: PaperSearch, words: string): Promise<string | null> {
  const instead = new Map<string, string>();
  for (const word of [...new Set(words.match(WORDS) ?? [])].slice(0, MOST_WORDS)) {
    if (await hasTitle(search, word)) continue;
    const [near] = search.near(word);
    if (near !== undefined && near !== word.toLowerCase()) instead.set(word, near);
  }
  if (instead.size === 0) return null;
  const meant = words.replace(WORDS, (word) => instead.get(word) ?? word);
  return (await hasTitle(search, meant)) ? meant : null;
}

async function hasTitle(search: PaperSearch, words: string): Promise<boolean> {
  const filter = titleFilter(words, 'whole');
  return filter !== null && search.finds(filter);
}
