import type { Database } from '#src/foundation/database/database.ts';
import type { Destination } from './destination.ts';
import { IS_ALERT, type Post, type PostRow, postOf } from './post.ts';

const HAS_NO_HOLD = 'NOT EXISTS (SELECT 1 FROM hold WHERE hold.destination = post.destination)';
/** A channel on hold may take words though it takes no papers. */
export const NOT_HELD = `(post.kind = 'notice' OR ${HAS_NO_HOLD})`;

/** Of a notice, as `word`: it surely was not sent. One that may have arrived is not written a second time. */
export const IN_VAIN = "word.state = 'refused' AND word.doubt_since IS NULL";

/** Which posts can go, are in doubt, or were sent. */
export function openPostsFound(db: Database) {
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
  const underWay = "SELECT * FROM post WHERE state = 'attempted'";
  const living = `SELECT * FROM post WHERE state = 'sent' AND kind = 'card' AND deleted_at IS NULL AND (settled_at, id) > (?, ?)
     ORDER BY settled_at, id LIMIT ?`;

  const byNonce = async (nonce: string): Promise<Post | null> => {
    const row = await db.get<PostRow>('SELECT * FROM post WHERE nonce = ? ORDER BY id DESC LIMIT 1', nonce);
    return row ? postOf(row) : null;
  };
  const get = async (id: number): Promise<Post | null> => {
    const row = await db.get<PostRow>(byId, id);
    return row ? postOf(row) : null;
  };

  const exampleOf = async (subscription: string): Promise<Post | null> => {
    const sql = "SELECT * FROM post WHERE about = ? AND kind = 'example' ORDER BY id DESC LIMIT 1";
    const row = await db.get<PostRow>(sql, subscription);
    return row ? postOf(row) : null;
  };

  return {
    get,
    byNonce,
    /** The newest example of a subscription; null: there is none. */
    exampleOf,

    ready: async (now: number, limit: number): Promise<Post[]> =>
      (await db.all<PostRow>(ready, now, limit)).map(postOf),
    /** In how many channels a post is ready, those on hold left out; no more than `limit` are counted. */
    readyCount: async (now: number, limit: number): Promise<number> =>
      (await db.all<{ n: number }>(readyCount, now, limit))[0].n,
    /** Whether anything is under way, or could go or be made sure of at `now`. */
    isBusy: async (now: number): Promise<boolean> => (await db.get(busy, now)) !== undefined,
    /** Whether a packed post could have gone since before that instant. */
    isOverdue: async (before: number): Promise<boolean> => (await db.get(overdue, before)) !== undefined,
    underWay: async (): Promise<Post[]> => (await db.all<PostRow>(underWay)).map(postOf),
    /** Packed posts of a channel, surely unsent; words to moderators left out where only papers are meant. */
    async packedIn(destination: Destination, limit: number, meant: 'papers' | 'all'): Promise<Post[]> {
      const kinds = { papers: "kind <> 'notice'", all: 'true' }[meant];
      const sql = `SELECT * FROM post WHERE destination = ? AND state = 'packed' AND settled_at IS NULL AND ${kinds} LIMIT ?`;
      return (await db.all<PostRow>(sql, destination, limit)).map(postOf);
    },

    /** Posts of a channel that may have been sent. */
    async doubtedIn(destination: Destination, limit: number): Promise<Post[]> {
      const sql =
        "SELECT * FROM post WHERE destination = ? AND state = 'unknown' AND settled_at IS NULL LIMIT ?";
      return (await db.all<PostRow>(sql, destination, limit)).map(postOf);
    },

    /** Posts in doubt since before that instant of which moderators do not know yet; alerts alone. What was told in vain by then is not known. */
    async longDoubted(before: number, limit: number, afterId: number): Promise<Post[]> {
      const isHeard = `EXISTS (SELECT 1 FROM post AS word WHERE word.about = post.nonce AND NOT (${IN_VAIN}))`;
      const sql = `SELECT * FROM post WHERE state = 'unknown' AND doubt_since < ?1
        AND (notified_at IS NULL OR (notified_at < ?1 AND NOT ${isHeard}))
        AND ${IS_ALERT} AND id > ?2 ORDER BY id LIMIT ?3`;
      return (await db.all<PostRow>(sql, before, afterId, limit)).map(postOf);
    },

    /** Posts packed before that instant and surely unsent. */
    async packedBefore(before: number, limit: number): Promise<Post[]> {
      const sql = "SELECT * FROM post WHERE state = 'packed' AND kind <> 'notice' AND packed_at < ? LIMIT ?";
      return (await db.all<PostRow>(sql, before, limit)).map(postOf);
    },

    living: async (settledAt: number, afterId: number, limit: number): Promise<Post[]> =>
      (await db.all<PostRow>(living, settledAt, afterId, limit)).map(postOf),

    /** Cards sent at or after that instant, or under way. */
    async cardsSince(destination: Destination, at: number): Promise<number> {
      const sql = `SELECT
        (SELECT count(*) FROM post WHERE destination = ?1 AND settled_at >= ?2 AND kind = 'card' AND state = 'sent') +
        (SELECT count(*) FROM post WHERE destination = ?1 AND settled_at IS NULL AND kind = 'card') AS n`;
      return (await db.all<{ n: number }>(sql, destination, at))[0].n;
    },
  };
}
