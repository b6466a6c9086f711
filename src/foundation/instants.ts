import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Database } from './database/database.ts';

// A clock that ran ahead leaves instants in the store that lie ahead of now once it is put right. Until time reaches them
// they hide what is new: they are moved to just before now, in their order, because who came before whom decides what is news.

/** A column with the instants (UTC ms) at which something happened, in the rows that `where` names. */
export type InstantColumn = { table: string; column: string; where?: string };

/** An instant as it is once it is put right: itself, or before now where it lay ahead of it. */
export type PutRight = (instant: number) => number;

/** Instants from one room or many; those ahead of `now` get a millisecond each, the latest the last before now. */
export function orderedBefore(now: number, instants: Iterable<number>): PutRight {
  const ahead = [...new Set(instants)].filter((instant) => instant > now).sort((a, b) => a - b);
  const places = new Map(ahead.map((instant, index) => [instant, now - ahead.length + index]));
  // One that was not named was written meanwhile, by the right clock or so late that it is the last.
  return (instant) => (instant <= now ? instant : (places.get(instant) ?? now - 1));
}

/** The different instants ahead of `now` in these columns. */
export async function instantsAhead(
  db: Database,
  columns: readonly InstantColumn[],
  now: number,
): Promise<number[]> {
  const found: number[] = [];
  for (const { table, column, where = 'true' } of columns) {
    const sql = `SELECT DISTINCT ${column} AS at FROM ${table} WHERE ${where} AND ${column} > ?1`;
    for (const { at } of await db.all<{ at: number }>(sql, now)) found.push(at);
  }
  return found;
}

const AT_ONCE = 50;

/** Puts all instants of these columns right, in slices. Returns how many rows had one. */
export async function putColumnsRight(
  db: Database,
  columns: readonly InstantColumn[],
  now: number,
  right: PutRight,
): Promise<number> {
  let rows = 0;
  for (const column of columns) {
    const instants = await instantsAhead(db, [column], now);
    for (let start = 0; start < instants.length; start += AT_ONCE) {
      rows += await moveSome(db, column, instants.slice(start, start + AT_ONCE), right);
      await yieldToOthers();
    }
  }
  return rows;
}

async function moveSome(
  db: Database,
  { table, column, where = 'true' }: InstantColumn,
  instants: readonly number[],
  right: PutRight,
): Promise<number> {
  // A row that would become the same as another one stays as it is.
  const move = `UPDATE OR IGNORE ${table} SET ${column} = ? WHERE ${where} AND ${column} = ?`;
  return db.transaction(async () => {
    let rows = 0;
    for (const instant of instants) rows += (await db.run(move, right(instant), instant)).changes;
    return rows;
  });
}
