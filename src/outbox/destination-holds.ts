import type { Database } from '#src/foundation/database/database.ts';
import { type KeptPhrase, readKept } from '#src/wording/kept-phrase.ts';
import type { Addressee, Destination } from './destination.ts';
import { IS_ALERT } from './post.ts';

/** A destination that takes nothing for now: the one place where it is noted what Discord hinders. */
export type HeldDestination = {
  destination: Destination;
  serverId: string;
  code: string;
  reason: KeptPhrase;
  /** UTC ms. */
  since: number;
};

type Row = Omit<HeldDestination, 'reason'> & { reason: string };

const COLUMNS = 'destination, server AS serverId, code, reason, since';

export type DestinationHolds = ReturnType<typeof openDestinationHolds>;

/** What can be asked of held channels. Putting on hold and what ends it move posts too: channel-moves.ts. */
export function openDestinationHolds(db: Database) {
  const page = `SELECT ${COLUMNS} FROM hold WHERE destination > ? ORDER BY destination LIMIT ?`;
  const one = `SELECT ${COLUMNS} FROM hold WHERE destination = ?`;
  const ofServer = `SELECT ${COLUMNS} FROM hold WHERE server = ? ORDER BY destination`;
  const parked =
    "SELECT 1 FROM entry WHERE destination = ? AND (state = 'waiting' OR state = 'held') LIMIT 1";
  const sentSince = `SELECT 1 FROM post WHERE destination = ? AND settled_at > ? AND state = 'sent' AND ${IS_ALERT} LIMIT 1`;

  const gone = `SELECT ${COLUMNS} FROM hold WHERE code = ? AND since < ? AND (
    EXISTS (SELECT 1 FROM entry WHERE entry.destination = hold.destination AND state = 'held')
    OR EXISTS (SELECT 1 FROM post WHERE post.destination = hold.destination AND settled_at IS NULL AND state = 'unknown'))
    LIMIT ?`;

  const idle = `SELECT DISTINCT server AS serverId, destination FROM episode
    WHERE ended_at IS NULL AND code IN ('permission-missing', 'thread-locked', 'timed-out', 'tag-required', 'server-left')
    AND NOT EXISTS (SELECT 1 FROM hold WHERE hold.destination = episode.destination)
    AND NOT EXISTS (SELECT 1 FROM entry WHERE entry.destination = episode.destination
      AND (state = 'waiting' OR state = 'held'))
    AND NOT EXISTS (SELECT 1 FROM entry WHERE entry.server = episode.server
      AND entry.destination = episode.destination AND state = 'due')
    AND NOT EXISTS (SELECT 1 FROM post WHERE post.destination = episode.destination AND settled_at IS NULL
      AND kind <> 'notice') LIMIT ?`;

  return {
    /** Channels in trouble that are not on hold any more, and where nothing is left to go that would show it. */
    idleInTrouble: async (limit: number): Promise<Addressee[]> => await db.all<Addressee>(idle, limit),

    /** Channels on hold for that reason since before that instant, where something is open or in doubt. */
    gone: async (
      code: 'channel-gone' | 'server-left',
      before: number,
      limit: number,
    ): Promise<HeldDestination[]> => (await db.all<Row>(gone, code, before, limit)).map(heldOf),
    held: async (limit: number, after = ''): Promise<HeldDestination[]> =>
      (await db.all<Row>(page, after, limit)).map(heldOf),
    /** The server's channels that are on hold. */
    heldIn: async (serverId: string): Promise<HeldDestination[]> =>
      (await db.all<Row>(ofServer, serverId)).map(heldOf),
    async holdOf(destination: Destination): Promise<HeldDestination | null> {
      const row = await db.get<Row>(one, destination);
      return row ? heldOf(row) : null;
    },

    /** Whether papers wait for the channel to take posts again. */
    hasWaiting: async (destination: Destination): Promise<boolean> =>
      (await db.get(parked, destination)) !== undefined,

    /** Whether an alert or digest reached the channel after that instant (UTC ms). */
    hasSentSince: async (destination: Destination, at: number): Promise<boolean> =>
      (await db.get(sentSince, destination, at)) !== undefined,
  };
}

const heldOf = (row: Row): HeldDestination => ({ ...row, reason: readKept(row.reason) });
