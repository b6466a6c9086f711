import type { Database } from '#src/foundation/database/database.ts';
import type { TrendEvent, TrendRise } from '#src/trend/trend-event.ts';

type Row = { paper: string; at: number; from_score: number; score: number; reason: string };

/** When which paper's score rose, and why. */
export function openTrendEventStore(db: Database) {
  const insert =
    'INSERT INTO trend_event (paper, at, from_score, score, reason) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING';
  return {
    /** True when it was not known yet. */
    async keep({ paper, at, from, score, reason }: TrendEvent): Promise<boolean> {
      return (await db.run(insert, paper, at, from, score, JSON.stringify(reason))).changes > 0;
    },

    /** Of one paper, oldest first. */
    async of(paper: string): Promise<TrendEvent[]> {
      return (await db.all<Row>('SELECT * FROM trend_event WHERE paper = ? ORDER BY at, score', paper)).map(
        trendEvent,
      );
    },

    /** Of all papers at or after `at`, oldest first. */
    async since(at: number): Promise<TrendRise[]> {
      const sql = `SELECT paper, at, from_score AS "from", score FROM trend_event WHERE at >= ? ORDER BY at, paper, score`;
      return await db.all<TrendRise>(sql, at);
    },
  };
}

function trendEvent({ paper, at, from_score, score, reason }: Row): TrendEvent {
  return { paper, at, from: from_score, score, reason: JSON.parse(reason) };
}
