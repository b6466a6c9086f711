import type { SearchFigures } from './search-figures.ts';

export type SearchSort = 'relevance' | 'newest' | 'votes';

/**
 * Keeps the best documents of a search. Relevance: BM25 (a word in the title counts five times, in a keyword twice) in
 * steps of a twentieth; among equals the newer paper first, then the one with more votes. Newest and votes: by that
 * figure, then by the other; what is unknown comes last. At the very end the higher id comes first, so that pages follow each
 * other also when a paper was taken in anew in between.
 */
export class SearchRanking {
  readonly #byScore: boolean;
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  readonly #most: number;
  readonly #ids: readonly string[];
  /** A heap with the worst on top. */
  readonly #documents: number[] = [];
  readonly #scores: number[] = [];

  /** `ids`: by document. */
  constructor(figures: SearchFigures, ids: readonly string[], sort: SearchSort, most: number) {
    this.#byScore = sort === 'relevance';
    const votes = figures.countsOf('upvotes');
    this.#first = sort === 'votes' ? votes : figures.published;
    this.#second = sort === 'votes' ? figures.published : votes;
    this.#most = most;
    this.#ids = ids;
  }

  offer(document: number, score: number): void {
    const size = this.#documents.length;
    if (size < this.#most) {
      this.#documents.push(document);
      this.#scores.push(score);
      this.#rise(size);
      return;
    }
    if (this.#most === 0 || this.#compare(document, score, this.#documents[0], this.#scores[0]) >= 0) return;
    this.#documents[0] = document;
    this.#scores[0] = score;
    this.#sink();
  }

  /** Best first. */
  best(): { document: number; score: number }[] {
    return this.#documents
      .map((document, at) => ({ document, score: this.#scores[at] }))
      .sort((a, b) => this.#compare(a.document, a.score, b.document, b.score));
  }

  /** Below 0 when a comes before b. */
  #compare(a: number, scoreOfA: number, b: number, scoreOfB: number): number {
    const steps = this.#byScore ? Math.round(scoreOfB * 20) - Math.round(scoreOfA * 20) : 0;
    if (steps !== 0) return steps;
    return (
      known(this.#first[b]) - known(this.#first[a]) ||
      known(this.#second[b]) - known(this.#second[a]) ||
      this.#byId(a, b)
    );
  }

  #byId(a: number, b: number): number {
    if (a === b) return 0;
    return this.#ids[a] < this.#ids[b] ? 1 : -1;
  }

  #rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.#isWorse(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(): void {
    for (let at = 0; ; ) {
      let worst = at;
      for (const child of [at * 2 + 1, at * 2 + 2]) {
        if (child < this.#documents.length && this.#isWorse(child, worst)) worst = child;
      }
      if (worst === at) return;
      this.#swap(at, worst);
      at = worst;
    }
  }

  #isWorse(a: number, b: number): boolean {
    return this.#compare(this.#documents[a], this.#scores[a], this.#documents[b], this.#scores[b]) > 0;
  }

  #swap(a: number, b: number): void {
    [this.#documents[a], this.#documents[b]] = [this.#documents[b], this.#documents[a]];
    [this.#scores[a], this.#scores[b]] = [this.#scores[b], this.#scores[a]];
  }
}

/** What is unknown comes after everything known: -1e18 is long before any paper. */
function known(figure: number): number {
  return Number.isNaN(figure) ? -1e18 : figure;
}
