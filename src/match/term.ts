import { analyse, analyseName, analyseNameWord, joinedAcronym, type Token, type Word } from './analyse.ts';
import { areInARow, cutsOf, includes, isCompound } from './compounds.ts';
import type { TextField, TextLeaf } from './filter.ts';
import type { Pair } from './spelling.ts';
import { prefixSpellings } from './spelling-variants.ts';

/** One word of a term, ready to be compared with the words of a text. */
export type Part = Word & {
  /** Pairs of words that are this word (compounds.ts). */
  cuts: readonly Pair[];
  /** A CJK character that has to follow the one before it directly. */
  glued: boolean;
  /** Folded beginnings, one of which the text's word must have; null when the whole word is compared. */
  prefixes: readonly string[] | null;
};

/** A word, prefix or phrase of a filter, analysed. explain.ts says what it matches. */
export type Term = {
  field: TextField | null;
  /** Its words in order; the parts of a hyphenated word and the characters of a CJK word count separately. */
  parts: readonly Part[];
  /** For `"..."~n`: the things that must stand near each other, and how near; a hyphenated word is one thing. */
  near: { units: readonly (readonly Part[])[]; within: number } | null;
};

/** Analyses a text leaf as the texts themselves are. `parts` is empty when there is no letter and no digit in it. */
export function readTerm(leaf: TextLeaf): Term {
  const parts = partsOf(leaf.text, leaf.field);
  if (leaf.kind === 'prefix') return { field: leaf.field, parts: withPrefix(leaf, parts), near: null };
  if (leaf.kind === 'word' || leaf.within === null) return { field: leaf.field, parts, near: null };
  return { field: leaf.field, parts, near: { units: unitsOf(leaf, parts), within: leaf.within } };
}

function partsOf(text: string, field: TextField | null): Part[] {
  const tokens = tokensOf(text, field);
  return tokens.map((token, at) =>
    toPart(token, at > 0 && !/\s/.test(text.slice(tokens[at - 1].end, token.start))),
  );
}

function tokensOf(text: string, field: TextField | null): Token[] {
  return field === 'author' ? analyseName(text) : analyse(text);
}

// A blank in a filter separates words in every script; in a text, lines of Chinese are wrapped anywhere.
function toPart({ position, start, end, glued, ...word }: Token, attached: boolean): Part {
  return { ...word, cuts: cutsOf(word), glued: glued && attached, prefixes: null };
}

// The last word is the prefix, what stands before a hyphen is whole: `fine-tun*`. CJK characters are never cut.
function withPrefix(leaf: TextLeaf, parts: readonly Part[]): Part[] {
  const last = tokensOf(leaf.text, leaf.field).at(-1);
  if (last === undefined || last.glued) return [...parts];
  const { fold } = analyseNameWord(leaf.text.slice(last.start));
  const prefixes = leaf.field === 'author' ? [fold] : prefixSpellings(fold);
  return parts.map((part, at) => (at === parts.length - 1 ? { ...part, acronym: false, prefixes } : part));
}

function unitsOf(leaf: TextLeaf, parts: readonly Part[]): (readonly Part[])[] {
  const units = leaf.text
    .split(/\s+/)
    .map((unit) => partsOf(unit, leaf.field))
    .filter((unit) => unit.length > 0);
  return units.length > 1 ? units : parts.map((part) => [part]);
}

/** The word itself. */
export function isPart(part: Part, token: Token): boolean {
  if (part.prefixes !== null) return part.prefixes.some((prefix) => token.fold.startsWith(prefix));
  return token.stem === part.stem && (!part.acronym || token.acronym);
}

/** Two neighbouring words of the text, joined: `fine tuning` for finetuning. */
export function isJoinedInText(part: Part, first: Token, second: Token): boolean {
  if (part.prefixes !== null) return part.prefixes.some((prefix) => beginsJoined(prefix, first, second));
  const pair = { fold: first.fold, stem: second.stem };
  if (!areInARow(pair, part.stem) && !includes(part.cuts, pair)) return false;
  return !part.acronym || joinedAcronym(first, second);
}

function beginsJoined(prefix: string, first: Token, second: Token): boolean {
  return (
    mayBeginJoined(first.fold) &&
    prefix.startsWith(first.fold) &&
    second.fold.startsWith(prefix.slice(first.fold.length))
  );
}

// "for multimodal" is no formul*, "an algorithm" no anal*.
const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  (
    'a an and are as at be been but by can do does for from had has have how if in into is it its may more most no not of on ' +
    'one or our over so such than that the their them then there these they this those to under up via was we were what when ' +
    'where which while who will with'
  ).split(' '),
);

/** Whether a word may stand for the beginning of a prefix together with the next word: every word but function words. */
export function mayBeginJoined(fold: string): boolean {
  return !FUNCTION_WORDS.has(fold);
}

/** Two neighbouring words of the term that the text writes as one: finetuning for `fine-tuning`. */
export function isJoinedInTerm(first: Part, second: Part, token: Token): boolean {
  if (second.prefixes !== null) {
    if (!token.fold.startsWith(first.fold)) return false;
    return second.prefixes.some((prefix) => token.fold.startsWith(prefix, first.fold.length));
  }
  return isCompound(first, second, token) && (token.acronym || !joinsAsAcronym(first, second));
}

/**
 * Whether only an acronym may stand for both words: `GPT-4o` is not gpt4o and `N:M` is not nm, but `U-Net` may be unet:
 * one of them is an acronym, or both are capitals throughout.
 */
export function joinsAsAcronym(first: Part, second: Part): boolean {
  if (!joinedAcronym(first, second)) return false;
  if (first.acronym || second.acronym) return true;
  return first.capitals + second.capitals === first.letters + second.letters;
}
