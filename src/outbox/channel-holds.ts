import type { Database } from '#src/foundation/database.ts';

/** A channel that takes nothing for now: the one place where it is noted what Discord hinders. */
export type HeldChannel = {
  channelId: string;
  serverId: string;
  code: string;
  reason: string;
  /** UTC ms. */
  since: number;
};

const COLUMNS = 'channel AS channelId, server AS serverId, code, reason, since';

export type ChannelHolds = ReturnType<typeof openChannelHolds>;

/** What can be asked of held channels, and how a deleted one ends. Putting on hold moves posts too: settlement.ts. */
export function openChannelHolds(db: Database) {
  const page = db.prepare<HeldChannel>(
    `SELECT ${COLUMNS} FROM hold WHERE channel > ? ORDER BY channel LIMIT ?`,
  );
  const one = db.prepare<HeldChannel>(`SELECT ${COLUMNS} FROM hold WHERE channel = ?`);
  const gone = db.prepare("UPDATE hold SET code = 'channel-gone', reason = ? WHERE channel = ?");
  const ending = "UPDATE promise SET state = 'refused', reason = ?, settled_at = ? WHERE channel = ? AND";
  const endParked = db.prepare(`${ending} (state = 'waiting' OR state = 'held')`);
  const endDue = db.prepare(`${ending} state = 'due' AND server = ?`);
  const parked = db.prepare(
    "SELECT 1 FROM promise WHERE channel = ? AND (state = 'waiting' OR state = 'held') LIMIT 1",
  );
  const sentSince = db.prepare(
    "SELECT 1 FROM post WHERE channel = ? AND settled_at > ? AND state = 'sent' AND kind <> 'notice' LIMIT 1",
  );

  return {
    held: (limit: number, after = ''): HeldChannel[] => page.all(after, limit),
    heldChannel: (channelId: string): HeldChannel | null => one.get(channelId) ?? null,

    /** The channel is no more, and nothing is owed to it: its open promises are refused for that reason. */
    abandon: (
      { channelId, serverId }: { channelId: string; serverId: string },
      reason: string,
      now: number,
    ) =>
      db.transaction(() => {
        gone.run(reason, channelId);
        endParked.run(reason, now, channelId);
        endDue.run(reason, now, channelId, serverId);
      }),

    /** Whether papers wait for the channel to take posts again. */
    hasWaiting: (channelId: string): boolean => parked.get(channelId) !== undefined,

    /** Whether a post of papers reached the channel after that instant (UTC ms). */
    hasSentSince: (channelId: string, at: number): boolean => sentSince.get(channelId, at) !== undefined,
  };
}
