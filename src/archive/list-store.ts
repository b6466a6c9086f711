import type { Cursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { isDay } from '#src/foundation/is-day.ts';
import type { ListKind, SourceName } from '#src/paper/sighting.ts';
import type { ListHistory } from './news-rule.ts';

/** One list of one source. */
export type List = { source: SourceName; list: ListKind; key: string };

type Row = { id: number; asked_at: number; whole_at: number | null };

const DAY = 86_400_000;

export type ListStore = ReturnType<typeof openListStore>;

/** Every list that was ever asked for, and the first day of each source: what news-rule.ts goes by. */
export function openListStore(db: Database, cursors: Cursors) {
  const cursorOf = (source: SourceName): string => `first day of ${source}`;

  const firstDay = async (source: SourceName): Promise<number | null> =>
    (await cursors.get(cursorOf(source))) || null;

  const setFirstDay = (source: SourceName, day: number): Promise<void> => cursors.set(cursorOf(source), day);

  /** The list's row; made when it is asked for the first time. */
  const rowOf = async ({ source, list, key }: List, at: number): Promise<Row> => {
    const values = [source, list, key];
    await db.run(
      'INSERT INTO series (source, list, key, asked_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      ...values,
      at,
    );
    const row = await db.get<Row>(
      'SELECT id, asked_at, whole_at FROM series WHERE source = ? AND list = ? AND key = ?',
      ...values,
    );
    if (!row) throw new Error(`the list ${list} ${key} of ${source} cannot be kept`);
    return row;
  };

  const newestAsked = async (source: SourceName): Promise<number | null> => {
    const sql = "SELECT key FROM series WHERE source = ? AND list = 'daily' ORDER BY key DESC";
    const day = (await db.all<{ key: string }>(sql, source)).find(({ key }) => isDay(key))?.key;
    return day === undefined ? null : Date.parse(`${day}T00:00:00Z`) / DAY;
  };

  return {
    /** The list was asked for, whatever it answered. Returns its number and what is known of it. */
    async asked(list: List, at: number): Promise<{ series: number; history: ListHistory }> {
      const row = await rowOf(list, at);
      const day = await firstDay(list.source);
      return {
        series: row.id,
        history: {
          askedAt: row.asked_at,
          isRead: row.whole_at !== null,
          firstDay: day === null ? null : new Date(day * DAY).toISOString().slice(0, 10),
        },
      };
    },

    async noteRead(series: number, at: number): Promise<void> {
      await db.run('UPDATE series SET whole_at = ? WHERE id = ? AND whole_at IS NULL', at, series);
    },

    /** As if the list had never been asked for: what it shows next is history. */
    async beginAnew({ source, list, key }: List, at: number): Promise<void> {
      const sql = 'UPDATE series SET asked_at = ?, whole_at = NULL WHERE source = ? AND list = ? AND key = ?';
      await db.run(sql, at, source, list, key);
    },

    /**
     * Before a reading: a first day that is still to come was noted by a clock that was wrong. Whatever is open now is
     * taken for news: nothing that came after the clock was put right shall be lost.
     */
    async mendFirstDay(source: SourceName, now: number): Promise<void> {
      const today = Math.floor(now / DAY);
      const noted = await firstDay(source);
      if (noted !== null && noted > today) await setFirstDay(source, today - 1);
    },

    /** After a reading: the first one, whatever of it failed, settles the source's first day. */
    async noteFirstDay(source: SourceName, now: number): Promise<void> {
      if ((await firstDay(source)) === null)
        await setFirstDay(source, (await newestAsked(source)) ?? Math.floor(now / DAY));
    },

    /** The earliest day of which a batch was read, UTC ms; null when there is none. */
    async beganAt(): Promise<number | null> {
      const sql = `SELECT min(key) AS day FROM series WHERE list = 'daily' AND key GLOB '????-??-??'
        AND EXISTS (SELECT 1 FROM poll WHERE poll.series = series.id)`;
      const day = (await db.get<{ day: string | null }>(sql))?.day ?? null;
      return isDay(day) ? Date.parse(`${day}T00:00:00Z`) : null;
    },
  };
}
