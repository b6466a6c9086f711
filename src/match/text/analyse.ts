import { withoutAddresses } from './addresses.ts';
import { type Joinable, joinsOf } from './compounds.ts';
import { foldLetters, lowerCase, nameGreek } from './fold.ts';
import { orderName } from './name-order.ts';
import { eachSurface } from './segment.ts';
import { asItIs, isAcronymPlural, spellingOf } from './spelling.ts';
import { hasMarkup, plainOfMarkup } from './tex.ts';
import { spellOut } from './umlauts.ts';

/**
 * One text analysis for matching and for search (docs/filters.md tells it to users). Three steps, so that an index can
 * keep what it has seen: markup (tex.ts) and web addresses (addresses.ts) are taken away where there are any; the text is
 * cut into surface words (segment.ts); each surface word is read by `analyseWord`, which looks at nothing but that word.
 */
export type Token = Word & {
  /** Place among the words of its field, from 0; the parts of a hyphenated word count separately. */
  position: number;
  /** UTF-16 offsets into the original text. */
  start: number;
  end: number;
  /** A CJK character that directly follows the CJK character before it. */
  glued: boolean;
};

export type Word = Joinable & {
  /** At least two capitals, and at least half of the letters; a plural s does not count. */
  acronym: boolean;
  /** Capital letters and letters in all, without a plural s: they tell whether a joined form is an acronym. */
  capitals: number;
  letters: number;
};

/** The words of a text, in order. Never throws; time is linear in the length of the text. */
export function analyse(text: string): Token[] {
  return tokensOf(text, analyseWord, true);
}

/**
/**
 * The words of a person's name, given names first ("LeCun, Yann" too): in names a final s is no plural, capitals are no
 * acronym (Adams is not Adam), and initials stay apart (Y.A. LeCun).
 */
export function analyseName(name: string): Token[] {
  const { text, originOf } = orderName(name);
  return tokensOf(text, analyseNameWord, false).map((token) => ({ ...token, ...originOf(token) }));
}

/** How many words `analyse` would find. */
export function countWords(original: string): number {
  let count = 0;
  eachSurface(plainText(original), () => count++);
  return count;
}

/** The text that is cut into words: without markup, and with blanks in place of web addresses. */
export function plainText(original: string): string {
  return withoutAddresses(hasMarkup(original) ? plainOfMarkup(original).text : original);
}

function tokensOf(original: string, read: (surface: string) => Word, points: boolean): Token[] {
  const plain = hasMarkup(original) ? plainOfMarkup(original) : null;
  const text = withoutAddresses(plain === null ? original : plain.text);
  const tokens: Token[] = [];
  const add = (from: number, to: number, glued: boolean) => {
    const start = plain === null ? from : plain.starts[from];
    const end = plain === null ? to : plain.ends[to - 1];
    tokens.push({ position: tokens.length, start, end, glued, ...read(text.slice(from, to)) });
  };
  eachSurface(text, add, points);
  return tokens;
}

/** Reads one surface word. Pure: an index reads each distinct surface once. */
export function analyseWord(surface: string): Word {
  if (isUnfoldable(surface))
    return { ...asItIs(surface), spelledOut: null, joins: [], acronym: false, capitals: 0, letters: 1 };
  const bare = bareWord(surface);
  const isPlural = isAcronymPlural(bare);
  const { capitals, letters } = countLetters(isPlural ? bare.slice(0, -1) : bare);
  const { fold, stem } = spellingOf(bare, isPlural);
  const spelled = umlautsSpelledOut(surface);
  const other = spelled === null ? null : bareWord(spelled);
  const spelledOut = other === null ? null : spellingOf(other);
  const joins = joinsOf(bare, { fold, stem });
  return {
    fold,
    stem,
    spelledOut,
    joins: other === null || spelledOut === null ? joins : [...joins, ...joinsOf(other, spelledOut)],
    acronym: isAcronym({ capitals, letters }),
    capitals,
    letters,
  };
}

function bareWord(surface: string): string {
  return nameGreek(bareLetters(surface).replace(POINTS, ''));
}

// A word has points only between digits, and after each of its letters: `U.S.A.`.
const POINTS = /(?<=\p{L})\./gu;

/** Without possessive and apostrophes. */
function bareLetters(surface: string): string {
  const letters = isPlainAscii(surface) ? surface : foldLetters(surface);
  return letters.replace(/'[sS]$/, '').replaceAll("'", '');
}

function umlautsSpelledOut(surface: string): string | null {
  return isPlainAscii(surface) ? null : spellOut(surface);
}

/**
 * Reads one surface word of a person's name: see `analyseName`. A single letter is an initial and gets a point, so that
 * it is never read together with its neighbour: "A. Li" is not Ali. Pure.
 */
export function analyseNameWord(surface: string): Word {
  const fold = lowerCase(bareLetters(surface));
  if (isInitial(surface, fold)) return nameWord(`${fold}.`, null);
  const spelled = umlautsSpelledOut(surface);
  return nameWord(fold, spelled === null ? null : lowerCase(bareLetters(spelled)));
}

function isInitial(surface: string, fold: string): boolean {
  if (isUnfoldable(fold)) return false;
  return /^\p{L}$/u.test(surface) || /^\p{L}$/u.test(fold);
}

function nameWord(fold: string, spelled: string | null): Word {
  const spelledOut = spelled === null ? null : asItIs(spelled);
  return { ...asItIs(fold), spelledOut, joins: [], acronym: false, capitals: 0, letters: 0 };
}

/** Whether two neighbouring words, read as one, are an acronym: `U-Net` as `UNet`, `GPT-4o` as `GPT4o`. */
export function joinedAcronym(first: Word, second: Word): boolean {
  return isAcronym({ capitals: first.capitals + second.capitals, letters: first.letters + second.letters });
}

// A kana, Han or Hangul character: folding leaves these as they are.
function isUnfoldable(surface: string): boolean {
  if (surface.length !== 1) return false;
  const code = surface.charCodeAt(0);
  return (
    (code >= 0x3041 && code <= 0x30fe && code !== 0x309f) ||
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0xac00 && code <= 0xd7a3)
  );
}

function isAcronym({ capitals, letters }: { capitals: number; letters: number }): boolean {
  return capitals >= 2 && capitals * 2 >= letters;
}

function countLetters(word: string): { capitals: number; letters: number } {
  if (isPlainAscii(word)) return countAscii(word);
  return { capitals: word.match(/\p{Lu}/gu)?.length ?? 0, letters: word.match(/\p{L}/gu)?.length ?? 0 };
}

function countAscii(word: string): { capitals: number; letters: number } {
  let capitals = 0;
  let letters = 0;
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    const capital = code >= 65 && code <= 90;
    if (capital) capitals++;
    if (capital || (code >= 97 && code <= 122)) letters++;
  }
  return { capitals, letters };
}

function isPlainAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
