import { type Bundle, exchangePages } from './snapshot.ts';

const PAGE_BITS = 16;
const PAGE_SIZE = 1 << PAGE_BITS;
const PAGE_MASK = PAGE_SIZE - 1;

/** Units with a meaning of their own; word numbers below them take one unit, others three. */
const END = 0xffff;
const WIDE = 0xfffe;
const GLUED = 0xfffd;

/** Words in a row as 16-bit units, in pages: two bytes for all but rare words. */
export class UnitPages {
  readonly pages: Uint16Array[] = [];
  length = 0;

  /** Appends a word by its number; `glued` is kept with it. */
  push(word: number, glued: boolean): void {
    if (glued) this.#put(GLUED);
    if (word < GLUED) {
      this.#put(word);
      return;
    }
    this.#put(WIDE);
    this.#put(word & 0xffff);
    this.#put(word >>> 16);
  }

  /** Appends the end of a text. */
  pushEnd(): void {
    this.#put(END);
  }

  /** Reads the units from `start` to `end`; the end of a text is -1. Tells how many words and ends there are. */
  read(start: number, end: number, words: Int32Array, glued: Uint8Array): number {
    let count = 0;
    let isGlued = 0;
    for (let at = start; at < end; at++) {
      const unit = this.pages[at >>> PAGE_BITS][at & PAGE_MASK];
      if (unit === GLUED) {
        isGlued = 1;
        continue;
      }
      if (unit === WIDE) {
        words[count] = this.#at(at + 1) | (this.#at(at + 2) << 16);
        at += 2;
      } else words[count] = unit === END ? -1 : unit;
      glued[count++] = isGlued;
      isGlued = 0;
    }
    return count;
  }

  /** Whether, from `start` to `end`, two neighbours of one text fit; only those are tried of which `mayBeFirst` the first is 1. */
  hasNeighbours(
    start: number,
    end: number,
    mayBeFirst: Uint8Array,
    fits: (first: number, second: number) => boolean,
  ): boolean {
    let first = -1;
    for (let at = start; at < end; at++) {
      let word: number = this.pages[at >>> PAGE_BITS][at & PAGE_MASK];
      if (word >= GLUED) {
        if (word === GLUED) continue;
        if (word === END) {
          first = -1;
          continue;
        }
        word = this.#at(at + 1) | (this.#at(at + 2) << 16);
        at += 2;
      }
      if (first >= 0 && fits(first, word)) return true;
      first = mayBeFirst[word] === 1 ? word : -1;
    }
    return false;
  }

  /** Carries the words to a snapshot or back. */
  *exchange(bundle: Bundle): Generator<void> {
    this.length = bundle.number(this.length);
    yield* exchangePages(bundle, this.pages, new Uint16Array(0));
  }

  memory(): number {
    return this.pages.length * PAGE_SIZE * 2;
  }

  #at(index: number): number {
    return this.pages[index >>> PAGE_BITS][index & PAGE_MASK];
  }

  #put(unit: number): void {
    if (this.length >>> PAGE_BITS === this.pages.length) this.pages.push(new Uint16Array(PAGE_SIZE));
    this.pages[this.length >>> PAGE_BITS][this.length++ & PAGE_MASK] = unit;
  }
}
