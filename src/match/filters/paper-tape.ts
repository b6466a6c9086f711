import { grown } from '../arrays/flat-arrays.ts';
import type { TextReader } from '../text/text-reader.ts';
import { HAS_MORE, NEEDS_ACRONYM, NEEDS_GLUED, NEEDS_TWO } from './step-needs.ts';
import { bitOf } from './step-table.ts';
import type { SurfaceRecords } from './surface-records.ts';
import type { TermTree } from './term-tree.ts';

const NO_OVERS: readonly number[] = [];

/** What steps of the term tree can be taken over at each word of the paper in hand, alone and joined with the next. */
export class PaperTape {
  readonly #terms: TermTree;
  readonly #records: SurfaceRecords;
  readonly #reader: TextReader;
  /** By word: its stem, its pair, and the stem of it joined with the next; below 0 = no term's. */
  stems = new Int32Array(512);
  pairs = new Int32Array(512);
  joined = new Int32Array(512);
  /** By word: what it has (step-needs.ts), and what it has joined with the next. */
  has = new Uint8Array(512);
  joinedHas = new Uint8Array(512);
  /** By word: all stems of it joined with the next, where one of them has two spellings. */
  readonly #moreJoined = new Map<number, readonly number[]>();

  constructor(terms: TermTree, records: SurfaceRecords, reader: TextReader) {
    this.#terms = terms;
    this.#records = records;
    this.#reader = reader;
  }

  /** Starts over with the words that the reader has. */
  begin(): void {
    const { count } = this.#reader;
    this.stems = grown(this.stems, count);
    this.pairs = grown(this.pairs, count);
    this.joined = grown(this.joined, count);
    this.has = grown(this.has, count);
    this.joinedHas = grown(this.joinedHas, count);
    if (this.#moreJoined.size > 0) this.#moreJoined.clear();
  }

  /** Notes what stands at each place of a text. */
  place(from: number, end: number): void {
    const { words, glued } = this.#reader;
    const records = this.#records;
    const { stems, pairs, has, joined } = this;
    for (let at = from; at < end; at++) {
      const word = words[at];
      stems[at] = records.stem(word);
      pairs[at] = records.pair(word);
      has[at] = records.has(word) | (glued[at] * NEEDS_GLUED);
      joined[at] = -1;
      if (at + 1 < end) this.#placeJoined(at, word, words[at + 1]);
    }
  }

  /** Whether it steps over more than its stem, its pair and what it is joined. */
  hasMore(at: number): boolean {
    return (this.has[at] & HAS_MORE) !== 0;
  }

  /** The further overs of a word that has more. */
  more(at: number): readonly number[] {
    return this.#records.more(this.#reader.words[at]);
  }

  /** Whether it may step over something joined with the next. */
  mayJoin(at: number): boolean {
    return this.joined[at] >= 0 || this.hasMore(at);
  }

  /** The further stems of a word that has more, joined with the next. */
  moreJoined(at: number): readonly number[] {
    return this.#moreJoined.get(at) ?? NO_OVERS;
  }

  /** Whether one of the stems (`bitOf`) may lead on over what stands at `at`. */
  mayLeadOn(onward: number, at: number): boolean {
    const stem = this.stems[at];
    const pair = this.pairs[at];
    return (
      (stem >= 0 && (onward & bitOf(stem)) !== 0) ||
      (pair >= 0 && (onward & bitOf(pair)) !== 0) ||
      this.mayJoin(at)
    );
  }

  memory(): number {
    return this.stems.byteLength + this.joined.byteLength;
  }

  #placeJoined(at: number, word: number, next: number): void {
    if (this.#records.isSpelledOut(word, next)) {
      this.#placeAllJoined(at, word, next);
      return;
    }
    const { keys } = this.#terms;
    const hash = this.#records.joinedHash(word, next);
    if (!keys.mayHave(hash)) return;
    const { spellings, folds, stems } = this.#reader.memo;
    const length = spellings.lengthAt(stems[next]);
    this.joined[at] = keys.findParts(spellings, folds[word], stems[next], length, hash) * 2;
    this.joinedHas[at] = this.#hasJoined(at, word, next);
  }

  /** The same of two words of which one has two spellings. */
  #placeAllJoined(at: number, word: number, next: number): void {
    const { memo } = this.#reader;
    const keys = memo
      .spellingsOf(word)
      .flatMap(({ fold }) =>
        memo.spellingsOf(next).map(({ stem }) => this.#terms.keys.findJoined(memo.spellings, fold, stem)),
      );
    this.#moreJoined.set(
      at,
      keys.filter((key) => key >= 0).map((key) => key * 2),
    );
    this.has[at] |= HAS_MORE;
    this.joinedHas[at] = this.#hasJoined(at, word, next);
  }

  #hasJoined(at: number, word: number, next: number): number {
    const { memo, glued } = this.#reader;
    const acronym = Number(memo.isJoinedAcronym(word, next)) * NEEDS_ACRONYM;
    return acronym | (glued[at] * NEEDS_GLUED) | NEEDS_TWO;
  }
}
