import type { Database } from './database/database.ts';
import { type InstantColumn, instantsAhead, type PutRight, putColumnsRight } from './instants.ts';

/** One check of the pipeline, for /status. Instants are UTC milliseconds. */
type PipelineRun = {
  startedAt: number;
  finishedAt: number;
  /** Papers gone through. */
  checked: number;
  /** Papers that matched at least one subscription. */
  matched: number;
  /** Entries added to the outbox. */
  added: number;
  /** What went wrong, for the operator; null when nothing did. */
  problem: string | null;
};

type Row = {
  started_at: number;
  finished_at: number;
  checked: number;
  matched: number;
  added: number;
  problem: string | null;
};

const KEPT = 1000;

const INSTANTS: readonly InstantColumn[] = [
  { table: 'run', column: 'started_at' },
  { table: 'run', column: 'finished_at' },
];

export type Runs = ReturnType<typeof openRuns>;

/** The last thousand checks. Their table came with the archive's first migration: it must be open. */
export function openRuns(db: Database) {
  const insert =
    'INSERT INTO run (started_at, finished_at, checked, matched, added, problem) VALUES (?, ?, ?, ?, ?, ?) RETURNING id';
  return {
    async note({ startedAt, finishedAt, checked, matched, added, problem }: PipelineRun): Promise<void> {
      const values = [startedAt, finishedAt, checked, matched, added, problem];
      await db.transaction(async () => {
        const row = await db.get<{ id: number }>(insert, ...values);
        await db.run('DELETE FROM run WHERE id <= ?', (row?.id ?? 0) - KEPT);
      });
    },

    /** The newest; null before the first. */
    async last(): Promise<PipelineRun | null> {
      const row = await db.get<Row>('SELECT * FROM run ORDER BY id DESC LIMIT 1');
      if (!row) return null;
      const { started_at: startedAt, finished_at: finishedAt, checked, matched, added, problem } = row;
      return { startedAt, finishedAt, checked, matched, added, problem };
    },

    /** The different instants that lie ahead of `now`. */
    ahead: (now: number): Promise<number[]> => instantsAhead(db, INSTANTS, now),
    /** Returns how many rows had one. */
    putRight: (now: number, right: PutRight): Promise<number> => putColumnsRight(db, INSTANTS, now, right),
  };
}
