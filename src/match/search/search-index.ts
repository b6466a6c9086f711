import { setImmediate } from 'node:timers/promises';
import { FIGURE_FIELDS } from '#src/paper/figures.ts';
import { grown } from '../arrays/flat-arrays.ts';
import {
  type Bundle,
  checksumOf,
  SnapshotReader,
  SnapshotWriter,
  WORDS_A_SLICE,
} from '../arrays/snapshot.ts';
import { compares, holdsOfPerson, prepareFilter, unreadDocument } from '../evaluate/explain.ts';
import { readTerm } from '../evaluate/term.ts';
import { fitsVenue, readAskedVenue } from '../evaluate/venue.ts';
import { fitsCategory } from '../language/categories.ts';
import {
  type Filter,
  type MatchDocument,
  NOTHING_KNOWN,
  type TextField,
  type VenueLeaf,
} from '../language/filter.ts';
import { neededOf } from '../language/person.ts';
import { analyseNameWord, analyseWord } from '../text/analyse.ts';
import { inNameOrder } from '../text/name-order.ts';
import { type Figures, SearchFigures } from './search-figures.ts';
import { allOf, anyOf, factNode, noneOf, type SearchNode, type Work } from './search-nodes.ts';
import { END } from './search-postings.ts';
import { SearchRanking, type SearchSort } from './search-ranking.ts';
import { type TextRange, termNode } from './search-term-node.ts';
import { SearchTerms } from './search-terms.ts';

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
  /**
   * Which of these papers match: what `search` would find among them, without ranking the rest. In slices. An unknown
   * paper matches nothing.
   */
  matching(filter: Filter, papers: Iterable<string>, now: number): Promise<MatchingPapers>;
  /** Whether any paper matches; also true when that would take too long to tell. In slices. */
  finds(filter: Filter, now: number): Promise<boolean>;
  /** The same as `search` at once; for tools and tests. */
  searchNow(filter: Filter, options: SearchOptions): SearchResult;
  /**
   * Everything it holds, for `restoreSearchIndex`, to be written one after the other. These are views of what is alive:
   * from the call until they are written nothing may change the index. `note` comes back with it (how far it has read,
   * say). In slices, like a search.
   */
  snapshot(note: string): Promise<Uint8Array[]>;
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

/** `complete`: as in a SearchResult. */
export type MatchingPapers = { papers: ReadonlySet<string>; complete: boolean };

/** Steps between two breaks: about a millisecond's work. */
const STEPS_A_SLICE = 20_000;
/** Steps a question may take in all: about a second's work, many times what questions usually take. */
const STEPS_A_QUESTION = 20_000_000;

/** Reading a name costs about as much as so many steps. */
const NAME_WORK = 20;
/** Reading a list of venues costs about as much as so many steps. */
const VENUE_WORK = 20;

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
 * of the text analysis: then it is to be made anew. In slices.
 */
export async function restoreSearchIndex(
  bytes: Uint8Array,
): Promise<{ index: SearchIndex; note: string } | null> {
  if (bytes.length < 16 || bytes.length % 8 !== 0) return null;
  const checksum = new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0, true);
  const body = bytes.subarray(8);
  if (checksum !== (await inSlices(checksumOf([body])))) return null;
  const reader = new SnapshotReader(body);
  if (reader.text() !== FINGERPRINT) return null;
  const note = reader.text();
  const index = new FlatSearchIndex();
  await inSlices(index.exchange(reader));
  return { index, note };
}

/** Does the work, others having their turn between its slices. */
async function inSlices<T>(work: Generator<void, T>): Promise<T> {
  for (let slice = work.next(); ; slice = work.next()) {
    if (slice.done) return slice.value;
    await setImmediate();
  }
}

/** Raise it when the layout of a snapshot changes. */
const LAYOUT = 3;

/** Changes with the source of the text analysis: a test says to what (analysis-version.test.ts). */
export const ANALYSIS = '98824036fd04';

/** Which snapshots can be read: letters and their forms are as this Node.js knows Unicode. */
const FINGERPRINT = JSON.stringify([LAYOUT, ANALYSIS, process.versions.unicode, FIGURE_FIELDS]);

class FlatSearchIndex implements SearchIndex {
  readonly #texts = new SearchTerms(analyseWord);
  readonly #names = new SearchTerms(analyseNameWord, false);
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
    this.#names.add(authors.map((name) => ({ text: inNameOrder(name), boost: 1 })));
    this.#organizations.add(organization === null ? [] : [{ text: organization, boost: 1 }]);
    this.#figures.set(number, document);
    this.#figures.setCategories(number, document.categories);
    this.#figures.setVenues(number, document);
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
    return inSlices(this.#searchInSlices(filter, options));
  }

  async matching(filter: Filter, papers: Iterable<string>, now: number): Promise<MatchingPapers> {
    return inSlices(this.#matchInSlices(filter, papers, now));
  }

  async finds(filter: Filter, now: number): Promise<boolean> {
    return inSlices(this.#findsInSlices(filter, now));
  }

  searchNow(filter: Filter, options: SearchOptions): SearchResult {
    const work = this.#searchInSlices(filter, options);
    for (let slice = work.next(); ; slice = work.next()) if (slice.done) return slice.value;
  }

  async snapshot(note: string): Promise<Uint8Array[]> {
    const writer = new SnapshotWriter();
    writer.text(FINGERPRINT);
    writer.text(note);
    await inSlices(this.exchange(writer));
    const checksum = await inSlices(checksumOf(writer.chunks));
    return [new Uint8Array(Float64Array.of(checksum).buffer), ...writer.chunks];
  }

  /** Carries everything to a snapshot or back. */
  *exchange(bundle: Bundle): Generator<void> {
    const ids: string[] = JSON.parse(bundle.text(JSON.stringify(this.#ids)));
    this.#gone = bundle.list(this.#gone, ids.length);
    yield* this.#texts.exchange(bundle);
    yield* this.#names.exchange(bundle);
    yield* this.#organizations.exchange(bundle);
    this.#figures.exchange(bundle, ids.length);
    if (!bundle.isReading) return;
    for (const [number, id] of ids.entries()) {
      this.#ids.push(id);
      if (this.#gone[number] === 0) this.#documentOf.set(id, number);
      if (number % WORDS_A_SLICE === 0) yield;
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
    const ranking = new SearchRanking(this.#figures, this.#ids, sort, limit + offset);
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

  *#findsInSlices(filter: Filter, now: number): Generator<void, boolean> {
    const documents = this.#ids.length;
    const work = { steps: 0, all: 0 };
    const node = yield* this.#nodeOf(filter, now, documents, work);
    yield* node.prepare(documents);
    const candidates = node.candidates();
    for (let document = candidates.seek(0); document < documents; document = candidates.seek(document + 1)) {
      work.steps += node.leaves;
      if (work.steps > STEPS_A_SLICE) yield* takeBreath(work);
      if (work.all > STEPS_A_QUESTION) return true;
      if (this.#gone[document] === 0 && node.has(document)) return true;
    }
    return false;
  }

  *#matchInSlices(filter: Filter, papers: Iterable<string>, now: number): Generator<void, MatchingPapers> {
    const documents = this.#ids.length;
    const work = { steps: 0, all: 0 };
    const node = yield* this.#nodeOf(filter, now, documents, work);
    yield* node.prepare(documents);
    const matching = new Set<string>();
    for (const document of this.#inOrder(papers, documents)) {
      if (work.all > STEPS_A_QUESTION) return { papers: matching, complete: false };
      work.steps += node.leaves;
      if (work.steps > STEPS_A_SLICE) yield* takeBreath(work);
      if (this.#gone[document] === 0 && node.has(document)) matching.add(this.#ids[document]);
    }
    return { papers: matching, complete: true };
  }

  /** Those of the papers that are held by now, each once, as their documents in rising order. */
  #inOrder(papers: Iterable<string>, documents: number): Int32Array {
    const numbers: number[] = [];
    for (const paper of new Set(papers)) {
      const number = this.#documentOf.get(paper);
      if (number !== undefined && number < documents) numbers.push(number);
    }
    return Int32Array.from(numbers).sort();
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
      case 'person':
        return yield* this.#personNode(filter, now, documents, work);
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
      case 'venue':
        return factNode(this.#isFrom(filter, work), documents);
      default:
        return factNode(this.#factOf(filter, now), documents);
    }
  }

  /** Lists tell who may fit, the names who does. */
  *#personNode(
    filter: Filter & { kind: 'person' },
    now: number,
    documents: number,
    work: Work,
  ): Generator<void, SearchNode> {
    const condition = prepareFilter(filter.filter);
    const fits = factNode((document) => {
      const names = this.#names.tokens(document);
      work.steps += names.length * NAME_WORK;
      return names.some((name) => holdsOfPerson(condition, name));
    }, documents);
    const needed = neededOf(filter.filter);
    return needed === null ? fits : allOf([yield* this.#nodeOf(needed, now, documents, work), fits]);
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

  /** Each different list of venues is looked at once, when a document has it. */
  #isFrom(leaf: VenueLeaf, work: Work): (document: number) => boolean {
    const asked = readAskedVenue(leaf);
    const answers = new Map<number, boolean>();
    return (document) => {
      const list = this.#figures.venueListOf(document);
      const known = answers.get(list);
      if (known !== undefined) return known;
      work.steps += VENUE_WORK;
      const answer = this.#figures.venuesIn(list).some((venue) => fitsVenue(asked, venue));
      answers.set(list, answer);
      return answer;
    };
  }

  #factOf(filter: Filter, now: number): (document: number) => boolean {
    if (filter.kind === 'number') {
      const { is, value } = filter;
      const countOf = this.#figures.readerOf(filter.figure);
      return (document) => compares(countOf(document), is, value);
    }
    const condition = prepareFilter(filter);
    if (condition.kind !== 'fact') return () => false;
    const asked = { ...NOTHING_KNOWN };
    const read = unreadDocument(asked);
    return (document) => {
      asked.publishedAt = this.#figures.publishedAt(document);
      return condition.holds(read, now);
    };
  }
}

function* takeBreath(work: Work): Generator<void> {
  work.all += work.steps;
  work.steps = 0;
  yield;
}
