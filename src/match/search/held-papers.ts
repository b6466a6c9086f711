import { grown } from '../arrays/flat-arrays.ts';
import { type Bundle, WORDS_A_SLICE } from '../arrays/snapshot.ts';
import type { MatchDocument, TextField } from '../language/filter.ts';
import { analyseNameWord, analyseWord } from '../text/analyse.ts';
import { inNameOrder } from '../text/name-order.ts';
import { type HeldFigures, SearchFigures } from './search-figures.ts';
import { END } from './search-postings.ts';
import type { TextRange } from './search-term-node.ts';
import { SearchTerms } from './search-terms.ts';
import { isDueABreak, takeBreath, type Work } from './search-work.ts';
import { TopicDocuments } from './topic-documents.ts';
import { NO_TOPICS_SPOTTED, type TopicSpotter } from './topic-spotter.ts';

const TITLE_BOOST = 5;
const KEYWORD_BOOST = 2;
/** A paper sought by its name, in steps of work. */
const STEPS_TO_SEEK = 4;

/** The texts of a document in the index, by field: title, abstract, then the keywords. */
const RANGES: Readonly<Record<TextField, TextRange>> = {
  title: { first: 0, last: 0 },
  abstract: { first: 1, last: 1 },
  keyword: { first: 2, last: END },
  author: { first: 0, last: END },
  org: { first: 0, last: END },
};
const EVERYWHERE: TextRange = { first: 0, last: END };

export function rangeOf(field: TextField | null): TextRange {
  return field === null ? EVERYWHERE : RANGES[field];
}

/** The papers of a search index, as documents: numbers in the order in which they were taken in. */
export class HeldPapers {
  readonly names = new SearchTerms(analyseNameWord, false);
  readonly figures = new SearchFigures();
  readonly topics: TopicDocuments;
  /** By document. */
  readonly ids: string[] = [];
  readonly #texts = new SearchTerms(analyseWord);
  readonly #organizations = new SearchTerms(analyseWord);
  readonly #documentOf = new Map<string, number>();
  /** By document: 1 = removed or replaced. */
  #gone = new Uint8Array(64);

  constructor(topics: TopicSpotter = NO_TOPICS_SPOTTED) {
    this.topics = new TopicDocuments(topics);
  }

  /** Papers held. */
  get size(): number {
    return this.#documentOf.size;
  }

  has(id: string): boolean {
    return this.#documentOf.has(id);
  }

  isGone(document: number): boolean {
    return this.#gone[document] === 1;
  }

  termsOf(field: TextField | null): SearchTerms {
    if (field === 'author') return this.names;
    return field === 'org' ? this.#organizations : this.#texts;
  }

  /** Those of the papers that are held among the first `documents`, each once, as their documents in rising order. */
  *inOrder(papers: Iterable<string>, documents: number, work: Work): Generator<void, Int32Array> {
    const numbers: number[] = [];
    for (const paper of papers instanceof Set ? papers : new Set(papers)) {
      const number = this.#documentOf.get(paper);
      if (number !== undefined && number < documents) numbers.push(number);
      work.steps += STEPS_TO_SEEK;
      if (isDueABreak(work)) yield* takeBreath(work);
    }
    return Int32Array.from(numbers).sort();
  }

  add(document: MatchDocument): void {
    this.remove(document.id);
    const number = this.ids.push(document.id) - 1;
    this.#gone = grown(this.#gone, number + 1);
    this.#documentOf.set(document.id, number);
    const { title, abstract, keywords, authors, organization } = document;
    this.#texts.add([
      { text: title, boost: TITLE_BOOST },
      { text: abstract, boost: 1 },
      ...keywords.map((text) => ({ text, boost: KEYWORD_BOOST })),
    ]);
    this.names.add(authors.map((name) => ({ text: inNameOrder(name), boost: 1 })));
    this.#organizations.add(organization === null ? [] : [{ text: organization, boost: 1 }]);
    this.figures.set(number, document);
    this.figures.setCategories(number, document.categories);
    this.figures.setVenues(number, document);
    this.topics.add(number, document);
  }

  remove(id: string): boolean {
    const number = this.#documentOf.get(id);
    if (number === undefined) return false;
    this.#gone[number] = 1;
    return this.#documentOf.delete(id);
  }

  updateFigures(id: string, figures: HeldFigures): boolean {
    const number = this.#documentOf.get(id);
    if (number === undefined) return false;
    this.figures.set(number, figures);
    return true;
  }

  /** Carries everything to a snapshot or back. */
  *exchange(bundle: Bundle): Generator<void> {
    const ids: string[] = JSON.parse(bundle.text(JSON.stringify(this.ids)));
    this.#gone = bundle.list(this.#gone, ids.length);
    yield* this.#texts.exchange(bundle);
    yield* this.names.exchange(bundle);
    yield* this.#organizations.exchange(bundle);
    this.figures.exchange(bundle, ids.length);
    this.topics.exchange(bundle);
    if (!bundle.isReading) return;
    for (const [number, id] of ids.entries()) {
      this.ids.push(id);
      if (this.#gone[number] === 0) this.#documentOf.set(id, number);
      if (number % WORDS_A_SLICE === 0) yield;
    }
  }

  memory(): number {
    const parts = [this.#texts, this.names, this.#organizations, this.figures, this.topics];
    // An id is a string of some 40 bytes with an entry in the map and one in the list.
    const ofIds = this.ids.length * 100 + this.#gone.byteLength;
    return parts.reduce((sum, part) => sum + part.memory(), ofIds);
  }
}
