import { setImmediate } from 'node:timers/promises';
import { analyseNameWord, analyseWord } from './analyse.ts';
import { fitsCategory } from './categories.ts';
import { prepareFilter } from './explain.ts';
import type { Filter, MatchDocument, TextField } from './filter.ts';
import { grown } from './lexicon.ts';
import { type Figures, SearchFigures } from './search-figures.ts';
import { allOf, anyOf, factNode, noneOf, type SearchNode, type Work } from './search-nodes.ts';
import { END } from './search-postings.ts';
import { SearchRanking, type SearchSort } from './search-ranking.ts';
import { type TextRange, termNode } from './search-term-node.ts';
import { SearchTerms } from './search-terms.ts';
import { readTerm } from './term.ts';

/**
 * Full text search in the filter language over all papers in memory. It finds a paper if and only if the filter matches
 * it (`matchFilter`, explain.ts). SQLite stays the store of record; this can be made from it again at any time.
 */
export type SearchIndex = {
  /** Papers held. */
  readonly size: number;
  /** Takes a paper in; an earlier one of the same id is replaced. Searchable at once. */
  add(document: MatchDocument): void;
  /** False when there is no such paper. */
  remove(id: string): boolean;
  /** New figures of a paper whose words have not changed; false when there is no such paper. */
  updateFigures(id: string, figures: Figures): boolean;
  has(id: string): boolean;
  /** Searches in slices: other work gets its turn at least every few milliseconds. */
  search(filter: Filter, options: SearchOptions): Promise<SearchResult>;
  /** The same at once; for tools and tests. */
  searchNow(filter: Filter, options: SearchOptions): SearchResult;
  /** Bytes held. */
  memory(): number;
};

export type SearchOptions = {
  limit: number;
  offset?: number;
  /** Default: relevance. See search-ranking.ts. */
  sort?: SearchSort;
  /** Only papers published at this instant (UTC ms) or later. */
  since?: number | null;
  /** UTC ms, for `age:`. */
  now: number;
};

export type SearchResult = { total: number; hits: { paper: string; score: number }[] };

/** Steps between two breaks: at most some milliseconds' work. */
const STEPS_A_SLICE = 50_000;

const TITLE_BOOST = 5;
const KEYWORD_BOOST = 2;
/** The texts of a document in the index, by field: title, abstract, then the keywords. */
const RANGES: Readonly<Record<TextField, TextRange>> = {
  title: { first: 0, last: 0 },
  abstract: { first: 1, last: 1 },
  keyword: { first: 2, last: END },
  author: { first: 0, last: END },
  org: { first: 0, last: END },
};
const EVERYWHERE: TextRange = { first: 0, last: END };

export function createSearchIndex(): SearchIndex {
  return new FlatSearchIndex();
}

class FlatSearchIndex implements SearchIndex {
  readonly #texts = new SearchTerms(analyseWord);
  readonly #names = new SearchTerms(analyseNameWord);
  readonly #organizations = new SearchTerms(analyseWord);
  readonly #figures = new SearchFigures();
  readonly #documentOf = new Map<string, number>();
  readonly #ids: string[] = [];
  /** By document: 1 = removed or replaced. */
  #gone = new Uint8Array(64);

  get size(): number {
    return this.#documentOf.size;
  }

  add(document: MatchDocument): void {
    this.remove(document.id);
    const number = this.#ids.push(document.id) - 1;
    this.#gone = grown(this.#gone, number + 1);
    this.#documentOf.set(document.id, number);
    const { title, abstract, keywords, authors, organization } = document;
    this.#texts.add([
      { text: title, boost: TITLE_BOOST },
      { text: abstract, boost: 1 },
      ...keywords.map((text) => ({ text, boost: KEYWORD_BOOST })),
    ]);
    this.#names.add(authors.map((text) => ({ text, boost: 1 })));
    this.#organizations.add(organization === null ? [] : [{ text: organization, boost: 1 }]);
    this.#figures.set(number, document);
    this.#figures.setCategories(number, document.categories);
  }

  remove(id: string): boolean {
    const number = this.#documentOf.get(id);
    if (number === undefined) return false;
    this.#gone[number] = 1;
    return this.#documentOf.delete(id);
  }

  updateFigures(id: string, figures: Figures): boolean {
    const number = this.#documentOf.get(id);
    if (number === undefined) return false;
    this.#figures.set(number, figures);
    return true;
  }

  has(id: string): boolean {
    return this.#documentOf.has(id);
  }

  async search(filter: Filter, options: SearchOptions): Promise<SearchResult> {
    const work = this.#searchInSlices(filter, options);
    for (let slice = work.next(); ; slice = work.next()) {
      if (slice.done) return slice.value;
      await setImmediate();
    }
  }

  searchNow(filter: Filter, options: SearchOptions): SearchResult {
    const work = this.#searchInSlices(filter, options);
    for (let slice = work.next(); ; slice = work.next()) if (slice.done) return slice.value;
  }

  memory(): number {
    // An id is a string of some 40 bytes with an entry in the map and one in the list.
    const ids = this.#ids.length * 100 + this.#gone.byteLength;
    return (
      this.#texts.memory() +
      this.#names.memory() +
      this.#organizations.memory() +
      this.#figures.memory() +
      ids
    );
  }

  *#searchInSlices(filter: Filter, options: SearchOptions): Generator<void, SearchResult> {
    const { limit, offset = 0, sort = 'relevance', since = null, now } = options;
    const documents = this.#ids.length;
    const work = { steps: 0 };
    const node = this.#nodeOf(filter, now, documents, work);
    yield* node.prepare(documents);
    const ranking = new SearchRanking(this.#figures, sort, limit + offset);
    const candidates = node.candidates();
    const { published } = this.#figures;
    let total = 0;
    for (let document = candidates.seek(0); document < documents; document = candidates.seek(document + 1)) {
      if (++work.steps > STEPS_A_SLICE) {
        work.steps = 0;
        yield;
      }
      if (this.#gone[document] === 1 || (since !== null && !(published[document] >= since))) continue;
      if (node.has(document)) {
        total++;
        ranking.offer(document, sort === 'relevance' ? node.score(document) : 0);
      }
    }
    const hits = ranking.best().slice(offset);
    return { total, hits: hits.map(({ document, score }) => ({ paper: this.#ids[document], score })) };
  }

  #nodeOf(filter: Filter, now: number, documents: number, work: Work): SearchNode {
    switch (filter.kind) {
      case 'and':
        return allOf(filter.parts.map((part) => this.#nodeOf(part, now, documents, work)));
      case 'or':
        return anyOf(filter.parts.map((part) => this.#nodeOf(part, now, documents, work)));
      case 'not':
        return noneOf(this.#nodeOf(filter.part, now, documents, work), documents);
      case 'topic':
        return this.#nodeOf(filter.filter, now, documents, work);
      case 'word':
      case 'prefix':
      case 'phrase': {
        const range = filter.field === null ? EVERYWHERE : RANGES[filter.field];
        return termNode(this.#termsOf(filter.field), readTerm(filter), range, work);
      }
      case 'category':
        return factNode(this.#isFiledUnder(filter.pattern), documents);
      default:
        return factNode(this.#factOf(filter, now), documents);
    }
  }

  #termsOf(field: TextField | null): SearchTerms {
    if (field === 'author') return this.#names;
    return field === 'org' ? this.#organizations : this.#texts;
  }

  /** Each different set of categories is looked at once. */
  #isFiledUnder(pattern: string): (document: number) => boolean {
    const answers = this.#figures.categorySets.map((names) => fitsCategory(pattern, names));
    return (document) => answers[this.#figures.categorySetOf(document)];
  }

  #factOf(filter: Filter, now: number): (document: number) => boolean {
    const condition = prepareFilter(filter);
    if (condition.kind !== 'fact') return () => false;
    const texts = { title: [], abstract: [], author: [], org: [], keyword: [] };
    const bare = {
      id: '',
      title: '',
      abstract: '',
      authors: [],
      categories: [],
      keywords: [],
      organization: null,
    };
    const categories = new Set<string>();
    return (document) =>
      condition.holds({ document: { ...bare, ...this.#figures.of(document) }, texts, categories }, now);
  }
}
