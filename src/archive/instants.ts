import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Database } from '#src/foundation/database/database.ts';
import {
  type InstantColumn,
  instantsAhead,
  type PutRight,
  putColumnsRight,
} from '#src/foundation/instants.ts';

// Polls keep their instants: they are read in the order they were kept.
const COLUMNS: readonly InstantColumn[] = [
  { table: 'paper', column: 'first_seen_at' },
  { table: 'paper', column: 'first_listed_at' },
  { table: 'paper', column: 'looked_up_at', where: 'first_listed_at IS NULL' },
  { table: 'series', column: 'asked_at' },
  { table: 'series', column: 'whole_at' },
  { table: 'trend_event', column: 'at' },
  { table: 'health', column: 'succeeded_at' },
];
const FAILED_AT: InstantColumn = { table: 'health', column: 'failed_at' };
/** Without an index: sought paper by paper, once one of the others shows that the clock ran ahead. */
const OF_PAPERS = ['figures_at', 'news_at', 'rises_since'] as const;

/** The different instants ahead of `now`. */
export async function archiveAhead(db: Database, now: number): Promise<number[]> {
  const found = await instantsAhead(db, [...COLUMNS, FAILED_AT], now);
  if (found.length === 0) return [];
  for await (const slice of slices(db)) {
    found.push(...(await instantsAhead(db, slice, now)));
    await yieldToOthers();
  }
  return found;
}

/** Returns how many rows had an instant ahead of `now`. */
export async function putArchiveRight(db: Database, now: number, right: PutRight): Promise<number> {
  let rows = await forgetFailures(db, now);
  for await (const slice of slices(db)) rows += await putColumnsRight(db, slice, now, right);
  return rows + (await putColumnsRight(db, COLUMNS, now, right));
}

/** What failed by a clock that ran ahead, such as a list of tomorrow, says nothing of now: what still fails is noted again. */
async function forgetFailures(db: Database, now: number): Promise<number> {
  const sql = 'UPDATE health SET failed_at = NULL, reason = NULL WHERE failed_at > ?';
  return Number((await db.run(sql, now)).changes);
}

const PAPERS_AT_ONCE = 2000;

async function* slices(db: Database): AsyncGenerator<InstantColumn[]> {
  const last = (await db.get<{ ref: number | null }>('SELECT max(ref) AS ref FROM paper'))?.ref ?? 0;
  for (let ref = 0; ref < last; ref += PAPERS_AT_ONCE) {
    const where = `ref > ${ref} AND ref <= ${ref + PAPERS_AT_ONCE}`;
    yield OF_PAPERS.map((column) => ({ table: 'paper', column, where }));
  }
}
