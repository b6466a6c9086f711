import { END, PostingCursor, type Postings } from './search-postings.ts';

/** Documents in rising order. Never asked for an earlier document than before. */
export type DocumentSet = {
  /** How many there are at most. */
  readonly cost: number;
  /** The first document from `target` on; END when there is none. */
  seek(target: number): number;
  /** Does what has to be done before the first `seek`; yields after each slice. */
  prepare(documents: number): Generator<void>;
};

/** With fewer terms their lists are merged while they are read; with more they are laid into a set of bits first. */
const FEW = 6;
/** Documents a slice of work lays in. */
const SLICE = 100_000;

/** The documents of some terms. */
export class TermDocuments implements DocumentSet {
  readonly cost: number;
  readonly #postings: Postings;
  readonly #terms: readonly number[];
  #cursors: PostingCursor[] = [];
  #bits: Uint32Array | null = null;
  /** Where it stands. */
  #document = -1;

  constructor(postings: Postings, terms: readonly number[]) {
    this.#postings = postings;
    this.#terms = terms;
    this.cost = terms.reduce((sum, term) => sum + postings.count(term), 0);
    if (terms.length <= FEW) this.#cursors = this.#open();
  }

  *prepare(documents: number): Generator<void> {
    if (this.#terms.length <= FEW) return;
    const bits = new Uint32Array((documents >>> 5) + 1);
    let work = 0;
    for (const term of this.#terms) {
      work += this.#postings.markAll(term, bits);
      if (work < SLICE) continue;
      work = 0;
      yield;
    }
    this.#bits = bits;
  }

  seek(target: number): number {
    if (this.#document < target) this.#document = this.#find(target);
    return this.#document;
  }

  has(document: number): boolean {
    return this.seek(document) === document;
  }

  /** How much the document is about the terms, 0 to 1; 0 when it has none. After `has` or `seek`. */
  weight(document: number): number {
    // Many words at once say little about what a paper is about.
    if (this.#bits !== null) return this.has(document) ? 0.1 : 0;
    let weight = 0;
    const cursors = this.#cursors;
    for (let at = 0; at < cursors.length; at++) {
      if (cursors[at].document === document) weight += cursors[at].weight;
    }
    return Math.min(weight, 127) / 127;
  }

  /** Whether one of the terms stands in the first text; null when that is not known. After `has` said yes. */
  isInFirstText(document: number): boolean | null {
    if (this.#bits !== null) return null;
    return this.#cursors.some((cursor) => cursor.document === document && cursor.isInFirstText);
  }

  #find(target: number): number {
    if (this.#bits !== null) return nextBit(this.#bits, target);
    const cursors = this.#cursors;
    if (cursors.length === 1) return cursors[0].seek(target);
    let first = END;
    for (let at = 0; at < cursors.length; at++) {
      const cursor = cursors[at];
      const document = cursor.document >= target ? cursor.document : cursor.seek(target);
      if (document < first) first = document;
    }
    return first;
  }

  #open(): PostingCursor[] {
    return this.#terms.map((term) => new PostingCursor(this.#postings, term));
  }
}

/** Those whose bits are set. */
export class BitDocuments implements DocumentSet {
  readonly cost: number;
  readonly #bits: Uint32Array;

  /** `cost`: how many bits are set at most. */
  constructor(bits: Uint32Array, cost: number) {
    this.#bits = bits;
    this.cost = cost;
  }

  seek(target: number): number {
    return nextBit(this.#bits, target);
  }

  has(document: number): boolean {
    return ((this.#bits[document >>> 5] >>> (document & 31)) & 1) === 1;
  }

  *prepare(): Generator<void> {}
}

function nextBit(bits: Uint32Array, target: number): number {
  let index = target >>> 5;
  if (index >= bits.length) return END;
  let word = bits[index] & (-1 << (target & 31));
  while (word === 0) {
    if (++index >= bits.length) return END;
    word = bits[index];
  }
  return index * 32 + 31 - Math.clz32(word & -word);
}

/** The documents of some terms, and those of another set, too. */
export class FormDocuments implements DocumentSet {
  readonly cost: number;
  readonly #sure: TermDocuments;
  readonly #unsure: DocumentSet;

  constructor(sure: TermDocuments, unsure: DocumentSet) {
    this.#sure = sure;
    this.#unsure = unsure;
    this.cost = sure.cost + unsure.cost;
  }

  *prepare(documents: number): Generator<void> {
    yield* this.#sure.prepare(documents);
    yield* this.#unsure.prepare(documents);
  }

  seek(target: number): number {
    const sure = this.#sure.seek(target);
    return this.#unsure.cost === 0 ? sure : Math.min(sure, this.#unsure.seek(target));
  }

  has(document: number): boolean {
    return this.isSure(document) || this.isUnsure(document);
  }

  /** Whether it is a document of the terms themselves. */
  isSure(document: number): boolean {
    return this.#sure.has(document);
  }

  /** Whether it is one of the other set. */
  isUnsure(document: number): boolean {
    return this.#unsure.cost > 0 && this.#unsure.seek(document) === document;
  }

  weight(document: number): number {
    return this.#sure.weight(document) || JOINED_WEIGHT;
  }

  isInFirstText(document: number): boolean | null {
    return this.#sure.isInFirstText(document);
  }
}

/** What a match in a form that no list knows (`data set` for dataset) counts. */
const JOINED_WEIGHT = 0.4;

/** The documents of a set up to one of them. */
export class UpTo implements DocumentSet {
  readonly cost: number;
  readonly #set: DocumentSet;
  readonly #last: number;

  constructor(set: DocumentSet, last: number) {
    this.#set = set;
    this.#last = last;
    this.cost = Math.min(set.cost, last + 1);
  }

  *prepare(documents: number): Generator<void> {
    yield* this.#set.prepare(documents);
  }

  seek(target: number): number {
    if (target > this.#last) return END;
    const document = this.#set.seek(target);
    return document <= this.#last ? document : END;
  }
}

/** Every document below a number. */
export class AllDocuments implements DocumentSet {
  readonly cost: number;

  constructor(documents: number) {
    this.cost = documents;
  }

  seek(target: number): number {
    return target < this.cost ? target : END;
  }

  *prepare(): Generator<void> {}
}

/** What is in one of the sets. */
export class AnyOf implements DocumentSet {
  readonly cost: number;
  readonly #sets: readonly DocumentSet[];

  constructor(sets: readonly DocumentSet[]) {
    this.#sets = sets;
    this.cost = sets.reduce((sum, set) => sum + set.cost, 0);
  }

  seek(target: number): number {
    let first = END;
    for (const set of this.#sets) first = Math.min(first, set.seek(target));
    return first;
  }

  *prepare(documents: number): Generator<void> {
    for (const set of this.#sets) yield* set.prepare(documents);
  }
}

/** What is in both sets. */
export class BothOf implements DocumentSet {
  readonly cost: number;
  readonly #rarer: DocumentSet;
  readonly #other: DocumentSet;

  constructor(one: DocumentSet, other: DocumentSet) {
    [this.#rarer, this.#other] = one.cost <= other.cost ? [one, other] : [other, one];
    this.cost = this.#rarer.cost;
  }

  seek(target: number): number {
    let document = this.#rarer.seek(target);
    while (document !== END) {
      const next = this.#other.seek(document);
      if (next === document) return document;
      document = this.#rarer.seek(next);
    }
    return END;
  }

  *prepare(documents: number): Generator<void> {
    yield* this.#rarer.prepare(documents);
    yield* this.#other.prepare(documents);
  }
}
