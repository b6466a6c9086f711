import { LRUCache } from 'lru-cache';
import { analyseWord } from '../text/analyse.ts';
import { foldLetters } from '../text/fold.ts';

/** A word or number of what somebody wrote about where a paper was accepted or published. */
export type VenueToken = {
  /** Accents away, case and spelling as written. */
  text: string;
  /** In lower case, without apostrophes. */
  word: string;
  kind: 'word' | 'number' | 'ordinal';
  /** It may stand for a longer word: a point follows, or everybody shortens it so. */
  isShort: boolean;
  /** At least two capitals. */
  isCapital: boolean;
  /** What stands between it and the token before. */
  gap: string;
};

const TOKEN = /\d+(?:st|nd|rd|th)\b|'\d\d(?!\d)|\d\p{Lu}{1,3}\b|\d+|\p{L}+(?:[&']\p{L}+)*/gu;

/** How titles of journals and proceedings are shortened, with a point or without. */
const SHORT = new Set(
  (
    'proc int intl natl nat conf symp trans j jour journ phys rev lett astron astrophys soc acad sci comput comp mach learn anal ' +
    'intell softw eng syst commun comm math stat theor appl mech chem biol med ann am amer assoc ling lang inf inform process ' +
    'signal electron quant grav class res artif adv neur mon not roy opt exp energ high eur nucl part mod mater robot autom ' +
    'vis recog multimed inst instrum prog pac publ suppl ser sect univ acta bull arch rep ed eds ' +
    'lect dept tech technol netw secur distrib parallel oper infor cosmol astropart'
  ).split(' '),
);

/** Contractions: no beginnings of what they stand for. */
const CONTRACTED: ReadonlyMap<string, string> = new Map([
  ['intl', 'international'],
  ['natl', 'national'],
  ['assn', 'association'],
]);

/** The words and numbers of a comment or a journal reference. Linear in the length of the text. */
export function venueTokens(written: string): VenueToken[] {
  const text = foldLetters(written);
  let end = 0;
  return [...text.matchAll(TOKEN)].map(({ 0: found, index }) => {
    const gap = text.slice(end, index);
    end = index + found.length;
    const word = found.replaceAll("'", '').toLowerCase();
    return {
      text: found,
      word,
      kind: kindOf(found),
      isShort: text[end] === '.' || word.length === 1 || SHORT.has(word),
      isCapital: (found.match(/\p{Lu}/gu)?.length ?? 0) >= 2,
      gap,
    };
  });
}

function kindOf(found: string): VenueToken['kind'] {
  if (/^'?\d+$/.test(found)) return 'number';
  return /^\d/.test(found) && /\d(?:st|nd|rd|th)$/.test(found) ? 'ordinal' : 'word';
}

/** Whether the token is that word of a name, whole or shortened. */
export function standsFor({ word, isShort }: VenueToken, named: string): boolean {
  if (word === named) return true;
  return isShort && (named.startsWith(word) || CONTRACTED.get(word) === named);
}

/** Whether a point after the token may be that of a shortened word. */
export function isShortened({ word, kind }: VenueToken): boolean {
  return kind === 'word' && (word.length === 1 || SHORT.has(word));
}

/** The years in it: `2025`, `'25`, and of `ICML25` when no year is written out. */
export function yearsOf(tokens: readonly VenueToken[]): number[] {
  const whole = tokens.filter(isYear).map(({ word }) => Number(word));
  const short = tokens.flatMap((token, at) =>
    isShortYear(token, tokens[at - 1]) ? [2000 + Number(token.word)] : [],
  );
  return [...new Set(whole.length > 0 ? whole : short)];
}

export function isYear({ kind, word }: VenueToken): boolean {
  return kind === 'number' && /^(?:19[5-9]|20[0-4])\d$/.test(word);
}

/** `'25`, or two digits right after capitals, as in `ICML25` and `AAAI-25`. */
export function isShortYear({ kind, text, gap }: VenueToken, before: VenueToken | undefined): boolean {
  if (kind !== 'number') return false;
  return /^'\d\d$/.test(text) || (/^[0-4]\d$/.test(text) && /^-?$/.test(gap) && before?.isCapital === true);
}

/** Words remembered: comments use few. */
const MOST_STEMS = 5000;
const STEMS = new LRUCache<string, string>({ max: MOST_STEMS });

/** The token as words are compared: without plural, in American spelling. */
export function stemOf({ text }: VenueToken): string {
  const known = STEMS.get(text);
  if (known !== undefined) return known;
  const { stem } = analyseWord(text);
  STEMS.set(text, stem);
  return stem;
}
