import type { Lexicon } from './lexicon.ts';

const MOST_A_BLOCK = 512;

/** The words of a lexicon in the order of their letters, in blocks: a new word moves at most one block's numbers. */
export class SortedWords {
  readonly #lexicon: Lexicon;
  readonly #blocks: Int32Array[] = [];
  readonly #counts: number[] = [];

  constructor(lexicon: Lexicon) {
    this.#lexicon = lexicon;
  }

  /** Takes in a word of the lexicon that it does not have yet. */
  insert(id: number): void {
    if (this.#blocks.length === 0) this.#addBlock(0, new Int32Array(MOST_A_BLOCK), 0);
    const word = this.#lexicon.wordAt(id);
    let block = this.#blockOf(word);
    if (this.#counts[block] === MOST_A_BLOCK) {
      this.#split(block);
      block = this.#blockOf(word);
    }
    const ids = this.#blocks[block];
    const place = this.#placeIn(block, word);
    ids.copyWithin(place + 1, place, this.#counts[block]);
    ids[place] = id;
    this.#counts[block]++;
  }

  /** Hands over the numbers of all words with that prefix, in order, until `visit` answers false. */
  each(prefix: string, visit: (id: number) => boolean | undefined): void {
    if (this.#blocks.length === 0) return;
    let block = this.#blockOf(prefix);
    let place = this.#placeIn(block, prefix);
    for (; block < this.#blocks.length; block++, place = 0) {
      for (; place < this.#counts[block]; place++) {
        const id = this.#blocks[block][place];
        if (!this.#lexicon.startsWith(id, prefix) || visit(id) === false) return;
      }
    }
  }

  memory(): number {
    return this.#blocks.length * (MOST_A_BLOCK * 4 + 100);
  }

  /** The last block whose first word is not after `word`; the first block when there is none. */
  #blockOf(word: string): number {
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#lexicon.compare(this.#blocks[middle][0], word) <= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The first place in the block whose word is not before `word`. */
  #placeIn(block: number, word: string): number {
    const ids = this.#blocks[block];
    let low = 0;
    let high = this.#counts[block];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#lexicon.compare(ids[middle], word) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #split(block: number): void {
    const half = MOST_A_BLOCK / 2;
    const upper = new Int32Array(MOST_A_BLOCK);
    upper.set(this.#blocks[block].subarray(half));
    this.#counts[block] = half;
    this.#addBlock(block + 1, upper, MOST_A_BLOCK - half);
  }

  #addBlock(at: number, ids: Int32Array, count: number): void {
    this.#blocks.splice(at, 0, ids);
    this.#counts.splice(at, 0, count);
  }
}
