import { HASH_BASE } from '../arrays/hash.ts';
import { Lexicon } from '../arrays/lexicon.ts';
import { Finds, type Marks } from './finds.ts';

/** The prefixes of all filters: which atoms each one marks, in which fields. */
export class PrefixTable {
  readonly #prefixes = new Lexicon();
  /** The prefixes and everything shorter that they begin with: words that may begin one together with the next word. */
  readonly #beginnings = new Lexicon();
  /** By prefix. */
  readonly #finds = new Finds();
  #longest = 0;

  /** How many prefixes were added. */
  get size(): number {
    return this.#finds.size;
  }

  add(prefix: string, fields: number, atom: number): void {
    const id = this.#prefixes.add(prefix);
    for (let length = 0; length <= prefix.length; length++) this.#beginnings.add(prefix.slice(0, length));
    this.#finds.add(id, fields, atom);
    this.#longest = Math.max(this.#longest, prefix.length);
  }

  /** The prefixes that the word begins with. */
  of(word: string): number[] {
    const found: number[] = [];
    for (let length = 1; length <= word.length && length <= this.#longest; length++) {
      const id = this.#prefixes.find(word.slice(0, length));
      if (id >= 0) found.push(id);
    }
    return found;
  }

  /** Whether a prefix may begin with the whole word and go on. */
  goesOnAfter(word: string): boolean {
    return this.#beginnings.find(word) >= 0;
  }

  /** Whether a prefix may begin with the word of that hash followed by that letter: false is certain. */
  mayGoOn(hash: number, letter: number): boolean {
    return this.#beginnings.mayHave((Math.imul(hash, HASH_BASE) + letter) | 0);
  }

  /** Marks what two spellings written together begin with, as far as it is longer than the first. */
  markJoined(spellings: Lexicon, first: number, second: number, field: number, marks: Marks): void {
    const length = spellings.lengthAt(second);
    let hash = spellings.hashAt(first);
    for (let place = 0; place < length; place++) {
      hash = (Math.imul(hash, HASH_BASE) + spellings.letterAt(second, place)) | 0;
      if (!this.#beginnings.mayHave(hash)) return;
      if (!this.#prefixes.mayHave(hash)) continue;
      const prefix = this.#prefixes.findParts(spellings, first, second, place + 1, hash);
      if (prefix >= 0) this.mark(prefix, field, marks);
    }
  }

  mark(prefix: number, field: number, marks: Marks): void {
    this.#finds.mark(this.#finds.heads[prefix], field, marks);
  }

  memory(): number {
    return this.#prefixes.memory() + this.#beginnings.memory() + this.#finds.memory();
  }
}
