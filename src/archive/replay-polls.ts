import type { Database } from '#src/foundation/database/database.ts';
import { nameless } from '#src/paper/nameless.ts';
import type { Paper } from '#src/paper/paper.ts';
import type { Poll, Sighting } from '#src/paper/sighting.ts';
import type { PollRow, PollStore } from './poll-store.ts';
import { applyChanges, type ListStanding, type Stand } from './standing.ts';

/** A poll as it was, with its number. Its papers carry their id alone. */
export type StoredPoll = Poll & { id: number };

const ROWS_AT_ONCE = 200;
const REFS_AT_ONCE = 500;

type Seen = { standing: ListStanding; sightings: readonly Sighting[] };

/**
 * Rebuilds polls in the order they were kept. A poll that changed nothing shares its sightings with the one before,
 * so that weeks of polls are read quickly.
 */
export class PollReplay {
  readonly #db: Database;
  readonly #pollStore: PollStore;
  readonly #seen = new Map<number, Seen>();
  readonly #papers = new Map<number, Paper>();
  #lastId: number;

  constructor(db: Database, pollStore: PollStore, afterId: number) {
    this.#db = db;
    this.#pollStore = pollStore;
    this.#lastId = afterId;
  }

  /** The next `limit` looks at most; none at the end. */
  async next(limit: number): Promise<StoredPoll[]> {
    const polls: StoredPoll[] = [];
    for (const row of await this.#pollStore.rowsAfter(this.#lastId, limit)) polls.push(await this.#take(row));
    return polls;
  }

  /** All the others, each rebuilt when it is asked for: a long list costs some milliseconds. */
  async *rest(): AsyncGenerator<StoredPoll> {
    let rows = await this.#pollStore.rowsAfter(this.#lastId, ROWS_AT_ONCE);
    while (rows.length > 0) {
      for (const row of rows) yield await this.#take(row);
      rows = await this.#pollStore.rowsAfter(this.#lastId, ROWS_AT_ONCE);
    }
  }

  #take(row: PollRow): Promise<StoredPoll> {
    this.#lastId = row.id;
    return this.#poll(row);
  }

  async #poll(row: PollRow): Promise<StoredPoll> {
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

  async #sightingsOf(row: PollRow): Promise<readonly Sighting[]> {
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

  async #standingOf(row: PollRow, before: Seen | undefined): Promise<ListStanding> {
    if (!before && row.whole === 0) return (await this.#pollStore.standingAt(row.series, row.id)).standing;
    const start = row.whole === 1 || !before ? new Map() : before.standing;
    return applyChanges(start, await this.#pollStore.changesOf(row.id));
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
