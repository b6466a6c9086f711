import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Database, SqlValue } from '#src/foundation/database/database.ts';
import {
  type InstantColumn,
  instantsAhead,
  type PutRight,
  putColumnsRight,
} from '#src/foundation/instants.ts';
import { changeValues, INSERT_CHANGE, oldChangeValues } from './change-rows.ts';
import type { HistoryEntry } from './history.ts';
import { SUBSCRIPTION_MIGRATIONS } from './migrations.ts';

/** What was changed in servers, a row each, in the order in which it happened. */
export type ChangeStore = {
  /** Every server of which a change is stored. */
  servers(): Iterable<string>;
  /** Inside the transaction that makes them; `noteWritten` is told what it gives once that is committed. */
  write(serverId: string, entries: readonly HistoryEntry[]): Promise<Written>;
  /** The same for entries as the documents of earlier versions have them. */
  writeOld(serverId: string, entries: readonly unknown[]): Promise<Written>;
  noteWritten(written: Written): void;
  /** Deletes what is older than 400 days. Others have their turn. */
  prune(now: number): Promise<void>;
  /** Deletes those of a server, which `dropServer` forgets in memory once that is committed. */
  deleteServer(serverId: string): Promise<void>;
  dropServer(serverId: string): void;
  /** The different instants that lie ahead of `now`. */
  ahead(now: number): Promise<number[]>;
  /** Puts them right. Returns how many rows had one. */
  putRight(now: number, right: PutRight): Promise<number>;
};

/** By how many rows of a server there are more. */
type Written = { serverId: string; more: number };

/** A server keeps so many of its newest changes, for so long. */
const MOST = 10_000;
const KEPT_MS = 400 * 86_400_000;
/** Some milliseconds of writing or deleting. */
const SLICE = 200;

const INSTANTS: readonly InstantColumn[] = [{ table: 'change', column: 'at' }];

export async function openChangeStore(db: Database): Promise<ChangeStore> {
  await db.migrate('subscription', SUBSCRIPTION_MIGRATIONS);
  const counted = 'SELECT server, count(*) AS n FROM change GROUP BY server';
  const rows = await db.all<{ server: string; n: number }>(counted);
  const countOf = new Map(rows.map(({ server, n }) => [server, n]));

  const countMore = (serverId: string, more: number): void => {
    const count = (countOf.get(serverId) ?? 0) + more;
    if (count > 0) countOf.set(serverId, count);
    else countOf.delete(serverId);
  };

  const insert = async (serverId: string, values: readonly (() => SqlValue[])[]): Promise<Written> => {
    for (let first = 0; first < values.length; first += SLICE) {
      if (first > 0) await othersTurn();
      await db.insert(
        INSERT_CHANGE,
        values.slice(first, first + SLICE).map((value) => value()),
      );
    }
    const excess = (countOf.get(serverId) ?? 0) + values.length - MOST;
    if (excess <= 0) return { serverId, more: values.length };
    const oldest = 'SELECT id FROM change WHERE server = ? ORDER BY id LIMIT ?';
    const gone = await db.run(`DELETE FROM change WHERE id IN (${oldest})`, serverId, excess);
    return { serverId, more: values.length - gone.changes };
  };

  return {
    servers: () => countOf.keys(),
    write: (serverId, entries) =>
      insert(
        serverId,
        entries.map((entry) => () => changeValues(serverId, entry)),
      ),
    writeOld: (serverId, entries) =>
      insert(
        serverId,
        entries
          .map((entry) => oldChangeValues(serverId, entry))
          .filter((values) => values !== null)
          .map((values) => () => values),
      ),
    noteWritten: ({ serverId, more }) => countMore(serverId, more),

    async prune(now) {
      const old = () =>
        db.all<{ id: number; server: string }>(
          'SELECT id, server FROM change WHERE at < ? ORDER BY at LIMIT ?',
          ...[now - KEPT_MS, SLICE],
        );
      for (let some = await old(); some.length > 0; some = await old()) {
        const ids = JSON.stringify(some.map(({ id }) => id));
        await db.run('DELETE FROM change WHERE id IN (SELECT value FROM json_each(?))', ids);
        for (const { server } of some) countMore(server, -1);
        await othersTurn();
      }
    },

    async deleteServer(serverId) {
      await db.run('DELETE FROM change WHERE server = ?', serverId);
    },
    dropServer(serverId) {
      countOf.delete(serverId);
    },
    ahead: (now) => instantsAhead(db, INSTANTS, now),
    putRight: (now, right) => putColumnsRight(db, INSTANTS, now, right),
  };
}
