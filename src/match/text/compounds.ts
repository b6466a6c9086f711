import { lowerCase } from './fold.ts';
import { mayBePlural, singular } from './inflection.ts';
import { type Spelled, type Spelling, spellingsOf } from './spelling.ts';
import { american, mayBeRespelled } from './spelling-variants.ts';

/**
 * Compounds: `a-b`, `"a b"` and `ab` are to meet whatever a and b are. What joins them are keys, plain strings: two
 * neighbours have the fold of the first and the stem of the second, in a row; a word has its stem and, for plural and
 * spelling rules may see a whole otherwise than its pieces (`node js` and nodejs, whose stem is nodej), the keys of what it
 * can be cut into. Two neighbours are a word when a key of theirs is one of the word's.
 */
export type Joinable = Spelled & {
  /** The keys beside the stems; most words have none. */
  joins: readonly string[];
};

/** What two neighbours may be to be the word. */
export function keysOf(word: Joinable): readonly string[] {
  return [...spellingsOf(word).map(({ stem }) => stem), ...word.joins];
}

/** What two neighbours may be read as: a key for each way to spell them. */
export function keysOfPair(first: Spelled, second: Spelled): string[] {
  return spellingsOf(first).flatMap(({ fold }) => spellingsOf(second).map(({ stem }) => fold + stem));
}

/** Whether a key of the two is one of the word's: asked of all neighbours in a text, and mostly answered no at once. */
export function areCompound(first: Spelled, second: Spelled, word: Joinable): boolean {
  if (areKey(first, second, word)) return true;
  if (first.spelledOut === null && second.spelledOut === null) return false;
  return spellingsOf(first).some((one) => spellingsOf(second).some((two) => areKey(one, two, word)));
}

function areKey({ fold }: Spelling, { stem }: Spelling, word: Joinable): boolean {
  if (areInARow(fold, stem, word.stem) || word.joins.some((key) => areInARow(fold, stem, key))) return true;
  return word.spelledOut !== null && areInARow(fold, stem, word.spelledOut.stem);
}

function areInARow(fold: string, stem: string, key: string): boolean {
  return key.length === fold.length + stem.length && key.startsWith(fold) && key.endsWith(stem);
}

/** All ways to cut a key in two: the fold and the stem of two neighbours that have it. */
export function splitsOf(key: string): { fold: string; stem: string }[] {
  return Array.from({ length: Math.max(0, key.length - 1) }, (_, at) => {
    return { fold: key.slice(0, at + 1), stem: key.slice(at + 1) };
  });
}

/** No compound is longer, but a text may hold a row of letters of any length. */
const LONGEST = 64;
const NONE: readonly string[] = [];

/** The keys of a word of these letters (as `spellingOf` takes them) beside its stem. */
export function joinsOf(letters: string, { fold, stem }: Spelling): readonly string[] {
  const written = lowerCase(letters);
  if (written.length > LONGEST) return NONE;
  const isRespelled = mayBeRespelled(written);
  if (!isRespelled && !mayBePlural(written)) return NONE;
  const spelled = isRespelled ? american : asWritten;
  const joins = new Set<string>();
  for (let at = 1; at < written.length; at++) {
    const head = spelled(written.slice(0, at));
    const tail = singular(spelled(written.slice(at)));
    if (head + tail !== stem && !isNoKey(head, tail, fold)) joins.add(head + tail);
  }
  return joins.size === 0 ? NONE : [...joins];
}

function asWritten(word: string): string {
  return word;
}

// Words of up to three letters of which compounds are made though they look like the end of a plural.
const SHORT_HEADS = new Set(
  'js os ios gps dns css aws sms cms cls fps bps tts nas vos gas pie tie die'.split(' '),
);

/** `model S` is not models, `for MS` not forms, `are as` not areas; `node js` is nodejs and `25 fps` is 25fps. */
function isNoKey(head: string, tail: string, fold: string): boolean {
  const key = head + tail;
  // `aero dynamic` is not aerodynamics, though `-amics` may be a plural.
  if (fold.endsWith('ics')) return key === fold.slice(0, -1);
  if (tail.length > 3 || !fold.endsWith('s') || !(key === fold || fold.endsWith('ies'))) return false;
  return !SHORT_HEADS.has(tail) && !/\d$/.test(head);
}
