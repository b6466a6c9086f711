import { grown } from './flat-arrays.ts';
import { hashOf, power, spread } from './hash.ts';
import { HashBits } from './hash-bits.ts';
import { IdTable } from './id-table.ts';
import { type Bundle, WORDS_A_SLICE } from './snapshot.ts';

const TABLES = 64;

/** Words as dense numbers from 0, in flat arrays: what both indexes and the speller share. */
export class Lexicon {
  #size = 0;
  #letters = new Uint16Array(1024);
  /** Word n stands in letters[starts[n]] to letters[starts[n + 1]]. */
  #starts = new Uint32Array(128);
  #hashes = new Int32Array(128);
  /** By the spread hash. */
  readonly #table = new IdTable(TABLES);
  readonly #bits = new HashBits(this.#table);

  /** How many words there are; their numbers are 0 to size - 1. */
  get size(): number {
    return this.#size;
  }

  /** The word's number; a new one when the word is new. */
  add(word: string): number {
    const hash = hashOf(word);
    const known = this.find(word, hash);
    return known >= 0 ? known : this.#append(word, hash);
  }

  /** The word's number, or -1. */
  find(word: string, hash = hashOf(word)): number {
    const table = this.#table;
    for (let id = table.first(spread(hash)); id >= 0; id = table.next())
      if (this.#isWord(id, word)) return id;
    return -1;
  }

  /** Whether a word of that hash is there: false is certain, true is not (about one in sixteen is wrong). */
  mayHave(hash: number): boolean {
    return this.#bits.mayHave(spread(hash));
  }

  /** The polynomial hash of two words of this lexicon written together. */
  hashJoined(left: number, right: number): number {
    return (Math.imul(this.#hashes[left], power(this.lengthAt(right))) + this.#hashes[right]) | 0;
  }

  letterAt(id: number, place: number): number {
    return this.#letters[this.#starts[id] + place];
  }

  /** The number here of word `id` of another lexicon, or -1. */
  findIn(other: Lexicon, id: number): number {
    return this.findParts(other, id, id, 0, other.hashAt(id));
  }

  /** The number here of two words of another lexicon written together, or -1. */
  findJoined(other: Lexicon, left: number, right: number): number {
    const hash = other.hashJoined(left, right);
    return this.mayHave(hash) ? this.findParts(other, left, right, other.lengthAt(right), hash) : -1;
  }

  wordAt(id: number): string {
    let word = '';
    for (let at = this.#starts[id]; at < this.#starts[id + 1]; at++)
      word += String.fromCharCode(this.#letters[at]);
    return word;
  }

  /**
   * The number here of a word of another lexicon followed by the first `length` letters of another word, or -1;
   * `hash` is that of both together.
   */
  findParts(other: Lexicon, left: number, right: number, length: number, hash: number): number {
    const table = this.#table;
    for (let id = table.first(spread(hash)); id >= 0; id = table.next())
      if (this.#isMadeOf(id, other, left, right, length)) return id;
    return -1;
  }

  /** Below 0 when the word of that number stands before `word` by UTF-16 units, above 0 when after, else 0. */
  compare(id: number, word: string): number {
    const start = this.#starts[id];
    const length = this.lengthAt(id);
    for (let at = 0; at < length && at < word.length; at++) {
      const difference = this.#letters[start + at] - word.charCodeAt(at);
      if (difference !== 0) return difference;
    }
    return length - word.length;
  }

  /** As `compare`, but 0 when the word begins with `prefix`. */
  comparePrefix(id: number, prefix: string): number {
    const order = this.compare(id, prefix);
    return order > 0 && this.#beginsWith(id, prefix) ? 0 : order;
  }

  lengthAt(id: number): number {
    return this.#starts[id + 1] - this.#starts[id];
  }

  hashAt(id: number): number {
    return this.#hashes[id];
  }

  /** Carries the words to a snapshot or back. */
  *exchange(bundle: Bundle): Generator<void> {
    this.#size = bundle.number(this.#size);
    this.#starts = bundle.list(this.#starts, this.#size + 1);
    this.#letters = bundle.list(this.#letters, this.#starts[this.#size]);
    this.#hashes = bundle.list(this.#hashes, this.#size);
    if (!bundle.isReading) return;
    for (let id = 0; id < this.#size; id++) {
      this.#enter(id);
      if (id % WORDS_A_SLICE === 0) yield;
    }
  }

  /** Bytes held. */
  memory(): number {
    const lists = [this.#letters, this.#starts, this.#hashes];
    return lists.reduce((sum, list) => sum + list.byteLength, this.#table.memory() + this.#bits.memory());
  }

  #isMadeOf(id: number, other: Lexicon, left: number, right: number, length: number): boolean {
    const start = this.#starts[id];
    const middle = start + other.lengthAt(left);
    const end = this.#starts[id + 1];
    if (end - middle !== length) return false;
    for (let at = start, from = other.#starts[left]; at < middle; at++, from++) {
      if (this.#letters[at] !== other.#letters[from]) return false;
    }
    for (let at = middle, from = other.#starts[right]; at < end; at++, from++) {
      if (this.#letters[at] !== other.#letters[from]) return false;
    }
    return true;
  }

  #isWord(id: number, word: string): boolean {
    const start = this.#starts[id];
    if (this.#starts[id + 1] - start !== word.length) return false;
    for (let at = 0; at < word.length; at++)
      if (this.#letters[start + at] !== word.charCodeAt(at)) return false;
    return true;
  }

  #beginsWith(id: number, prefix: string): boolean {
    if (this.lengthAt(id) < prefix.length) return false;
    const start = this.#starts[id];
    for (let at = 0; at < prefix.length; at++)
      if (this.#letters[start + at] !== prefix.charCodeAt(at)) return false;
    return true;
  }

  #append(word: string, hash: number): number {
    const id = this.#size++;
    const start = this.#starts[id];
    this.#letters = grown(this.#letters, start + word.length);
    this.#starts = grown(this.#starts, id + 2);
    this.#hashes = grown(this.#hashes, id + 1);
    for (let at = 0; at < word.length; at++) this.#letters[start + at] = word.charCodeAt(at);
    this.#starts[id + 1] = start + word.length;
    this.#hashes[id] = hash;
    this.#enter(id);
    return id;
  }

  #enter(id: number): void {
    const mixed = spread(this.#hashes[id]);
    this.#table.insert(mixed, id);
    this.#bits.add(mixed);
  }
}
