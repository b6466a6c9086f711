import type { Database, SqlValue } from '#src/foundation/database/database.ts';
import type { Destination } from './destination.ts';
import { type EntryRow, type NewEntry, readEntry } from './entry.ts';

/** Nobody wanted it when it was to go: no post ever held it, so that it may be queued again when it is news for another. */
const TAKEN_BACK = "entry.state = 'refused' AND entry.post IS NULL";

/** Entries are made once for each paper and destination. */
export function openEntryAdding(db: Database) {
  // In a channel on hold it is held at once.
  const insert = `WITH made (server, destination, paper, subscriptions, why, score, mode, decided_at, due_at) AS (
      VALUES (?, ?, ?, ?, ?, CAST(? AS DOUBLE PRECISION), ?, CAST(? AS BIGINT), CAST(? AS BIGINT))
    ) INSERT INTO entry (server, destination, paper, subscriptions, why, score, mode, decided_at, due_at, state)
    SELECT made.*, CASE WHEN EXISTS (SELECT 1 FROM hold WHERE hold.destination = made.destination) THEN 'held'
      WHEN due_at <= decided_at THEN 'due' ELSE 'waiting' END FROM made WHERE true
    ON CONFLICT (paper, destination) DO UPDATE SET (subscriptions, why, score, mode, decided_at, due_at, state, settled_at, reason) =
      (excluded.subscriptions, excluded.why, excluded.score, excluded.mode, excluded.decided_at, excluded.due_at,
       excluded.state, NULL, NULL)
    WHERE ${TAKEN_BACK} AND NOT EXISTS
      (SELECT 1 FROM hold WHERE hold.destination = excluded.destination AND code IN ('channel-gone', 'server-left'))`;
  const later = `SELECT * FROM entry WHERE destination = ?1 AND paper = ?2 AND state = 'waiting' AND due_at > ?3
     AND NOT EXISTS (SELECT 1 FROM hold WHERE hold.destination = ?1)`;
  const bringForward = `UPDATE entry SET subscriptions = ?3, why = ?4, score = ?5, mode = ?6, decided_at = ?1, due_at = ?2,
     state = CASE WHEN ?2 <= ?1 THEN 'due' ELSE 'waiting' END WHERE id = ?7`;
  /** What waits for the hour of one is news for another of the channel, who wants it sooner: it comes once, and then. */
  const advance = async (entry: NewEntry): Promise<void> => {
    const { destination, paper, score, mode, decidedAt, dueAt, why } = entry;
    const row = await db.get<EntryRow>(later, destination, paper, dueAt);
    if (!row) return;
    const known = readEntry(row).subscriptions;
    if (entry.subscriptions.every((id) => known.includes(id))) return;
    const wanting = [...new Set([...entry.subscriptions, ...known])];
    const texts = [JSON.stringify(wanting), JSON.stringify(why ?? null)];
    await db.run(bringForward, decidedAt, dueAt, ...texts, score, mode, row.id);
  };

  return {
    /** Returns how many were not there before. What was there may come sooner now. */
    add: (entries: readonly NewEntry[]): Promise<number> =>
      db.transaction(async () => {
        const { changes } = await db.insert(insert, entries.map(valuesOf));
        if (changes < entries.length) for (const entry of entries) await advance(entry);
        return changes;
      }),

    /** Whether it waits for an hour after that instant: till then another may want it sooner. */
    waitsBeyond: async (destination: Destination, paper: string, at: number): Promise<boolean> =>
      (await db.get<EntryRow>(later, destination, paper, at)) !== undefined,

    has: async (destination: Destination, paper: string): Promise<boolean> =>
      (await db.get(
        `SELECT 1 FROM entry WHERE destination = ? AND paper = ? AND NOT (${TAKEN_BACK})`,
        destination,
        paper,
      )) !== undefined,
  };
}

function valuesOf(entry: NewEntry): SqlValue[] {
  const { serverId, destination, paper, subscriptions, why, score, mode, decidedAt, dueAt } = entry;
  const texts = [JSON.stringify(subscriptions), JSON.stringify(why ?? null)];
  return [serverId, destination, paper, ...texts, score, mode, decidedAt, dueAt];
}
