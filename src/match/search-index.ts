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
import { type Bundle, checksumOf, SnapshotReader, SnapshotWriter } from './snapshot.ts';
import { readTerm } from './term.ts';

/**
 * Full text search in the filter language over all papers in memory. It finds a paper if and only if the filter matches
 * it (`matchFilter`, explain.ts). SQLite stays the store of record; this can be made from it again at any time.
 */
export type SearchIndex = {
  /** Papers held. */
  readonly size: number;
  /** Places taken: also by papers that were removed or replaced, which cost as much as those held. */
  readonly places: number;
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
  /**
   * Everything it holds, for `restoreSearchIndex`: written one after the other, before anything else is done with the
   * index, since these are views of what is alive. `note` comes back with it (how far it has read, say).
   */
  snapshot(note: string): Uint8Array[];
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

export type SearchResult = {
  total: number;
  hits: { paper: string; score: number }[];
  /** False when the question asked for more work than one may: papers taken in late were not looked at. */
  complete: boolean;
};

/** Steps between two breaks: about a millisecond's work. */
const STEPS_A_SLICE = 20_000;
/** Steps a question may take in all: about a second's work, many times what questions usually take. */
const STEPS_A_QUESTION = 20_000_000;

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

/**
 * The index of a snapshot and its note; null when the snapshot is damaged or was written by another version of the index or
 * of the text analysis: then it is to be made anew.
 */
export function restoreSearchIndex(bytes: Uint8Array): { index: SearchIndex; note: string } | null {
  if (bytes.length < 16 || bytes.length % 8 !== 0) return null;
  const checksum = new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0, true);
  const body = bytes.subarray(8);
  if (checksum !== checksumOf([body])) return null;
  const reader = new SnapshotReader(body);
  if (reader.text() !== fingerprint()) return null;
  const note = reader.text();
  const index = new FlatSearchIndex();
  index.exchange(reader);
  return { index, note };
}

/** Raise it when the layout of a snapshot changes. */
const LAYOUT = 1;

/** Changes with the layout, and with the text analysis as far as some telling words show it. */
function fingerprint(): string {
  const words = [
    "Model's",
    'GPT',
    'LLMs',
    'analyses',
    'colour',
    'modelling',
    'É',
    'matrices',
    'β',
    '3.5',
    'C++',
    'news',
  ];
  return JSON.stringify([LAYOUT, words.map(analyseWord), analyseNameWord("O'Neil")]);
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

  get places(): number {
    return this.#ids.length;
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

  snapshot(note: string): Uint8Array[] {
    const writer = new SnapshotWriter();
    writer.text(fingerprint());
    writer.text(note);
    this.exchange(writer);
    return [new Uint8Array(Float64Array.of(checksumOf(writer.chunks)).buffer), ...writer.chunks];
  }

  /** Carries everything to a snapshot or back. */
  exchange(bundle: Bundle): void {
    const ids: string[] = JSON.parse(bundle.text(JSON.stringify(this.#ids)));
    this.#gone = bundle.list(this.#gone, ids.length);
    this.#texts.exchange(bundle);
    this.#names.exchange(bundle);
    this.#organizations.exchange(bundle);
    this.#figures.exchange(bundle, ids.length);
    if (!bundle.isReading) return;
    for (const [number, id] of ids.entries()) {
      this.#ids.push(id);
      if (this.#gone[number] === 0) this.#documentOf.set(id, number);
    }
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
    const work = { steps: 0, all: 0 };
    const node = yield* this.#nodeOf(filter, now, documents, work);
    yield* node.prepare(documents);
    const ranking = new SearchRanking(this.#figures, sort, limit + offset);
    const candidates = node.candidates();
    const { published } = this.#figures;
    let total = 0;
    let document = candidates.seek(0);
    for (; document < documents && work.all <= STEPS_A_QUESTION; document = candidates.seek(document + 1)) {
      work.steps += node.leaves;
      if (work.steps > STEPS_A_SLICE) yield* takeBreath(work);
      if (this.#gone[document] === 1 || (since !== null && !(published[document] >= since))) continue;
      if (node.has(document)) {
        total++;
        ranking.offer(document, sort === 'relevance' ? node.score(document) : 0);
      }
    }
    const hits = ranking.best().slice(offset);
    return {
      total,
      hits: hits.map(({ document: number, score }) => ({ paper: this.#ids[number], score })),
      complete: document >= documents,
    };
  }

  /** Looking up the words of a prefix takes its time: other work gets a turn after each term. */
  *#nodeOf(filter: Filter, now: number, documents: number, work: Work): Generator<void, SearchNode> {
    switch (filter.kind) {
      case 'and':
      case 'or': {
        const parts: SearchNode[] = [];
        for (const part of filter.parts) parts.push(yield* this.#nodeOf(part, now, documents, work));
        return filter.kind === 'and' ? allOf(parts) : anyOf(parts);
      }
      case 'not':
        return noneOf(yield* this.#nodeOf(filter.part, now, documents, work), documents);
      case 'topic':
        return yield* this.#nodeOf(filter.filter, now, documents, work);
      case 'word':
      case 'prefix':
      case 'phrase': {
        if (work.steps > STEPS_A_SLICE) yield* takeBreath(work);
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
    const asked = { ...NO_WORDS };
    const read = { document: asked, texts: NO_TEXTS, categories: NO_CATEGORIES };
    return (document) => {
      this.#figures.tell(document, asked);
      return condition.holds(read, now);
    };
  }
}

function* takeBreath(work: Work): Generator<void> {
  work.all += work.steps;
  work.steps = 0;
  yield;
}

/** A document of which only figures are asked. */
const NO_WORDS: MatchDocument = {
  id: '',
  title: '',
  abstract: '',
  authors: [],
  categories: [],
  keywords: [],
  organization: null,
  upvotes: null,
  comments: null,
  stars: null,
  publishedAt: null,
};
const NO_TEXTS = { title: [], abstract: [], author: [], org: [], keyword: [] };
const NO_CATEGORIES: ReadonlySet<string> = new Set();
