import { nameGreek } from './fold.ts';
import { singular } from './inflection.ts';
import { american } from './spelling-variants.ts';

/** How a word is spelled, as words are compared. */
export type Spelling = {
  /** Folded spelling: NFKC, case, accents, British to American. The plural is kept: what prefixes compare. */
  fold: string;
  /** The fold without plural or possessive: what words compare. */
  stem: string;
  /**
   * The pairs of words that are this word written together, beyond those that put in a row are the stem anyway: where a
   * plural or a spelling rule sees the whole differently from its pieces (`node js` for nodejs, whose stem is nodej).
   */
  cuts: readonly Pair[];
};

/** Two words that are read as one: the fold of the first, the stem of the second. */
export type Pair = { fold: string; stem: string };

/** The spelling of a word of these letters: folded by `foldLetters`, but for case, and without apostrophes. */
export function spellingOf(letters: string): Spelling {
  const fold = foldOf(letters);
  const stem = stemOf(letters, fold);
  return { fold, stem, cuts: cutsOf(letters, stem) };
}

/** Whether this pair of words is the word written as two: so `a-b`, `"a b"` and `ab` meet. */
export function isReadAs(pair: Pair, word: Spelling): boolean {
  if (areTogether(pair, word.stem)) return true;
  return word.cuts.some(({ fold, stem }) => fold === pair.fold && stem === pair.stem);
}

// "for multimodal" is no formul*, "an algorithm" no anal*, "are as" no areas.
const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  (
    'a an and are as at be been but by can do does for from had has have how if in into is it its may more most no not of on ' +
    'one or our over so such than that the their them then there these they this those to under up via was we were what when ' +
    'where which while who will with'
  ).split(' '),
);

/** Whether a word is one of those that stand everywhere: next to another word they seldom mean both as one. */
export function isFunctionWord(fold: string): boolean {
  return FUNCTION_WORDS.has(fold);
}

/** `GANs`, `LMs`, `H100s`: a lower-case s after a capital or a digit, in a word that has more to it than `As` or `90s`. */
export function isAcronymPlural(letters: string): boolean {
  const last = PLURAL_OF_CAPITALS.exec(letters);
  return last !== null && /\p{Lu}/u.test(letters.slice(0, last.index));
}

const PLURAL_OF_CAPITALS = /[\p{Lu}\d]s$/u;

function areTogether({ fold, stem }: Pair, whole: string): boolean {
  return whole.length === fold.length + stem.length && whole.startsWith(fold) && whole.endsWith(stem);
}

function foldOf(letters: string): string {
  return american(nameGreek(letters.toLowerCase()));
}

function stemOf(letters: string, fold: string): string {
  return isAcronymPlural(letters) ? fold.slice(0, -1) : singular(fold);
}

/** No compound is longer, but a text may hold a row of letters of any length. */
const LONGEST_COMPOUND = 64;
const NO_CUTS: readonly Pair[] = [];

function cutsOf(letters: string, whole: string): readonly Pair[] {
  if (letters.length < 2 || letters.length > LONGEST_COMPOUND) return NO_CUTS;
  const cuts: Pair[] = [];
  for (let at = 1; at < letters.length; at++) {
    const second = letters.slice(at);
    const secondFold = foldOf(second);
    const cut = { fold: foldOf(letters.slice(0, at)), stem: stemOf(second, secondFold) };
    if (!areTogether(cut, whole) && !isChance(cut.fold, secondFold)) cuts.push(cut);
  }
  return cuts.length === 0 ? NO_CUTS : cuts;
}

/** `model S` is not models, `are as` not areas, `for MS` not forms. */
function isChance(first: string, second: string): boolean {
  return second === 's' || (second.length <= 3 && (isFunctionWord(first) || isFunctionWord(second)));
}
