import type { Database } from '#src/foundation/database.ts';

const DAY = 86_400_000;
/** A paper that a list showed, and that none shows any more. */
export const PAPERS_KEPT = 730 * DAY;
/** A paper that was only looked up, from the last time somebody asked. */
const LOOKED_UP_KEPT = 30 * DAY;
const SLICE = 50;

export type PaperLives = ReturnType<typeof openPaperLives>;

type Row = { ref: number; id: string };

/** How long papers are kept: by the first list that showed them, or by who asked for them last. */
export function openPaperLives(db: Database) {
  const list = db.prepare('UPDATE paper SET first_listed_at = ? WHERE ref = ? AND first_listed_at IS NULL');
  const lookUp = db.prepare(
    `UPDATE paper SET looked_up_at = ?1 WHERE id = ?2 AND first_listed_at IS NULL AND coalesce(looked_up_at, 0) <= ?1 - ${DAY}`,
  );
  // The newest number of the journal must stay: the next one is counted from it, and who reads the journal is there.
  const mayGo =
    'seq < (SELECT max(seq) FROM paper) AND NOT EXISTS (SELECT 1 FROM sighting WHERE paper = ref)';
  const forgotten = db.prepare<Row>(
    `SELECT ref, id FROM paper WHERE first_listed_at IS NULL AND looked_up_at < ? AND ${mayGo} LIMIT ?`,
  );
  const old = db.prepare<Row>(`SELECT ref, id FROM paper WHERE first_listed_at < ?1 AND ${mayGo} LIMIT ?2`);
  const removeRisings = db.prepare('DELETE FROM rising WHERE paper = ?');
  const remove = db.prepare('DELETE FROM paper WHERE ref = ?');

  return {
    /** A list showed it. */
    noteListed(ref: number, at: number): void {
      list.run(at, ref);
    },
    /** Somebody asked for it; noted once a day, and only where no list ever showed it. */
    noteLookedUp(id: string, at: number): void {
      lookUp.run(at, id);
    },

    /** Removes papers past their life with their rises, one slice. Returns their ids. */
    prune(now: number): string[] {
      const gone = [...forgotten.all(now - LOOKED_UP_KEPT, SLICE), ...old.all(now - PAPERS_KEPT, SLICE)];
      for (const { ref, id } of gone) {
        removeRisings.run(id);
        remove.run(ref);
      }
      return gone.map(({ id }) => id);
    },
  };
}
