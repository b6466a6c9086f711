import type { Database } from '#src/foundation/database/database.ts';

const DAY = 86_400_000;
/** A paper that a list showed, and that none shows any more. */
export const PAPERS_KEPT = 730 * DAY;
/** A paper that was only looked up, from the last time somebody asked. */
const LOOKED_UP_KEPT = 30 * DAY;
const SLICE = 50;

type Row = { ref: number; id: string };

/** How long papers are kept: by the first list that showed them, or by who asked for them last. */
export function openPaperLives(db: Database) {
  // The newest number of the journal must stay: the next one is counted from it, and who reads the journal is there.
  const mayGo =
    'seq < (SELECT max(seq) FROM paper) AND NOT EXISTS (SELECT 1 FROM sighting WHERE paper = ref)';
  const forgotten = `SELECT ref, id FROM paper WHERE first_listed_at IS NULL AND looked_up_at < ? AND ${mayGo} LIMIT ?`;
  const old = `SELECT ref, id FROM paper WHERE first_listed_at < ?1 AND ${mayGo} LIMIT ?2`;
  const removeTrendEvents = 'DELETE FROM trend_event WHERE paper = ?';
  const remove = 'DELETE FROM paper WHERE ref = ?';

  return {
    /** Removes papers past their life with their rises, one slice. Returns their ids. */
    async prune(now: number): Promise<string[]> {
      const gone = [
        ...(await db.all<Row>(forgotten, now - LOOKED_UP_KEPT, SLICE)),
        ...(await db.all<Row>(old, now - PAPERS_KEPT, SLICE)),
      ];
      for (const { ref, id } of gone) {
        await db.run(removeTrendEvents, id);
        await db.run(remove, ref);
      }
      return gone.map(({ id }) => id);
    },
  };
}
