import type { Database } from '#src/foundation/database/database.ts';

const DAY = 86_400_000;
/**
 * What was never sent is remembered for so long, and what was sent in full. After that a paper that was refused could be
 * queued anew: whoever adds must take nothing for news that is older.
 */
export const UNSENT_KEPT = 90 * DAY;
/** Some milliseconds' work. */
const SLICE = 500;

export type LedgerPruning = ReturnType<typeof openLedgerPruning>;

/**
 * The lives of entries and posts: what was sent stays for ever as one short row with its post, because its key is what
 * keeps a paper from reaching a channel twice, and its buttons go on answering; what was not sent goes after 90 days.
 */
export function openLedgerPruning(db: Database) {
  const remove = (table: string, where: string) =>
    `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE ${where} LIMIT ${SLICE})`;
  // An entry is made for at least one subscription: it names none once it is short.
  const isFull = "subscriptions <> '[]' AND decided_at < ?";
  const unsent = remove('entry', `${isFull} AND (state = 'refused' OR state = 'held')`);
  const sentInFull = `SELECT id, why FROM entry WHERE ${isFull} AND state = 'sent' LIMIT ${SLICE}`;
  const shorten = "UPDATE entry SET why = ?, subscriptions = '[]' WHERE id = ?";
  const unsentPosts = remove(
    'post',
    `(state = 'refused' OR state = 'dissolved') AND settled_at < ?
     AND NOT EXISTS (SELECT 1 FROM entry WHERE entry.post = post.id)`,
  );
  const ofNoEntry = remove('post', "state = 'sent' AND kind IN ('notice', 'example') AND settled_at < ?");
  const shown = `UPDATE post SET shown = NULL
    WHERE id IN (SELECT id FROM post WHERE shown IS NOT NULL AND settled_at < ? LIMIT ${SLICE})`;

  const shortenSent = async (before: number, shortOf: (why: unknown) => unknown): Promise<number> => {
    const full = await db.all<{ id: number; why: string }>(sentInFull, before);
    for (const { id, why } of full) await db.run(shorten, JSON.stringify(shortOf(JSON.parse(why))), id);
    return full.length;
  };

  return {
    /**
     * One slice of what is older than 90 days. `shortOf`: what is kept of an entry's reasons. Returns how many rows were
     * removed or shortened; call again, after a pause, until it is 0.
     */
    prune: async (now: number, shortOf: (why: unknown) => unknown): Promise<number> =>
      await db.transaction(async () => {
        const before = now - UNSENT_KEPT;
        // An entry goes before its post.
        return (
          (await db.run(unsent, before)).changes ||
          (await shortenSent(before, shortOf)) ||
          (await db.run(unsentPosts, before)).changes ||
          (await db.run(ofNoEntry, before)).changes ||
          (await db.run(shown, before)).changes
        );
      }, 'soon'),
  };
}
