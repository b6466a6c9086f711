import type { Database } from '#src/foundation/database/database.ts';
import type { Destination } from './destination.ts';
import { openRounds, type Turn } from './due-round.ts';
import { type EntryRow, type OutboxEntry, readEntry, type SendMode, someOf } from './entry.ts';

/** One thing to post: a card's single entry, or all that a channel's digest or catch-up takes, the best first. */
export type Due = {
  serverId: string;
  destination: Destination;
  mode: SendMode;
  entries: readonly OutboxEntry[];
};

/** More than a message can show: the rest of a digest stands behind its buttons. */
const DIGEST_AT_MOST = 250;

/** What is due, whose turn it is, and what has waited for its hour. */
export function openDueEntries(db: Database) {
  const makeDue = `UPDATE entry SET state = 'due' WHERE ${someOf("state = 'waiting' AND due_at <= ? ORDER BY due_at")}`;
  const nextRound = openRounds(db);
  const dueOfMode = `SELECT * FROM entry WHERE state = 'due' AND server = ? AND destination = ? AND mode = ?
     ORDER BY score DESC, id LIMIT ?`;
  const gather = `UPDATE entry SET mode = 'catch-up', due_at = ?
     WHERE ${someOf("state = 'due' AND due_at < ? AND mode <> 'catch-up'")}`;
  const anyDue =
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM entry WHERE state = 'due' AND NOT EXISTS (SELECT 1 FROM hold WHERE hold.destination = entry.destination))";
  const isFree = `NOT EXISTS (
    SELECT 1 FROM post WHERE post.destination = entry.destination AND settled_at IS NULL
    AND (state = 'attempted' OR (state = 'packed' AND next_at > ?2)))`;
  const overdue = `SELECT 1 WHERE
    EXISTS (SELECT 1 FROM entry WHERE state = 'due' AND mode <> 'catch-up' AND due_at < ?1 AND ${isFree})
    OR EXISTS (SELECT 1 FROM entry WHERE state = 'due' AND mode = 'catch-up' AND due_at < ?1 AND ${isFree})
    OR EXISTS (SELECT 1 FROM entry WHERE state = 'waiting' AND due_at < ?1 AND ${isFree})`;

  const dueItem = async (row: EntryRow): Promise<Due> => {
    const mode = row.mode as SendMode;
    const rows =
      mode === 'card'
        ? [row]
        : await db.all<EntryRow>(dueOfMode, row.server, row.destination, mode, DIGEST_AT_MOST);
    return { serverId: row.server, destination: row.destination, mode, entries: rows.map(readEntry) };
  };

  return {
    /** Makes due what has waited for its hour, at most `limit`, the longest first. Returns how many. */
    makeDue: async (now: number, limit: number): Promise<number> =>
      (await db.run(makeDue, now, limit)).changes,

    /** Whether something is due since before that instant, in a channel that could take it at `now`. */
    isOverdue: async (before: number, now: number): Promise<boolean> =>
      (await db.get(overdue, before, now)) !== undefined,
    /** Whether anything is due that could go. */
    isDue: async (): Promise<boolean> => (await db.get(anyDue)) !== undefined,

    /** What is due, at most `limit`, each channel once. Also returns where the round ended. */
    async due(limit: number, after: Turn): Promise<{ due: Due[]; last: Turn }> {
      if (limit <= 0) return { due: [], last: after };
      const { heads, last } = await nextRound(limit, after);
      const due: Due[] = [];
      for (const row of heads) due.push(await dueItem(row));
      return { due, last };
    },

    /** Cards and digests due before that instant go with their channel's catch-up. */
    gather: async (before: number, now: number, limit: number): Promise<number> =>
      (await db.run(gather, now, before, limit)).changes,
  };
}
