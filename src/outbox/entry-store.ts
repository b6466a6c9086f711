import type { Database } from '#src/foundation/database/database.ts';
import { type KeptPhrase, storedText } from '#src/wording/kept-phrase.ts';
import { openEntryAdding } from './add-entries.ts';
import type { Destination } from './destination.ts';
import { openDueEntries } from './due-entries.ts';
import { type SendMode, someOf } from './entry.ts';

export type EntryStore = ReturnType<typeof openEntryStore>;

/** The table of entries. */
export function openEntryStore(db: Database) {
  return { ...openEntryAdding(db), ...openDueEntries(db), ...openEntryStates(db) };
}

/** State changes are checked in SQL: one that was settled meanwhile is left alone. */
function openEntryStates(db: Database) {
  const take =
    "UPDATE entry SET state = 'packed', post = ? WHERE destination = ? AND paper = ? AND state IN ('waiting', 'due')";

  const ofDue = someOf("state = 'due' AND server = ? AND destination = ?");
  const ofWaiting = someOf("state = 'waiting' AND destination = ?");
  const ofHeld = someOf("state = 'held' AND destination = ?");
  const holdDue = `UPDATE entry SET state = 'held', reason = ? WHERE ${ofDue}`;
  const holdWaiting = `UPDATE entry SET state = 'held', reason = ? WHERE ${ofWaiting}`;
  const release = `UPDATE entry SET state = 'due', mode = 'catch-up', due_at = ? WHERE ${ofHeld}`;
  const refusing = "UPDATE entry SET state = 'refused', reason = ?, settled_at = ? WHERE";
  const abandonDue = `${refusing} ${ofDue}`;
  const abandonWaiting = `${refusing} ${ofWaiting}`;
  const abandonHeld = `${refusing} ${ofHeld}`;

  return {
    /** Binds an open entry to a post. */
    take: async (destination: Destination, paper: string, post: number): Promise<void> => {
      await db.run(take, post, destination, paper);
    },

    /** Open entries of a channel wait until it is released. Each of these moves at most `limit` and returns how many. */
    async hold(server: string, destination: Destination, reason: KeptPhrase, limit: number): Promise<number> {
      const due = (await db.run(holdDue, storedText(reason), server, destination, room(limit))).changes;
      return due + (await db.run(holdWaiting, storedText(reason), destination, room(limit - due))).changes;
    },

    /** Held entries of a channel go with its next catch-up. */
    release: async (destination: Destination, now: number, limit: number): Promise<number> =>
      (await db.run(release, now, destination, limit)).changes,

    /** All that is open there ends, refused. */
    async abandon(
      server: string,
      destination: Destination,
      reason: KeptPhrase,
      now: number,
      limit: number,
    ): Promise<number> {
      const text = storedText(reason);
      const due = (await db.run(abandonDue, text, now, server, destination, room(limit))).changes;
      const waiting = (await db.run(abandonWaiting, text, now, destination, room(limit - due))).changes;
      return (
        due +
        waiting +
        (await db.run(abandonHeld, text, now, destination, room(limit - due - waiting))).changes
      );
    },

    heldIn: async (destination: Destination): Promise<number> =>
      (
        await db.all<{ n: number }>(
          "SELECT count(*) AS n FROM entry WHERE destination = ? AND state = 'held'",
          destination,
        )
      )[0].n,

    /** Forgets those of a server among the ids after `from`, up to `to`. False when there are no later ones. */
    async purge(server: string, from: number, to: number): Promise<boolean> {
      await db.run('DELETE FROM entry WHERE server = ? AND id > ? AND id <= ?', server, from, to);
      return (await db.get('SELECT 1 FROM entry WHERE id > ? LIMIT 1', to)) !== undefined;
    },

    async defer(
      destination: Destination,
      paper: string,
      dueAt: number,
      mode: SendMode = 'digest',
    ): Promise<boolean> {
      return (
        (
          await db.run(
            `UPDATE entry SET state = 'waiting', mode = ?, due_at = ?
             WHERE destination = ? AND paper = ? AND (state = 'waiting' OR state = 'due')`,
            mode,
            dueAt,
            destination,
            paper,
          )
        ).changes > 0
      );
    },

    async tellAnew(
      destination: Destination,
      paper: string,
      subscriptions: readonly string[],
      why: unknown,
    ): Promise<void> {
      await db.run(
        `UPDATE entry SET subscriptions = ?, why = ?
         WHERE destination = ? AND paper = ? AND (state = 'waiting' OR state = 'due')`,
        JSON.stringify(subscriptions),
        JSON.stringify(why),
        destination,
        paper,
      );
    },

    async refuse(destination: Destination, paper: string, reason: KeptPhrase, now: number): Promise<boolean> {
      return (
        (
          await db.run(
            `UPDATE entry SET state = 'refused', reason = ?, settled_at = ?
             WHERE destination = ? AND paper = ? AND (state = 'waiting' OR state = 'due' OR state = 'held')`,
            storedText(reason),
            now,
            destination,
            paper,
          )
        ).changes > 0
      );
    },

    async settleElsewhere(
      destination: Destination,
      paper: string,
      reason: KeptPhrase,
      now: number,
    ): Promise<boolean> {
      const sql = `UPDATE entry SET state = 'elsewhere', reason = ?, settled_at = ?
        WHERE destination = ? AND paper = ? AND (state = 'waiting' OR state = 'due')`;
      return (await db.run(sql, storedText(reason), now, destination, paper)).changes > 0;
    },

    /** The entries of a post that is settled. */
    async settle(
      post: number,
      state: 'sent' | 'refused',
      reason: KeptPhrase | null,
      now: number,
    ): Promise<void> {
      await db.run(
        'UPDATE entry SET state = ?, reason = ?, settled_at = ? WHERE post = ?',
        state,
        reason && storedText(reason),
        now,
        post,
      );
    },

    /** The entries of a post that surely was not sent, back into their channel's wait. */
    async unpack(
      post: number,
      state: 'held' | 'due',
      mode: SendMode | null,
      reason: KeptPhrase | null,
      now: number,
    ): Promise<void> {
      await db.run(
        `UPDATE entry SET state = ?, post = NULL, mode = coalesce(?, mode), reason = ?, due_at = ? WHERE post = ?`,
        state,
        mode,
        reason && storedText(reason),
        now,
        post,
      );
    },

    /** Those of the papers that are still to be packed, in their order, with the instant the oldest was decided. */
    async openOf(
      destination: Destination,
      papers: readonly string[],
    ): Promise<{ papers: string[]; decidedAt: number }> {
      const select =
        "SELECT paper, decided_at AS at FROM entry WHERE destination = ? AND paper = ? AND state IN ('waiting', 'due')";
      const open: { paper: string; at: number }[] = [];
      for (const paper of papers) {
        const row = await db.get<{ paper: string; at: number }>(select, destination, paper);
        if (row) open.push(row);
      }
      return { papers: open.map(({ paper }) => paper), decidedAt: Math.min(...open.map(({ at }) => at)) };
    },
  };
}

/** SQLite reads a negative LIMIT as none. */
function room(limit: number): number {
  return Math.max(0, limit);
}
