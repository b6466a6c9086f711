import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Database, SqlValue } from '#src/foundation/database/database.ts';
import { type ChangeRow, readChange } from './change-rows.ts';
import type { StoredEntry } from './history.ts';

/** Whose changes: of one subscription, of one channel, else of the whole server. */
export type HistoryScope = { subscription: string | null; channelId: string | null };

/** How often members, and Paperboy itself, changed something in a channel; null: in the whole server. */
export type ChangedChannel = { channelId: string | null; byMembers: number; byPaperboy: number };

/** So many from that place on, without those of hidden channels. */
type Page = { by: 'members' | 'paperboy'; hidden: readonly string[]; from: number; most: number };

/** How changes are read back. One that cannot be read is left out: that concerns nothing but itself. */
export type ChangeReader = {
  /** All of a server, the oldest first; `since` (UTC ms): those from then on. Others have their turn. */
  history(serverId: string, since?: number): Promise<readonly StoredEntry[]>;
  /** Of that server, by its id; null where there is none (any more). */
  storedChange(serverId: string, id: number): Promise<StoredEntry | null>;
  /** Of a subscription of that server, the newest first, at most so many. */
  changesOf(serverId: string, subscription: string, most: number): Promise<readonly StoredEntry[]>;
  /** How a subscription of that server came to be; null where that is too long ago. */
  addingOf(serverId: string, subscription: string): Promise<StoredEntry | null>;
  /** Of the settings of a server, the newest first. */
  settingsChanges(serverId: string, most: number): Promise<readonly StoredEntry[]>;
  /** Those channels of a server in which something (of that subscription) was changed, the most recent first. */
  changedChannels(serverId: string, subscription?: string | null): Promise<readonly ChangedChannel[]>;
  /** Those subscriptions of a server that were changed, removed ones too. */
  changedSubscriptions(serverId: string): Promise<readonly string[]>;
  /** The newest first. */
  historyPage(serverId: string, scope: HistoryScope, page: Page): Promise<readonly StoredEntry[]>;
};

/** Some milliseconds of reading. */
const SLICE = 200;

export function createChangeReader(db: Database, clock: Pick<Clock, 'elapsed'>): ChangeReader {
  const rows = (where: string, values: readonly SqlValue[]): Promise<ChangeRow[]> =>
    db.all<ChangeRow>(`SELECT * FROM change WHERE ${where}`, ...values);
  const read = async (where: string, ...values: SqlValue[]): Promise<StoredEntry[]> =>
    (await rows(where, values)).flatMap((row) => readChange(row) ?? []);

  return {
    async history(serverId, since = 0) {
      const breathe = takeBreaths(clock);
      const all: StoredEntry[] = [];
      const from = (id: number) =>
        rows('server = ? AND id > ? AND at >= ? ORDER BY id LIMIT ?', [serverId, id, since, SLICE]);
      for (let some = await from(0); some.length > 0; some = await from(some[some.length - 1].id)) {
        all.push(...some.flatMap((row) => readChange(row) ?? []));
        await breathe();
      }
      return all;
    },

    storedChange: async (serverId, id) => (await read('server = ? AND id = ?', serverId, id))[0] ?? null,

    changesOf: (serverId, subscription, most) =>
      read('server = ? AND subscription = ? ORDER BY id DESC LIMIT ?', serverId, subscription, most),

    addingOf: async (serverId, subscription) =>
      (
        await read(
          "server = ? AND subscription = ? AND what = 'added' ORDER BY id LIMIT 1",
          ...[serverId, subscription],
        )
      )[0] ?? null,

    settingsChanges: (serverId, most) =>
      read(
        "server = ? AND channel IS NULL AND what = 'settings' ORDER BY id DESC LIMIT ?",
        ...[serverId, most],
      ),

    changedChannels(serverId, subscription = null) {
      const { only, values } = within({ subscription, channelId: null });
      return db.all<ChangedChannel>(
        `SELECT channel AS channelId, count(who) AS byMembers, count(*) - count(who) AS byPaperboy
        FROM change WHERE server = ? ${only} GROUP BY channel ORDER BY max(id) DESC`,
        ...[serverId, ...values],
      );
    },

    async changedSubscriptions(serverId) {
      const distinct =
        'SELECT DISTINCT subscription FROM change WHERE server = ? AND subscription IS NOT NULL';
      return (await db.all<{ subscription: string }>(distinct, serverId)).map((one) => one.subscription);
    },

    historyPage(serverId, scope, { by, hidden, from, most }) {
      const { only, values } = within(scope);
      return read(
        `server = ? ${only} AND who IS ${by === 'members' ? 'NOT NULL' : 'NULL'}
        AND (channel IS NULL OR channel NOT IN (SELECT value FROM json_each(?)))
        ORDER BY id DESC LIMIT ? OFFSET ?`,
        ...[serverId, ...values, JSON.stringify(hidden), most, from],
      );
    },
  };
}

function within({ subscription, channelId }: HistoryScope): { only: string; values: string[] } {
  if (subscription !== null) return { only: 'AND subscription = ?', values: [subscription] };
  if (channelId !== null) return { only: 'AND channel = ?', values: [channelId] };
  return { only: '', values: [] };
}
