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
  const gone = db.prepare(`UPDATE hold SET code = 'channel-gone', reason = ?, since = ?
    WHERE channel = ? AND code <> 'channel-gone'`);
  const end = (open: string) =>
    db.prepare(`UPDATE promise SET state = 'refused', reason = ?, settled_at = ?
      WHERE id IN (SELECT id FROM promise WHERE channel = ? AND ${open} LIMIT ?)`);
  const endParked = end("(state = 'waiting' OR state = 'held')");
  const endDue = end("state = 'due' AND server = ?");
  const sentSince = db.prepare(
    "SELECT 1 FROM post WHERE channel = ? AND settled_at > ? AND state = 'sent' AND kind <> 'notice' LIMIT 1",
  );

  return {
    held: (limit: number, after = ''): HeldChannel[] => page.all(after, limit),
    heldChannel: (channelId: string): HeldChannel | null => one.get(channelId) ?? null,

    /** A channel on hold turns out to be deleted. */
    noteGone(channelId: string, reason: string, now: number): void {
      gone.run(reason, now, channelId);
    },

    /** Ends at most `limit` of the channel's open promises for good. Returns how many; 0 when none is open. */
    endPromises(
      { channelId, serverId }: { channelId: string; serverId: string },
      reason: string,
      now: number,
      limit: number,
    ): number {
      const parked = endParked.run(reason, now, channelId, limit).changes;
      return parked > 0 ? parked : endDue.run(reason, now, channelId, serverId, limit).changes;
    },

    /** Whether a post of papers reached the channel after that instant (UTC ms). */
    hasSentSince: (channelId: string, at: number): boolean => sentSince.get(channelId, at) !== undefined,
  };
}
