import type { Database } from '#src/foundation/database.ts';
import { openRounds, type Turn } from './due-round.ts';
import { type Lane, type NewPromise, type Promised, type PromiseRow, promisedOf } from './promise.ts';

/** One thing to post: a card's single promise, or all that a channel's digest or catch-up takes, the best first. */
export type Due = { serverId: string; channelId: string; lane: Lane; promises: readonly Promised[] };

/** More than a message can show: the rest of a digest stands behind its buttons. */
const DIGEST_AT_MOST = 250;

export type PromiseBook = ReturnType<typeof openPromiseBook>;

/** The table of promises. State changes are checked in SQL: one that was settled meanwhile is left alone. */
export function openPromiseBook(db: Database) {
  const insert = db.prepare(`INSERT INTO promise
    (server, channel, paper, subscriptions, why, score, lane, decided_at, due_at, state)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, CASE
      WHEN EXISTS (SELECT 1 FROM hold WHERE channel = ?2) THEN 'held'
      WHEN ?9 <= ?8 THEN 'due' ELSE 'waiting' END)
    ON CONFLICT DO NOTHING`);
  const wake = db.prepare("UPDATE promise SET state = 'due' WHERE state = 'waiting' AND due_at <= ?");
  const nextRound = openRounds(db);
  const dueOfLane = db.prepare<PromiseRow>(
    `SELECT * FROM promise WHERE state = 'due' AND server = ? AND channel = ? AND lane = ?
     ORDER BY score DESC, id LIMIT ?`,
  );
  const take = db.prepare(
    "UPDATE promise SET state = 'packed', post = ? WHERE channel = ? AND paper = ? AND state IN ('waiting', 'due')",
  );

  const holdDue = db.prepare(
    "UPDATE promise SET state = 'held', reason = ? WHERE state = 'due' AND server = ? AND channel = ?",
  );
  const holdWaiting = db.prepare(
    "UPDATE promise SET state = 'held', reason = ? WHERE state = 'waiting' AND channel = ?",
  );

  const dueItem = (row: PromiseRow): Due => {
    const lane = row.lane as Lane;
    const rows = lane === 'card' ? [row] : dueOfLane.all(row.server, row.channel, lane, DIGEST_AT_MOST);
    return { serverId: row.server, channelId: row.channel, lane, promises: rows.map(promisedOf) };
  };

  return {
    add(promise: NewPromise): boolean {
      const { serverId, channelId, paper, subscriptions, why, score, lane, decidedAt, dueAt } = promise;
      const texts = [JSON.stringify(subscriptions), JSON.stringify(why ?? null)];
      return insert.run(serverId, channelId, paper, ...texts, score, lane, decidedAt, dueAt).changes > 0;
    },

    /** What is due, at most `limit`, each channel once. Also returns where the round ended. */
    due(now: number, limit: number, after: Turn): { due: Due[]; last: Turn } {
      wake.run(now);
      if (limit <= 0) return { due: [], last: after };
      const { heads, last } = nextRound(limit, after);
      return { due: heads.map(dueItem), last };
    },

    /** Binds an open promise to a post. */
    take: (channel: string, paper: string, post: number): void => {
      take.run(post, channel, paper);
    },

    /** Open promises of a channel wait until it is released. */
    hold(server: string, channel: string, reason: string): void {
      holdDue.run(reason, server, channel);
      holdWaiting.run(reason, channel);
    },

    /** Held promises of a channel go with its next catch-up. Returns how many. */
    release(channel: string, now: number): number {
      return db
        .prepare(
          "UPDATE promise SET state = 'due', lane = 'catch-up', due_at = ?, reason = NULL WHERE channel = ? AND state = 'held'",
        )
        .run(now, channel).changes;
    },

    /** Cards and digests due before that instant go with their channel's catch-up. */
    gather(before: number, now: number): void {
      db.prepare(
        "UPDATE promise SET lane = 'catch-up', due_at = ? WHERE state = 'due' AND due_at < ? AND lane <> 'catch-up'",
      ).run(now, before);
    },

    defer(channel: string, paper: string, dueAt: number): boolean {
      return (
        db
          .prepare(
            `UPDATE promise SET state = 'waiting', lane = 'digest', due_at = ?
             WHERE channel = ? AND paper = ? AND (state = 'waiting' OR state = 'due')`,
          )
          .run(dueAt, channel, paper).changes > 0
      );
    },

    refuse(channel: string, paper: string, reason: string, now: number): boolean {
      return (
        db
          .prepare(
            `UPDATE promise SET state = 'refused', reason = ?, settled_at = ?
             WHERE channel = ? AND paper = ? AND (state = 'waiting' OR state = 'due' OR state = 'held')`,
          )
          .run(reason, now, channel, paper).changes > 0
      );
    },

    /** The promises of a post that is settled. */
    settle(post: number, state: 'sent' | 'refused', reason: string | null, now: number): void {
      db.prepare('UPDATE promise SET state = ?, reason = ?, settled_at = ? WHERE post = ?').run(
        state,
        reason,
        now,
        post,
      );
    },

    /** The promises of a post that surely was not sent, back into their channel's wait. */
    unpack(post: number, state: 'held' | 'due', lane: Lane | null, reason: string | null, now: number): void {
      db.prepare(
        `UPDATE promise SET state = ?, post = NULL, lane = coalesce(?, lane), reason = ?, due_at = ? WHERE post = ?`,
      ).run(state, lane, reason, now, post);
    },

    /** Those of the papers that are still to be packed, in their order, with the instant the oldest was decided. */
    openOf(channel: string, papers: readonly string[]): { papers: string[]; decidedAt: number } {
      const select = db.prepare<{ paper: string; at: number }>(
        "SELECT paper, decided_at AS at FROM promise WHERE channel = ? AND paper = ? AND state IN ('waiting', 'due')",
      );
      const open = papers.map((paper) => select.get(channel, paper)).filter((row) => row !== undefined);
      return { papers: open.map(({ paper }) => paper), decidedAt: Math.min(...open.map(({ at }) => at)) };
    },

    has: (channel: string, paper: string): boolean =>
      db.prepare('SELECT 1 FROM promise WHERE channel = ? AND paper = ?').get(channel, paper) !== undefined,
  };
}
