import type { Database } from '#src/foundation/database/database.ts';
import type { Paper } from '#src/paper/paper.ts';
import type { Look, Sighting } from '#src/paper/sighting.ts';
import type { LookBook, LookRow } from './look-book.ts';
import { applyChanges, type Stand, type Standing } from './standing.ts';

/** A look as it was, with its number. Its papers carry their id alone. */
export type StoredLook = Look & { id: number };

const ROWS_AT_ONCE = 200;

type Seen = { standing: Standing; sightings: readonly Sighting[] };

/**
 * Rebuilds looks in the order they were kept. A look that changed nothing shares its sightings with the one before,
 * so that weeks of polls are read quickly.
 */
export class LookReplay {
  readonly #db: Database;
  readonly #book: LookBook;
  readonly #seen = new Map<number, Seen>();
  readonly #papers = new Map<number, Paper>();
  #lastId: number;

  constructor(db: Database, book: LookBook, afterId: number) {
    this.#db = db;
    this.#book = book;
    this.#lastId = afterId;
  }

  /** The next `limit` looks at most; none at the end. */
  next(limit: number): StoredLook[] {
    return this.#book.rowsAfter(this.#lastId, limit).map((row) => this.#take(row));
  }

  /** All the others, each rebuilt when it is asked for: a long list costs some milliseconds. */
  *rest(): Generator<StoredLook> {
    let rows = this.#book.rowsAfter(this.#lastId, ROWS_AT_ONCE);
    while (rows.length > 0) {
      for (const row of rows) yield this.#take(row);
      rows = this.#book.rowsAfter(this.#lastId, ROWS_AT_ONCE);
    }
  }

  #take(row: LookRow): StoredLook {
    this.#lastId = row.id;
    return this.#look(row);
  }

  #look(row: LookRow): StoredLook {
    return {
      id: row.id,
      source: row.source,
      list: row.list,
      key: row.key,
      seenAt: row.seen_at,
      complete: row.complete === 1,
      malformed: row.malformed,
      sightings: this.#sightingsOf(row),
    };
  }

  #sightingsOf(row: LookRow): readonly Sighting[] {
    const before = this.#seen.get(row.series);
    if (before && row.whole === 0 && row.changes === 0) return before.sightings;
    const standing = this.#standingOf(row, before);
    const sightings = [...standing.values()]
      .map((stand) => this.#sighting(stand))
      .sort((a, b) => a.place - b.place);
    this.#seen.set(row.series, { standing, sightings });
    return sightings;
  }

  #standingOf(row: LookRow, before: Seen | undefined): Standing {
    if (!before && row.whole === 0) return this.#book.standingAt(row.series, row.id).standing;
    const start = row.whole === 1 || !before ? new Map() : before.standing;
    return applyChanges(start, this.#book.changesOf(row.id));
  }

  #sighting(stand: Stand): Sighting {
    // Who left is not in a standing, so the place is there.
    return { ...stand, paper: this.#paper(stand.paper), place: stand.place ?? 0 };
  }

  #paper(ref: number): Paper {
    const known = this.#papers.get(ref);
    if (known) return known;
    const row = this.#db.prepare<{ id: string }>('SELECT id FROM paper WHERE ref = ?').get(ref);
    const paper = nameless(row?.id ?? '');
    this.#papers.set(ref, paper);
    return paper;
  }
}

function nameless(id: string): Paper {
  return {
    id,
    title: '',
    abstract: '',
    authors: [],
    categories: [],
    keywords: [],
    organization: null,
    publishedAt: null,
    repository: null,
    projectPage: null,
    thumbnail: null,
    comment: null,
    journalRef: null,
    withdrawn: null,
    updatedAt: null,
  };
}
