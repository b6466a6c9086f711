import type { Database } from '#src/foundation/database/database.ts';
import type { ListKind, SourceName } from '#src/paper/sighting.ts';
import type { ListHistory } from './news-rule.ts';
import { isDay } from './storable.ts';

/** One list of one source. */
export type List = { source: SourceName; list: ListKind; key: string };

type Row = { id: number; asked_at: number; whole_at: number | null };

const DAY = 86_400_000;

export type ListBook = ReturnType<typeof openListBook>;

/** Every list that was ever asked for, and the first day of each source: what news-rule.ts goes by. */
export function openListBook(db: Database) {
  const cursorOf = (source: SourceName): string => `first day of ${source}`;

  const firstDay = (source: SourceName): number | null =>
    db.prepare<{ value: number }>('SELECT value FROM cursor WHERE name = ?').get(cursorOf(source))?.value ??
    null;

  const setFirstDay = (source: SourceName, day: number): void => {
    db.prepare('INSERT INTO cursor VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value').run(
      cursorOf(source),
      day,
    );
  };

  /** The list's row; made when it is asked for the first time. */
  const rowOf = ({ source, list, key }: List, at: number): Row => {
    const values = [source, list, key];
    db.prepare(
      'INSERT INTO series (source, list, key, asked_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ).run(...values, at);
    const row = db
      .prepare<Row>('SELECT id, asked_at, whole_at FROM series WHERE source = ? AND list = ? AND key = ?')
      .get(...values);
    if (!row) throw new Error(`the list ${list} ${key} of ${source} cannot be kept`);
    return row;
  };

  const newestAsked = (source: SourceName): number | null => {
    const sql = "SELECT key FROM series WHERE source = ? AND list = 'daily' ORDER BY key DESC";
    const day = db
      .prepare<{ key: string }>(sql)
      .all(source)
      .find(({ key }) => isDay(key))?.key;
    return day === undefined ? null : Date.parse(`${day}T00:00:00Z`) / DAY;
  };

  return {
    /** The list was asked for, whatever it answered. Returns its number and what is known of it. */
    asked(list: List, at: number): { series: number; history: ListHistory } {
      const row = rowOf(list, at);
      const day = firstDay(list.source);
      return {
        series: row.id,
        history: {
          askedAt: row.asked_at,
          isRead: row.whole_at !== null,
          firstDay: day === null ? null : new Date(day * DAY).toISOString().slice(0, 10),
        },
      };
    },

    noteRead(series: number, at: number): void {
      db.prepare('UPDATE series SET whole_at = ? WHERE id = ? AND whole_at IS NULL').run(at, series);
    },

    /** As if the list had never been asked for: what it shows next is history. */
    beginAnew({ source, list, key }: List, at: number): void {
      const sql = 'UPDATE series SET asked_at = ?, whole_at = NULL WHERE source = ? AND list = ? AND key = ?';
      db.prepare(sql).run(at, source, list, key);
    },

    /**
     * Before a reading: a first day that is still to come was noted by a clock that was wrong. Whatever is open now is
     * taken for news: nothing that came after the clock was put right shall be lost.
     */
    mendFirstDay(source: SourceName, now: number): void {
      const today = Math.floor(now / DAY);
      const noted = firstDay(source);
      if (noted !== null && noted > today) setFirstDay(source, today - 1);
    },

    /** After a reading: the first one, whatever of it failed, settles the source's first day. */
    noteFirstDay(source: SourceName, now: number): void {
      if (firstDay(source) === null) setFirstDay(source, newestAsked(source) ?? Math.floor(now / DAY));
    },

    /** The earliest day of which a batch was read, UTC ms; null when there is none. */
    beganAt(): number | null {
      const sql = `SELECT min(key) AS day FROM series WHERE list = 'daily' AND key GLOB '????-??-??'
        AND EXISTS (SELECT 1 FROM look WHERE look.series = series.id)`;
      const day = db.prepare<{ day: string | null }>(sql).get()?.day ?? null;
      return isDay(day) ? Date.parse(`${day}T00:00:00Z`) : null;
    },
  };
}
