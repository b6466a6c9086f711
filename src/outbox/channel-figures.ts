import type { Database } from '#src/foundation/database/database.ts';

export type ChannelFigures = ReturnType<typeof openChannelFigures>;

/** What was promised to channels and what reached them, in numbers. Instants are UTC ms. Notices are no posts here. */
export function openChannelFigures(db: Database) {
  const isPost = "state = 'sent' AND kind <> 'notice'";
  const last = db.prepare<{ at: number }>(
    `SELECT settled_at AS at FROM post WHERE channel = ? AND settled_at IS NOT NULL AND ${isPost}
     ORDER BY settled_at DESC LIMIT 1`,
  );
  const tally = db.prepare<{ posts: number; papers: number }>(
    `SELECT count(*) AS posts, coalesce(sum(json_array_length(papers)), 0) AS papers FROM post
     WHERE channel = ? AND settled_at >= ? AND ${isPost}`,
  );
  const due = db.prepare<{ at: number | null }>(
    "SELECT min(due_at) AS at FROM promise WHERE channel = ? AND state = 'waiting'",
  );
  // The plus keeps SQLite to the channel's rows: of one instant there may be those of a whole fan-out.
  const promised = db.prepare<{ n: number }>(
    "SELECT count(*) AS n FROM promise WHERE channel = ? AND +decided_at >= ? AND subscriptions <> '[]'",
  );
  return {
    /** When a post reached the channel last; null: never. */
    lastSentAt: (channelId: string): number | null => last.get(channelId)?.at ?? null,
    /** Posts that reached the channel since then, and the papers in them. */
    tally: (channelId: string, since: number): { posts: number; papers: number } =>
      tally.get(channelId, since) ?? { posts: 0, papers: 0 },
    /** When the first of what waits for its hour goes; null: nothing waits. */
    nextWaitingAt: (channelId: string): number | null => due.get(channelId)?.at ?? null,
    /** Papers promised to the channel since then. */
    promisedSince: (channelId: string, since: number): number => promised.get(channelId, since)?.n ?? 0,
  };
}
