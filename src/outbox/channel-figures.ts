import type { Database } from '#src/foundation/database/database.ts';

export type ChannelFigures = ReturnType<typeof openChannelFigures>;

/** What was promised to channels and what reached them, in numbers. Instants are UTC ms. Notices are no posts here. */
export function openChannelFigures(db: Database) {
  const isPost = "state = 'sent' AND kind <> 'notice'";
  const last = `SELECT settled_at AS at FROM post WHERE channel = ? AND settled_at IS NOT NULL AND ${isPost}
     ORDER BY settled_at DESC LIMIT 1`;
  const tally = `SELECT count(*) AS posts, coalesce(sum(json_array_length(papers)), 0) AS papers FROM post
     WHERE channel = ? AND settled_at >= ? AND ${isPost}`;
  const due = "SELECT min(due_at) AS at FROM promise WHERE channel = ? AND state = 'waiting'";
  // The plus keeps SQLite to the channel's rows: of one instant there may be those of a whole fan-out.
  const promised =
    "SELECT count(*) AS n FROM promise WHERE channel = ? AND +decided_at >= ? AND subscriptions <> '[]'";
  return {
    /** When a post reached the channel last; null: never. */
    lastSentAt: async (channelId: string): Promise<number | null> =>
      (await db.get<{ at: number }>(last, channelId))?.at ?? null,
    /** Posts that reached the channel since then, and the papers in them. */
    tally: async (channelId: string, since: number): Promise<{ posts: number; papers: number }> =>
      (await db.get<{ posts: number; papers: number }>(tally, channelId, since)) ?? { posts: 0, papers: 0 },
    /** When the first of what waits for its hour goes; null: nothing waits. */
    nextWaitingAt: async (channelId: string): Promise<number | null> =>
      (await db.get<{ at: number | null }>(due, channelId))?.at ?? null,
    /** Papers promised to the channel since then. */
    promisedSince: async (channelId: string, since: number): Promise<number> =>
      (await db.get<{ n: number }>(promised, channelId, since))?.n ?? 0,
  };
}
