import type { Database } from '#src/foundation/database/database.ts';

/** When the next promise that waits for its hour is due (UTC ms); null when none waits. */
export function nextDueAt(db: Database): number | null {
  const sql = "SELECT min(due_at) AS at FROM promise WHERE state = 'waiting'";
  return db.prepare<{ at: number | null }>(sql).get()?.at ?? null;
}
