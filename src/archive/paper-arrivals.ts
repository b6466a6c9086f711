import type { Database } from '#src/foundation/database/database.ts';
import { type PaperRow, storedPaper } from './paper-row.ts';
import type { StoredPaper } from './stored-paper.ts';

/** A listed paper without its text: its number in the table, when a list first showed it, and as StoredPaper tells. */
export type Arrival = Pick<StoredPaper, 'newsAt' | 'batchDay'> & {
  paper: string;
  ref: number;
  at: number;
  votes: number | null;
};

/**
 * When it was news. What was there before its list was first read counts on the day it was featured, where that is known: a
 * fresh archive has seen everything today.
 */
export function arrivedAt({ batchDay, newsAt, at }: Pick<Arrival, 'batchDay' | 'newsAt' | 'at'>): number {
  return batchDay === null || newsAt !== null ? at : Math.min(at, Date.parse(`${batchDay}T12:00:00Z`));
}

const PAGE = 500;

/** What lists showed when. Papers that were only looked up have not arrived. */
export function openPaperArrivals(db: Database) {
  return {
    async arrivedSince(at: number, limit: number): Promise<StoredPaper[]> {
      const sql =
        'SELECT * FROM paper WHERE first_listed_at >= ? ORDER BY first_listed_at DESC, ref DESC LIMIT ?';
      return (await db.all<PaperRow>(sql, at, limit)).map(storedPaper);
    },

    async arrivedBetween(from: number, until: number): Promise<number> {
      const sql = 'SELECT count(*) AS n FROM paper WHERE first_listed_at >= ? AND first_listed_at < ?';
      return (await db.get<{ n: number }>(sql, from, until))?.n ?? 0;
    },

    async *arrivals(since: number): AsyncGenerator<Arrival> {
      const pageFrom = (at: number, ref: number) => db.all<Arrival>(ARRIVALS, since, at, ref, PAGE);
      let page = await pageFrom(Number.MAX_SAFE_INTEGER, 0);
      while (page.length > 0) {
        yield* page;
        const { at, ref } = page[page.length - 1];
        page = await pageFrom(at, ref);
      }
    },
  };
}

/** An Arrival, of the table of papers. */
export const ARRIVAL = `id AS paper, ref, first_listed_at AS at, news_at AS newsAt, batch_days ->> '$[#-1]' AS batchDay, votes`;

const ARRIVALS = `SELECT ${ARRIVAL} FROM paper
  WHERE first_listed_at >= ?1 AND (first_listed_at, ref) < (?2, ?3)
  ORDER BY first_listed_at DESC, ref DESC LIMIT ?4`;
