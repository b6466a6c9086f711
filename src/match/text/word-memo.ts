import { grown } from '../arrays/flat-arrays.ts';
import { spread } from '../arrays/hash.ts';
import { Lexicon } from '../arrays/lexicon.ts';
import { type Bundle, WORDS_A_SLICE } from '../arrays/snapshot.ts';
import type { Word } from './analyse.ts';
import type { Spelling } from './spelling.ts';

const ENTRY = 4;
const NONE: readonly number[] = [];

/** A Spelling as numbers of the memo's spellings. */
export type SpellingNumbers = { fold: number; stem: number };

/**
 * Remembers how each surface word reads, so that the analysis of a text is one hash and one look-up a word.
 * A surface word's number is its place in the arrays; numbers hold until `forget`: so no cache that drops single words
 * can stand here, and what is bounded is bounded by forgetting all of it.
 */
export class WordMemo {
  /** Spellings: the folds and stems that the arrays name by number. */
  spellings = new Lexicon();
  /** As in a Spelling. */
  folds = new Int32Array(256);
  stems = new Int32Array(256);
  /** 1 = written as an acronym. */
  acronyms = new Uint8Array(256);
  capitals = new Uint32Array(256);
  letters = new Uint32Array(256);

  /** By surface word: where its second spelling stands (see `spelledOut`), + 1; 0 = it has none. */
  seconds = new Int32Array(256);
  #spelledOut = new Int32Array(64);
  #spelledOutUsed = 0;
  /** By surface word: its keys beside its stems (compounds.ts). Most words have none. */
  readonly joins = new Map<number, readonly number[]>();

  /** Rises whenever everything is forgotten. */
  generation = 0;

  readonly #read: (surface: string) => Word;
  readonly #most: number;
  #size = 0;
  #codes = new Uint16Array(2048);
  /** By surface word: its hash, and its place and length in the codes. Side by side: a look-up reads them all. */
  #entries = new Int32Array(256 * ENTRY);
  #codesUsed = 0;
  /** Its own, not an IdTable: this is asked for each word of each paper, and the shared table was some hundredths slower. */
  #table = new Int32Array(512);

  /** `most`: how many surface words to remember before everything is forgotten. */
  constructor(read: (surface: string) => Word, most: number) {
    this.#read = read;
    this.#most = most;
  }

  get size(): number {
    return this.#size;
  }

  get isFull(): boolean {
    return this.#size >= this.#most || this.#codesUsed > this.#most * 16;
  }

  forget(): void {
    this.generation++;
    this.#size = 0;
    this.#codesUsed = 0;
    this.#table.fill(0);
    this.#spelledOutUsed = 0;
    this.joins.clear();
    this.spellings = new Lexicon();
  }

  /**
   * The number of the surface word from `start` to `end`. `codes` holds the UTF-16 units of `text`; `hash` is the
   * polynomial hash of the word (lexicon.ts).
   */
  numberOf(text: string, codes: Uint16Array, start: number, end: number, hash: number): number {
    const mask = this.#table.length - 1;
    const entries = this.#entries;
    for (let at = spread(hash) & mask; ; at = (at + 1) & mask) {
      const id = this.#table[at] - 1;
      if (id < 0) return this.#append(text, codes, start, end, hash);
      if (entries[id * ENTRY] === hash && this.#isSame(id, codes, start, end)) return id;
    }
  }

  wordAt(id: number): Word {
    const spelledOut = this.spelledOut(id);
    return {
      ...this.#spellingAt(this.spelling(id)),
      spelledOut: spelledOut === null ? null : this.#spellingAt(spelledOut),
      joins: this.joinsOf(id).map((join) => this.spellings.wordAt(join)),
      acronym: this.acronyms[id] === 1,
      capitals: this.capitals[id],
      letters: this.letters[id],
    };
  }

  /** How a surface word is spelled, in numbers. */
  spelling(id: number): SpellingNumbers {
    return { fold: this.folds[id], stem: this.stems[id] };
  }

  /** Its other spelling; null when it has none. */
  spelledOut(id: number): SpellingNumbers | null {
    const at = this.seconds[id] - 1;
    if (at < 0) return null;
    return { fold: this.#spelledOut[at], stem: this.#spelledOut[at + 1] };
  }

  /** Both spellings, or the only one. */
  spellingsOf(id: number): SpellingNumbers[] {
    const spelledOut = this.spelledOut(id);
    return spelledOut === null ? [this.spelling(id)] : [this.spelling(id), spelledOut];
  }

  joinsOf(id: number): readonly number[] {
    return this.joins.get(id) ?? NONE;
  }

  /** Whether the two surface words, read as one, are an acronym: see `joinedAcronym`. */
  isJoinedAcronym(first: number, second: number): boolean {
    const capitals = this.capitals[first] + this.capitals[second];
    return capitals >= 2 && capitals * 2 >= this.letters[first] + this.letters[second];
  }

  /** Carries what is remembered to a snapshot or back. */
  *exchange(bundle: Bundle): Generator<void> {
    this.#size = bundle.number(this.#size);
    this.#codesUsed = bundle.number(this.#codesUsed);
    this.#codes = bundle.list(this.#codes, this.#codesUsed);
    this.#entries = bundle.list(this.#entries, this.#size * ENTRY);
    yield;
    this.seconds = bundle.list(this.seconds, this.#size);
    this.#spelledOutUsed = bundle.number(this.#spelledOutUsed);
    this.#spelledOut = bundle.list(this.#spelledOut, this.#spelledOutUsed);
    this.folds = bundle.list(this.folds, this.#size);
    this.stems = bundle.list(this.stems, this.#size);
    this.acronyms = bundle.list(this.acronyms, this.#size);
    this.capitals = bundle.list(this.capitals, this.#size);
    this.letters = bundle.list(this.letters, this.#size);
    this.#exchangeJoins(bundle);
    yield* this.spellings.exchange(bundle);
    if (bundle.isReading) yield* this.#fillTable();
  }

  memory(): number {
    const arrays = [
      this.seconds,
      this.#spelledOut,
      this.folds,
      this.stems,
      this.acronyms,
      this.capitals,
      this.letters,
    ];
    const own = [this.#codes, this.#entries, this.#table];
    // A list of joins is a map entry and a small array.
    const other = this.spellings.memory() + this.joins.size * 100;
    return [...arrays, ...own].reduce((sum, array) => sum + array.byteLength, other);
  }

  #isSame(id: number, codes: Uint16Array, start: number, end: number): boolean {
    let from = this.#entries[id * ENTRY + 1];
    if (this.#entries[id * ENTRY + 2] !== end - start) return false;
    for (let at = start; at < end; at++) if (this.#codes[from++] !== codes[at]) return false;
    return true;
  }

  #append(text: string, codes: Uint16Array, start: number, end: number, hash: number): number {
    const id = this.#size++;
    this.#makeRoom(end - start);
    this.#codes.set(codes.subarray(start, end), this.#codesUsed);
    this.#entries.set([hash, this.#codesUsed, end - start], id * ENTRY);
    this.#codesUsed += end - start;
    this.#enter(id);
    const word = this.#read(text.slice(start, end));
    this.folds[id] = this.spellings.add(word.fold);
    this.seconds[id] = word.spelledOut === null ? 0 : this.#keep(word.spelledOut) + 1;
    this.stems[id] = this.spellings.add(word.stem);
    this.acronyms[id] = Number(word.acronym);
    this.capitals[id] = word.capitals;
    this.letters[id] = word.letters;
    if (word.joins.length > 0) {
      const joins = word.joins.map((join) => this.spellings.add(join));
      this.joins.set(id, joins);
    }
    return id;
  }

  #keep({ fold, stem }: Spelling): number {
    const at = this.#spelledOutUsed;
    this.#spelledOutUsed += 2;
    this.#spelledOut = grown(this.#spelledOut, this.#spelledOutUsed);
    this.#spelledOut.set([this.spellings.add(fold), this.spellings.add(stem)], at);
    return at;
  }

  /** As a row of: surface word, how many joins it has, its joins. */
  #exchangeJoins(bundle: Bundle): void {
    const mine = Array.from(this.joins, ([id, joins]) => [id, joins.length, ...joins]).flat();
    const length = bundle.number(mine.length);
    const row = bundle.list(Int32Array.from(mine), length);
    for (let at = 0; at < length; at += 2 + row[at + 1])
      this.joins.set(row[at], [...row.subarray(at + 2, at + 2 + row[at + 1])]);
  }

  #spellingAt({ fold, stem }: SpellingNumbers): Spelling {
    return { fold: this.spellings.wordAt(fold), stem: this.spellings.wordAt(stem) };
  }

  #makeRoom(length: number): void {
    const size = this.#size;
    this.#codes = grown(this.#codes, this.#codesUsed + length);
    this.#entries = grown(this.#entries, size * ENTRY);
    this.seconds = grown(this.seconds, size);
    this.folds = grown(this.folds, size);
    this.stems = grown(this.stems, size);
    this.acronyms = grown(this.acronyms, size);
    this.capitals = grown(this.capitals, size);
    this.letters = grown(this.letters, size);
    if (size * 4 <= this.#table.length * 3) return;
    this.#table = new Int32Array(this.#table.length * 2);
    for (let id = 0; id < size - 1; id++) this.#enter(id);
  }

  *#fillTable(): Generator<void> {
    let length = this.#table.length;
    while (length < this.#size * 2) length *= 2;
    this.#table = new Int32Array(length);
    for (let id = 0; id < this.#size; id++) {
      this.#enter(id);
      if (id % WORDS_A_SLICE === 0) yield;
    }
  }

  #enter(id: number): void {
    const mask = this.#table.length - 1;
    let at = spread(this.#entries[id * ENTRY]) & mask;
    while (this.#table[at] !== 0) at = (at + 1) & mask;
    this.#table[at] = id + 1;
  }
}
