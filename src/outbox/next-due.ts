import type { Database } from '#src/foundation/database/database.ts';

/** When the next promise that waits for its hour is due (UTC ms); null when none waits. */
export async function nextDueAt(db: Database): Promise<number | null> {
  const sql = "SELECT min(due_at) AS at FROM promise WHERE state = 'waiting'";
  return (await db.get<{ at: number | null }>(sql))?.at ?? null;
}
