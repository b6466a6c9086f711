import { EventEmitter } from 'node:events';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { Keyv, type KeyvStoreAdapter } from 'keyv';
import { type Clock, systemClock } from '../clock.ts';
import type { Database } from './database.ts';

/** What stands in for a stored value that is no JSON: reported by whoever reads it, never dropped. */
export type Unreadable = { unreadable: string };

/**
 * Settings and documents under one namespace in the shared file. A write is durable when its promise resolves;
 * `setMany` is one transaction. Store errors are thrown; a value that cannot be parsed is read as Unreadable.
 */
export function openKeyv(db: Database, namespace: string, clock: Clock = systemClock): Keyv {
  const keyv = new Keyv({ store: new KeyvSqlite(db, clock), namespace, throwOnErrors: true });
  const parse = keyv.deserialize;
  keyv.deserialize = async (text) => {
    try {
      const stored = await parse?.<never>(text);
      // When a value expires is the store's to say, by our clock: Keyv would ask the machine's.
      return stored && { value: stored.value };
    } catch {
      // The cast is Keyv's signature: whoever reads a document checks its shape.
      return { value: { unreadable: text } as never };
    }
  };
  // Keyv throws on its own 'error' event when nobody listens; the same error is thrown by the call itself.
  keyv.on('error', () => {});
  return keyv;
}

export const MIGRATIONS = [
  'CREATE TABLE keyv (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires_at INTEGER) STRICT',
  'CREATE INDEX keyv_expiry ON keyv (expires_at) WHERE expires_at IS NOT NULL',
];
/** Some milliseconds of reading, if each of them is parsed and checked. */
const PAGE = 100;
type Entry = { key: string; value: string };

/**
 * Keyv's store over the shared database, statements kept. Keys arrive as `namespace:key`.
 * Passes @keyv/test-suite.
 */
export class KeyvSqlite extends EventEmitter implements KeyvStoreAdapter {
  readonly opts = { dialect: 'sqlite' };
  namespace: string | undefined;
  readonly #db: Database;
  readonly #clock: Clock;

  constructor(db: Database, clock: Clock = systemClock) {
    super();
    this.#db = db;
    this.#clock = clock;
    db.migrate('keyv', MIGRATIONS);
    db.prepare('DELETE FROM keyv WHERE expires_at <= ?').run(clock.now());
  }

  // Keyv parses the text itself and is generic in what comes out of it.
  async get<Value>(key: string): Promise<Value | undefined> {
    return this.#read(key) as Value | undefined;
  }

  async getMany<Value>(keys: string[]): Promise<(Value | undefined)[]> {
    return keys.map((key) => this.#read(key) as Value | undefined);
  }

  async has(key: string): Promise<boolean> {
    return this.#read(key) !== undefined;
  }

  async hasMany(keys: string[]): Promise<boolean[]> {
    return keys.map((key) => this.#read(key) !== undefined);
  }

  async set(key: string, value: string, ttl?: number): Promise<boolean> {
    this.#write(key, value, ttl);
    return true;
  }

  // Keyv hands our answer on as its own list of booleans, though its type for stores says void.
  async setMany(entries: { key: string; value: string; ttl?: number }[]): Promise<never> {
    this.#db.transaction(() => {
      for (const { key, value, ttl } of entries) this.#write(key, value, ttl);
    });
    return entries.map(() => true) as never;
  }

  async delete(key: string): Promise<boolean> {
    return this.#remove(key);
  }

  /** True when at least one of them was there. */
  async deleteMany(keys: string[]): Promise<boolean> {
    return this.#db.transaction(() => keys.map((key) => this.#remove(key)).some(Boolean));
  }

  async clear(): Promise<void> {
    const { from, to } = this.#range(this.namespace);
    this.#db.prepare('DELETE FROM keyv WHERE key >= ? AND key < ?').run(from, to);
  }

  async *iterator<Value>(namespace?: string): AsyncGenerator<(string | Awaited<Value> | undefined)[], void> {
    const { from, to } = this.#range(namespace);
    const select = this.#db.prepare<Entry>(
      'SELECT key, value FROM keyv WHERE key >= ? AND key < ? ORDER BY key LIMIT ?',
    );
    let page = select.all(from, to, PAGE);
    while (page.length > 0) {
      for (const { key, value } of page) yield [key, value];
      // The next possible key: what is deleted or added meanwhile shifts nothing.
      page = select.all(`${page[page.length - 1].key}\0`, to, PAGE);
      await othersTurn();
    }
  }

  /** Deletes what has expired by `now`, of every namespace, in slices that let others have their turn; returns how many. */
  async prune(now: number): Promise<number> {
    const remove = this.#db.prepare(
      'DELETE FROM keyv WHERE key IN (SELECT key FROM keyv WHERE expires_at <= ? LIMIT ?)',
    );
    let removed = 0;
    let last = PAGE;
    while (last === PAGE) {
      last = remove.run(now, PAGE).changes;
      removed += last;
      await othersTurn();
    }
    return removed;
  }

  #read(key: string): string | undefined {
    const row = this.#db
      .prepare<Entry>('SELECT key, value FROM keyv WHERE key = ? AND (expires_at IS NULL OR expires_at > ?)')
      .get(key, this.#clock.now());
    return row?.value;
  }

  #write(key: string, value: string, ttl?: number): void {
    this.#db
      .prepare('INSERT OR REPLACE INTO keyv (key, value, expires_at) VALUES (?, ?, ?)')
      .run(key, value, ttl ? this.#clock.now() + ttl : null);
  }

  #remove(key: string): boolean {
    return this.#db.prepare('DELETE FROM keyv WHERE key = ?').run(key).changes > 0;
  }

  /** `:` ends a namespace, `;` is the next character: the range holds every key of it and none of its neighbours. */
  #range(namespace: string | undefined): { from: string; to: string } {
    if (!namespace) return { from: '', to: '\u{10ffff}' };
    return { from: `${namespace}:`, to: `${namespace};` };
  }
}
