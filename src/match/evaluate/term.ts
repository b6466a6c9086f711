import type { TextField, TextLeaf } from '../language/filter.ts';
import {
  analyse,
  analyseName,
  analyseNameWord,
  joinedAcronym,
  type Token,
  type Word,
} from '../text/analyse.ts';
import { areCompound } from '../text/compounds.ts';
import { nameGreek } from '../text/fold.ts';
import { spellingsOf } from '../text/spelling.ts';
import { prefixSpellings } from '../text/spelling-variants.ts';

/** One word of a term, ready to be compared with the words of a text. */
export type TermPart = Word & {
  /** A CJK character that has to follow the one before it directly. */
  glued: boolean;
  /** Folded beginnings, one of which the text's word must have; null when the whole word is compared. */
  prefixes: readonly string[] | null;
};

/** A word, prefix or phrase of a filter, analysed. explain.ts says what it matches. */
export type Term = {
  field: TextField | null;
  /** Its words in order; the parts of a hyphenated word and the characters of a CJK word count separately. */
  parts: readonly TermPart[];
  /** For `"..."~n`: the things that must stand near each other, and how near; a hyphenated word is one thing. */
  near: { units: readonly (readonly TermPart[])[]; within: number } | null;
};

/** Where a term stands in a text: its first and last token. */
export type TokenSpan = { first: number; last: number };

/** Analyses a text leaf as the texts themselves are. `parts` is empty when there is no letter and no digit in it. */
export function readTerm(leaf: TextLeaf): Term {
  const parts = partsOf(leaf.text, leaf.field);
  if (leaf.kind === 'prefix') return { field: leaf.field, parts: withPrefix(leaf, parts), near: null };
  if (leaf.kind === 'word' || leaf.within === null) return { field: leaf.field, parts, near: null };
  return { field: leaf.field, parts, near: { units: unitsOf(leaf, parts), within: leaf.within } };
}

function partsOf(text: string, field: TextField | null): TermPart[] {
  const tokens = tokensOf(text, field);
  return tokens.map((token, at) =>
    toPart(token, at > 0 && !/\s/.test(text.slice(tokens[at - 1].end, token.start))),
  );
}

function tokensOf(text: string, field: TextField | null): Token[] {
  return field === 'author' ? analyseName(text) : analyse(text);
}

// A blank in a filter separates words in every script; in a text, lines of Chinese are wrapped anywhere.
function toPart({ position, start, end, glued, ...word }: Token, attached: boolean): TermPart {
  return { ...word, glued: glued && attached, prefixes: null };
}

// The last word is the prefix, what stands before a hyphen is whole: `fine-tun*`. CJK characters are never cut.
function withPrefix(leaf: TextLeaf, parts: readonly TermPart[]): TermPart[] {
  const [last] = tokensOf(leaf.text, leaf.field).sort((a, b) => b.start - a.start);
  if (last === undefined || last.glued) return [...parts];
  // A letter before a star is no initial.
  const folds = foldsOf(analyseNameWord(beginningOf(leaf, last))).map((fold) => fold.replace(/\.$/, ''));
  const prefixes = leaf.field === 'author' ? folds : [...new Set(folds.flatMap(prefixSpellings))];
  return parts.map((part, at) => (at === last.position ? { ...part, acronym: false, prefixes } : part));
}

// Outside of names a Greek letter is read by its name.
function beginningOf({ text, field }: TextLeaf, { start }: Token): string {
  const written = text.slice(start);
  return field === 'author' ? written : nameGreek(written.normalize('NFKC'));
}

function unitsOf(leaf: TextLeaf, parts: readonly TermPart[]): (readonly TermPart[])[] {
  const units = leaf.text
    .split(/\s+/)
    .map((unit) => partsOf(unit, leaf.field))
    .filter((unit) => unit.length > 0);
  return units.length > 1 ? units : parts.map((part) => [part]);
}

function foldsOf(word: Word): string[] {
  return spellingsOf(word).map(({ fold }) => fold);
}

/** The word itself. */
export function isPart(part: TermPart, token: Word): boolean {
  const { prefixes } = part;
  if (prefixes !== null)
    return foldsOf(token).some((fold) => prefixes.some((prefix) => fold.startsWith(prefix)));
  return areSame(part, token) && (!part.acronym || token.acronym);
}

function areSame(one: Word, other: Word): boolean {
  if (one.stem === other.stem) return true;
  if (one.spelledOut === null && other.spelledOut === null) return false;
  return spellingsOf(one).some(({ stem }) => spellingsOf(other).some((spelling) => spelling.stem === stem));
}

/** Two neighbouring words of the text, joined: `fine tuning` for finetuning. */
export function isJoinedInText(part: TermPart, first: Word, second: Word): boolean {
  const { prefixes } = part;
  if (prefixes !== null) return prefixes.some((prefix) => beginsJoined(prefix, first, second));
  return areCompound(first, second, part) && (!part.acronym || joinedAcronym(first, second));
}

function beginsJoined(prefix: string, first: Word, second: Word): boolean {
  return foldsOf(first).some(
    (fold) =>
      mayBeginJoined(fold) &&
      prefix.startsWith(fold) &&
      foldsOf(second).some((rest) => rest.startsWith(prefix.slice(fold.length))),
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
export function isJoinedInTerm(first: TermPart, second: TermPart, token: Word): boolean {
  const { prefixes } = second;
  if (prefixes !== null)
    return foldsOf(first).some((fold) => prefixes.some((prefix) => beginsWith(token, fold + prefix)));
  return areCompound(first, second, token) && (token.acronym || !joinsAsAcronym(first, second));
}

function beginsWith(token: Word, beginning: string): boolean {
  return foldsOf(token).some((fold) => fold.startsWith(beginning));
}

/** Tells units of a near phrase apart: what has the same key stands in the same places. */
export function keyOfUnit(unit: readonly TermPart[]): string {
  return unit
    .map((part) => `${spellingsOf(part).map(({ stem }) => stem)}${part.acronym ? '!' : ''}`)
    .join(' ');
}

/**
 * Whether only an acronym may stand for both words: `GPT-4o` is not gpt4o and `N:M` is not nm, but `U-Net` may be unet:
 * one of them is an acronym, or both are capitals throughout.
 */
export function joinsAsAcronym(first: TermPart, second: TermPart): boolean {
  if (!joinedAcronym(first, second)) return false;
  if (first.acronym || second.acronym) return true;
  return first.capitals + second.capitals === first.letters + second.letters;
}
