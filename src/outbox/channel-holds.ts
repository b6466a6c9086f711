import type { Database } from '#src/foundation/database/database.ts';

/** A channel that takes nothing for now: the one place where it is noted what Discord hinders. */
export type HeldChannel = {
  channelId: string;
  serverId: string;
  code: string;
  reason: string;
  /** UTC ms. */
  since: number;
};

type Channel = Pick<HeldChannel, 'channelId' | 'serverId'>;

const COLUMNS = 'channel AS channelId, server AS serverId, code, reason, since';

export type ChannelHolds = ReturnType<typeof openChannelHolds>;

/** What can be asked of held channels. Putting on hold and what ends it move posts too: outbox.ts. */
export function openChannelHolds(db: Database) {
  const page = `SELECT ${COLUMNS} FROM hold WHERE channel > ? ORDER BY channel LIMIT ?`;
  const one = `SELECT ${COLUMNS} FROM hold WHERE channel = ?`;
  const parked = "SELECT 1 FROM promise WHERE channel = ? AND (state = 'waiting' OR state = 'held') LIMIT 1";
  const sentSince =
    "SELECT 1 FROM post WHERE channel = ? AND settled_at > ? AND state = 'sent' AND kind <> 'notice' LIMIT 1";

  const gone = `SELECT ${COLUMNS} FROM hold WHERE code = ? AND since < ? AND (
    EXISTS (SELECT 1 FROM promise WHERE promise.channel = hold.channel AND state = 'held')
    OR EXISTS (SELECT 1 FROM post WHERE post.channel = hold.channel AND settled_at IS NULL AND state = 'unknown'))
    LIMIT ?`;

  const idle = `SELECT DISTINCT server AS serverId, channel AS channelId FROM episode
    WHERE ended_at IS NULL AND code IN ('permission-missing', 'thread-locked', 'timed-out', 'server-left')
    AND NOT EXISTS (SELECT 1 FROM hold WHERE hold.channel = episode.channel)
    AND NOT EXISTS (SELECT 1 FROM promise WHERE promise.channel = episode.channel
      AND (state = 'waiting' OR state = 'held'))
    AND NOT EXISTS (SELECT 1 FROM promise WHERE promise.server = episode.server
      AND promise.channel = episode.channel AND state = 'due')
    AND NOT EXISTS (SELECT 1 FROM post WHERE post.channel = episode.channel AND settled_at IS NULL
      AND kind <> 'notice') LIMIT ?`;

  return {
    /** Channels in trouble that are not on hold any more, and where nothing is left to go that would show it. */
    idleInTrouble: async (limit: number): Promise<Channel[]> => await db.all<Channel>(idle, limit),

    /** Channels on hold for that reason since before that instant, where something is open or in doubt. */
    gone: async (
      code: 'channel-gone' | 'server-left',
      before: number,
      limit: number,
    ): Promise<HeldChannel[]> => await db.all<HeldChannel>(gone, code, before, limit),
    held: async (limit: number, after = ''): Promise<HeldChannel[]> =>
      await db.all<HeldChannel>(page, after, limit),
    heldChannel: async (channelId: string): Promise<HeldChannel | null> =>
      (await db.get<HeldChannel>(one, channelId)) ?? null,

    /** Whether papers wait for the channel to take posts again. */
    hasWaiting: async (channelId: string): Promise<boolean> =>
      (await db.get(parked, channelId)) !== undefined,

    /** Whether a post of papers reached the channel after that instant (UTC ms). */
    hasSentSince: async (channelId: string, at: number): Promise<boolean> =>
      (await db.get(sentSince, channelId, at)) !== undefined,
  };
}
