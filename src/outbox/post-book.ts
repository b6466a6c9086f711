import type { Database } from '#src/foundation/database/database.ts';
import type { Destination } from './destination.ts';
import { nonceOf } from './nonce.ts';
import { type Post, type PostKind, type PostRow, postOf, type Step } from './post.ts';
import { AT_ONCE, LONGEST_FIRST_PAUSE, type Outcome } from './post-states.ts';
import type { Place, Span } from './receipt.ts';

export type NewPost = {
  place: Place;
  kind: PostKind;
  /** What makes its nonce. */
  key: string;
  papers: readonly string[];
  note: string | null;
  promisedAt: number;
  /** The nonce of the post in doubt that a notice asks about. */
  about?: string;
  steps?: readonly Step[];
};

type Doubted = Extract<Outcome, { to: 'unknown' }>;

const HAS_NO_HOLD = 'NOT EXISTS (SELECT 1 FROM hold WHERE hold.destination = post.destination)';
/** A channel on hold may take words though it takes no papers. */
export const NOT_HELD = `(post.kind = 'notice' OR ${HAS_NO_HOLD})`;

/** Of a notice, as `word`: it surely was not sent. One that may have arrived is not written a second time. */
export const IN_VAIN = "word.state = 'refused' AND word.doubt_since IS NULL";

export type PostBook = ReturnType<typeof openPostBook>;

/** The table of posts. */
export function openPostBook(db: Database) {
  const byId = 'SELECT * FROM post WHERE id = ?';
  // The first of each channel: a hundred words for one room of moderators hold up nobody else.
  const isReady = `state = 'packed' AND next_at <= ?1 AND ${NOT_HELD} AND NOT EXISTS (
    SELECT 1 FROM post AS other WHERE other.destination = post.destination AND other.settled_at IS NULL
    AND other.state = 'packed' AND other.next_at <= ?1 AND (other.next_at, other.id) < (post.next_at, post.id))`;
  const ready = `SELECT * FROM post WHERE ${isReady} ORDER BY next_at, id LIMIT ?2`;
  const readyCount = `SELECT count(*) AS n FROM (SELECT 1 FROM post WHERE ${isReady} AND ${HAS_NO_HOLD} LIMIT ?2)`;
  const busy = `SELECT 1 WHERE EXISTS (SELECT 1 FROM post WHERE state = 'attempted')
    OR EXISTS (SELECT 1 FROM post WHERE state = 'packed' AND next_at <= ?1 AND ${NOT_HELD})
    OR EXISTS (SELECT 1 FROM post WHERE state = 'unknown' AND next_at <= ?1 AND ${NOT_HELD})`;
  const overdue = `SELECT 1 FROM post WHERE state = 'packed' AND next_at < ? AND ${NOT_HELD} LIMIT 1`;
  const askAnew = `UPDATE post SET next_at = min(next_at, ?1), checks = 0
     WHERE state = 'unknown' AND (checks > 0 OR next_at > ?1 + ${LONGEST_FIRST_PAUSE})`;
  const underWay = "SELECT * FROM post WHERE state = 'attempted'";
  const attempt = `UPDATE post SET state = 'attempted', attempts = attempts + 1,
    first_attempt_at = coalesce(first_attempt_at, ?1), last_attempt_at = ?1,
    seek_from = CASE WHEN doubt_since IS NULL THEN ?3 ELSE min(seek_from, ?3) END,
    seek_until = CASE WHEN doubt_since IS NULL THEN ?4 ELSE max(seek_until, ?4) END
    WHERE id = ?2 AND state IN ('packed', 'unknown')
    AND ${NOT_HELD}`;
  const living = `SELECT * FROM post WHERE state = 'sent' AND kind = 'card' AND (settled_at, id) > (?, ?)
     ORDER BY settled_at, id LIMIT ?`;

  const insert = `INSERT INTO post
    (server, destination, place, kind, papers, note, nonce, about, steps, state, packed_at, promised_at, next_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'packed', ?, ?, ?) RETURNING *`;
  const sent = `UPDATE post SET state = 'sent', message = ?, message_channel = ?, settled_at = ?,
    step_at = CASE WHEN steps <> '[]' THEN ${AT_ONCE} END, doubt_since = NULL, reason = NULL WHERE id = ?`;
  const packed = `UPDATE post SET state = 'packed', next_at = ?, reason = ?, plain = ?, doubt_since = NULL, read_to = NULL,
     checks = 0, unheard = 0, told_at = NULL WHERE id = ?`;
  const unknown = `UPDATE post SET state = 'unknown', next_at = ?, reason = ?, doubt_since = ?, read_to = ?, checks = ?,
     unheard = ? WHERE id = ?`;
  const ended = 'UPDATE post SET state = ?, reason = ?, settled_at = ? WHERE id = ?';

  const byNonce = async (nonce: string): Promise<Post | null> => {
    const row = await db.get<PostRow>('SELECT * FROM post WHERE nonce = ? ORDER BY id DESC LIMIT 1', nonce);
    return row ? postOf(row) : null;
  };
  const get = async (id: number): Promise<Post | null> => {
    const row = await db.get<PostRow>(byId, id);
    return row ? postOf(row) : null;
  };

  const doubt = async (id: number, doubted: Doubted): Promise<void> => {
    const { nextAt, reason, doubtSince, readTo, checks, unheard } = doubted;
    await db.run(unknown, nextAt, reason, doubtSince, readTo, checks, Number(unheard), id);
  };

  return {
    get,
    byNonce,

    /** A new post, packed. Its nonce comes from what it is, so nothing that a restart changes goes into it. */
    async add(
      { place, kind, key, papers, note, promisedAt, about, steps }: NewPost,
      now: number,
    ): Promise<Post> {
      const { serverId, destination } = place;
      const values = [
        serverId,
        destination,
        place.kind,
        kind,
        JSON.stringify(papers),
        note,
        nonceOf(destination, kind, key),
        about ?? null,
        JSON.stringify(steps ?? []),
      ];
      const row = await db.get<PostRow>(insert, ...values, now, promisedAt, AT_ONCE);
      if (!row) throw new Error(`a post to ${destination} cannot be kept`);
      return postOf(row);
    },

    ready: async (now: number, limit: number): Promise<Post[]> =>
      (await db.all<PostRow>(ready, now, limit)).map(postOf),
    /** In how many channels a post is ready, those on hold left out; no more than `limit` are counted. */
    readyCount: async (now: number, limit: number): Promise<number> =>
      (await db.get<{ n: number }>(readyCount, now, limit))?.n ?? 0,
    /** Whether anything is under way, or could go or be made sure of at `now`. */
    isBusy: async (now: number): Promise<boolean> => (await db.get(busy, now)) !== undefined,
    /** Whether a packed post could have gone since before that instant. */
    isOverdue: async (before: number): Promise<boolean> => (await db.get(overdue, before)) !== undefined,
    /** What is in doubt is asked for without the pauses that grew before: whoever starts Paperboy may have mended something. */
    async askAnew(now: number): Promise<void> {
      await db.run(askAnew, now);
    },
    underWay: async (): Promise<Post[]> => (await db.all<PostRow>(underWay)).map(postOf),
    attempt: async (id: number, now: number, there: Span): Promise<boolean> =>
      (await db.run(attempt, now, id, there.from, there.until)).changes > 0,

    /** Packed posts of a channel, surely unsent; words to moderators left out where only papers are meant. */
    async packedIn(destination: Destination, limit: number, meant: 'papers' | 'all'): Promise<Post[]> {
      const papers = meant === 'papers' ? "AND kind <> 'notice'" : '';
      const sql = `SELECT * FROM post WHERE destination = ? AND state = 'packed' AND settled_at IS NULL ${papers} LIMIT ?`;
      return (await db.all<PostRow>(sql, destination, limit)).map(postOf);
    },

    /** Posts of a channel that may have been sent. */
    async doubtedIn(destination: Destination, limit: number): Promise<Post[]> {
      const sql =
        "SELECT * FROM post WHERE destination = ? AND state = 'unknown' AND settled_at IS NULL LIMIT ?";
      return (await db.all<PostRow>(sql, destination, limit)).map(postOf);
    },

    /** Posts in doubt since before that instant of which moderators do not know yet; no notices. What was told in vain by then is not known. */
    async longDoubted(before: number, limit: number, afterId: number): Promise<Post[]> {
      const isHeard = `EXISTS (SELECT 1 FROM post AS word WHERE word.about = post.nonce AND NOT (${IN_VAIN}))`;
      const sql = `SELECT * FROM post WHERE state = 'unknown' AND doubt_since < ?1
        AND (told_at IS NULL OR (told_at < ?1 AND NOT ${isHeard}))
        AND kind <> 'notice' AND id > ?2 ORDER BY id LIMIT ?3`;
      return (await db.all<PostRow>(sql, before, afterId, limit)).map(postOf);
    },

    async noteTold(id: number, now: number): Promise<void> {
      await db.run('UPDATE post SET told_at = ? WHERE id = ?', now, id);
    },

    /** Posts packed before that instant and surely unsent. */
    async packedBefore(before: number, limit: number): Promise<Post[]> {
      const sql = "SELECT * FROM post WHERE state = 'packed' AND kind <> 'notice' AND packed_at < ? LIMIT ?";
      return (await db.all<PostRow>(sql, before, limit)).map(postOf);
    },

    async move(id: number, outcome: Outcome, now: number): Promise<void> {
      if (outcome.to === 'sent') await db.run(sent, outcome.messageId, outcome.channelId, now, id);
      else if (outcome.to === 'packed')
        await db.run(packed, outcome.nextAt, outcome.reason, Number(outcome.plain), id);
      else if (outcome.to === 'unknown') await doubt(id, outcome);
      else await db.run(ended, outcome.to, outcome.reason, now, id);
    },

    async dissolve(id: number, reason: string, now: number): Promise<void> {
      await db.run(ended, 'dissolved', reason, now, id);
    },

    /** Forgets some posts of a server to which no promise belongs; returns how many. */
    async purge(server: string, limit: number): Promise<number> {
      const sql = `DELETE FROM post WHERE id IN (SELECT id FROM post WHERE server = ?
        AND NOT EXISTS (SELECT 1 FROM promise WHERE promise.post = post.id) LIMIT ?)`;
      return (await db.run(sql, server, limit)).changes;
    },

    living: async (settledAt: number, afterId: number, limit: number): Promise<Post[]> =>
      (await db.all<PostRow>(living, settledAt, afterId, limit)).map(postOf),

    async noteHeading(id: number, heading: string): Promise<void> {
      await db.run("UPDATE post SET note = ? WHERE id = ? AND kind IN ('digest', 'catch-up')", heading, id);
    },

    async noteShown(id: number, shown: string): Promise<void> {
      await db.run('UPDATE post SET shown = ? WHERE id = ?', shown, id);
    },

    /** Cards sent at or after that instant, or under way. */
    async cardsSince(destination: Destination, at: number): Promise<number> {
      const sql = `SELECT
        (SELECT count(*) FROM post WHERE destination = ?1 AND settled_at >= ?2 AND kind = 'card' AND state = 'sent') +
        (SELECT count(*) FROM post WHERE destination = ?1 AND settled_at IS NULL AND kind = 'card') AS n`;
      return (await db.get<{ n: number }>(sql, destination, at))?.n ?? 0;
    },
  };
}
