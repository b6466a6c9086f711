import { grown } from '../arrays/flat-arrays.ts';
import { type Bundle, exchangePages } from '../arrays/snapshot.ts';

const PAGE_BITS = 16;
const PAGE_SIZE = 1 << PAGE_BITS;
const PAGE_MASK = PAGE_SIZE - 1;
/** A block: next block (two units), first document (two units), capacity, then the postings. */
const HEAD = 5;
const CAPACITY = 4;
const LEAST_A_BLOCK = 3;
const MOST_A_BLOCK = 1019;
const NONE = 0xffffffff;

/** Later than every document. */
export const END = 0x7fffffff;

/**
 * For each term the documents that contain it, in rising order, each with a weight (0 to 127) and whether the term stands
 * in the document's first text. Terms grow one posting at a time: their lists are blocks in common pages, a new one half
 * as large as all before it, so that nothing is ever copied, merged or sorted, and three bytes a posting are enough:
 * documents are kept as their distance from the block's first.
 */
export class Postings {
  readonly pages: Uint16Array[] = [];
  readonly weights: Uint8Array[] = [];
  #end = 0;
  #terms = 0;
  /** By term: first block, last block, postings in the last block, postings in all. */
  #first = new Uint32Array(64);
  #last = new Uint32Array(64);
  #used = new Uint16Array(64);
  #counts = new Uint32Array(64);

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
    this.#first[term] = NONE;
    return term;
  }

  /** In how many documents the term occurs, removed ones included. */
  count(term: number): number {
    return this.#counts[term];
  }

  /** Where the term's list starts, or -1. */
  firstBlock(term: number): number {
    return this.#first[term] === NONE ? -1 : this.#first[term];
  }

  /** The block after this one, or -1. */
  nextBlock(block: number): number {
    const next = this.#pair(block);
    return next === NONE ? -1 : next;
  }

  /** The block's first document. */
  baseOf(block: number): number {
    return this.#pair(block + 2);
  }

  /** Postings in the block, which is one of this term's. */
  usedIn(term: number, block: number): number {
    return block === this.#last[term] ? this.#used[term] : this.#capacityOf(block);
  }

  /** Appends a document that is later than all before it. */
  add(term: number, document: number, weight: number, isInFirstText: boolean): void {
    const block = this.#blockFor(term, document);
    const at = (block & PAGE_MASK) + HEAD + this.#used[term]++;
    this.pages[block >>> PAGE_BITS][at] = document - this.baseOf(block);
    this.weights[block >>> PAGE_BITS][at] = weight * 2 + Number(isInFirstText);
    this.#counts[term]++;
  }

  /** Sets the bit of each of the term's documents that the bits have room for; tells how many postings it looked at. */
  markAll(term: number, bits: Uint32Array): number {
    for (let block = this.firstBlock(term); block >= 0; block = this.nextBlock(block)) {
      const page = this.pages[block >>> PAGE_BITS];
      const base = this.baseOf(block);
      const start = (block & PAGE_MASK) + HEAD;
      const end = start + this.usedIn(term, block);
      for (let at = start; at < end; at++) bits[(base + page[at]) >>> 5] |= 1 << ((base + page[at]) & 31);
    }
    return this.#counts[term];
  }

  /** Carries all lists to a snapshot or back. */
  *exchange(bundle: Bundle): Generator<void> {
    this.#end = bundle.number(this.#end);
    this.#terms = bundle.number(this.#terms);
    this.#first = bundle.list(this.#first, this.#terms);
    this.#last = bundle.list(this.#last, this.#terms);
    this.#used = bundle.list(this.#used, this.#terms);
    this.#counts = bundle.list(this.#counts, this.#terms);
    yield* exchangePages(bundle, this.pages, new Uint16Array(0));
    yield* exchangePages(bundle, this.weights, new Uint8Array(0));
  }

  /** Bytes held. */
  memory(): number {
    return this.pages.length * PAGE_SIZE * 3 + this.#first.length * 14;
  }

  /** The block that takes the term's next posting. */
  #blockFor(term: number, document: number): number {
    if (this.#first[term] === NONE) {
      this.#first[term] = this.#addBlock(LEAST_A_BLOCK, document);
      this.#last[term] = this.#first[term];
      this.#used[term] = 0;
      return this.#first[term];
    }
    const block = this.#last[term];
    const isFar = document - this.baseOf(block) > 0xffff;
    if (!isFar && this.#used[term] < this.#capacityOf(block)) return block;
    // A block that is left for its distance ends where it was filled to.
    this.pages[block >>> PAGE_BITS][(block & PAGE_MASK) + CAPACITY] = this.#used[term];
    const size = Math.max(LEAST_A_BLOCK, Math.min(this.#counts[term] >>> 1, MOST_A_BLOCK));
    const next = this.#addBlock(size, document);
    this.#setPair(block, next);
    this.#last[term] = next;
    this.#used[term] = 0;
    return next;
  }

  #capacityOf(block: number): number {
    return this.pages[block >>> PAGE_BITS][(block & PAGE_MASK) + CAPACITY];
  }

  #addBlock(capacity: number, base: number): number {
    const room = this.pages.length * PAGE_SIZE - this.#end;
    if (room < HEAD + capacity) {
      this.#end = this.pages.length * PAGE_SIZE;
      this.pages.push(new Uint16Array(PAGE_SIZE));
      this.weights.push(new Uint8Array(PAGE_SIZE));
    }
    const block = this.#end;
    this.#end += HEAD + capacity;
    this.#setPair(block, NONE);
    this.#setPair(block + 2, base);
    this.pages[block >>> PAGE_BITS][(block & PAGE_MASK) + CAPACITY] = capacity;
    return block;
  }

  /** A block lies in one page, so its head does. */
  #pair(at: number): number {
    const page = this.pages[at >>> PAGE_BITS];
    return (page[at & PAGE_MASK] | (page[(at & PAGE_MASK) + 1] << 16)) >>> 0;
  }

  #setPair(at: number, value: number): void {
    const page = this.pages[at >>> PAGE_BITS];
    page[at & PAGE_MASK] = value & 0xffff;
    page[(at & PAGE_MASK) + 1] = value >>> 16;
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
  #base = 0;
  #page: Uint16Array;
  /** Places in the page: where it stands, and behind the block's last posting. */
  #at = 0;
  #end = 0;

  constructor(postings: Postings, term: number) {
    this.#postings = postings;
    this.#term = term;
    this.count = postings.count(term);
    this.#block = postings.firstBlock(term);
    this.#page = postings.pages[Math.max(0, this.#block) >>> PAGE_BITS];
    if (this.#block < 0) this.document = END;
    else this.#enter(this.#block);
  }

  /** 0 to 127: how much the document is about the term. */
  get weight(): number {
    return this.#postings.weights[this.#block >>> PAGE_BITS][this.#at] >> 1;
  }

  get isInFirstText(): boolean {
    return (this.#postings.weights[this.#block >>> PAGE_BITS][this.#at] & 1) === 1;
  }

  /** Moves to the first document from `target` on and tells it; never moves back. */
  seek(target: number): number {
    if (this.document >= target) return this.document;
    // Most often the next one is meant.
    if (this.document >= 0 && this.#at + 1 < this.#end && this.#base + this.#page[this.#at + 1] >= target) {
      this.document = this.#base + this.#page[++this.#at];
      return this.document;
    }
    while (this.#base + this.#page[this.#end - 1] < target) {
      const next = this.#postings.nextBlock(this.#block);
      // A list may have grown since: the block's end is looked up again before the next one is entered.
      this.#end = (this.#block & PAGE_MASK) + HEAD + this.#postings.usedIn(this.#term, this.#block);
      if (this.#base + this.#page[this.#end - 1] >= target) break;
      if (next < 0) {
        this.document = END;
        return END;
      }
      this.#enter(next);
    }
    this.#gallop(target - this.#base);
    this.document = this.#base + this.#page[this.#at];
    return this.document;
  }

  #enter(block: number): void {
    this.#block = block;
    this.#base = this.#postings.baseOf(block);
    this.#page = this.#postings.pages[block >>> PAGE_BITS];
    this.#at = (block & PAGE_MASK) + HEAD;
    this.#end = this.#at + this.#postings.usedIn(this.#term, block);
  }

  /** To the first posting of this block at that distance or farther; there is one. */
  #gallop(distance: number): void {
    const page = this.#page;
    let low = this.#at;
    if (page[low] >= distance) return;
    let step = 1;
    while (low + step < this.#end && page[low + step] < distance) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, this.#end - 1);
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (page[middle] < distance) low = middle;
      else high = middle;
    }
    this.#at = high;
  }
}
