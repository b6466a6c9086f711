import type { Database } from '#src/foundation/database/database.ts';
import type { LastKnown } from './last-known.ts';
import { growing } from './post-states.ts';

/**
 * One trouble of a channel, for one reason: from the first refusal until a post of papers arrives there. To try whether it
 * works again does not end it. Instants are UTC ms.
 */
export type Episode = {
  id: number;
  serverId: string;
  channelId: string;
  code: string;
  reason: string;
  /** When the channel's trouble began, for whatever reason. */
  since: number;
  /** Of a channel that was deleted. */
  last: LastKnown | null;
  endedAt: number | null;
  /** The post that told the moderators, perhaps of others with it; null while nobody was told. */
  notice: number | null;
  /** How often nobody could be told. */
  tries: number;
  /** Whether something is left to say: that it began, or, to who was told, that it ended. */
  isPending: boolean;
};

export type NewEpisode = Pick<Episode, 'serverId' | 'channelId' | 'code' | 'reason' | 'since' | 'last'>;

type Row = Omit<Episode, 'isPending' | 'last'> & { pending: number; last: string | null };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A server keeps so many that have ended, for so long. */
const KEPT = 100;
const KEPT_MS = 400 * DAY;

const COLUMNS = `id, server AS serverId, channel AS channelId, code, reason, since, ended_at AS endedAt, notice, tries,
  pending, last`;

/** A channel that was deleted when nothing was subscribed there. */
const NO_PAUSE = "code = 'channel-gone' AND ended_at = since AND notice IS NULL";

export type Episodes = ReturnType<typeof openEpisodes>;

/** Every channel's troubles: who was told of which, and what Paperboy itself paused when. */
export function openEpisodes(db: Database) {
  const open = db.prepare<Row>(
    `SELECT ${COLUMNS} FROM episode WHERE channel = ? AND ended_at IS NULL ORDER BY id`,
  );
  const insert = db.prepare(
    'INSERT INTO episode (server, channel, code, reason, since, last, pending) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const waiting = db.prepare<Row>(
    `SELECT ${COLUMNS} FROM episode WHERE pending = 1 AND id > ?1 AND (next_at <= ?2 OR next_at > ?2 + ${DAY})
     ORDER BY id LIMIT ?3`,
  );
  const ofChannel = db.prepare<Row>(`SELECT ${COLUMNS} FROM episode WHERE channel = ? AND pending = 1`);
  const untold = db.prepare(
    'SELECT 1 FROM episode WHERE channel = ? AND pending = 1 AND ended_at IS NULL AND notice IS NULL LIMIT 1',
  );
  const one = db.prepare<Row>(`SELECT ${COLUMNS} FROM episode WHERE id = ?`);
  const untoldIn = db.prepare<Row>(
    `SELECT ${COLUMNS} FROM episode WHERE server = ?1 AND pending = 1 AND ended_at IS NULL AND notice IS NULL
     AND (next_at <= ?2 OR next_at > ?2 + ${DAY}) ORDER BY id`,
  );
  const toldBy = db.prepare<Row>(`SELECT ${COLUMNS} FROM episode WHERE notice = ? ORDER BY id`);
  const last = db.prepare<{ last: string }>(
    'SELECT last FROM episode WHERE channel = ? AND last IS NOT NULL ORDER BY id DESC LIMIT 1',
  );
  const ofServer = db.prepare<Row>(
    `SELECT ${COLUMNS} FROM episode WHERE server = ? AND NOT (${NO_PAUSE}) ORDER BY id DESC LIMIT ${KEPT}`,
  );
  const end = db.prepare(
    'UPDATE episode SET ended_at = ?1, next_at = 0, pending = notice IS NOT NULL WHERE channel = ?2 AND ended_at IS NULL',
  );
  const trim = db.prepare(`DELETE FROM episode WHERE server = ?1 AND ended_at IS NOT NULL AND pending = 0
    AND id < (SELECT id FROM episode WHERE server = ?1 ORDER BY id DESC LIMIT 1 OFFSET ${KEPT})`);

  const openIn = (channelId: string): Episode[] => open.all(channelId).map(episodeOf);

  return {
    openIn,

    /**
     * Notes that the channel refuses for that reason; null where it was noted since it took papers last. `isTold`: the
     * moderators know of it already.
     */
    begin({ serverId, channelId, code, reason, since, last }: NewEpisode, isTold = false): Episode | null {
      const present = openIn(channelId);
      if (present.some((one) => one.reason === reason)) return null;
      const began = Math.min(since, ...present.map((one) => one.since));
      const known = last === null ? null : JSON.stringify(last);
      const { id } = insert.run(serverId, channelId, code, reason, began, known, Number(!isTold));
      trim.run(serverId);
      return openIn(channelId).find((one) => one.id === id) ?? null;
    },
    /** The channel took papers. Returns whether it was in trouble. */
    end: (channelId: string, now: number): boolean => end.run(now, channelId).changes > 0,
    /** Nothing comes there any more, and nothing is left to say of it; `but`: of everything but this. */
    close(channelId: string, now: number, but = 0): void {
      db.prepare(
        'UPDATE episode SET ended_at = ?, pending = 0 WHERE channel = ? AND ended_at IS NULL AND id <> ?',
      ).run(now, channelId, but);
    },

    /** Those of which something is left to say at `now`, in pages by id. */
    pending: (now: number, limit: number, afterId = 0): Episode[] =>
      waiting.all(afterId, now, limit).map(episodeOf),
    pendingIn: (channelId: string): Episode[] => ofChannel.all(channelId).map(episodeOf),
    /** Whether there is trouble in a channel of which nobody could be told. */
    isUntold: (channelId: string): boolean => untold.get(channelId) !== undefined,
    episode: (id: number): Episode | null => {
      const row = one.get(id);
      return row ? episodeOf(row) : null;
    },
    /** The server's troubles that nobody was told of and that can be told at `now`, the oldest first. */
    untoldIn: (serverId: string, now: number): Episode[] => untoldIn.all(serverId, now).map(episodeOf),
    /** All that one notice told of. */
    toldBy: (notice: number): Episode[] => toldBy.all(notice).map(episodeOf),
    /** Keeps it of a channel that was deleted when nothing was subscribed there: nobody is told. */
    keepLast(serverId: string, channelId: string, reason: string, known: LastKnown, now: number): void {
      db.transaction(() => {
        const { id } = insert.run(serverId, channelId, 'channel-gone', reason, now, JSON.stringify(known), 0);
        db.prepare('UPDATE episode SET ended_at = since WHERE id = ?').run(id);
        trim.run(serverId);
      });
    },
    /** What was known of a channel when it was deleted; null where nothing is. */
    lastKnown(channelId: string): LastKnown | null {
      const row = last.get(channelId);
      return row ? JSON.parse(row.last) : null;
    },
    noteTelling(id: number, notice: number): void {
      db.prepare('UPDATE episode SET notice = ?, next_at = 0 WHERE id = ?').run(notice, id);
    },
    /** What was to be said is said, or nobody is there to hear it. */
    noteTold(id: number): void {
      db.prepare('UPDATE episode SET pending = 0 WHERE id = ?').run(id);
    },
    /** It could not be said. `isAsked`: Discord refused it, and is asked again after a pause that grows. */
    noteNotTold({ id, tries }: Episode, isAsked: boolean, now: number): void {
      const sql = 'UPDATE episode SET notice = NULL, tries = tries + 1, next_at = ? WHERE id = ?';
      db.prepare(sql).run(isAsked ? now + growing(HOUR, DAY, tries) : now, id);
    },

    /** What Paperboy paused in a server, the newest first. */
    ofServer: (serverId: string): Episode[] => ofServer.all(serverId).map(episodeOf),
    /** Removes what ended more than 400 days ago. */
    pruneEpisodes(now: number): void {
      db.prepare('DELETE FROM episode WHERE ended_at < ?').run(now - KEPT_MS);
    },
  };
}

function episodeOf({ pending, last, ...row }: Row): Episode {
  return { ...row, last: last === null ? null : JSON.parse(last), isPending: pending === 1 };
}
