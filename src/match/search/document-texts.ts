import { grown } from '../arrays/flat-arrays.ts';
import type { Bundle } from '../arrays/snapshot.ts';
import { UnitPages } from '../arrays/unit-pages.ts';
import type { Token } from '../text/analyse.ts';
import type { WordMemo } from '../text/word-memo.ts';

/** Ends each text of a document in its stream of words. */
export const TEXT_END = -1;

/** Each document's words in a row, for what lists of documents cannot answer. */
export class DocumentTexts {
  /** The words of the document that was looked at last. */
  readonly decoded = { document: -1, words: new Int32Array(512), glued: new Uint8Array(512), count: 0 };
  readonly #memo: WordMemo;
  readonly #streams = new UnitPages();
  /** By document. */
  #starts = new Uint32Array(64);
  #documents = 0;
  #words = 0;

  constructor(memo: WordMemo) {
    this.#memo = memo;
  }

  get documents(): number {
    return this.#documents;
  }

  /** A document's words, in the mean of what is known so far: an index that grows does not weigh its oldest papers anew. */
  get meanWords(): number {
    return this.#words / this.#documents;
  }

  /** Begins the next document; tells its number. */
  begin(): number {
    const document = this.#documents++;
    this.#starts = grown(this.#starts, this.#documents);
    this.#starts[document] = this.#streams.length;
    return document;
  }

  push(word: number, isGlued: boolean): void {
    this.#streams.push(word, isGlued);
    this.#words++;
  }

  endText(): void {
    this.#streams.pushEnd();
  }

  /** Whether two neighbours in a text of the document fit, the first being one of those: faster than to decode it. */
  hasNeighbours(
    document: number,
    mayBeFirst: Uint8Array,
    fits: (first: number, second: number) => boolean,
  ): boolean {
    return this.#streams.hasNeighbours(this.#starts[document], this.#endOf(document), mayBeFirst, fits);
  }

  /** Fills `decoded` with the document's words; between texts stands TEXT_END. */
  decode(document: number): void {
    const { decoded } = this;
    if (decoded.document === document) return;
    const start = this.#starts[document];
    const end = this.#endOf(document);
    decoded.words = grown(decoded.words, end - start);
    decoded.glued = grown(decoded.glued, end - start);
    decoded.count = this.#streams.read(start, end, decoded.words, decoded.glued);
    decoded.document = document;
  }

  /** The document's texts as tokens: slower than `decode`, for what only the plain evaluation answers. */
  tokens(document: number): Token[][] {
    this.decode(document);
    const { words, glued, count } = this.decoded;
    const texts: Token[][] = [];
    let text: Token[] = [];
    for (let at = 0; at < count; at++) {
      if (words[at] === TEXT_END) {
        texts.push(text);
        text = [];
        continue;
      }
      const offsets = { position: text.length, start: 0, end: 0, glued: glued[at] === 1 };
      text.push({ ...this.#memo.wordAt(words[at]), ...offsets });
    }
    return texts;
  }

  /** Carries everything to a snapshot or back. */
  *exchange(bundle: Bundle): Generator<void> {
    yield* this.#streams.exchange(bundle);
    this.#documents = bundle.number(this.#documents);
    this.#words = bundle.number(this.#words);
    this.#starts = bundle.list(this.#starts, this.#documents);
  }

  memory(): number {
    return this.#starts.byteLength + this.#streams.memory();
  }

  #endOf(document: number): number {
    return document + 1 < this.#documents ? this.#starts[document + 1] : this.#streams.length;
  }
}
