import { joinsAsAcronym, mayBeginJoined, type TermPart } from '../evaluate/term.ts';
import { keysOf, keysOfPair, splitsOf } from '../text/compounds.ts';
import { spellingsOf } from '../text/spelling.ts';
import { type DocumentTexts, TEXT_END } from './document-texts.ts';
import type { SearchTerms } from './search-terms.ts';

/** A part of a term as numbers of the index's spellings; -1 = a spelling that no document has. */
type CheckedPart = {
  stem: number;
  /** Words that are the part by another spelling, theirs or its. */
  also: ReadonlySet<number>;
  needsAcronym: boolean;
  needsGlued: boolean;
  /** Only a word with its stem, or with the joined one, can begin it. */
  isPlain: boolean;
  /** The part as fold and stem of two neighbours. */
  splits: readonly (readonly [fold: number, stem: number])[];
  /** With the next part as one word: its stem, and the words that have it, or another key of both, beside their stem. */
  joined: number;
  joinedAlso: ReadonlySet<number>;
  joinedNeedsAcronym: boolean;
  /** Of a prefix: by spelling, 1 = a fold that begins with it; and its beginnings with what has to follow in the next word. */
  folds: Uint8Array | null;
  beginnings: readonly (readonly [fold: number, rest: string])[];
  /** Followed by a prefix: the folds that begin with both. */
  joinedFolds: Uint8Array | null;
};

/**
 * Whether a term (a SEQUENCE, a WORD or a PREFIX of explain.ts) stands in a document that `terms` has decoded: the rules
 * of find-term.ts on numbers.
 */
export class SequenceCheck {
  readonly #terms: SearchTerms;
  readonly #texts: DocumentTexts;
  readonly #parts: readonly CheckedPart[];
  /** The last word minus the first may be so much. */
  readonly #within: number;
  /** By surface word: 1 = may be the first of two that read as the first part. */
  #firsts: Uint8Array | null = null;
  /** Where the parts are being laid from. */
  #start = 0;

  constructor(terms: SearchTerms, parts: readonly TermPart[], within = Number.POSITIVE_INFINITY) {
    this.#terms = terms;
    this.#texts = terms.texts;
    this.#within = within;
    this.#parts = parts.map((part, at) => checkedPart(terms, part, parts[at + 1], at));
  }

  /** Whether it stands in one of the texts numbered `first` to `last` of the document. */
  holds(document: number, first: number, last: number): boolean {
    if (this.#parts.length === 0) return false;
    this.#texts.decode(document);
    const { words, count } = this.#texts.decoded;
    const { stems } = this.#terms.reader.memo;
    const [{ stem, joined, isPlain }] = this.#parts;
    for (let at = 0, text = 0; at < count && text <= last; at++) {
      const word = words[at];
      if (word === TEXT_END) text++;
      else if (isPlain && stems[word] !== stem && stems[word] !== joined) continue;
      else if (text >= first && this.#layFrom(at)) return true;
    }
    return false;
  }

  /** Of a term of one word: where in the decoded document it ends that stands at `at`, alone or as two; -1 = it does not. */
  wordEndsAt(at: number): number {
    const { words } = this.#texts.decoded;
    const { stems, acronyms } = this.#terms.reader.memo;
    const [part] = this.#parts;
    const word = words[at];
    const isWord = stems[word] === part.stem || part.also.has(word);
    if (isWord && (!part.needsAcronym || acronyms[word] === 1)) return at;
    if (part.splits.length === 0 || words[at + 1] === TEXT_END) return -1;
    return this.#isJoinedInText(part, word, words[at + 1]) ? at + 1 : -1;
  }

  /** Whether two neighbours of the document, in whatever text, read as the first part. */
  holdsInTwo(document: number): boolean {
    const [part] = this.#parts;
    this.#firsts ??= this.#terms.surfaces.ofFolds(
      new Set([...part.splits, ...part.beginnings].map(([fold]) => fold)),
    );
    return this.#texts.hasNeighbours(document, this.#firsts, (first, second) =>
      this.#isJoinedInText(part, first, second),
    );
  }

  #layFrom(at: number): boolean {
    this.#start = at;
    return this.#layAt(0, at);
  }

  #lay(part: number, at: number): boolean {
    if (part === this.#parts.length) return at - 1 - this.#start <= this.#within;
    return this.#texts.decoded.words[at] !== TEXT_END && this.#layAt(part, at);
  }

  #layAt(number: number, at: number): boolean {
    const { words, glued } = this.#texts.decoded;
    const { stems, acronyms } = this.#terms.reader.memo;
    const part = this.#parts[number];
    const word = words[at];
    if (part.needsGlued && glued[at] === 0) return false;
    const isWord =
      part.folds === null
        ? stems[word] === part.stem || part.also.has(word)
        : this.#hasFold(part.folds, word);
    if (isWord && (!part.needsAcronym || acronyms[word] === 1) && this.#lay(number + 1, at + 1)) return true;
    if (
      words[at + 1] !== TEXT_END &&
      this.#isJoinedInText(part, word, words[at + 1]) &&
      this.#lay(number + 1, at + 2)
    ) {
      return true;
    }
    const isJoined =
      part.joinedFolds === null
        ? stems[word] === part.joined || part.joinedAlso.has(word)
        : this.#hasFold(part.joinedFolds, word);
    return isJoined && (!part.joinedNeedsAcronym || acronyms[word] === 1) && this.#lay(number + 2, at + 1);
  }

  #isJoinedInText(part: CheckedPart, first: number, second: number): boolean {
    const { memo } = this.#terms.reader;
    const { stems, folds, seconds } = memo;
    const isPair =
      seconds[first] === 0 && seconds[second] === 0
        ? this.#isPair(part, folds[first], folds[second], stems[second])
        : memo
            .spellingsOf(first)
            .some(({ fold }) =>
              memo.spellingsOf(second).some((next) => this.#isPair(part, fold, next.fold, next.stem)),
            );
    return isPair && (!part.needsAcronym || memo.isJoinedAcronym(first, second));
  }

  #isPair(part: CheckedPart, fold: number, secondFold: number, secondStem: number): boolean {
    const { spellings } = this.#terms.reader.memo;
    for (const [beginning, rest] of part.beginnings)
      if (fold === beginning && spellings.comparePrefix(secondFold, rest) === 0) return true;
    for (const [first, stem] of part.splits) if (fold === first && secondStem === stem) return true;
    return false;
  }

  #hasFold(folds: Uint8Array, word: number): boolean {
    const { memo } = this.#terms.reader;
    if (folds[memo.folds[word]] === 1) return true;
    return memo.seconds[word] !== 0 && memo.spellingsOf(word).some(({ fold }) => folds[fold] === 1);
  }
}

function checkedPart(
  terms: SearchTerms,
  part: TermPart,
  next: TermPart | undefined,
  at: number,
): CheckedPart {
  const { spellings } = terms.reader.memo;
  const whole = part.prefixes === null ? spellingsOf(part).map(({ stem }) => stem) : [];
  const together = next === undefined || next.prefixes !== null ? [] : keysOfPair(part, next);
  const splits = part.prefixes === null ? foundSplits(terms, part) : [];
  const also = whole.length === 0 ? NONE : terms.surfaces.ofStems(whole);
  const joinedAlso = together.length === 0 ? NONE : terms.surfaces.ofKeys(together);
  const prefixes = next?.prefixes;
  const isOrdinary = splits.length === 0 && joinedAlso.size === 0 && also.size === 0;
  return {
    isPlain: part.prefixes === null && !prefixes && isOrdinary,
    stem: whole.length === 0 ? -1 : spellings.find(part.stem),
    also,
    needsAcronym: part.prefixes === null && part.acronym,
    needsGlued: part.glued && at > 0,
    splits,
    joined: together.length === 0 ? NEVER : orNever(spellings.find(together[0])),
    joinedAlso,
    joinedNeedsAcronym: next !== undefined && together.length > 0 && joinsAsAcronym(part, next),
    folds: part.prefixes === null ? null : foldsOf(terms, part.prefixes),
    beginnings: (part.prefixes ?? []).flatMap((prefix) => beginningsOf(terms, prefix)),
    joinedFolds: prefixes
      ? foldsOf(
          terms,
          spellingsOf(part).flatMap(({ fold }) => prefixes.map((prefix) => fold + prefix)),
        )
      : null,
  };
}

const NONE: ReadonlySet<number> = new Set();
/** No word's stem. */
const NEVER = -2;

function orNever(spelling: number): number {
  return spelling < 0 ? NEVER : spelling;
}

/** The ways to write the part as two words that both occur: [spelling of the first's fold, of the second's stem]. */
function foundSplits(terms: SearchTerms, part: TermPart): [fold: number, stem: number][] {
  const { spellings } = terms.reader.memo;
  return keysOf(part)
    .flatMap(splitsOf)
    .flatMap(({ fold, stem }): [number, number][] => {
      const first = spellings.find(fold);
      const second = first < 0 ? -1 : spellings.find(stem);
      return second < 0 ? [] : [[first, second]];
    });
}

function beginningsOf(terms: SearchTerms, prefix: string): [fold: number, rest: string][] {
  const beginnings: [number, string][] = [];
  for (let at = 1; at < prefix.length; at++) {
    const fold = terms.reader.memo.spellings.find(prefix.slice(0, at));
    if (fold >= 0 && mayBeginJoined(prefix.slice(0, at))) beginnings.push([fold, prefix.slice(at)]);
  }
  return beginnings;
}

/** By spelling: 1 = a fold that begins with one of the prefixes. */
function foldsOf(terms: SearchTerms, prefixes: readonly string[]): Uint8Array {
  const folds = new Uint8Array(terms.reader.memo.spellings.size);
  for (const prefix of prefixes) for (const fold of terms.table.foldsWithPrefix(prefix)) folds[fold] = 1;
  return folds;
}
