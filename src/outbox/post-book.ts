import type { Database } from '#src/foundation/database.ts';
import { nonceOf } from './nonce.ts';
import { type Post, type PostKind, type PostRow, postOf } from './post.ts';
import type { Outcome } from './post-states.ts';
import type { Place } from './receipt.ts';

export type NewPost = {
  place: Place;
  kind: PostKind;
  /** What makes its nonce. */
  key: string;
  papers: readonly string[];
  note: string | null;
  promisedAt: number;
};

export type PostBook = ReturnType<typeof openPostBook>;

/** The table of posts. */
export function openPostBook(db: Database) {
  const byId = db.prepare<PostRow>('SELECT * FROM post WHERE id = ?');
  const notHeld = 'NOT EXISTS (SELECT 1 FROM hold WHERE hold.channel = post.channel)';
  const ready = db.prepare<PostRow>(
    `SELECT * FROM post WHERE state = 'packed' AND next_at <= ? AND ${notHeld} ORDER BY next_at LIMIT ?`,
  );
  const readyCount = db.prepare<{ n: number }>(
    `SELECT count(*) AS n FROM post WHERE state = 'packed' AND next_at <= ? AND ${notHeld}`,
  );
  const unsettled = db.prepare<PostRow>(
    `SELECT * FROM post WHERE state = 'unknown' AND next_at <= ? AND ${notHeld} ORDER BY next_at LIMIT ?`,
  );
  const underWay = db.prepare<PostRow>("SELECT * FROM post WHERE state = 'attempted'");
  const attempt = db.prepare(`UPDATE post SET state = 'attempted', attempts = attempts + 1,
    first_attempt_at = coalesce(first_attempt_at, ?1), last_attempt_at = ?1
    WHERE id = ?2 AND state IN ('packed', 'unknown')
    AND ${notHeld}`);
  const living = db.prepare<PostRow>(
    "SELECT * FROM post WHERE state = 'sent' AND kind = 'card' AND settled_at >= ? AND id > ? ORDER BY id LIMIT ?",
  );

  const insert = db.prepare(`INSERT INTO post
    (server, channel, place, kind, papers, note, nonce, state, packed_at, promised_at, next_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, 'packed', ?, ?, ?)`);
  const sent = db.prepare(`UPDATE post SET state = 'sent', message = ?, message_channel = ?, settled_at = ?,
    doubt_since = NULL, reason = NULL WHERE id = ?`);
  const packed = db.prepare(
    "UPDATE post SET state = 'packed', next_at = ?, reason = ?, doubt_since = NULL WHERE id = ?",
  );
  const unknown = db.prepare(
    "UPDATE post SET state = 'unknown', next_at = ?, reason = ?, doubt_since = ? WHERE id = ?",
  );
  const ended = db.prepare('UPDATE post SET state = ?, reason = ?, settled_at = ? WHERE id = ?');

  const byNonce = (nonce: string): Post | null => {
    const row = db.prepare<PostRow>('SELECT * FROM post WHERE nonce = ? ORDER BY id DESC LIMIT 1').get(nonce);
    return row ? postOf(row) : null;
  };
  const get = (id: number): Post | null => {
    const row = byId.get(id);
    return row ? postOf(row) : null;
  };

  return {
    get,
    byNonce,

    /** A new post, packed. Its nonce comes from what it is, so nothing that a restart changes goes into it. */
    add({ place, kind, key, papers, note, promisedAt }: NewPost, now: number): number {
      const { serverId, channelId } = place;
      const values = [
        serverId,
        channelId,
        place.kind,
        kind,
        JSON.stringify(papers),
        note,
        nonceOf(channelId, kind, key),
      ];
      return insert.run(...values, now, promisedAt, now).id;
    },

    ready: (now: number, limit: number): Post[] => ready.all(now, limit).map(postOf),
    readyCount: (now: number): number => readyCount.get(now)?.n ?? 0,
    unsettled: (now: number, limit: number): Post[] => unsettled.all(now, limit).map(postOf),
    underWay: (): Post[] => underWay.all().map(postOf),
    attempt: (id: number, now: number): boolean => attempt.run(now, id).changes > 0,

    /** Packed posts of a channel: surely unsent. */
    packedIn(channel: string): Post[] {
      const sql = "SELECT * FROM post WHERE channel = ? AND state = 'packed' AND settled_at IS NULL";
      return db.prepare<PostRow>(sql).all(channel).map(postOf);
    },

    /** Posts packed before that instant and surely unsent. */
    packedBefore(before: number): Post[] {
      const sql = "SELECT * FROM post WHERE state = 'packed' AND kind <> 'notice' AND packed_at < ?";
      return db.prepare<PostRow>(sql).all(before).map(postOf);
    },

    move(id: number, outcome: Outcome, now: number): void {
      if (outcome.to === 'sent') sent.run(outcome.messageId, outcome.channelId, now, id);
      else if (outcome.to === 'packed') packed.run(outcome.nextAt, outcome.reason, id);
      else if (outcome.to === 'unknown') unknown.run(outcome.nextAt, outcome.reason, outcome.doubtSince, id);
      else ended.run(outcome.to, outcome.reason, now, id);
    },

    dissolve(id: number, reason: string, now: number): void {
      ended.run('dissolved', reason, now, id);
    },

    living: (since: number, afterId: number, limit: number): Post[] =>
      living.all(since, afterId, limit).map(postOf),

    noteShown(id: number, shown: string): void {
      db.prepare('UPDATE post SET shown = ? WHERE id = ?').run(shown, id);
    },

    /** Cards sent at or after that instant, or under way. */
    cardsSince(channel: string, at: number): number {
      const sql = `SELECT
        (SELECT count(*) FROM post WHERE channel = ?1 AND settled_at >= ?2 AND kind = 'card' AND state = 'sent') +
        (SELECT count(*) FROM post WHERE channel = ?1 AND settled_at IS NULL AND kind = 'card') AS n`;
      return db.prepare<{ n: number }>(sql).get(channel, at)?.n ?? 0;
    },
  };
}
