import type { Database } from '#src/foundation/database/database.ts';
import { type KeptPhrase, storedText } from '#src/wording/kept-phrase.ts';
import type { BulkMoves } from './bulk-moves.ts';
import type { Addressee, Destination } from './destination.ts';
import type { EntryStore } from './entry-store.ts';
import type { ChannelHold } from './post-states.ts';
import type { Settlement } from './settlement.ts';

/** What is done to all that is owed to a channel, or a server, at once. Each is one transaction. */
export type ChannelMoves = {
  /** The channel takes nothing for now: what is open waits. */
  hold(addressee: Addressee, hold: ChannelHold, now: number): Promise<void>;
  /** What was held goes as one catch-up. Returns how many papers that are. */
  release(destination: Destination, now: number): Promise<number>;
  /** The channel is no more, and nothing is owed to it: what is open or in doubt there is refused for that reason. */
  abandon(addressee: Addressee, reason: KeptPhrase, now: number): Promise<void>;
  /**
   * After an outage: what should have gone before that instant goes as one catch-up for each channel. Does a bit; true while
   * there is more: call it again.
   */
  gather(before: number, now: number): Promise<boolean>;
  /** Does a bit of what holds, releases and the like left to do, and of waking what is due. True while there is more. */
  goOn(now: number): Promise<boolean>;
  /** Forgets everything about a server. */
  purgeServer(serverId: string): Promise<void>;
  /** Whether some of that is left to do still: `goOn` does it. */
  isPurging(serverId: string): Promise<boolean>;
};

type Deps = { db: Database; entries: EntryStore; moves: BulkMoves; settlement: Settlement };

export function openChannelMoves({ db, entries, moves, settlement }: Deps): ChannelMoves {
  return {
    hold: ({ destination, serverId }, hold, at) =>
      db.transaction(async () => settlement.hold({ destination, serverId }, hold, at)),
    release: (destination, at) =>
      db.transaction(async () => {
        await db.run('DELETE FROM hold WHERE destination = ?', destination);
        const papers = await entries.heldIn(destination);
        await moves.release(destination, at);
        return papers;
      }),
    abandon: (addressee, reason, at) =>
      db.transaction(async () => {
        const sql =
          "UPDATE hold SET code = 'channel-gone', reason = ? WHERE destination = ? AND code <> 'server-left'";
        await db.run(sql, storedText(reason), addressee.destination);
        await moves.abandon(addressee, reason, at);
      }),
    gather: (before, at) => db.transaction(async () => moves.gather(before, at), 'soon'),
    goOn: (at) => db.transaction(async () => moves.goOn(at), 'soon'),
    purgeServer: (serverId) =>
      db.transaction(async () => {
        await db.run('DELETE FROM hold WHERE server = ?', serverId);
        await db.run('DELETE FROM episode WHERE server = ?', serverId);
        await moves.purge(serverId);
      }),
    isPurging: async (serverId) =>
      (await db.get("SELECT 1 FROM chore WHERE kind = 'purge' AND server = ?", serverId)) !== undefined,
  };
}
