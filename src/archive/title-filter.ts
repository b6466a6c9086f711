import type { Filter } from '#src/match/language/filter.ts';

/** The filter language wants three letters before a prefix's star. */
const SHORTEST_PREFIX = 3;
/** No title has more that would help to find it. */
const MOST_WORDS = 32;

/**
 * A filter for titles with `all` or with `any` of the words as they are being typed: case does not matter, and the last
 * word may be the beginning of one; or with the `whole` of them, each complete. Null when there is no word.
 */
export function titleFilter(words: string, wanted: 'all' | 'any' | 'whole'): Filter | null {
  if (wanted === 'whole') return titlesWith(wordsOf(words));
  const typed = wordsOf(words).slice(0, MOST_WORDS);
  const last = typed.pop();
  if (last === undefined) return null;
  const parts: Filter[] = typed.map(wholeWord);
  if (last.length >= SHORTEST_PREFIX) parts.push(begun(last));
  // One or two letters of a word that is being typed say too little, but alone they are all there is.
  else if (parts.length === 0 || wanted === 'any') parts.push(wholeWord(last));
  return parts.length === 1 ? parts[0] : { kind: wanted === 'all' ? 'and' : 'or', parts };
}

/** For titles in which the text stands as it is, apart from case and punctuation. */
export function wholeTitleFilter(text: string): Filter {
  return { kind: 'phrase', text: text.toLowerCase(), field: 'title', within: null };
}

function titlesWith(words: readonly string[]): Filter | null {
  if (words.length === 0) return null;
  const parts = words.map(wholeWord);
  return parts.length === 1 ? parts[0] : { kind: 'and', parts };
}

/** In lower case, because capitals would ask for acronyms; punctuation around a word is not part of it. */
function wordsOf(text: string): string[] {
  const pieces = text.toLowerCase().split(/\s+/);
  return pieces
    .map((piece) => piece.replace(/^[^\p{L}\p{N}]+|(?<![^\p{L}\p{N}+#])[^\p{L}\p{N}+#]+$/gu, ''))
    .filter((piece) => piece !== '');
}

function wholeWord(text: string): Filter {
  return { kind: 'word', text, field: 'title' };
}

function begun(text: string): Filter {
  return { kind: 'or', parts: [wholeWord(text), { kind: 'prefix', text, field: 'title' }] };
}
