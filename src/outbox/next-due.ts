import type { Database } from '#src/foundation/database/database.ts';

/** When the next entry that waits for its hour is due (UTC ms); null when none waits. */
export async function nextDueAt(db: Database): Promise<number | null> {
  const sql = "SELECT min(due_at) AS at FROM entry WHERE state = 'waiting'";
  return (await db.all<{ at: number | null }>(sql))[0].at;
}
