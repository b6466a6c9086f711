import type { Database } from '#src/foundation/database/database.ts';
import { type KeptPhrase, storedText } from '#src/wording/kept-phrase.ts';
import { nonceOf } from './nonce.ts';
import { type Post, type PostKind, type PostRow, postOf, type SecondStep } from './post.ts';
import { AT_ONCE, LONGEST_FIRST_PAUSE, type PostOutcome } from './post-states.ts';
import { NOT_HELD, openPostsFound } from './posts-found.ts';
import type { InstantSpan, PostPlace } from './receipt.ts';

type NewPost = {
  place: PostPlace;
  kind: PostKind;
  /** What makes its nonce. */
  key: string;
  papers: readonly string[];
  note: KeptPhrase | null;
  queuedAt: number;
  /** The nonce of the post in doubt that a notice asks about. */
  about?: string;
  steps?: readonly SecondStep[];
};

type Doubted = Extract<PostOutcome, { to: 'unknown' }>;

export type PostStore = ReturnType<typeof openPostStore>;

/** The table of posts. */
export function openPostStore(db: Database) {
  return { ...openPostsFound(db), ...openPostStates(db) };
}

function openPostStates(db: Database) {
  const askAnew = `UPDATE post SET next_at = min(next_at, ?1), checks = 0
     WHERE state = 'unknown' AND (checks > 0 OR next_at > ?1 + ${LONGEST_FIRST_PAUSE})`;
  const attempt = `UPDATE post SET state = 'attempted', attempts = attempts + 1,
    first_attempt_at = coalesce(first_attempt_at, ?1), last_attempt_at = ?1,
    seek_from = CASE WHEN doubt_since IS NULL THEN ?3 ELSE min(seek_from, ?3) END,
    seek_until = CASE WHEN doubt_since IS NULL THEN ?4 ELSE max(seek_until, ?4) END
    WHERE id = ?2 AND state IN ('packed', 'unknown')
    AND ${NOT_HELD}`;
  const insert = `INSERT INTO post
    (server, destination, place, kind, papers, note, nonce, about, steps, state, packed_at, queued_at, next_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'packed', ?, ?, ?) RETURNING *`;
  const sent = `UPDATE post SET state = 'sent', message = ?, message_channel = ?, settled_at = ?,
    step_at = CASE WHEN steps <> '[]' THEN ${AT_ONCE} END, doubt_since = NULL, reason = NULL WHERE id = ?`;
  const packed = `UPDATE post SET state = 'packed', next_at = ?, reason = ?, plain = ?, doubt_since = NULL, read_to = NULL,
     checks = 0, unheard = 0, notified_at = NULL WHERE id = ?`;
  const unknown = `UPDATE post SET state = 'unknown', next_at = ?, reason = ?, doubt_since = ?, read_to = ?, checks = ?,
     unheard = ? WHERE id = ?`;
  const ended = 'UPDATE post SET state = ?, reason = ?, settled_at = ? WHERE id = ?';

  const doubt = async (id: number, doubted: Doubted): Promise<void> => {
    const { nextAt, reason, doubtSince, readTo, checks, unheard } = doubted;
    await db.run(unknown, nextAt, storedText(reason), doubtSince, readTo, checks, Number(unheard), id);
  };

  return {
    /** A new post, packed. Its nonce comes from what it is, so nothing that a restart changes goes into it. */
    async add(
      { place, kind, key, papers, note, queuedAt, about, steps }: NewPost,
      now: number,
    ): Promise<Post> {
      const { serverId, destination } = place;
      const values = [
        serverId,
        destination,
        place.kind,
        kind,
        JSON.stringify(papers),
        note && storedText(note),
        nonceOf(destination, kind, key),
        about ?? null,
        JSON.stringify(steps ?? []),
      ];
      const [row] = await db.all<PostRow>(insert, ...values, now, queuedAt, AT_ONCE);
      return postOf(row);
    },

    /** What is in doubt is asked for without the pauses that grew before: whoever starts Paperboy may have mended something. */
    async askAnew(now: number): Promise<void> {
      await db.run(askAnew, now);
    },
    attempt: async (id: number, now: number, there: InstantSpan): Promise<boolean> =>
      (await db.run(attempt, now, id, there.from, there.until)).changes > 0,

    async noteNotified(id: number, now: number): Promise<void> {
      await db.run('UPDATE post SET notified_at = ? WHERE id = ?', now, id);
    },

    async move(id: number, outcome: PostOutcome, now: number): Promise<void> {
      if (outcome.to === 'sent') await db.run(sent, outcome.messageId, outcome.channelId, now, id);
      else if (outcome.to === 'packed')
        await db.run(
          packed,
          outcome.nextAt,
          outcome.reason && storedText(outcome.reason),
          Number(outcome.plain),
          id,
        );
      else if (outcome.to === 'unknown') await doubt(id, outcome);
      else await db.run(ended, outcome.to, storedText(outcome.reason), now, id);
    },

    async dissolve(id: number, reason: KeptPhrase, now: number): Promise<void> {
      await db.run(ended, 'dissolved', storedText(reason), now, id);
    },

    /** Forgets some posts of a server to which no entry belongs; returns how many. */
    async purge(server: string, limit: number): Promise<number> {
      const sql = `DELETE FROM post WHERE id IN (SELECT id FROM post WHERE server = ?
        AND NOT EXISTS (SELECT 1 FROM entry WHERE entry.post = post.id) LIMIT ?)`;
      return (await db.run(sql, server, limit)).changes;
    },

    async noteHeading(id: number, heading: KeptPhrase): Promise<void> {
      await db.run(
        "UPDATE post SET note = ? WHERE id = ? AND kind IN ('digest', 'catch-up')",
        storedText(heading),
        id,
      );
    },

    async notePinged(id: number, now: number): Promise<void> {
      await db.run('UPDATE post SET pinged_at = ? WHERE id = ?', now, id);
    },

    async wasPinged({ id, place }: Pick<Post, 'id' | 'place'>, since: number): Promise<boolean> {
      const row = await db.get(
        `SELECT 1 FROM post WHERE destination = ? AND pinged_at > ? AND id <> ?
        AND state IN ('attempted', 'unknown', 'sent') LIMIT 1`,
        place.destination,
        since,
        id,
      );
      return row !== undefined;
    },

    async noteDeleted(id: number, now: number): Promise<boolean> {
      const sql =
        "UPDATE post SET deleted_at = ?, steps = '[]', step_at = NULL WHERE id = ? AND deleted_at IS NULL";
      return (await db.run(sql, now, id)).changes > 0;
    },

    async noteShown(id: number, shown: string): Promise<void> {
      await db.run('UPDATE post SET shown = ? WHERE id = ?', shown, id);
    },
  };
}
