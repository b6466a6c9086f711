import type { Database } from '#src/foundation/database/database.ts';
import { FIGURE_NAMES } from '#src/paper/figures.ts';
import type { ListKind, Look, SourceName } from '#src/paper/sighting.ts';
import { applyChanges, changesBetween, type Stand, type Standing } from './standing.ts';

// Looks are stored as changes to the look before in the same list. The first look of each UTC day is written whole, as
// is one after too many changes: reading starts at the nearest whole look, and thinning keeps the whole ones.

/** One stored look, its standing still by refs. */
export type LookRow = {
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
const LOOK = `look.id, look.series, series.source, series.list, series.key, look.seen_at, look.complete, look.malformed,
  look.whole, look.changes`;
const DAY = 86_400_000;

export type LookBook = ReturnType<typeof openLookBook>;

/** The looks of every list. */
export function openLookBook(db: Database) {
  const changesOf = async (look: number): Promise<Stand[]> =>
    (await db.all<StandRow>(`SELECT ${STAND} FROM sighting AS s WHERE s.look = ?`, look)).map(stand);

  const lastWhole = async (
    series: number,
    upTo: number,
  ): Promise<{ id: number; seen_at: number } | undefined> =>
    await db.get<{ id: number; seen_at: number }>(
      'SELECT id, seen_at FROM look WHERE series = ? AND whole = 1 AND id <= ? ORDER BY id DESC LIMIT 1',
      series,
      upTo,
    );

  /** The standing of a list right after its last look up to `upTo`, and how many rows that took. */
  const standingAt = async (
    series: number,
    upTo: number,
  ): Promise<{ standing: Standing; rows: number; wholeAt: number | null }> => {
    const whole = await lastWhole(series, upTo);
    if (!whole) return { standing: new Map(), rows: 0, wholeAt: null };
    const sql = `SELECT ${STAND} FROM look JOIN sighting AS s ON s.look = look.id
      WHERE look.series = ? AND look.id BETWEEN ? AND ? ORDER BY look.id`;
    const changes = (await db.all<StandRow>(sql, series, whole.id, upTo)).map(stand);
    return { standing: applyChanges(new Map(), changes), rows: changes.length, wholeAt: whole.seen_at };
  };

  const isStored = async (series: number, seenAt: number): Promise<boolean> =>
    (await db.get('SELECT 1 FROM look WHERE series = ? AND seen_at = ?', series, seenAt)) !== undefined;

  const write = async (
    shown: Look,
    series: number,
    whole: boolean,
    stands: readonly Stand[],
  ): Promise<void> => {
    const row = await db.get<{ id: number }>(
      'INSERT INTO look (series, seen_at, complete, malformed, whole, changes) VALUES (?, ?, ?, ?, ?, ?) RETURNING id',
      ...[series, shown.seenAt, Number(shown.complete), shown.malformed, Number(whole), stands.length],
    );
    const look = row?.id ?? 0;
    await db.insert(
      `INSERT INTO sighting (look, paper, place, batch_day, ${FIGURE_NAMES.join(', ')})
        VALUES (?, ?, ?, ?, ${FIGURE_NAMES.map(() => '?').join(', ')})`,
      stands.map(({ paper, place, batchDay, ...figures }) => [
        ...[look, paper, place, batchDay],
        ...FIGURE_NAMES.map((name) => figures[name]),
      ]),
    );
  };

  const lastId = async (): Promise<number> =>
    (await db.get<{ id: number | null }>('SELECT max(id) AS id FROM look'))?.id ?? 0;

  return {
    /** The last look at a list that showed all of it, a list without an end aside; UTC ms. */
    async lastReadAt(source: SourceName, list: ListKind, key: string): Promise<number | null> {
      const sql = `SELECT seen_at AS at FROM look WHERE (complete = 1 OR ?2 <> 'daily')
        AND series = (SELECT id FROM series WHERE source = ?1 AND list = ?2 AND key = ?3)
        ORDER BY seen_at DESC LIMIT 1`;
      return (await db.get<{ at: number }>(sql, source, list, key))?.at ?? null;
    },
    changesOf,
    standingAt,
    lastId,

    /** Stores a look at the list `series` once; `refs` names the papers of its sightings. Returns who was not there before. */
    async keep(look: Look, series: number, refs: ReadonlyMap<string, number>): Promise<number[]> {
      if (await isStored(series, look.seenAt)) return [];
      const after = standingIn(look, refs);
      const { standing, rows, wholeAt } = await standingAt(series, Number.MAX_SAFE_INTEGER);
      const changes = changesBetween(standing, after);
      const whole =
        wholeAt === null ||
        dayOf(wholeAt) !== dayOf(look.seenAt) ||
        rows + changes.length > 4 * after.size + 50;
      await write(look, series, whole, whole ? [...after.values()] : changes);
      return [...after.keys()].filter((ref) => !standing.has(ref));
    },

    async rowsAfter(id: number, limit: number): Promise<LookRow[]> {
      const sql = `SELECT ${LOOK} FROM look JOIN series ON series.id = look.series WHERE look.id > ? ORDER BY look.id LIMIT ?`;
      return await db.all<LookRow>(sql, id, limit);
    },

    /** The id before the first look since `at`; the last id when there is none. */
    async idBefore(at: number): Promise<number> {
      const first = (
        await db.get<{ id: number | null }>('SELECT min(id) AS id FROM look WHERE seen_at >= ?', at)
      )?.id;
      return first ? first - 1 : await lastId();
    },

    /** Thins one UTC day (given as its midnight) to the first look at each list; at most `limit` looks go. Returns how many went. */
    async removeOf(day: number, limit: number): Promise<number> {
      // The newest first: what is left of the day can still be read from its first, whole look.
      const sql = `DELETE FROM look WHERE id IN (
        SELECT id FROM look WHERE seen_at >= ?1 AND seen_at < ?1 + ${DAY} AND id NOT IN (
          SELECT min(id) FROM look WHERE seen_at >= ?1 AND seen_at < ?1 + ${DAY} AND whole = 1 GROUP BY series
        ) ORDER BY id DESC LIMIT ?2)`;
      return (await db.run(sql, day, limit)).changes;
    },

    /** The first UTC day, as its midnight, with a look since `at`; null when there is none. */
    async firstDaySince(at: number): Promise<number | null> {
      const sql = 'SELECT min(seen_at) AS at FROM look WHERE seen_at >= ?';
      const first = (await db.get<{ at: number | null }>(sql, at))?.at ?? null;
      return first === null ? null : dayOf(first) * DAY;
    },
  };
}

function standingIn(look: Look, refs: ReadonlyMap<string, number>): Standing {
  const standing = new Map<number, Stand>();
  for (const sighting of look.sightings) {
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
