import type { Database } from '#src/foundation/database/database.ts';
import type { Paper } from '#src/paper/paper.ts';
import type { Look, Sighting } from '#src/paper/sighting.ts';
import type { LookBook, LookRow } from './look-book.ts';
import { applyChanges, type Stand, type Standing } from './standing.ts';

/** A look as it was, with its number. Its papers carry their id alone. */
export type StoredLook = Look & { id: number };

const ROWS_AT_ONCE = 200;
const REFS_AT_ONCE = 500;

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
  async next(limit: number): Promise<StoredLook[]> {
    const looks: StoredLook[] = [];
    for (const row of await this.#book.rowsAfter(this.#lastId, limit)) looks.push(await this.#take(row));
    return looks;
  }

  /** All the others, each rebuilt when it is asked for: a long list costs some milliseconds. */
  async *rest(): AsyncGenerator<StoredLook> {
    let rows = await this.#book.rowsAfter(this.#lastId, ROWS_AT_ONCE);
    while (rows.length > 0) {
      for (const row of rows) yield await this.#take(row);
      rows = await this.#book.rowsAfter(this.#lastId, ROWS_AT_ONCE);
    }
  }

  #take(row: LookRow): Promise<StoredLook> {
    this.#lastId = row.id;
    return this.#look(row);
  }

  async #look(row: LookRow): Promise<StoredLook> {
    return {
      id: row.id,
      source: row.source,
      list: row.list,
      key: row.key,
      seenAt: row.seen_at,
      complete: row.complete === 1,
      malformed: row.malformed,
      sightings: await this.#sightingsOf(row),
    };
  }

  async #sightingsOf(row: LookRow): Promise<readonly Sighting[]> {
    const before = this.#seen.get(row.series);
    if (before && row.whole === 0 && row.changes === 0) return before.sightings;
    const standing = await this.#standingOf(row, before);
    await this.#learnPapers(standing.keys());
    const sightings = [...standing.values()]
      .map((stand) => this.#sighting(stand))
      .sort((a, b) => a.place - b.place);
    this.#seen.set(row.series, { standing, sightings });
    return sightings;
  }

  async #standingOf(row: LookRow, before: Seen | undefined): Promise<Standing> {
    if (!before && row.whole === 0) return (await this.#book.standingAt(row.series, row.id)).standing;
    const start = row.whole === 1 || !before ? new Map() : before.standing;
    return applyChanges(start, await this.#book.changesOf(row.id));
  }

  #sighting(stand: Stand): Sighting {
    // Who left is not in a standing, so the place is there.
    return { ...stand, paper: this.#paper(stand.paper), place: stand.place ?? 0 };
  }

  #paper(ref: number): Paper {
    return this.#papers.get(ref) ?? nameless('');
  }

  /** All that are not known yet at once: a list has a hundred and more. */
  async #learnPapers(refs: Iterable<number>): Promise<void> {
    const unknown = [...refs].filter((ref) => !this.#papers.has(ref));
    for (let start = 0; start < unknown.length; start += REFS_AT_ONCE) {
      const some = unknown.slice(start, start + REFS_AT_ONCE);
      const sql = `SELECT ref, id FROM paper WHERE ref IN (${some.map(() => '?').join(', ')})`;
      for (const { ref, id } of await this.#db.all<{ ref: number; id: string }>(sql, ...some))
        this.#papers.set(ref, nameless(id));
    }
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
