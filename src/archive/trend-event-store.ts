import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Database } from '#src/foundation/database/database.ts';
import type { TrendEvent, TrendRise } from '#src/trend/trend-event.ts';

/** About a millisecond of reading. */
const PAGE = 250;
const SINCE = `SELECT paper, at, from_score AS "from", score FROM trend_event WHERE (at, paper, score) > (?, ?, ?)
  ORDER BY at, paper, score LIMIT ?`;

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

    /** Of all papers at or after `at`, oldest first; in pages, others having their turn in between. */
    async since(at: number): Promise<TrendRise[]> {
      const rises: TrendRise[] = [];
      const first = { at, paper: '', score: 0 };
      for (let last = first; ; last = rises[rises.length - 1]) {
        const page = await db.all<TrendRise>(SINCE, last.at, last.paper, last.score, PAGE);
        if (page.length === 0) return rises;
        rises.push(...page);
        await othersTurn();
      }
    },
  };
}

function trendEvent({ paper, at, from_score, score, reason }: Row): TrendEvent {
  return { paper, at, from: from_score, score, reason: JSON.parse(reason) };
}
