import type { Database } from '#src/foundation/database/database.ts';
import type { Addressee, Destination } from './destination.ts';
import { IS_ALERT } from './post.ts';

export type DestinationFigures = ReturnType<typeof openDestinationFigures>;

/** The ids of the subscriptions that matched. `at`: UTC ms. */
type DecidedFor = { at: number; subscriptions: readonly string[] };

/** What a destination got. Instants are UTC ms; `since` and `usualSince` are those that were asked for. */
type Reached = {
  lastSentAt: number | null;
  /** Posts since `usualSince`. */
  usualPosts: number;
  /** Papers queued since `since`, but for those that were taken back. */
  matched: number;
  /** Papers in the posts that reached it since `since`. */
  posted: number;
  /** Papers that are queued and not posted. */
  waiting: number;
};

/** What was queued for destinations and what reached them, in numbers. Instants are UTC ms. Notices and examples are no posts here. */
export function openDestinationFigures(db: Database) {
  const isPost = `state = 'sent' AND ${IS_ALERT}`;
  const lastTo = (destination: string) =>
    `SELECT settled_at AS at FROM post WHERE destination = ${destination} AND settled_at IS NOT NULL AND ${isPost}
     ORDER BY settled_at DESC LIMIT 1`;
  const tallyOf = (counted: string, destination: string, since: string) =>
    `SELECT ${counted} FROM post WHERE destination = ${destination} AND settled_at >= ${since} AND ${isPost}`;
  const papers = 'coalesce(sum(json_array_length(papers)), 0)';
  const last = lastTo('?');
  const tally = tallyOf(`count(*) AS posts, ${papers} AS papers`, '?', '?');
  const sent = `SELECT one.value AS paper FROM post, json_each(papers) AS one
    WHERE destination = ? AND settled_at >= ? AND ${isPost}`;
  const due = "SELECT min(due_at) AS at FROM entry WHERE destination = ? AND state = 'waiting'";
  // Open ones by where they wait, the others by their posts: rows lie by paper, and no index leads to a destination's.
  const queuedFor = (destination: string) => `
    (SELECT count(*) FROM entry WHERE destination = ${destination} AND (state = 'waiting' OR state = 'held') AND +decided_at >= ?3) +
    (SELECT count(*) FROM entry WHERE state = 'due' AND server = ?2 AND destination = ${destination} AND +decided_at >= ?3) +
    (SELECT count(*) FROM post JOIN entry ON entry.post = post.id
      WHERE post.destination = ${destination} AND (post.settled_at IS NULL OR post.settled_at >= ?3) AND +decided_at >= ?3)`;
  const entry = `SELECT ${queuedFor('?1')} AS n`;
  const open = (destination: string) => `
    SELECT subscriptions FROM entry WHERE destination = ${destination} AND (state = 'waiting' OR state = 'held')
    UNION ALL SELECT subscriptions FROM entry WHERE state = 'due' AND server = ?2 AND destination = ${destination}
    UNION ALL SELECT subscriptions FROM post JOIN entry ON entry.post = post.id
      WHERE post.destination = ${destination} AND post.settled_at IS NULL`;
  const reached = `SELECT one.value AS destination, (${lastTo('one.value')}) AS lastSentAt,
    (${tallyOf('count(*)', 'one.value', '?4')}) AS usualPosts, ${queuedFor('one.value')} AS matched,
    (${tallyOf(papers, 'one.value', '?3')}) AS posted,
    (SELECT count(*) FROM (${open('one.value')})) AS waiting FROM json_each(?1) AS one`;
  const awaits = `SELECT 1 FROM (${open('?1')}) AS those, json_each(those.subscriptions) AS one
    WHERE one.value = ?3 LIMIT 1`;
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
    /** The papers in them, each as often as it was posted. */
    postedSince: async (destination: Destination, since: number): Promise<string[]> =>
      (await db.all<{ paper: string }>(sent, destination, since)).map(({ paper }) => paper),
    /** When the first of what waits for its hour goes; null: nothing waits. */
    nextWaitingAt: async (destination: Destination): Promise<number | null> =>
      (await db.all<{ at: number | null }>(due, destination))[0].at,
    /** Papers queued for it since then, but for those that were taken back. */
    addedSince: async ({ destination, serverId }: Addressee, since: number): Promise<number> =>
      (await db.all<{ n: number }>(entry, destination, serverId, since))[0].n,
    /** What some destinations of one server got: those that were asked for, each. */
    async reached(
      serverId: string,
      destinations: readonly Destination[],
      { since, usualSince }: { since: number; usualSince: number },
    ): Promise<ReadonlyMap<Destination, Reached>> {
      const asked = [JSON.stringify([...new Set(destinations)]), serverId, since, usualSince];
      const rows = await db.all<Reached & { destination: Destination }>(reached, ...asked);
      return new Map(rows.map(({ destination, ...got }) => [destination, got]));
    },
    /** Whether something that was decided for that subscription is still to go. */
    isAwaited: async ({ destination, serverId }: Addressee, subscription: string): Promise<boolean> =>
      (await db.get(awaits, destination, serverId, subscription)) !== undefined,
    /** When each of these was decided, the oldest first, and for which subscriptions: known for 90 days. */
    async decidedSince({ destination, serverId }: Addressee, since: number): Promise<DecidedFor[]> {
      const rows = await db.all<{ at: number; subscriptions: string }>(decided, destination, serverId, since);
      return rows.map(({ at, subscriptions }) => ({ at, subscriptions: JSON.parse(subscriptions) }));
    },
  };
}
