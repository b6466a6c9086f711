import { foldLetters } from './fold.ts';
import { eachSurface } from './segment.ts';
import { asItIs, isAcronymPlural, type Spelled, type Spelling, spellingOf } from './spelling.ts';
import { hasMarkup, withoutMarkup } from './tex.ts';
import { spellOut } from './umlauts.ts';

/**
 * One text analysis for matching and for search (docs/filters.md tells it to users). Three steps, so that an index can
 * keep what it has seen: markup is taken away where there is any (tex.ts); the text is cut into surface words
 * (segment.ts); each surface word is read by `analyseWord`, which looks at nothing but that word.
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

export type Word = Spelled & {
  /** At least two capitals, and at least half of the letters; a plural s does not count. */
  acronym: boolean;
  /** Capital letters and letters in all, without a plural s: they tell whether a joined form is an acronym. */
  capitals: number;
  letters: number;
};

/** The words of a text, in order. Never throws; time is linear in the length of the text. */
export function analyse(text: string): Token[] {
  return tokensOf(text, analyseWord);
}

/** The words of a person's name: in names a final s is no plural and capitals are no acronym (Adams is not Adam). */
export function analyseName(name: string): Token[] {
  return tokensOf(name, analyseNameWord);
}

/** How many words `analyse` would find. */
export function countWords(original: string): number {
  let count = 0;
  eachSurface(hasMarkup(original) ? withoutMarkup(original).text : original, () => count++);
  return count;
}

function tokensOf(original: string, read: (surface: string) => Word): Token[] {
  const plain = hasMarkup(original) ? withoutMarkup(original) : null;
  const text = plain === null ? original : plain.text;
  const tokens: Token[] = [];
  eachSurface(text, (from, to, glued) => {
    const start = plain === null ? from : plain.starts[from];
    const end = plain === null ? to : plain.ends[to - 1];
    tokens.push({ position: tokens.length, start, end, glued, ...read(text.slice(from, to)) });
  });
  return tokens;
}

/** Reads one surface word. Pure: an index reads each distinct surface once. */
export function analyseWord(surface: string): Word {
  if (isUnfoldable(surface))
    return { ...asItIs(surface), spelledOut: null, acronym: false, capitals: 0, letters: 1 };
  const bare = bareLetters(surface);
  const isPlural = isAcronymPlural(bare);
  const { capitals, letters } = countLetters(isPlural ? bare.slice(0, -1) : bare);
  const { written, fold, stem } = spellingOf(bare, isPlural);
  const spelledOut = spelledOutOf(surface, spellingOf);
  const acronym = isAcronym({ capitals, letters });
  return { written, fold, stem, spelledOut, acronym, capitals, letters };
}

/** Reads one surface word of a person's name: see `analyseName`. Pure. */
export function analyseNameWord(surface: string): Word {
  const read = (letters: string) => asItIs(letters.toLowerCase());
  const spelledOut = spelledOutOf(surface, read);
  return { ...read(bareLetters(surface)), spelledOut, acronym: false, capitals: 0, letters: 0 };
}

/** Without possessive and apostrophes. */
function bareLetters(surface: string): string {
  const letters = isPlainAscii(surface) ? surface : foldLetters(surface);
  return letters.replace(/'[sS]$/, '').replaceAll("'", '');
}

function spelledOutOf(surface: string, read: (letters: string) => Spelling): Spelling | null {
  const spelled = isPlainAscii(surface) ? null : spellOut(surface);
  return spelled === null ? null : read(bareLetters(spelled));
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
