import { grown } from '../arrays/flat-arrays.ts';
import type { Postings } from './search-postings.ts';

// BM25's usual sensitivities (Robertson and Zaragoza 2009): k1 how soon repetition stops to count, b how much length does.
const K1 = 1.2;
const B = 0.75;

/** How much each term weighs in the document that is being added. */
export class DocumentWeights {
  /** By term: weighted occurrences, and 1 = it stands in the first text. */
  #counts = new Float32Array(256);
  #isFirst = new Uint8Array(256);
  /** The document's terms. */
  #seen: number[] = [];
  readonly #postings: Postings;

  constructor(postings: Postings) {
    this.#postings = postings;
  }

  /** Notes that the term stands in a text where it counts `boost` times. */
  note(term: number, boost: number, isFirst: boolean): void {
    if (term >= this.#counts.length) this.makeRoom(term + 1);
    if (this.#counts[term] === 0) {
      this.#seen.push(term);
      this.#isFirst[term] = Number(isFirst);
    }
    this.#counts[term] += boost;
  }

  /** Posts what was noted of the document of so many words, and is ready for the next. `mean`: of all documents' words. */
  post(document: number, words: number, mean: number): void {
    const length = K1 * (1 - B + (B * words) / mean);
    for (const term of this.#seen) {
      const count = this.#counts[term];
      const weight = Math.max(1, Math.round((127 * count) / (count + length)));
      this.#postings.add(term, document, weight, this.#isFirst[term] === 1);
      this.#counts[term] = 0;
    }
    this.#seen = [];
  }

  makeRoom(terms: number): void {
    this.#counts = grown(this.#counts, terms);
    this.#isFirst = grown(this.#isFirst, terms);
  }

  memory(): number {
    return this.#counts.byteLength + this.#isFirst.byteLength;
  }
}
