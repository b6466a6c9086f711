import type { Database } from '#src/foundation/database/database.ts';
import type { SourceFacts } from '#src/paper/source-facts.ts';
import { authoritiesOn } from './merge-facts.ts';

const DAY = 86_400_000;
/** An older paper is not asked for: thousands of them would stand before what is new. */
const COMMENTS_WANTED = 7 * DAY;
/** The answer to an earlier question is believed for a day (source/day-memory.ts). */
const ANSWER_HOLDS = 1.1 * DAY;

/** What arXiv is to be asked of papers, and when it was. */
export function openPaperQuestions(db: Database, sources: readonly SourceFacts[]) {
  const isUncommented = [...authoritiesOn('comment', sources)]
    .map((name) => `AND sources NOT LIKE '%"${name}"%'`)
    .join(' ');

  return {
    /** Asked again after 1, 2, 4 and 8 days, then no more. What was asked in the future was asked by a wrong clock. */
    async lackingCategories(limit: number, now: number): Promise<string[]> {
      const sql = `SELECT id FROM paper WHERE categories = '[]' AND times_asked < 5
        AND (asked_at IS NULL OR asked_at > ?1 OR asked_at <= ?1 - (${DAY} << (times_asked - 1)))
        ORDER BY asked_at, ref DESC LIMIT ?2`;
      return (await db.all<{ id: string }>(sql, now, limit)).map(({ id }) => id);
    },

    /**
     * Feeds have no comments, and Hugging Face neither: who has categories from a feed is asked for once, while it is new,
     * and again when it was replaced: a comment changes with the version, and may withdraw the paper or bring it back.
     */
    async lackingComments(limit: number, now: number): Promise<string[]> {
      const wasReplaced = 'replaced_at > coalesce(asked_at, 0) AND coalesce(asked_at, 0) < ?2';
      const sql = `SELECT id, first_listed_at, ref FROM paper WHERE categories <> '[]' AND first_listed_at > ?1
          AND (times_asked = 0 ${isUncommented} OR ${wasReplaced})
        UNION SELECT id, first_listed_at, ref FROM paper WHERE withdrawn = 1 AND ${wasReplaced}
        ORDER BY first_listed_at DESC, ref DESC LIMIT ?3`;
      return (await db.all<{ id: string }>(sql, now - COMMENTS_WANTED, now - ANSWER_HOLDS, limit)).map(
        ({ id }) => id,
      );
    },

    async noteAsked(ids: readonly string[], at: number): Promise<void> {
      const note = 'UPDATE paper SET asked_at = ?, times_asked = times_asked + 1 WHERE id = ?';
      for (const id of ids) await db.run(note, at, id);
    },
  };
}
