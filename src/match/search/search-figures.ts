import { FIGURE_FIELDS, type FigureField, type FigureFields } from '#src/paper/figures.ts';
import { grown } from '../arrays/flat-arrays.ts';
import type { Bundle } from '../arrays/snapshot.ts';
import { type Venue, venuesOf } from '../evaluate/venue.ts';
import { categoryNames } from '../language/categories.ts';
import type { MatchDocument } from '../language/filter.ts';

export type HeldFigures = FigureFields & Pick<MatchDocument, 'publishedAt'>;

/** What a document is beside its words, by document; NaN = unknown. */
export class SearchFigures {
  /** In the order of FIGURE_FIELDS. */
  readonly #counts = FIGURE_FIELDS.map(() => new Float64Array(64));
  published = new Float64Array(64);
  /** By document: which of the different sets of categories. */
  #categories = new Int32Array(64);
  readonly #sets = new Map<string, number>();
  /** The different sets, as lower-case names with aliases. */
  readonly categorySets: ReadonlySet<string>[] = [];
  /** By document: which of the different lists of venues, and these, 0 = none known. */
  #venues = new Int32Array(64);
  readonly #venueLists = new Map<string, number>([[NO_VENUES, 0]]);
  readonly #venuesRead: (readonly Venue[] | string)[] = [NO_VENUES];

  /** Sets what is known of the document. */
  set(document: number, figures: HeldFigures): void {
    const size = document + 1;
    for (const [figure, field] of FIGURE_FIELDS.entries()) {
      this.#counts[figure] = grown(this.#counts[figure], size);
      this.#counts[figure][document] = figures[field] ?? Number.NaN;
    }
    this.published = grown(this.published, size);
    this.published[document] = figures.publishedAt ?? Number.NaN;
  }

  setCategories(document: number, categories: readonly string[]): void {
    const key = categories.join(SEPARATOR);
    this.#categories = grown(this.#categories, document + 1);
    this.#categories[document] = this.#sets.get(key) ?? this.#addSet(key);
  }

  setVenues(document: number, texts: Pick<MatchDocument, 'comment' | 'journalRef'>): void {
    this.#venues = grown(this.#venues, document + 1);
    const key = JSON.stringify(venuesOf(texts));
    this.#venues[document] = this.#venueLists.get(key) ?? this.#addVenues(key);
  }

  venueListOf(document: number): number {
    return this.#venues[document];
  }

  /** The venues of a list, read when they are first asked for. */
  venuesIn(list: number): readonly Venue[] {
    const read = this.#venuesRead[list];
    if (typeof read !== 'string') return read;
    const venues: Venue[] = JSON.parse(read);
    this.#venuesRead[list] = venues;
    return venues;
  }

  categorySetOf(document: number): number {
    return this.#categories[document];
  }

  /** One figure of all documents as they are now. */
  countsOf(field: FigureField): Float64Array {
    return this.#counts[FIGURE_FIELDS.indexOf(field)];
  }

  /** One figure, by document. */
  readerOf(field: FigureField): (document: number) => number | null {
    const figure = FIGURE_FIELDS.indexOf(field);
    return (document) => orNull(this.#counts[figure][document]);
  }

  publishedAt(document: number): number | null {
    return orNull(this.published[document]);
  }

  /** Carries everything about the first `documents` documents to a snapshot or back. */
  exchange(bundle: Bundle, documents: number): void {
    for (const [figure, counts] of this.#counts.entries())
      this.#counts[figure] = bundle.list(counts, documents);
    this.published = bundle.list(this.published, documents);
    this.#categories = bundle.list(this.#categories, documents);
    const keys: string[] = JSON.parse(bundle.text(JSON.stringify([...this.#sets.keys()])));
    if (bundle.isReading) for (const key of keys) this.#addSet(key);
    this.#venues = bundle.list(this.#venues, documents);
    const lists = bundle.text([...this.#venueLists.keys()].join(SEPARATOR)).split(SEPARATOR);
    if (bundle.isReading) for (const key of lists.slice(1)) this.#addVenues(key);
  }

  memory(): number {
    const lists = [...this.#counts, this.published, this.#categories, this.#venues];
    const ofSets = this.categorySets.length * 400 + this.#venuesRead.length * 600;
    return lists.reduce((sum, list) => sum + list.byteLength, ofSets);
  }

  #addVenues(key: string): number {
    const list = this.#venuesRead.push(key) - 1;
    this.#venueLists.set(key, list);
    return list;
  }

  #addSet(key: string): number {
    const set = this.categorySets.push(categoryNames(key.split(SEPARATOR))) - 1;
    this.#sets.set(key, set);
    return set;
  }
}

/** As a list of venues is written down. */
const NO_VENUES = '[]';

/** Stands in no category, nor in what JSON writes. */
const SEPARATOR = '\n';

function orNull(figure: number): number | null {
  return Number.isNaN(figure) ? null : figure;
}
