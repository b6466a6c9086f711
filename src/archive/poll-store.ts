import type { Database } from '#src/foundation/database/database.ts';
import { FIGURE_NAMES } from '#src/paper/figures.ts';
import type { ListKind, Poll, SourceName } from '#src/paper/sighting.ts';
import { applyChanges, changesBetween, type ListStanding, type Stand } from './standing.ts';

// Polls are stored as changes to the poll before in the same list. The first poll of each UTC day is written whole, as
// is one after too many changes: reading starts at the nearest whole poll, and thinning keeps the whole ones.

/** One stored poll, its standing still by refs. */
export type PollRow = {
  id: number;
  series: number;
  source: SourceName;
  list: ListKind;
  key: string;
  seen_at: number;
  complete: number;
  malformed: number;
  whole: number;
  changes: number;
};

type StandRow = Omit<Stand, 'batchDay'> & { batch_day: string | null };
const STAND = `s.paper, s.place, ${FIGURE_NAMES.map((name) => `s.${name}, `).join('')}s.batch_day`;
const LOOK = `poll.id, poll.series, series.source, series.list, series.key, poll.seen_at, poll.complete, poll.malformed,
  poll.whole, poll.changes`;
const DAY = 86_400_000;

export type PollStore = ReturnType<typeof openPollStore>;

/** The polls of every list. */
export function openPollStore(db: Database) {
  const changesOf = async (poll: number): Promise<Stand[]> =>
    (await db.all<StandRow>(`SELECT ${STAND} FROM sighting AS s WHERE s.poll = ?`, poll)).map(stand);

  const lastWhole = async (
    series: number,
    upTo: number,
  ): Promise<{ id: number; seen_at: number } | undefined> =>
    await db.get<{ id: number; seen_at: number }>(
      'SELECT id, seen_at FROM poll WHERE series = ? AND whole = 1 AND id <= ? ORDER BY id DESC LIMIT 1',
      series,
      upTo,
    );

  /** The standing of a list right after its last look up to `upTo`, and how many rows that took. */
  const standingAt = async (
    series: number,
    upTo: number,
  ): Promise<{ standing: ListStanding; rows: number; wholeAt: number | null }> => {
    const whole = await lastWhole(series, upTo);
    if (!whole) return { standing: new Map(), rows: 0, wholeAt: null };
    const sql = `SELECT ${STAND} FROM poll JOIN sighting AS s ON s.poll = poll.id
      WHERE poll.series = ? AND poll.id BETWEEN ? AND ? ORDER BY poll.id`;
    const changes = (await db.all<StandRow>(sql, series, whole.id, upTo)).map(stand);
    return { standing: applyChanges(new Map(), changes), rows: changes.length, wholeAt: whole.seen_at };
  };

  const isStored = async (series: number, seenAt: number): Promise<boolean> =>
    (await db.get('SELECT 1 FROM poll WHERE series = ? AND seen_at = ?', series, seenAt)) !== undefined;

  const write = async (
    shown: Poll,
    series: number,
    whole: boolean,
    stands: readonly Stand[],
  ): Promise<void> => {
    const row = await db.get<{ id: number }>(
      'INSERT INTO poll (series, seen_at, complete, malformed, whole, changes) VALUES (?, ?, ?, ?, ?, ?) RETURNING id',
      ...[series, shown.seenAt, Number(shown.complete), shown.malformed, Number(whole), stands.length],
    );
    const poll = row?.id ?? 0;
    await db.insert(
      `INSERT INTO sighting (poll, paper, place, batch_day, ${FIGURE_NAMES.join(', ')})
        VALUES (?, ?, ?, ?, ${FIGURE_NAMES.map(() => '?').join(', ')})`,
      stands.map(({ paper, place, batchDay, ...figures }) => [
        ...[poll, paper, place, batchDay],
        ...FIGURE_NAMES.map((name) => figures[name]),
      ]),
    );
  };

  const lastId = async (): Promise<number> =>
    (await db.get<{ id: number | null }>('SELECT max(id) AS id FROM poll'))?.id ?? 0;

  return {
    /** The last look at a list that showed all of it, a list without an end aside; UTC ms. */
    async lastReadAt(source: SourceName, list: ListKind, key: string): Promise<number | null> {
      const sql = `SELECT seen_at AS at FROM poll WHERE (complete = 1 OR ?2 <> 'daily')
        AND series = (SELECT id FROM series WHERE source = ?1 AND list = ?2 AND key = ?3)
        ORDER BY seen_at DESC LIMIT 1`;
      return (await db.get<{ at: number }>(sql, source, list, key))?.at ?? null;
    },
    changesOf,
    standingAt,
    lastId,

    /** Stores a look at the list `series` once; `refs` names the papers of its sightings. Returns who was not there before. */
    async keep(poll: Poll, series: number, refs: ReadonlyMap<string, number>): Promise<number[]> {
      if (await isStored(series, poll.seenAt)) return [];
      const after = standingIn(poll, refs);
      const { standing, rows, wholeAt } = await standingAt(series, Number.MAX_SAFE_INTEGER);
      const changes = changesBetween(standing, after);
      const whole =
        wholeAt === null ||
        dayOf(wholeAt) !== dayOf(poll.seenAt) ||
        rows + changes.length > 4 * after.size + 50;
      await write(poll, series, whole, whole ? [...after.values()] : changes);
      return [...after.keys()].filter((ref) => !standing.has(ref));
    },

    async rowsAfter(id: number, limit: number): Promise<PollRow[]> {
      const sql = `SELECT ${LOOK} FROM poll JOIN series ON series.id = poll.series WHERE poll.id > ? ORDER BY poll.id LIMIT ?`;
      return await db.all<PollRow>(sql, id, limit);
    },

    /** The id before the first poll since `at`; the last id when there is none. */
    async idBefore(at: number): Promise<number> {
      const first = (
        await db.get<{ id: number | null }>('SELECT min(id) AS id FROM poll WHERE seen_at >= ?', at)
      )?.id;
      return first ? first - 1 : await lastId();
    },

    /** Thins one UTC day (given as its midnight) to the first look at each list; at most `limit` looks go. Returns how many went. */
    async removeOf(day: number, limit: number): Promise<number> {
      // The newest first: what is left of the day can still be read from its first, whole poll.
      const sql = `DELETE FROM poll WHERE id IN (
        SELECT id FROM poll WHERE seen_at >= ?1 AND seen_at < ?1 + ${DAY} AND id NOT IN (
          SELECT min(id) FROM poll WHERE seen_at >= ?1 AND seen_at < ?1 + ${DAY} AND whole = 1 GROUP BY series
        ) ORDER BY id DESC LIMIT ?2)`;
      return (await db.run(sql, day, limit)).changes;
    },

    /** The first UTC day, as its midnight, with a poll since `at`; null when there is none. */
    async firstDaySince(at: number): Promise<number | null> {
      const sql = 'SELECT min(seen_at) AS at FROM poll WHERE seen_at >= ?';
      const first = (await db.get<{ at: number | null }>(sql, at))?.at ?? null;
      return first === null ? null : dayOf(first) * DAY;
    },
  };
}

function standingIn(poll: Poll, refs: ReadonlyMap<string, number>): ListStanding {
  const standing = new Map<number, Stand>();
  for (const sighting of poll.sightings) {
    const ref = refs.get(sighting.paper.id);
    // A list that shows a paper twice counts with its better place.
    if (ref === undefined || standing.has(ref)) continue;
    standing.set(ref, { ...sighting, paper: ref });
  }
  return standing;
}

function stand({ batch_day, ...figures }: StandRow): Stand {
  return { ...figures, batchDay: batch_day };
}

const dayOf = (at: number): number => Math.floor(at / DAY);
