import type { Database, Value } from '#src/foundation/database/database.ts';
import type { Destination } from './destination.ts';
import { openRounds, type Turn } from './due-round.ts';
import { type Lane, type NewPromise, type Promised, type PromiseRow, promisedOf } from './promise.ts';

/** One thing to post: a card's single promise, or all that a channel's digest or catch-up takes, the best first. */
export type Due = { serverId: string; destination: Destination; lane: Lane; promises: readonly Promised[] };

/** More than a message can show: the rest of a digest stands behind its buttons. */
const DIGEST_AT_MOST = 250;

/** Nobody wanted it when it was to go: no post ever held it, so that it may be promised again when it is news for another. */
const TAKEN_BACK = "promise.state = 'refused' AND promise.post IS NULL";

export type PromiseBook = ReturnType<typeof openPromiseBook>;

/** The table of promises. State changes are checked in SQL: one that was settled meanwhile is left alone. */
export function openPromiseBook(db: Database) {
  // In a channel on hold it is held at once.
  const insert = `WITH made (server, destination, paper, subscriptions, why, score, lane, decided_at, due_at) AS (
      VALUES (?, ?, ?, ?, ?, CAST(? AS DOUBLE PRECISION), ?, CAST(? AS BIGINT), CAST(? AS BIGINT))
    ) INSERT INTO promise (server, destination, paper, subscriptions, why, score, lane, decided_at, due_at, state)
    SELECT made.*, CASE WHEN EXISTS (SELECT 1 FROM hold WHERE hold.destination = made.destination) THEN 'held'
      WHEN due_at <= decided_at THEN 'due' ELSE 'waiting' END FROM made WHERE true
    ON CONFLICT (paper, destination) DO UPDATE SET (subscriptions, why, score, lane, decided_at, due_at, state, settled_at, reason) =
      (excluded.subscriptions, excluded.why, excluded.score, excluded.lane, excluded.decided_at, excluded.due_at,
       excluded.state, NULL, NULL)
    WHERE ${TAKEN_BACK} AND NOT EXISTS
      (SELECT 1 FROM hold WHERE hold.destination = excluded.destination AND code IN ('channel-gone', 'server-left'))`;
  const later = `SELECT * FROM promise WHERE destination = ?1 AND paper = ?2 AND state = 'waiting' AND due_at > ?3
     AND NOT EXISTS (SELECT 1 FROM hold WHERE hold.destination = ?1)`;
  const bringForward = `UPDATE promise SET subscriptions = ?3, why = ?4, score = ?5, lane = ?6, decided_at = ?1, due_at = ?2,
     state = CASE WHEN ?2 <= ?1 THEN 'due' ELSE 'waiting' END WHERE id = ?7`;
  const some = (where: string) => `id IN (SELECT id FROM promise WHERE ${where} LIMIT ?)`;
  const wake = `UPDATE promise SET state = 'due' WHERE ${some("state = 'waiting' AND due_at <= ? ORDER BY due_at")}`;
  const nextRound = openRounds(db);
  const dueOfLane = `SELECT * FROM promise WHERE state = 'due' AND server = ? AND destination = ? AND lane = ?
     ORDER BY score DESC, id LIMIT ?`;
  const take =
    "UPDATE promise SET state = 'packed', post = ? WHERE destination = ? AND paper = ? AND state IN ('waiting', 'due')";

  const ofDue = some("state = 'due' AND server = ? AND destination = ?");
  const ofWaiting = some("state = 'waiting' AND destination = ?");
  const ofHeld = some("state = 'held' AND destination = ?");
  const holdDue = `UPDATE promise SET state = 'held', reason = ? WHERE ${ofDue}`;
  const holdWaiting = `UPDATE promise SET state = 'held', reason = ? WHERE ${ofWaiting}`;
  const release = `UPDATE promise SET state = 'due', lane = 'catch-up', due_at = ? WHERE ${ofHeld}`;
  const refusing = "UPDATE promise SET state = 'refused', reason = ?, settled_at = ? WHERE";
  const abandonDue = `${refusing} ${ofDue}`;
  const abandonWaiting = `${refusing} ${ofWaiting}`;
  const abandonHeld = `${refusing} ${ofHeld}`;
  const gather = `UPDATE promise SET lane = 'catch-up', due_at = ?
     WHERE ${some("state = 'due' AND due_at < ? AND lane <> 'catch-up'")}`;
  const anyDue =
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM promise WHERE state = 'due' AND NOT EXISTS (SELECT 1 FROM hold WHERE hold.destination = promise.destination))";
  const isFree = `NOT EXISTS (
    SELECT 1 FROM post WHERE post.destination = promise.destination AND settled_at IS NULL
    AND (state = 'attempted' OR (state = 'packed' AND next_at > ?2)))`;
  const overdue = `SELECT 1 WHERE
    EXISTS (SELECT 1 FROM promise WHERE state = 'due' AND lane <> 'catch-up' AND due_at < ?1 AND ${isFree})
    OR EXISTS (SELECT 1 FROM promise WHERE state = 'due' AND lane = 'catch-up' AND due_at < ?1 AND ${isFree})
    OR EXISTS (SELECT 1 FROM promise WHERE state = 'waiting' AND due_at < ?1 AND ${isFree})`;

  const dueItem = async (row: PromiseRow): Promise<Due> => {
    const lane = row.lane as Lane;
    const rows =
      lane === 'card'
        ? [row]
        : await db.all<PromiseRow>(dueOfLane, row.server, row.destination, lane, DIGEST_AT_MOST);
    return { serverId: row.server, destination: row.destination, lane, promises: rows.map(promisedOf) };
  };

  /** What waits for the hour of one is news for another of the channel, who wants it sooner: it comes once, and then. */
  const advance = async (promise: NewPromise): Promise<void> => {
    const { destination, paper, score, lane, decidedAt, dueAt, why } = promise;
    const row = await db.get<PromiseRow>(later, destination, paper, dueAt);
    if (!row) return;
    const known = promisedOf(row).subscriptions;
    if (promise.subscriptions.every((id) => known.includes(id))) return;
    const wanting = [...new Set([...promise.subscriptions, ...known])];
    const texts = [JSON.stringify(wanting), JSON.stringify(why ?? null)];
    await db.run(bringForward, decidedAt, dueAt, ...texts, score, lane, row.id);
  };

  return {
    /** Returns how many were not there before. What was there may come sooner now. */
    add: (promises: readonly NewPromise[]): Promise<number> =>
      db.transaction(async () => {
        const { changes } = await db.insert(insert, promises.map(valuesOf));
        if (changes < promises.length) for (const promise of promises) await advance(promise);
        return changes;
      }),

    /** Makes due what has waited for its hour, at most `limit`, the longest first. Returns how many. */
    wake: async (now: number, limit: number): Promise<number> => (await db.run(wake, now, limit)).changes,

    /** Whether something is due since before that instant, in a channel that could take it at `now`. */
    isOverdue: async (before: number, now: number): Promise<boolean> =>
      (await db.get(overdue, before, now)) !== undefined,
    /** Whether anything is due that could go. */
    isDue: async (): Promise<boolean> => (await db.get(anyDue)) !== undefined,

    /** What is due, at most `limit`, each channel once. Also returns where the round ended. */
    async due(limit: number, after: Turn): Promise<{ due: Due[]; last: Turn }> {
      if (limit <= 0) return { due: [], last: after };
      const { heads, last } = await nextRound(limit, after);
      const due: Due[] = [];
      for (const row of heads) due.push(await dueItem(row));
      return { due, last };
    },

    /** Binds an open promise to a post. */
    take: async (destination: Destination, paper: string, post: number): Promise<void> => {
      await db.run(take, post, destination, paper);
    },

    /** Open promises of a channel wait until it is released. Each of these moves at most `limit` and returns how many. */
    async hold(server: string, destination: Destination, reason: string, limit: number): Promise<number> {
      const due = (await db.run(holdDue, reason, server, destination, room(limit))).changes;
      return due + (await db.run(holdWaiting, reason, destination, room(limit - due))).changes;
    },

    /** Held promises of a channel go with its next catch-up. */
    release: async (destination: Destination, now: number, limit: number): Promise<number> =>
      (await db.run(release, now, destination, limit)).changes,

    /** All that is open there ends, refused. */
    async abandon(
      server: string,
      destination: Destination,
      reason: string,
      now: number,
      limit: number,
    ): Promise<number> {
      const due = (await db.run(abandonDue, reason, now, server, destination, room(limit))).changes;
      const waiting = (await db.run(abandonWaiting, reason, now, destination, room(limit - due))).changes;
      return (
        due +
        waiting +
        (await db.run(abandonHeld, reason, now, destination, room(limit - due - waiting))).changes
      );
    },

    /** Cards and digests due before that instant go with their channel's catch-up. */
    gather: async (before: number, now: number, limit: number): Promise<number> =>
      (await db.run(gather, now, before, limit)).changes,

    heldIn: async (destination: Destination): Promise<number> =>
      (
        await db.get<{ n: number }>(
          "SELECT count(*) AS n FROM promise WHERE destination = ? AND state = 'held'",
          destination,
        )
      )?.n ?? 0,

    /** Forgets those of a server among the ids after `from`, up to `to`. False when there are no later ones. */
    async purge(server: string, from: number, to: number): Promise<boolean> {
      await db.run('DELETE FROM promise WHERE server = ? AND id > ? AND id <= ?', server, from, to);
      return (await db.get('SELECT 1 FROM promise WHERE id > ? LIMIT 1', to)) !== undefined;
    },

    async defer(
      destination: Destination,
      paper: string,
      dueAt: number,
      lane: Lane = 'digest',
    ): Promise<boolean> {
      return (
        (
          await db.run(
            `UPDATE promise SET state = 'waiting', lane = ?, due_at = ?
             WHERE destination = ? AND paper = ? AND (state = 'waiting' OR state = 'due')`,
            lane,
            dueAt,
            destination,
            paper,
          )
        ).changes > 0
      );
    },

    async tellAnew(
      destination: Destination,
      paper: string,
      subscriptions: readonly string[],
      why: unknown,
    ): Promise<void> {
      await db.run(
        `UPDATE promise SET subscriptions = ?, why = ?
         WHERE destination = ? AND paper = ? AND (state = 'waiting' OR state = 'due')`,
        JSON.stringify(subscriptions),
        JSON.stringify(why),
        destination,
        paper,
      );
    },

    async refuse(destination: Destination, paper: string, reason: string, now: number): Promise<boolean> {
      return (
        (
          await db.run(
            `UPDATE promise SET state = 'refused', reason = ?, settled_at = ?
             WHERE destination = ? AND paper = ? AND (state = 'waiting' OR state = 'due' OR state = 'held')`,
            reason,
            now,
            destination,
            paper,
          )
        ).changes > 0
      );
    },

    /** The promises of a post that is settled. */
    async settle(post: number, state: 'sent' | 'refused', reason: string | null, now: number): Promise<void> {
      await db.run(
        'UPDATE promise SET state = ?, reason = ?, settled_at = ? WHERE post = ?',
        state,
        reason,
        now,
        post,
      );
    },

    /** The promises of a post that surely was not sent, back into their channel's wait. */
    async unpack(
      post: number,
      state: 'held' | 'due',
      lane: Lane | null,
      reason: string | null,
      now: number,
    ): Promise<void> {
      await db.run(
        `UPDATE promise SET state = ?, post = NULL, lane = coalesce(?, lane), reason = ?, due_at = ? WHERE post = ?`,
        state,
        lane,
        reason,
        now,
        post,
      );
    },

    /** Those of the papers that are still to be packed, in their order, with the instant the oldest was decided. */
    async openOf(
      destination: Destination,
      papers: readonly string[],
    ): Promise<{ papers: string[]; decidedAt: number }> {
      const select =
        "SELECT paper, decided_at AS at FROM promise WHERE destination = ? AND paper = ? AND state IN ('waiting', 'due')";
      const open: { paper: string; at: number }[] = [];
      for (const paper of papers) {
        const row = await db.get<{ paper: string; at: number }>(select, destination, paper);
        if (row) open.push(row);
      }
      return { papers: open.map(({ paper }) => paper), decidedAt: Math.min(...open.map(({ at }) => at)) };
    },

    /** Whether it waits for an hour after that instant: till then another may want it sooner. */
    waitsBeyond: async (destination: Destination, paper: string, at: number): Promise<boolean> =>
      (await db.get<PromiseRow>(later, destination, paper, at)) !== undefined,

    has: async (destination: Destination, paper: string): Promise<boolean> =>
      (await db.get(
        `SELECT 1 FROM promise WHERE destination = ? AND paper = ? AND NOT (${TAKEN_BACK})`,
        destination,
        paper,
      )) !== undefined,
  };
}

function valuesOf(promise: NewPromise): Value[] {
  const { serverId, destination, paper, subscriptions, why, score, lane, decidedAt, dueAt } = promise;
  const texts = [JSON.stringify(subscriptions), JSON.stringify(why ?? null)];
  return [serverId, destination, paper, ...texts, score, lane, decidedAt, dueAt];
}

/** SQLite reads a negative LIMIT as none. */
function room(limit: number): number {
  return Math.max(0, limit);
}
