import type { Database } from './database/database.ts';
import { type InstantColumn, instantsAhead, type PutRight, putColumnsRight } from './instants.ts';

/** Durable numbers by name, a row each: how far somebody has read, and when what was done. Each name has one owner. */
export type Cursors = {
  /** 0 until it is set. */
  get(name: string): Promise<number>;
  /** Several, in the order of their names, as they stood at one moment. */
  getAll(names: readonly string[]): Promise<number[]>;
  set(name: string, value: number): Promise<void>;
  /** Those whose names begin so. */
  startingWith(prefix: string): Promise<{ name: string; value: number }[]>;
  remove(name: string): Promise<void>;
  /** All of `work` or nothing, and nobody else writes meanwhile: it waits for what is stored alone. */
  asOne<T>(work: () => Promise<T>): Promise<T>;
};

/** `KeptCursors` can be put right once the clock was set back. */
export type KeptCursors = Cursors & {
  /** The different instants that lie ahead of `now`. */
  ahead(now: number): Promise<number[]>;
  /** Returns how many rows had one. */
  putRight(now: number, right: PutRight): Promise<number>;
};

/** Sorts after every character of a name. */
const LAST = '\u{10ffff}';

/** Values between these are instants; others are numbers of rows and days, or stand for an end that is not known yet. */
const INSTANTS: InstantColumn = {
  table: 'cursor',
  column: 'value',
  where: `value BETWEEN ${Date.UTC(2001)} AND ${Date.UTC(2200)}`,
};

/** Their table came with the archive's first migration: it must be open. */
export function openCursors(db: Database): KeptCursors {
  const select = 'SELECT value FROM cursor WHERE name = ?';
  const write = 'INSERT INTO cursor VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value';
  const range = 'SELECT name, value FROM cursor WHERE name >= ? AND name < ?';
  const remove = 'DELETE FROM cursor WHERE name = ?';
  return {
    get: async (name) => (await db.get<{ value: number }>(select, name))?.value ?? 0,
    async getAll(names) {
      const sql = `SELECT name, value FROM cursor WHERE name IN (${names.map(() => '?').join(', ')})`;
      const rows = await db.all<{ name: string; value: number }>(sql, ...names);
      const values = new Map(rows.map(({ name, value }) => [name, value]));
      return names.map((name) => values.get(name) ?? 0);
    },
    async set(name, value) {
      await db.run(write, name, value);
    },
    startingWith: (prefix) => db.all<{ name: string; value: number }>(range, prefix, `${prefix}${LAST}`),
    async remove(name) {
      await db.run(remove, name);
    },
    asOne: (work) => db.transaction(work),
    ahead: (now) => instantsAhead(db, [INSTANTS], now),
    putRight: (now, right) => putColumnsRight(db, [INSTANTS], now, right),
  };
}

/** For one life: nothing is known after a restart. */
export function volatileCursors(): Cursors {
  const values = new Map<string, number>();
  return {
    get: async (name) => values.get(name) ?? 0,
    getAll: async (names) => names.map((name) => values.get(name) ?? 0),
    async set(name, value) {
      values.set(name, value);
    },
    startingWith: async (prefix) =>
      [...values].flatMap(([name, value]) => (name.startsWith(prefix) ? { name, value } : [])),
    async remove(name) {
      values.delete(name);
    },
    asOne: (work) => work(),
  };
}
