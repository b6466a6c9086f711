import { grown } from './lexicon.ts';

const PAGE_BITS = 16;
const PAGE_SIZE = 1 << PAGE_BITS;
const PAGE_MASK = PAGE_SIZE - 1;
const HEAD = 2;
const MOST_A_BLOCK = 1022;

/** Later than every document. */
export const END = 0x7fffffff;

/**
 * For each term the documents that contain it, in rising order, each with a weight and the place of the first occurrence
 * (both 0 to 255). Terms grow one posting at a time: their lists are blocks of doubling size in common pages, so that
 * nothing is ever copied, merged or sorted. A block: [next block, capacity, ...documents].
 */
export class Postings {
  readonly documents: Int32Array[] = [];
  readonly weights: Uint8Array[] = [];
  readonly places: Uint8Array[] = [];
  #end = 0;
  #terms = 0;
  /** By term: first block, last block, postings in the last block, postings in all. */
  #first = new Int32Array(64);
  #last = new Int32Array(64);
  #used = new Int32Array(64);
  #counts = new Int32Array(64);

  get terms(): number {
    return this.#terms;
  }

  /** A new term without documents. */
  addTerm(): number {
    const term = this.#terms++;
    this.#first = grown(this.#first, this.#terms);
    this.#last = grown(this.#last, this.#terms);
    this.#used = grown(this.#used, this.#terms);
    this.#counts = grown(this.#counts, this.#terms);
    this.#first[term] = -1;
    return term;
  }

  /** In how many documents the term occurs, removed ones included. */
  count(term: number): number {
    return this.#counts[term];
  }

  /** Where the term's list starts, or -1. */
  firstBlock(term: number): number {
    return this.#first[term];
  }

  /** Postings in the block, when it is one of this term's. */
  usedIn(term: number, block: number): number {
    return block === this.#last[term]
      ? this.#used[term]
      : this.documents[block >>> PAGE_BITS][(block & PAGE_MASK) + 1];
  }

  /** Appends a document that is later than all before it. */
  add(term: number, document: number, weight: number, place: number): void {
    if (this.#first[term] < 0) this.#first[term] = this.#last[term] = this.#addBlock(2);
    let block = this.#last[term];
    const capacity = this.documents[block >>> PAGE_BITS][(block & PAGE_MASK) + 1];
    if (this.#used[term] === capacity) {
      const next = this.#addBlock(Math.min(capacity * 2, MOST_A_BLOCK));
      this.documents[block >>> PAGE_BITS][block & PAGE_MASK] = next;
      this.#last[term] = block = next;
      this.#used[term] = 0;
    }
    const at = (block & PAGE_MASK) + HEAD + this.#used[term]++;
    this.documents[block >>> PAGE_BITS][at] = document;
    this.weights[block >>> PAGE_BITS][at] = weight;
    this.places[block >>> PAGE_BITS][at] = place;
    this.#counts[term]++;
  }

  /** Bytes held. */
  memory(): number {
    return this.documents.length * PAGE_SIZE * 6 + this.#first.byteLength * 4;
  }

  #addBlock(capacity: number): number {
    // A page may have been filled to its very end: then the next block is not in it either.
    if (this.#end + HEAD + capacity > this.documents.length * PAGE_SIZE) {
      this.#end = this.documents.length * PAGE_SIZE;
      this.documents.push(new Int32Array(PAGE_SIZE));
      this.weights.push(new Uint8Array(PAGE_SIZE));
      this.places.push(new Uint8Array(PAGE_SIZE));
    }
    const block = this.#end;
    this.#end += HEAD + capacity;
    this.documents[block >>> PAGE_BITS][block & PAGE_MASK] = -1;
    this.documents[block >>> PAGE_BITS][(block & PAGE_MASK) + 1] = capacity;
    return block;
  }
}

/** Reads one term's list forwards. */
export class PostingCursor {
  /** The document it stands at: -1 before the first, END after the last. */
  document = -1;
  readonly count: number;
  readonly #postings: Postings;
  readonly #term: number;
  #block: number;
  #page: Int32Array;
  /** Places in the page: where it stands, and behind the block's last posting. */
  #at = 0;
  #end = 0;

  constructor(postings: Postings, term: number) {
    this.#postings = postings;
    this.#term = term;
    this.count = postings.count(term);
    this.#block = postings.firstBlock(term);
    this.#page = postings.documents[Math.max(0, this.#block) >>> PAGE_BITS];
    if (this.#block < 0) this.document = END;
    else this.#enter(this.#block);
  }

  /** 0 to 255: how much the document is about the term. */
  get weight(): number {
    return this.#postings.weights[this.#block >>> PAGE_BITS][this.#at];
  }

  /** The place of the first occurrence; 255 = there or later. */
  get place(): number {
    return this.#postings.places[this.#block >>> PAGE_BITS][this.#at];
  }

  /** Moves to the first document from `target` on and tells it; never moves back. */
  seek(target: number): number {
    if (this.document >= target) return this.document;
    while (this.#page[this.#end - 1] < target) {
      const next = this.#page[this.#block & PAGE_MASK];
      // A list may have grown since: the block's end is looked up again before the next one is entered.
      this.#end = (this.#block & PAGE_MASK) + HEAD + this.#postings.usedIn(this.#term, this.#block);
      if (this.#page[this.#end - 1] >= target) break;
      if (next < 0) {
        this.document = END;
        return END;
      }
      this.#enter(next);
    }
    this.#gallop(target);
    this.document = this.#page[this.#at];
    return this.document;
  }

  #enter(block: number): void {
    this.#block = block;
    this.#page = this.#postings.documents[block >>> PAGE_BITS];
    this.#at = (block & PAGE_MASK) + HEAD;
    this.#end = this.#at + this.#postings.usedIn(this.#term, block);
  }

  /** To the first posting of this block from `target` on; there is one. */
  #gallop(target: number): void {
    const page = this.#page;
    let low = this.#at;
    if (page[low] >= target) return;
    let step = 1;
    while (low + step < this.#end && page[low + step] < target) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, this.#end - 1);
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (page[middle] < target) low = middle;
      else high = middle;
    }
    this.#at = high;
  }
}
