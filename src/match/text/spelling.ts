import { lowerCase } from './fold.ts';
import { singular } from './inflection.ts';
import { american } from './spelling-variants.ts';

/** How a word is spelled, as words are compared. */
export type Spelling = {
  /** Folded spelling: NFKC, case, accents, British to American. The plural is kept: what prefixes compare. */
  fold: string;
  /** The fold without plural or possessive: what words compare. */
  stem: string;
};

/** A word may be spelled in two ways; two words are the same when one spelling of one is one of the other. */
export type Spelled = Spelling & {
  /** With all umlauts spelled out: Mueller beside muller for Müller; null of a word without umlauts. */
  spelledOut: Spelling | null;
};

/** Both spellings of a word, or its only one. */
export function spellingsOf(word: Spelled): readonly Spelling[] {
  return word.spelledOut === null ? [word] : [word, word.spelledOut];
}

/** The spelling of a word of these letters: folded by `foldLetters`, but for case, and without apostrophes. */
export function spellingOf(letters: string, isPluralOfAcronym = isAcronymPlural(letters)): Spelling {
  const fold = american(lowerCase(letters));
  return { fold, stem: singular(isPluralOfAcronym ? fold.slice(0, -1) : fold) };
}

/** A word that is compared as it is. */
export function asItIs(word: string): Spelling {
  return { fold: word, stem: word };
}

/** `GANs`, `LMs`, `H100s`: a lower-case s after a capital or a digit, in a word that has more to it than `As` or `90s`. */
export function isAcronymPlural(letters: string): boolean {
  const last = PLURAL_OF_CAPITALS.exec(letters);
  return last !== null && /\p{Lu}/u.test(letters.slice(0, last.index));
}

const PLURAL_OF_CAPITALS = /[\p{Lu}\d]s$/u;
