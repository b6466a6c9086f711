import type { Lexicon } from './lexicon.ts';
import type { Bundle } from './snapshot.ts';

const MOST_A_BLOCK = 512;
/** Blocks that a snapshot's words are laid into between two slices. */
const BLOCKS_A_SLICE = 64;

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
    const isAfter = (other: number) => this.#lexicon.compare(other, word) >= 0;
    let [block, place] = this.#find(isAfter);
    if (this.#counts[block] === MOST_A_BLOCK) {
      this.#split(block);
      [block, place] = this.#find(isAfter);
    }
    const ids = this.#blocks[block];
    ids.copyWithin(place + 1, place, this.#counts[block]);
    ids[place] = id;
    this.#counts[block]++;
  }

  /** Hands over the numbers of all words with that prefix, in order. */
  each(prefix: string, visit: (id: number) => void): void {
    if (this.#blocks.length === 0) return;
    const [lastBlock, lastPlace] = this.#find((id) => this.#lexicon.comparePrefix(id, prefix) > 0);
    const [firstBlock, firstPlace] = this.#find((id) => this.#lexicon.compare(id, prefix) >= 0);
    for (let block = firstBlock; block <= lastBlock; block++) {
      const ids = this.#blocks[block];
      const end = block === lastBlock ? lastPlace : this.#counts[block];
      for (let place = block === firstBlock ? firstPlace : 0; place < end; place++) visit(ids[place]);
    }
  }

  /** Carries the order to a snapshot or back. */
  *exchange(bundle: Bundle): Generator<void> {
    const count = bundle.number(this.#counts.reduce((sum, each) => sum + each, 0));
    yield;
    const order = bundle.list(bundle.isReading ? new Int32Array(0) : this.#inOneRow(count), count);
    if (!bundle.isReading) return;
    // Blocks are left room, so that the first new words split none.
    const fill = (MOST_A_BLOCK * 3) / 4;
    for (let from = 0; from < count; from += fill) {
      const ids = new Int32Array(MOST_A_BLOCK);
      const part = order.subarray(from, from + fill);
      ids.set(part);
      this.#addBlock(this.#blocks.length, ids, part.length);
      if (this.#blocks.length % BLOCKS_A_SLICE === 0) yield;
    }
  }

  memory(): number {
    return this.#blocks.length * (MOST_A_BLOCK * 4 + 100);
  }

  /** Block and place of the first word that `isAfter`, which holds from some word on; the end of the last block if none. */
  #find(isAfter: (id: number) => boolean): [block: number, place: number] {
    const block = firstIndex(1, this.#blocks.length, (index) => isAfter(this.#blocks[index][0])) - 1;
    return [block, firstIndex(0, this.#counts[block], (place) => isAfter(this.#blocks[block][place]))];
  }

  #inOneRow(count: number): Int32Array {
    const order = new Int32Array(count);
    let at = 0;
    for (const [block, ids] of this.#blocks.entries()) {
      order.set(ids.subarray(0, this.#counts[block]), at);
      at += this.#counts[block];
    }
    return order;
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

/** The first index from `low` on (`high` excluded) for which `holds`, which holds from some index on; `high` if none. */
function firstIndex(low: number, high: number, holds: (index: number) => boolean): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
