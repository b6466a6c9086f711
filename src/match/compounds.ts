import { singular } from './inflection.ts';
import type { Pair, Spelling } from './spelling.ts';
import { american } from './spelling-variants.ts';

/**
 * Compounds: `a-b`, `"a b"` and `ab` are to meet whatever a and b are. Two words are a third one when the fold of the first
 * and the stem of the second, in a row, are its stem; or when they are one of its cuts, for plural and spelling rules may
 * see a whole otherwise than its pieces: `node js` and nodejs, whose stem is nodej.
 */
export function isCompound(first: Spelling, second: Spelling, word: Spelling): boolean {
  const pair = { fold: first.fold, stem: second.stem };
  if (areInARow(pair, word.stem)) return true;
  const mayBe = beginningsOf(first, second).some((beginning) => beginsWith(word, beginning));
  return mayBe && cutsAfter(pair.fold, word).some(({ stem }) => stem === pair.stem);
}

/** What a word begins with, as it is written or folded, of which the two are a cut: tells at once that most are not. */
export function beginningsOf(first: Spelling, second: Spelling): readonly string[] {
  const folded = first.fold + second.stem.slice(0, 1);
  const written = first.written + second.written.slice(0, 1);
  return folded === written ? [folded] : [folded, written];
}

function beginsWith({ written, fold }: Spelling, beginning: string): boolean {
  return written.startsWith(beginning) || fold.startsWith(beginning);
}

export function areInARow({ fold, stem }: Pair, whole: string): boolean {
  return whole.length === fold.length + stem.length && whole.startsWith(fold) && whole.endsWith(stem);
}

export function includes(cuts: readonly Pair[], { fold, stem }: Pair): boolean {
  return cuts.some((cut) => cut.fold === fold && cut.stem === stem);
}

/** All ways to cut a row of letters in two. */
export function splitsOf(letters: string): Pair[] {
  return Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => {
    return { fold: letters.slice(0, at + 1), stem: letters.slice(at + 1) };
  });
}

/** No compound is longer, but a text may hold a row of letters of any length. */
const LONGEST = 64;
const NO_CUTS: readonly Pair[] = [];

/** The pairs of words that are the word cut in two, but for those that in a row are its stem. Most words have none. */
export function cutsOf(word: Spelling): readonly Pair[] {
  const { length } = word.written;
  if (length < 2 || length > LONGEST) return NO_CUTS;
  const cuts: Pair[] = [];
  for (let at = 1; at < length; at++) {
    const cut = cutAt(word, at, american(word.written.slice(0, at)));
    if (cut !== null) cuts.push(cut);
  }
  return cuts.length === 0 ? NO_CUTS : cuts;
}

/** No British spelling is longer or shorter by more. */
const MOST_LETTERS_APART = 4;

/** Those of `cutsOf` whose first word has that fold. */
export function cutsAfter(fold: string, word: Spelling): readonly Pair[] {
  const { length } = word.written;
  if (length > LONGEST) return NO_CUTS;
  const cuts: Pair[] = [];
  const first = Math.max(1, fold.length - MOST_LETTERS_APART);
  for (let at = first; at < length && at <= fold.length + MOST_LETTERS_APART; at++) {
    const cut = american(word.written.slice(0, at)) === fold ? cutAt(word, at, fold) : null;
    if (cut !== null) cuts.push(cut);
  }
  return cuts;
}

/** `fold` is that of the letters before `at`. */
function cutAt(word: Spelling, at: number, fold: string): Pair | null {
  const cut = { fold, stem: singular(american(word.written.slice(at))) };
  return areInARow(cut, word.stem) || isTailOfPlural(cut, word) ? null : cut;
}

// Words of up to three letters of which compounds are made though they look like the end of a plural.
const SHORT_HEADS = new Set(
  'js os ios gps dns css aws sms cms cls fps bps tts nas vos gas pie tie die'.split(' '),
);

/** `model S` is not models, `for MS` not forms, `are as` not areas; `node js` is nodejs and `25 fps` is 25fps. */
function isTailOfPlural(cut: Pair, { fold }: Spelling): boolean {
  if (cut.stem.length > 3 || !(areInARow(cut, fold) || fold.endsWith('ies'))) return false;
  return !SHORT_HEADS.has(cut.stem) && !/\d$/.test(cut.fold);
}
