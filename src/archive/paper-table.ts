import type { Database } from '#src/foundation/database/database.ts';
import type { Paper } from '#src/paper/paper.ts';
import type { SourceName } from '#src/paper/sighting.ts';
import { FACT_COLUMNS, factValues, type PaperRow, storedPaper } from './paper-row.ts';
import type { Change } from './stored-paper.ts';

/** The table of papers, with the journal of their changes: one sequence number a paper, renewed at every change. */
export type PaperTable = ReturnType<typeof openPaperTable>;

export function openPaperTable(db: Database) {
  const lastSeq = async (): Promise<number> =>
    (await db.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM paper'))?.seq ?? 0;

  return {
    lastSeq,

    async changesAfter(seq: number, limit: number): Promise<Change[]> {
      const rows = await db.all<PaperRow>(
        'SELECT * FROM paper WHERE seq > ? ORDER BY seq LIMIT ?',
        seq,
        limit,
      );
      return rows.map((row) => ({ seq: row.seq, factsSeq: row.facts_seq, paper: storedPaper(row) }));
    },

    async rowOf(id: string): Promise<PaperRow | undefined> {
      return db.get<PaperRow>('SELECT * FROM paper WHERE id = ?', id);
    },

    async insert(paper: Paper, source: SourceName, at: number): Promise<void> {
      const marks = FACT_COLUMNS.map(() => '?').join(', ');
      const seq = (await lastSeq()) + 1;
      await db.run(
        `INSERT INTO paper (id, ${FACT_COLUMNS.join(', ')}, figures_at, first_seen_at, looked_up_at, batch_days, sources,
         seq, facts_seq) VALUES (?, ${marks}, 0, ?, ?, '[]', ?, ?, ?)`,
        paper.id,
        ...factValues(paper),
        at,
        at,
        JSON.stringify([source]),
        seq,
        seq,
      );
    },

    async writeFacts(ref: number, paper: Paper): Promise<void> {
      const assignments = FACT_COLUMNS.map((column) => `${column} = ?`).join(', ');
      const seq = (await lastSeq()) + 1;
      await db.run(
        `UPDATE paper SET ${assignments}, seq = ?, facts_seq = ? WHERE ref = ?`,
        ...factValues(paper),
        ...[seq, seq, ref],
      );
    },

    async noteSource(row: PaperRow, source: SourceName): Promise<void> {
      const sources: SourceName[] = JSON.parse(row.sources);
      if (sources.includes(source)) return;
      await db.run(
        'UPDATE paper SET sources = ? WHERE ref = ?',
        JSON.stringify([...sources, source]),
        row.ref,
      );
    },

    /** Something else of it changed than its facts. */
    async resequence(id: string): Promise<void> {
      await db.run('UPDATE paper SET seq = ? WHERE id = ?', (await lastSeq()) + 1, id);
    },
  };
}
