import type { Bundle } from '../arrays/snapshot.ts';
import type { Word } from '../text/analyse.ts';
import { TextReader } from '../text/text-reader.ts';
import { DocumentTexts } from './document-texts.ts';
import { DocumentWeights } from './document-weights.ts';
import { Postings } from './search-postings.ts';
import { SurfaceTerms } from './surface-terms.ts';
import { TermTable } from './term-table.ts';

/** A text of a document: occurrences count `boost` times. */
type BoostedText = { text: string; boost: number };

/**
 * One language of words (papers' texts, or people's names) for search: the distinct words, for each the documents that
 * contain it, and each document's words in a row.
 */
export class SearchTerms {
  readonly reader: TextReader;
  readonly postings = new Postings();
  readonly table: TermTable;
  readonly surfaces: SurfaceTerms;
  readonly texts: DocumentTexts;
  readonly #weights = new DocumentWeights(this.postings);

  /** `read` and `points`: see TextReader. */
  constructor(read: (surface: string) => Word, points = true) {
    this.reader = new TextReader(read, Number.POSITIVE_INFINITY, points);
    const { memo } = this.reader;
    this.table = new TermTable(memo.spellings, this.postings);
    this.surfaces = new SurfaceTerms(memo);
    this.texts = new DocumentTexts(memo);
  }

  /** Adds the next document. */
  add(texts: readonly BoostedText[]): void {
    const { reader } = this;
    const document = this.texts.begin();
    let words = 0;
    for (const [number, { text, boost }] of texts.entries()) {
      reader.begin();
      reader.read(text);
      words += reader.count;
      for (let at = 0; at < reader.count; at++) {
        this.texts.push(reader.words[at], reader.glued[at] === 1);
        this.#termsAt(at, document, (term) => this.#weights.note(term, boost, number === 0));
      }
      this.texts.endText();
    }
    this.#weights.post(document, words, this.texts.meanWords);
  }

  /** Carries everything to a snapshot or back. */
  *exchange(bundle: Bundle): Generator<void> {
    yield* this.reader.memo.exchange(bundle);
    yield* this.postings.exchange(bundle);
    yield* this.table.sorted.exchange(bundle);
    yield* this.texts.exchange(bundle);
    this.surfaces.exchange(bundle);
    yield* this.table.exchange(bundle);
    this.#weights.makeRoom(this.postings.terms);
    if (bundle.isReading) this.surfaces.recall();
    yield;
  }

  memory(): number {
    const parts = [this.reader, this.postings, this.table, this.surfaces, this.texts, this.#weights];
    return parts.reduce((sum, part) => sum + part.memory(), 0);
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
    return stem < 0 ? -1 : this.table.findOrAddJoined(stem, Number(memo.isJoinedAcronym(first, second)));
  }

  #termOf(surface: number, document: number): number {
    const known = this.surfaces.termOf(surface);
    if (known >= 0) return known;
    const { memo } = this.reader;
    const term = this.table.findOrAdd(memo.spelling(surface), memo.acronyms[surface], document);
    this.surfaces.note(surface, term);
    for (const key of memo.joinsOf(surface)) this.table.noteKey(key, document);
    return term;
  }

  #spelledOutTermOf(surface: number, document: number): number {
    const { memo } = this.reader;
    const spelledOut = memo.spelledOut(surface) ?? memo.spelling(surface);
    return this.table.findOrAdd(spelledOut, memo.acronyms[surface], document);
  }
}
