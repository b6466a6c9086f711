import type { Database } from '#src/foundation/database/database.ts';
import { inEnglish, type KeptPhrase, readKept, storedText } from '#src/wording/kept-phrase.ts';
import type { Destination } from './destination.ts';
import type { LastKnown } from './last-known.ts';
import { growing } from './post-states.ts';

/**
 * One trouble of a channel, for one reason: from the first refusal until a post of papers arrives there. To try whether it
 * works again does not end it. Instants are UTC ms.
 */
export type Episode = {
  id: number;
  serverId: string;
  destination: Destination;
  code: string;
  reason: KeptPhrase;
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

type NewEpisode = Pick<Episode, 'serverId' | 'destination' | 'code' | 'reason' | 'since' | 'last'>;

type Row = Omit<Episode, 'isPending' | 'last' | 'reason'> & {
  pending: number;
  last: string | null;
  reason: string;
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A server keeps so many that have ended, for so long. */
const KEPT = 100;
const KEPT_MS = 400 * DAY;

const COLUMNS = `id, server AS serverId, destination, code, reason, since, ended_at AS endedAt, notice, tries,
  pending, last`;

/** A channel that was deleted when nothing was subscribed there. */
const NO_PAUSE = "code = 'channel-gone' AND ended_at = since AND notice IS NULL";

export type Episodes = ReturnType<typeof openEpisodes>;

/** Every channel's troubles: who was told of which, and what Paperboy itself paused when. */
export function openEpisodes(db: Database) {
  const open = `SELECT ${COLUMNS} FROM episode WHERE destination = ? AND ended_at IS NULL ORDER BY id`;
  const insert =
    'INSERT INTO episode (server, destination, code, reason, since, ended_at, last, pending) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
  const waiting = `SELECT ${COLUMNS} FROM episode WHERE pending = 1 AND id > ?1 AND (next_at <= ?2 OR next_at > ?2 + ${DAY})
     ORDER BY id LIMIT ?3`;
  const ofChannel = `SELECT ${COLUMNS} FROM episode WHERE destination = ? AND pending = 1`;
  const untold =
    'SELECT 1 FROM episode WHERE destination = ? AND pending = 1 AND ended_at IS NULL AND notice IS NULL LIMIT 1';
  const one = `SELECT ${COLUMNS} FROM episode WHERE id = ?`;
  const untoldIn = `SELECT ${COLUMNS} FROM episode WHERE server = ?1 AND pending = 1 AND ended_at IS NULL AND notice IS NULL
     AND (next_at <= ?2 OR next_at > ?2 + ${DAY}) ORDER BY id`;
  const notifiedBy = `SELECT ${COLUMNS} FROM episode WHERE notice = ? ORDER BY id`;
  const last = 'SELECT last FROM episode WHERE destination = ? AND last IS NOT NULL ORDER BY id DESC LIMIT 1';
  const ofServer = `SELECT ${COLUMNS} FROM episode WHERE server = ? AND NOT (${NO_PAUSE}) ORDER BY id DESC LIMIT ${KEPT}`;
  const end =
    'UPDATE episode SET ended_at = ?1, next_at = 0, pending = notice IS NOT NULL WHERE destination = ?2 AND ended_at IS NULL';
  const trim = `DELETE FROM episode WHERE server = ?1 AND ended_at IS NOT NULL AND pending = 0
    AND id < (SELECT id FROM episode WHERE server = ?1 ORDER BY id DESC LIMIT 1 OFFSET ${KEPT})`;

  const openIn = async (destination: Destination): Promise<Episode[]> =>
    (await db.all<Row>(open, destination)).map(episodeOf);

  return {
    openIn,

    /**
     * Notes that the channel refuses for that reason; null where it was noted since it took papers last. `isNotified`: the
     * moderators know of it already.
     */
    async begin(
      { serverId, destination, code, reason, since, last }: NewEpisode,
      isNotified = false,
    ): Promise<Episode | null> {
      return await db.transaction(async () => {
        const present = await openIn(destination);
        if (present.some((one) => inEnglish(one.reason) === inEnglish(reason))) return null;
        const began = Math.min(since, ...present.map((one) => one.since));
        const known = last === null ? null : JSON.stringify(last);
        const what = [serverId, destination, code, storedText(reason), began, null, known];
        const [row] = await db.all<Row>(`${insert} RETURNING ${COLUMNS}`, ...what, Number(!isNotified));
        await db.run(trim, serverId);
        return episodeOf(row);
      });
    },
    /** The channel took papers. Returns whether it was in trouble. */
    end: async (destination: Destination, now: number): Promise<boolean> =>
      (await db.run(end, now, destination)).changes > 0,
    /** Nothing comes there any more, and nothing is left to say of it; `but`: of everything but this. */
    async close(destination: Destination, now: number, but = 0): Promise<void> {
      await db.run(
        'UPDATE episode SET ended_at = ?, pending = 0 WHERE destination = ? AND ended_at IS NULL AND id <> ?',
        now,
        destination,
        but,
      );
    },

    /** Those of which something is left to say at `now`, in pages by id. */
    pending: async (now: number, limit: number, afterId = 0): Promise<Episode[]> =>
      (await db.all<Row>(waiting, afterId, now, limit)).map(episodeOf),
    pendingIn: async (destination: Destination): Promise<Episode[]> =>
      (await db.all<Row>(ofChannel, destination)).map(episodeOf),
    /** Whether there is trouble in a channel of which nobody could be told. */
    isUntold: async (destination: Destination): Promise<boolean> =>
      (await db.get(untold, destination)) !== undefined,
    episode: async (id: number): Promise<Episode | null> => {
      const row = await db.get<Row>(one, id);
      return row ? episodeOf(row) : null;
    },
    /** The server's troubles that nobody was told of and that can be told at `now`, the oldest first. */
    untoldIn: async (serverId: string, now: number): Promise<Episode[]> =>
      (await db.all<Row>(untoldIn, serverId, now)).map(episodeOf),
    /** All that one notice told of. */
    notifiedBy: async (notice: number): Promise<Episode[]> =>
      (await db.all<Row>(notifiedBy, notice)).map(episodeOf),
    /** Keeps it of a channel that was deleted when nothing was subscribed there: nobody is told. */
    async keepLast(
      serverId: string,
      destination: Destination,
      reason: KeptPhrase,
      known: LastKnown,
      now: number,
    ): Promise<void> {
      await db.transaction(async () => {
        const what = [
          serverId,
          destination,
          'channel-gone',
          storedText(reason),
          now,
          now,
          JSON.stringify(known),
        ];
        await db.run(insert, ...what, 0);
        await db.run(trim, serverId);
      });
    },
    /** What was known of a channel when it was deleted; null where nothing is. */
    async lastKnown(destination: Destination): Promise<LastKnown | null> {
      const row = await db.get<{ last: string }>(last, destination);
      return row ? JSON.parse(row.last) : null;
    },
    async noteTelling(id: number, notice: number): Promise<void> {
      await db.run('UPDATE episode SET notice = ?, next_at = 0 WHERE id = ?', notice, id);
    },
    /** What was to be said is said, or nobody is there to hear it. */
    async noteNotified(id: number): Promise<void> {
      await db.run('UPDATE episode SET pending = 0 WHERE id = ?', id);
    },
    /** It could not be said. `isAsked`: Discord refused it, and is asked again after a pause that grows. */
    async noteNotNotified({ id, tries }: Episode, isAsked: boolean, now: number): Promise<void> {
      const sql = 'UPDATE episode SET notice = NULL, tries = tries + 1, next_at = ? WHERE id = ?';
      await db.run(sql, isAsked ? now + growing(HOUR, DAY, tries) : now, id);
    },

    /** What Paperboy paused in a server, the newest first. */
    ofServer: async (serverId: string): Promise<Episode[]> =>
      (await db.all<Row>(ofServer, serverId)).map(episodeOf),
    /** Removes what ended more than 400 days ago. */
    async pruneEpisodes(now: number): Promise<void> {
      await db.run('DELETE FROM episode WHERE ended_at < ?', now - KEPT_MS);
    },
  };
}

function episodeOf({ pending, last, reason, ...row }: Row): Episode {
  return {
    ...{ ...row, reason: readKept(reason), isPending: pending === 1 },
    last: last === null ? null : JSON.parse(last),
  };
}
