import type { Database } from '#src/foundation/database/database.ts';
import type { Addressee, Destination } from './destination.ts';

export type DestinationFigures = ReturnType<typeof openDestinationFigures>;

/** The ids of the subscriptions that matched. `at`: UTC ms. */
type DecidedFor = { at: number; subscriptions: readonly string[] };

/** What was queued for destinations and what reached them, in numbers. Instants are UTC ms. Notices are no posts here. */
export function openDestinationFigures(db: Database) {
  const isPost = "state = 'sent' AND kind <> 'notice'";
  const last = `SELECT settled_at AS at FROM post WHERE destination = ? AND settled_at IS NOT NULL AND ${isPost}
     ORDER BY settled_at DESC LIMIT 1`;
  const tally = `SELECT count(*) AS posts, coalesce(sum(json_array_length(papers)), 0) AS papers FROM post
     WHERE destination = ? AND settled_at >= ? AND ${isPost}`;
  const due = "SELECT min(due_at) AS at FROM entry WHERE destination = ? AND state = 'waiting'";
  // Open ones by where they wait, the others by their posts: rows lie by paper, and no index leads to a destination's.
  const entry = `SELECT
    (SELECT count(*) FROM entry WHERE destination = ?1 AND (state = 'waiting' OR state = 'held') AND +decided_at >= ?3) +
    (SELECT count(*) FROM entry WHERE state = 'due' AND server = ?2 AND destination = ?1 AND +decided_at >= ?3) +
    (SELECT count(*) FROM post JOIN entry ON entry.post = post.id
      WHERE post.destination = ?1 AND (post.settled_at IS NULL OR post.settled_at >= ?3) AND +decided_at >= ?3) AS n`;
  const decided = `SELECT decided_at AS at, subscriptions FROM entry
      WHERE destination = ?1 AND (state = 'waiting' OR state = 'held') AND +decided_at >= ?3
    UNION ALL SELECT decided_at, subscriptions FROM entry
      WHERE state = 'due' AND server = ?2 AND destination = ?1 AND +decided_at >= ?3
    UNION ALL SELECT decided_at, subscriptions FROM post JOIN entry ON entry.post = post.id
      WHERE post.destination = ?1 AND (post.settled_at IS NULL OR post.settled_at >= ?3) AND +decided_at >= ?3
    ORDER BY 1`;
  return {
    /** When a post reached the channel last; null: never. */
    lastSentAt: async (destination: Destination): Promise<number | null> =>
      (await db.get<{ at: number }>(last, destination))?.at ?? null,
    /** Posts that reached the channel since then, and the papers in them. */
    tally: async (destination: Destination, since: number): Promise<{ posts: number; papers: number }> =>
      (await db.all<{ posts: number; papers: number }>(tally, destination, since))[0],
    /** When the first of what waits for its hour goes; null: nothing waits. */
    nextWaitingAt: async (destination: Destination): Promise<number | null> =>
      (await db.all<{ at: number | null }>(due, destination))[0].at,
    /** Papers queued for it since then, but for those that were taken back. */
    addedSince: async ({ destination, serverId }: Addressee, since: number): Promise<number> =>
      (await db.all<{ n: number }>(entry, destination, serverId, since))[0].n,
    /** When each of these was decided, the oldest first, and for which subscriptions: known for 90 days. */
    async decidedSince({ destination, serverId }: Addressee, since: number): Promise<DecidedFor[]> {
      const rows = await db.all<{ at: number; subscriptions: string }>(decided, destination, serverId, since);
      return rows.map(({ at, subscriptions }) => ({ at, subscriptions: JSON.parse(subscriptions) }));
    },
  };
}
