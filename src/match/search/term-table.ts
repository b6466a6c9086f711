import { grown } from '../arrays/flat-arrays.ts';
import type { Lexicon } from '../arrays/lexicon.ts';
import type { Bundle } from '../arrays/snapshot.ts';
import { SortedWords } from '../arrays/sorted-words.ts';
import type { SpellingNumbers } from '../text/word-memo.ts';
import { END, type Postings } from './search-postings.ts';

/** In place of the fold of a term that stands for two words read as one. */
const NO_FOLD = -1;

/**
 * The distinct terms of a SearchTerms. A term is a fold with its stem, written as an acronym or not; or a stem as which two
 * neighbouring words read.
 */
export class TermTable {
  /** The folds. */
  readonly sorted: SortedWords;
  readonly #spellings: Lexicon;
  readonly #postings: Postings;
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

  /** Each of its terms is one of the postings. */
  constructor(spellings: Lexicon, postings: Postings) {
    this.#spellings = spellings;
    this.#postings = postings;
    this.sorted = new SortedWords(spellings);
  }

  /** The terms of that stem; with `acronym` only those written as one. */
  ofStem(stem: string, acronym: boolean): number[] {
    const spelling = this.#spellings.find(stem);
    const terms: number[] = [];
    if (spelling < 0) return terms;
    for (let term = this.#firstOfStem[spelling] - 1; term >= 0; term = this.#nextOfStem[term] - 1) {
      if (!acronym || this.#acronyms[term] === 1) terms.push(term);
    }
    return terms;
  }

  ofFold(fold: string): number[] {
    const terms: number[] = [];
    this.#pushOfFold(this.#spellings.find(fold), terms);
    return terms;
  }

  /** Those of two neighbouring words that have that key. */
  joinedOf(key: string, acronym: boolean): number[] {
    return this.ofStem(key, acronym).filter((term) => this.#folds[term] === NO_FOLD);
  }

  /** The terms whose fold begins with the prefix. */
  ofPrefix(prefix: string): number[] {
    const terms: number[] = [];
    this.sorted.each(prefix, (fold) => this.#pushOfFold(fold, terms));
    return terms;
  }

  /** The spellings of the folds that begin with the prefix. */
  foldsWithPrefix(prefix: string): number[] {
    const folds: number[] = [];
    this.sorted.each(prefix, (fold) => folds.push(fold));
    return folds;
  }

  /**
   * Until which document (included) no term tells of two neighbouring words that have that key: it was not known yet. END
   * when no word has it.
   */
  joinedUnknownUntil(key: string): number {
    const spelling = this.#spellings.find(key);
    return this.#isKey(spelling) ? this.#births[spelling] - 1 : END;
  }

  /** The term of that spelling in the document; a new one when there is none. */
  findOrAdd({ fold, stem }: SpellingNumbers, acronym: number, document: number): number {
    this.#firstOfFold = grown(this.#firstOfFold, this.#spellings.size);
    this.#firstOfStem = grown(this.#firstOfStem, this.#spellings.size);
    this.#births = grown(this.#births, this.#spellings.size);
    this.noteKey(stem, document);
    for (let term = this.#firstOfFold[fold] - 1; term >= 0; term = this.#nextOfFold[term] - 1) {
      if (this.#stems[term] === stem && this.#acronyms[term] === acronym) return term;
    }
    if (this.#firstOfFold[fold] === 0) this.sorted.insert(fold);
    return this.#add(fold, stem, acronym);
  }

  /** The term of two neighbouring words read as that stem, when it is a word's key already; else -1. */
  findOrAddJoined(stem: number, acronym: number): number {
    if (!this.#isKey(stem)) return -1;
    for (let term = this.#firstOfStem[stem] - 1; term >= 0; term = this.#nextOfStem[term] - 1) {
      if (this.#folds[term] === NO_FOLD && this.#acronyms[term] === acronym) return term;
    }
    return this.#add(NO_FOLD, stem, acronym);
  }

  /** A word of the document has the spelling as a key. */
  noteKey(spelling: number, document: number): void {
    if (this.#births[spelling] === 0) this.#births[spelling] = document + 1;
  }

  /** Carries everything but `sorted` to a snapshot or back. */
  *exchange(bundle: Bundle): Generator<void> {
    // These grow when they are asked for: as long as they are.
    this.#firstOfFold = bundle.list(this.#firstOfFold, this.#firstOfFold.length);
    this.#firstOfStem = bundle.list(this.#firstOfStem, this.#firstOfStem.length);
    this.#births = bundle.list(this.#births, this.#births.length);
    yield;
    const { terms } = this.#postings;
    this.#folds = bundle.list(this.#folds, terms);
    this.#stems = bundle.list(this.#stems, terms);
    this.#acronyms = bundle.list(this.#acronyms, terms);
    this.#nextOfFold = bundle.list(this.#nextOfFold, terms);
    this.#nextOfStem = bundle.list(this.#nextOfStem, terms);
  }

  memory(): number {
    const bySpelling = [this.#firstOfFold, this.#firstOfStem, this.#births];
    const byTerm = [this.#folds, this.#stems, this.#acronyms, this.#nextOfFold, this.#nextOfStem];
    return [...bySpelling, ...byTerm].reduce((sum, list) => sum + list.byteLength, this.sorted.memory());
  }

  #pushOfFold(spelling: number, terms: number[]): void {
    if (spelling < 0 || spelling >= this.#firstOfFold.length) return;
    for (let term = this.#firstOfFold[spelling] - 1; term >= 0; term = this.#nextOfFold[term] - 1)
      terms.push(term);
  }

  #isKey(spelling: number): boolean {
    return spelling >= 0 && spelling < this.#births.length && this.#births[spelling] !== 0;
  }

  #add(fold: number, stem: number, acronym: number): number {
    const term = this.#postings.addTerm();
    this.#folds = grown(this.#folds, term + 1);
    this.#stems = grown(this.#stems, term + 1);
    this.#acronyms = grown(this.#acronyms, term + 1);
    this.#nextOfFold = grown(this.#nextOfFold, term + 1);
    this.#nextOfStem = grown(this.#nextOfStem, term + 1);
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
