import { grown, HASH_BASE, Lexicon } from './lexicon.ts';
import type { Marks } from './term-spotter.ts';

/** The prefixes of all filters: which atoms each one marks, in which fields. */
export class PrefixTable {
  readonly #prefixes = new Lexicon();
  /** Everything shorter that a prefix begins with: words that may begin one together with the next word. */
  readonly #beginnings = new Lexicon();
  /** By prefix: its first find. Finds: [atom, fields, next find] each; 0 = none. */
  #heads = new Int32Array(64);
  #finds = new Int32Array(192);
  #count = 1;
  #longest = 0;

  /** Rises with every prefix. */
  get version(): number {
    return this.#count - 1;
  }

  add(prefix: string, fields: number, atom: number): void {
    const id = this.#prefixes.add(prefix);
    for (let length = 0; length < prefix.length; length++) this.#beginnings.add(prefix.slice(0, length));
    this.#heads = grown(this.#heads, id + 1);
    const find = this.#count++;
    this.#finds = grown(this.#finds, this.#count * 3);
    this.#finds.set([atom, fields, this.#heads[id]], find * 3);
    this.#heads[id] = find;
    this.#longest = Math.max(this.#longest, prefix.length);
  }

  /** The prefixes, longer than `above` letters, that the word begins with. */
  of(word: string, above: number): number[] {
    const found: number[] = [];
    for (let length = above + 1; length <= word.length && length <= this.#longest; length++) {
      const id = this.#prefixes.find(word.slice(0, length));
      if (id >= 0) found.push(id);
    }
    return found;
  }

  /** Whether a prefix may begin with the whole word and go on. */
  goesOnAfter(word: string): boolean {
    return this.#beginnings.find(word) >= 0;
  }

  /** Whether a prefix may begin with the whole word of that hash followed by that letter: false is certain. */
  mayBegin(hash: number, letter: number): boolean {
    const longer = (Math.imul(hash, HASH_BASE) + letter) | 0;
    return this.#prefixes.mayHave(longer) || this.#beginnings.mayHave(longer);
  }

  mark(prefix: number, field: number, marks: Marks): void {
    for (let find = this.#heads[prefix]; find !== 0; find = this.#finds[find * 3 + 2]) {
      if ((this.#finds[find * 3 + 1] & field) !== 0) marks.mark(this.#finds[find * 3]);
    }
  }

  memory(): number {
    return (
      this.#prefixes.memory() + this.#beginnings.memory() + this.#heads.byteLength + this.#finds.byteLength
    );
  }
}
