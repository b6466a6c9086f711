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
  return mayBe && includes(cutsOf(word), pair);
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

/** Words whose cuts were asked for lately: filters use the same words again and again. */
const lately = new Map<string, readonly Pair[]>();
const MOST_LATELY = 4096;

/** The pairs of words that are the word cut in two, but for those that in a row are its stem. Most words have none. */
export function cutsOf(word: Spelling): readonly Pair[] {
  if (word.written.length < 2 || word.written.length > LONGEST) return NO_CUTS;
  const key = `${word.written} ${word.stem}`;
  const known = lately.get(key);
  if (known !== undefined) return known;
  if (lately.size >= MOST_LATELY) lately.clear();
  const cuts = findCuts(word);
  lately.set(key, cuts);
  return cuts;
}

function findCuts(word: Spelling): readonly Pair[] {
  const { written } = word;
  const cuts: Pair[] = [];
  for (let at = 1; at < written.length; at++) {
    const cut = { fold: american(written.slice(0, at)), stem: singular(american(written.slice(at))) };
    if (!areInARow(cut, word.stem) && !isTailOfPlural(cut, word)) cuts.push(cut);
  }
  return cuts.length === 0 ? NO_CUTS : cuts;
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
