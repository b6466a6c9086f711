import { categoryNames } from './categories.ts';
import type { MatchDocument } from './filter.ts';
import { grown } from './lexicon.ts';
import type { Bundle } from './snapshot.ts';

export type Figures = Pick<MatchDocument, 'upvotes' | 'comments' | 'stars' | 'publishedAt'>;

/** What a document is beside its words, by document; NaN = unknown. */
export class SearchFigures {
  votes = new Float64Array(64);
  comments = new Float64Array(64);
  stars = new Float64Array(64);
  published = new Float64Array(64);
  /** By document: which of the different sets of categories. */
  #categories = new Int32Array(64);
  readonly #sets = new Map<string, number>();
  /** The different sets, as lower-case names with aliases. */
  readonly categorySets: ReadonlySet<string>[] = [];

  /** Sets what is known of the document. */
  set(document: number, { upvotes, comments, stars, publishedAt }: Figures): void {
    const size = document + 1;
    this.votes = grown(this.votes, size);
    this.comments = grown(this.comments, size);
    this.stars = grown(this.stars, size);
    this.published = grown(this.published, size);
    this.votes[document] = upvotes ?? Number.NaN;
    this.comments[document] = comments ?? Number.NaN;
    this.stars[document] = stars ?? Number.NaN;
    this.published[document] = publishedAt ?? Number.NaN;
  }

  setCategories(document: number, categories: readonly string[]): void {
    const key = categories.join(SEPARATOR);
    this.#categories = grown(this.#categories, document + 1);
    this.#categories[document] = this.#sets.get(key) ?? this.#addSet(key);
  }

  categorySetOf(document: number): number {
    return this.#categories[document];
  }

  /** Writes what is known of the document into `figures`. */
  tell(document: number, figures: Figures): void {
    figures.upvotes = orNull(this.votes[document]);
    figures.comments = orNull(this.comments[document]);
    figures.stars = orNull(this.stars[document]);
    figures.publishedAt = orNull(this.published[document]);
  }

  /** Carries everything about the first `documents` documents to a snapshot or back. */
  exchange(bundle: Bundle, documents: number): void {
    this.votes = bundle.list(this.votes, documents);
    this.comments = bundle.list(this.comments, documents);
    this.stars = bundle.list(this.stars, documents);
    this.published = bundle.list(this.published, documents);
    this.#categories = bundle.list(this.#categories, documents);
    const keys: string[] = JSON.parse(bundle.text(JSON.stringify([...this.#sets.keys()])));
    if (bundle.isReading) for (const key of keys) this.#addSet(key);
  }

  memory(): number {
    const lists = [this.votes, this.comments, this.stars, this.published, this.#categories];
    return lists.reduce((sum, list) => sum + list.byteLength, this.categorySets.length * 400);
  }

  #addSet(key: string): number {
    const set = this.categorySets.push(categoryNames(key.split(SEPARATOR))) - 1;
    this.#sets.set(key, set);
    return set;
  }
}

/** Stands in no category. */
const SEPARATOR = '\n';

function orNull(figure: number): number | null {
  return Number.isNaN(figure) ? null : figure;
}
