import { grown } from '../arrays/flat-arrays.ts';
import type { Bundle } from '../arrays/snapshot.ts';
import type { Filter, MatchDocument } from '../language/filter.ts';
import { BitDocuments } from './document-sets.ts';
import type { SearchNode } from './search-nodes.ts';
import type { TopicSpotter } from './topic-spotter.ts';

/** Which documents have which topics: each document is asked once, when it is taken in. */
export class TopicDocuments {
  readonly #spotter: TopicSpotter;
  /** By topic: a bit a document. */
  readonly #bits: Uint32Array[];
  /** By topic: how many documents have it. */
  #counts: Uint32Array;
  #isKnown = true;

  constructor(spotter: TopicSpotter) {
    this.#spotter = spotter;
    this.#bits = Array.from({ length: spotter.size }, () => new Uint32Array(8));
    this.#counts = new Uint32Array(spotter.size);
  }

  /** False where the documents were asked for the topics of another catalogue: then none is known. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  add(document: number, paper: MatchDocument): void {
    if (!this.#isKnown) return;
    for (const topic of this.#spotter.spot(paper)) {
      const at = document >>> 5;
      this.#bits[topic] = grown(this.#bits[topic], at + 1);
      this.#bits[topic][at] |= 1 << (document & 31);
      this.#counts[topic]++;
    }
  }

  /** The documents of a topic as they are now; null where they are not known. */
  nodeOf(topic: Filter): SearchNode | null {
    const number = this.#isKnown ? this.#spotter.numberOf(topic) : -1;
    if (number < 0) return null;
    const documents = new BitDocuments(this.#bits[number], this.#counts[number]);
    return {
      cost: documents.cost,
      leaves: 1,
      candidates: () => documents,
      *prepare() {},
      has: (document) => documents.has(document),
      score: () => 0,
    };
  }

  /** Carries everything to a snapshot or back. */
  exchange(bundle: Bundle): void {
    const key = this.#isKnown ? this.#spotter.key : UNKNOWN;
    this.#isKnown = bundle.text(key) === this.#spotter.key;
    const counts = bundle.list(this.#counts, this.#counts.length);
    for (let topic = 0; topic < counts.length; topic++) {
      const own = this.#bits[topic] ?? new Uint32Array(0);
      const bits = bundle.list(own, own.length);
      if (this.#isKnown) this.#bits[topic] = bits;
    }
    if (this.#isKnown) this.#counts = counts;
  }

  memory(): number {
    return this.#bits.reduce((sum, bits) => sum + bits.byteLength, this.#counts.byteLength);
  }
}

/** No catalogue's key. */
const UNKNOWN = '?';
