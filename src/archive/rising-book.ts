import type { Database } from '#src/foundation/database/database.ts';
import type { Rise, Rising } from '#src/trend/rising.ts';

type Row = { paper: string; at: number; from_heat: number; heat: number; reason: string };

/** When which paper's heat rose, and why. */
export function openRisingBook(db: Database) {
  const insert =
    'INSERT INTO rising (paper, at, from_heat, heat, reason) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING';
  return {
    /** True when it was not known yet. */
    async keep({ paper, at, from, heat, reason }: Rising): Promise<boolean> {
      return (await db.run(insert, paper, at, from, heat, JSON.stringify(reason))).changes > 0;
    },

    /** Of one paper, oldest first. */
    async of(paper: string): Promise<Rising[]> {
      return (await db.all<Row>('SELECT * FROM rising WHERE paper = ? ORDER BY at, heat', paper)).map(rising);
    },

    /** Of all papers at or after `at`, oldest first. */
    async since(at: number): Promise<Rise[]> {
      const sql = `SELECT paper, at, from_heat AS "from", heat FROM rising WHERE at >= ? ORDER BY at, paper, heat`;
      return await db.all<Rise>(sql, at);
    },
  };
}

function rising({ paper, at, from_heat, heat, reason }: Row): Rising {
  return { paper, at, from: from_heat, heat, reason: JSON.parse(reason) };
}
