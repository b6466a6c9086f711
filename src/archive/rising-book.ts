import type { Database } from '#src/foundation/database/database.ts';
import type { Rise, Rising } from '#src/trend/rising.ts';

type Row = { paper: string; at: number; from_heat: number; heat: number; reason: string };

/** When which paper's heat rose, and why. */
export function openRisingBook(db: Database) {
  const insert = db.prepare(
    'INSERT INTO rising (paper, at, from_heat, heat, reason) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  return {
    /** True when it was not known yet. */
    keep({ paper, at, from, heat, reason }: Rising): boolean {
      return insert.run(paper, at, from, heat, JSON.stringify(reason)).changes > 0;
    },

    /** Of one paper, oldest first. */
    of(paper: string): Rising[] {
      return db.prepare<Row>('SELECT * FROM rising WHERE paper = ? ORDER BY at, heat').all(paper).map(rising);
    },

    /** Of all papers at or after `at`, oldest first. */
    since(at: number): Rise[] {
      const sql = `SELECT paper, at, from_heat AS "from", heat FROM rising WHERE at >= ? ORDER BY at, paper, heat`;
      return db.prepare<Rise>(sql).all(at);
    },
  };
}

function rising({ paper, at, from_heat, heat, reason }: Row): Rising {
  return { paper, at, from: from_heat, heat, reason: JSON.parse(reason) };
}
