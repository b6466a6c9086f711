import { grown } from '../arrays/flat-arrays.ts';
import type { Bundle } from '../arrays/snapshot.ts';
import { SortedWords } from '../arrays/sorted-words.ts';
import { UnitPages } from '../arrays/unit-pages.ts';
import type { Token, Word } from '../text/analyse.ts';
import { TextReader } from '../text/text-reader.ts';
import type { SpellingNumbers } from '../text/word-memo.ts';
import { END, Postings } from './search-postings.ts';

/** Ends each text of a document in its stream of words. */
export const TEXT_END = -1;

// BM25's usual dials (Robertson and Zaragoza 2009): k1 how soon repetition stops to count, b how much length does.
const K1 = 1.2;
const B = 0.75;
/** In place of the fold of a term that stands for two words read as one. */
const NO_FOLD = -1;

/** A text of a document: occurrences count `boost` times. */
export type BoostedText = { text: string; boost: number };

/**
 * One language of words (papers' texts, or people's names) for search: the distinct words, for each the documents that
 * contain it, and each document's words in a row for what lists cannot answer.
 * A term is a fold with its stem, written as an acronym or not; or a stem as which two neighbouring words read.
 */
export class SearchTerms {
  readonly reader: TextReader;
  readonly postings = new Postings();
  readonly #sorted: SortedWords;
  /** By spelling: the surface words that have it as a key, though not as their first stem. Few have such keys. */
  readonly #surfacesOfKey = new Map<number, number[]>();
  /** The surface words that have two spellings. */
  readonly #spelledOut: number[] = [];
  readonly #streams = new UnitPages();
  /** By document. */
  #starts = new Uint32Array(64);
  #documents = 0;
  #words = 0;
  /** By surface word: its term + 1. */
  #termOfSurface = new Int32Array(256);
  /** By spelling: its first term as a fold and as a stem, + 1. */
  #firstOfFold = new Int32Array(256);
  #firstOfStem = new Int32Array(256);
  /** By spelling: the document with which it became a key of a word, + 1; 0 = it is none. */
  #births = new Int32Array(256);
  /** By term: spellings, acronym, and the next term + 1 of the same fold, of the same stem. */
  #folds = new Int32Array(256);
  #stems = new Int32Array(256);
  #acronyms = new Uint8Array(256);
  #nextOfFold = new Int32Array(256);
  #nextOfStem = new Int32Array(256);
  /** By term, for the document that is being added: weighted occurrences, and 1 = it stands in the first text. */
  #counts = new Float32Array(256);
  #isFirst = new Uint8Array(256);
  /** The words of the document that was looked at last. */
  readonly decoded = { document: -1, words: new Int32Array(512), glued: new Uint8Array(512), count: 0 };

  /** `read` and `points`: see TextReader. */
  constructor(read: (surface: string) => Word, points = true) {
    this.reader = new TextReader(read, Number.POSITIVE_INFINITY, points);
    this.#sorted = new SortedWords(this.reader.memo.spellings);
  }

  get documents(): number {
    return this.#documents;
  }

  /** Adds the next document. */
  add(texts: readonly BoostedText[]): void {
    const { reader } = this;
    const document = this.#documents++;
    this.#starts = grown(this.#starts, this.#documents);
    this.#starts[document] = this.#streams.length;
    const seen: number[] = [];
    let words = 0;
    for (const [number, { text, boost }] of texts.entries()) {
      reader.begin();
      reader.read(text);
      words += reader.count;
      for (let at = 0; at < reader.count; at++) {
        this.#streams.push(reader.words[at], reader.glued[at] === 1);
        this.#termsAt(at, document, (term) => this.#note(term, boost, number === 0, seen));
      }
      this.#streams.pushEnd();
    }
    this.#words += words;
    this.#post(document, words, seen);
  }

  /**
   * Until which document (included) no term tells of two neighbouring words that have that key: it was not known yet. END
   * when no word has it.
   */
  joinedUnknownUntil(key: string): number {
    const spelling = this.reader.memo.spellings.find(key);
    return this.#isKey(spelling) ? this.#births[spelling] - 1 : END;
  }

  /** The terms of that stem; with `acronym` only those written as one. */
  termsOfStem(stem: string, acronym: boolean): number[] {
    const spelling = this.reader.memo.spellings.find(stem);
    const terms: number[] = [];
    if (spelling < 0) return terms;
    for (let term = this.#firstOfStem[spelling] - 1; term >= 0; term = this.#nextOfStem[term] - 1) {
      if (!acronym || this.#acronyms[term] === 1) terms.push(term);
    }
    return terms;
  }

  termsOfFold(fold: string): number[] {
    return this.#termsOfFoldAt(this.reader.memo.spellings.find(fold));
  }

  /** Those of two neighbouring words that have that key. */
  joinedTermsOf(key: string, acronym: boolean): number[] {
    return this.termsOfStem(key, acronym).filter((term) => this.#folds[term] === NO_FOLD);
  }

  /** The surface words that have one of the keys, beyond those with the first as their stem. */
  surfacesOfKeys(keys: readonly string[]): Set<number> {
    const { spellings } = this.reader.memo;
    const others = keys.flatMap((key) => this.#surfacesOfKey.get(spellings.find(key)) ?? []);
    return new Set([...others, ...this.#surfacesOfOther(keys)]);
  }

  /** The surface words that have one of the stems in one of their spellings, beyond those with the first as their stem. */
  surfacesOfStems(stems: readonly string[]): Set<number> {
    const { memo } = this.reader;
    const wanted = stems.map((stem) => memo.spellings.find(stem));
    const surfaces = [...this.surfacesOfKeys(stems)];
    return new Set(
      surfaces.filter((surface) => memo.spellingsOf(surface).some(({ stem }) => wanted.includes(stem))),
    );
  }

  /** Of words with two spellings: the surface words whose stem is another than the first. */
  #surfacesOfOther([, ...others]: readonly string[]): number[] {
    if (others.length === 0) return [];
    const { memo } = this.reader;
    const wanted = new Set(others.map((key) => memo.spellings.find(key)));
    return Array.from({ length: memo.size }, (_, surface) => surface).filter((surface) =>
      wanted.has(memo.stems[surface]),
    );
  }

  termsOfSurfaces(surfaces: Iterable<number>): number[] {
    return Array.from(surfaces, (surface) => this.#termOfSurface[surface] - 1);
  }

  /** The terms whose fold begins with the prefix. */
  termsOfPrefix(prefix: string): number[] {
    const terms: number[] = [];
    this.#sorted.each(prefix, (fold) => {
      for (const term of this.#termsOfFoldAt(fold)) terms.push(term);
    });
    return terms;
  }

  /** The spellings of the folds that begin with the prefix. */
  foldsWithPrefix(prefix: string): number[] {
    const folds: number[] = [];
    this.#sorted.each(prefix, (fold) => folds.push(fold));
    return folds;
  }

  /** By surface word: 1 = its fold is one of these spellings. */
  surfacesOf(folds: ReadonlySet<number>): Uint8Array {
    const { memo } = this.reader;
    const surfaces = new Uint8Array(memo.size);
    for (let surface = 0; surface < surfaces.length; surface++) {
      if (folds.has(memo.folds[surface])) surfaces[surface] = 1;
    }
    for (const surface of this.#spelledOut) {
      if (memo.spellingsOf(surface).some(({ fold }) => folds.has(fold))) surfaces[surface] = 1;
    }
    return surfaces;
  }

  /** Whether two neighbours in a text of the document fit, the first being one of those: faster than to decode it. */
  hasNeighbours(
    document: number,
    mayBeFirst: Uint8Array,
    fits: (first: number, second: number) => boolean,
  ): boolean {
    const end = document + 1 < this.#documents ? this.#starts[document + 1] : this.#streams.length;
    return this.#streams.hasNeighbours(this.#starts[document], end, mayBeFirst, fits);
  }

  /** Fills `decoded` with the document's words; between texts stands TEXT_END. */
  decode(document: number): void {
    const { decoded } = this;
    if (decoded.document === document) return;
    const start = this.#starts[document];
    const end = document + 1 < this.#documents ? this.#starts[document + 1] : this.#streams.length;
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
      text.push({ ...this.reader.memo.wordAt(words[at]), ...offsets });
    }
    return texts;
  }

  /** Carries everything to a snapshot or back. */
  *exchange(bundle: Bundle): Generator<void> {
    yield* this.reader.memo.exchange(bundle);
    yield* this.postings.exchange(bundle);
    yield* this.#sorted.exchange(bundle);
    yield* this.#streams.exchange(bundle);
    this.#documents = bundle.number(this.#documents);
    this.#words = bundle.number(this.#words);
    this.#starts = bundle.list(this.#starts, this.#documents);
    // These grow when they are asked for: as long as they are.
    this.#termOfSurface = bundle.list(this.#termOfSurface, this.#termOfSurface.length);
    this.#firstOfFold = bundle.list(this.#firstOfFold, this.#firstOfFold.length);
    this.#firstOfStem = bundle.list(this.#firstOfStem, this.#firstOfStem.length);
    this.#births = bundle.list(this.#births, this.#births.length);
    yield;
    const terms = this.postings.terms;
    this.#folds = bundle.list(this.#folds, terms);
    this.#stems = bundle.list(this.#stems, terms);
    this.#acronyms = bundle.list(this.#acronyms, terms);
    this.#nextOfFold = bundle.list(this.#nextOfFold, terms);
    this.#nextOfStem = bundle.list(this.#nextOfStem, terms);
    this.#counts = grown(this.#counts, terms);
    this.#isFirst = grown(this.#isFirst, terms);
    if (bundle.isReading)
      for (let surface = 0; surface < this.reader.memo.size; surface++) this.#noteSurface(surface);
    yield;
  }

  memory(): number {
    const byDocument = [this.#starts];
    const bySpelling = [this.#termOfSurface, this.#firstOfFold, this.#firstOfStem, this.#births];
    const byTerm = [
      this.#folds,
      this.#stems,
      this.#acronyms,
      this.#nextOfFold,
      this.#nextOfStem,
      this.#counts,
    ];
    const lists = [...byDocument, ...bySpelling, ...byTerm, this.#isFirst];
    const parts = [this.reader, this.postings, this.#sorted, this.#streams];
    // A list of surface words is a map entry and a small array.
    const ofLists = lists.reduce((sum, list) => sum + list.byteLength, this.#surfacesOfKey.size * 100);
    return parts.reduce((sum, part) => sum + part.memory(), ofLists);
  }

  #termsOfFoldAt(spelling: number): number[] {
    const terms: number[] = [];
    if (spelling < 0 || spelling >= this.#firstOfFold.length) return terms;
    for (let term = this.#firstOfFold[spelling] - 1; term >= 0; term = this.#nextOfFold[term] - 1)
      terms.push(term);
    return terms;
  }

  #note(term: number, boost: number, isFirst: boolean, seen: number[]): void {
    if (this.#counts[term] === 0) {
      seen.push(term);
      this.#isFirst[term] = Number(isFirst);
    }
    this.#counts[term] += boost;
  }

  #post(document: number, words: number, seen: readonly number[]): void {
    // The mean of what is known so far: an index that grows does not weigh its oldest papers anew.
    const mean = this.#words / this.#documents;
    const length = K1 * (1 - B + (B * words) / mean);
    for (const term of seen) {
      const weight = Math.max(1, Math.round((127 * this.#counts[term]) / (this.#counts[term] + length)));
      this.postings.add(term, document, weight, this.#isFirst[term] === 1);
      this.#counts[term] = 0;
    }
  }

  /** The terms of the word that the reader has at `at`, alone and with the next, in all their spellings. */
  #termsAt(at: number, document: number, visit: (term: number) => void): void {
    const { words, count, memo } = this.reader;
    const word = words[at];
    visit(this.#termOf(word, document));
    if (memo.seconds[word] !== 0) visit(this.#spelledOutTermOf(word, document));
    if (at + 1 === count) return;
    const next = words[at + 1];
    if (memo.seconds[word] === 0 && memo.seconds[next] === 0) {
      const joined = this.#joinedTermOf(word, next, memo.folds[word], memo.stems[next]);
      if (joined >= 0) visit(joined);
      return;
    }
    const joined = memo
      .spellingsOf(word)
      .flatMap(({ fold }) =>
        memo.spellingsOf(next).map(({ stem }) => this.#joinedTermOf(word, next, fold, stem)),
      );
    for (const term of new Set(joined)) if (term >= 0) visit(term);
  }

  /** The term of two neighbouring words read as fold and stem in one, when that is a word's key already; else -1. */
  #joinedTermOf(first: number, second: number, fold: number, secondStem: number): number {
    const { memo } = this.reader;
    const stem = memo.spellings.findJoined(memo.spellings, fold, secondStem);
    if (!this.#isKey(stem)) return -1;
    const acronym = Number(memo.isJoinedAcronym(first, second));
    for (let term = this.#firstOfStem[stem] - 1; term >= 0; term = this.#nextOfStem[term] - 1) {
      if (this.#folds[term] === NO_FOLD && this.#acronyms[term] === acronym) return term;
    }
    return this.#addTerm(NO_FOLD, stem, acronym);
  }

  #termOf(surface: number, document: number): number {
    this.#termOfSurface = grown(this.#termOfSurface, surface + 1);
    if (this.#termOfSurface[surface] === 0) {
      const { memo } = this.reader;
      const term = this.#findOrAdd(memo.spelling(surface), memo.acronyms[surface], document);
      this.#termOfSurface[surface] = term + 1;
      this.#noteSurface(surface);
      for (const key of memo.joinsOf(surface)) this.#noteKey(key, document);
    }
    return this.#termOfSurface[surface] - 1;
  }

  #spelledOutTermOf(surface: number, document: number): number {
    const { memo } = this.reader;
    const spelledOut = memo.spelledOut(surface) ?? memo.spelling(surface);
    return this.#findOrAdd(spelledOut, memo.acronyms[surface], document);
  }

  #findOrAdd({ fold, stem }: SpellingNumbers, acronym: number, document: number): number {
    const { spellings } = this.reader.memo;
    this.#firstOfFold = grown(this.#firstOfFold, spellings.size);
    this.#firstOfStem = grown(this.#firstOfStem, spellings.size);
    this.#births = grown(this.#births, spellings.size);
    this.#noteKey(stem, document);
    for (let term = this.#firstOfFold[fold] - 1; term >= 0; term = this.#nextOfFold[term] - 1) {
      if (this.#stems[term] === stem && this.#acronyms[term] === acronym) return term;
    }
    if (this.#firstOfFold[fold] === 0) this.#sorted.insert(fold);
    return this.#addTerm(fold, stem, acronym);
  }

  #isKey(spelling: number): boolean {
    return spelling >= 0 && spelling < this.#births.length && this.#births[spelling] !== 0;
  }

  #noteKey(spelling: number, document: number): void {
    if (this.#births[spelling] === 0) this.#births[spelling] = document + 1;
  }

  #noteSurface(surface: number): void {
    const { memo } = this.reader;
    const spelledOut = memo.spelledOut(surface);
    if (spelledOut !== null) this.#spelledOut.push(surface);
    const keys = memo.joinsOf(surface);
    for (const key of spelledOut === null ? keys : [...keys, spelledOut.stem]) {
      const surfaces = this.#surfacesOfKey.get(key);
      if (surfaces === undefined) this.#surfacesOfKey.set(key, [surface]);
      else surfaces.push(surface);
    }
  }

  #addTerm(fold: number, stem: number, acronym: number): number {
    const term = this.postings.addTerm();
    this.#folds = grown(this.#folds, term + 1);
    this.#stems = grown(this.#stems, term + 1);
    this.#acronyms = grown(this.#acronyms, term + 1);
    this.#nextOfFold = grown(this.#nextOfFold, term + 1);
    this.#nextOfStem = grown(this.#nextOfStem, term + 1);
    this.#counts = grown(this.#counts, term + 1);
    this.#isFirst = grown(this.#isFirst, term + 1);
    this.#folds[term] = fold;
    this.#stems[term] = stem;
    this.#acronyms[term] = acronym;
    if (fold !== NO_FOLD) {
      this.#nextOfFold[term] = this.#firstOfFold[fold];
      this.#firstOfFold[fold] = term + 1;
    }
    this.#nextOfStem[term] = this.#firstOfStem[stem];
    this.#firstOfStem[stem] = term + 1;
    return term;
  }
}
