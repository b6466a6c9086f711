import type { Cursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { PAPERS_KEPT } from './paper-lives.ts';

const DAY = 86_400_000;
/** The trend rule, read anew at start, looks back so far. */
const KEPT = 150 * DAY;
/** An old poll is a whole list of a hundred papers at most: some milliseconds. */
const SLICE = 25;
const BEGAN = 'archive.began';

/**
 * The life of polls, and what is still known when they are gone: since when there is anything. `firstRead`: the earliest
 * day of which a batch is there, UTC ms.
 */
export function openPollLife(db: Database, marks: Cursors, firstRead: () => Promise<number | null>) {
  const remove = 'DELETE FROM poll WHERE id IN (SELECT id FROM poll WHERE seen_at < ? LIMIT ?)';
  // Every day has a list of its own; the others are there for good, read or not.
  const removeLists =
    "DELETE FROM series WHERE list = 'daily' AND key < ? AND NOT EXISTS (SELECT 1 FROM poll WHERE poll.series = series.id)";

  const firstDay = async (): Promise<number> => {
    // In this order: when the first polls go in between, their day is noted by then.
    const first = (await firstRead()) ?? Number.POSITIVE_INFINITY;
    return (await marks.get(BEGAN)) || first;
  };

  return {
    /** The first day of a batch that was read and whose papers are kept, UTC ms; `now` while there is none. */
    beganAt: async (now: number): Promise<number> =>
      Math.min(now, Math.max(await firstDay(), now - PAPERS_KEPT)),

    /**
     * Removes polls of days that ended over 150 days ago, one slice. They were thinned long before, so that each stands for
     * itself and the others can be read at any time. Returns how many went.
     */
    async prune(now: number): Promise<number> {
      const midnight = Math.floor((now - KEPT) / DAY) * DAY;
      const began = await firstDay();
      const removed = (await db.run(remove, midnight, SLICE)).changes;
      if (removed === 0) return 0;
      if (Number.isFinite(began)) await marks.set(BEGAN, began);
      await db.run(removeLists, new Date(midnight).toISOString().slice(0, 10));
      return removed;
    },
  };
}
