import { EventEmitter } from 'node:events';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { Keyv, type KeyvStoreAdapter } from 'keyv';
import { type Clock, systemClock } from '../clock.ts';
import type { Database } from './database.ts';

/**
 * Settings and documents under one namespace in the shared file. A write is durable when its promise resolves;
 * `setMany` is one transaction. Store errors are thrown; a value that is no JSON is read
 * as `{ unreadable: text }`: whoever reads a document reports it, and never drops it.
 */
export async function openKeyv(db: Database, namespace: string, clock: Clock = systemClock): Promise<Keyv> {
  const keyv = new Keyv({ store: await openKeyvStore(db, clock), namespace, throwOnErrors: true });
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

/** The keys, without the namespace, of all values that the text stands in. Others have their turn. */
export function keysHolding({ store, namespace }: Keyv, text: string): Promise<string[]> {
  if (!(store instanceof KeyvStore)) throw new TypeError('only what lies in the database can be searched');
  return store.keysHolding(namespace, text);
}

export const KEYV_MIGRATIONS = [
  'CREATE TABLE keyv (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires_at INTEGER) STRICT',
  'CREATE INDEX keyv_expiry ON keyv (expires_at) WHERE expires_at IS NOT NULL',
  // Sentences are kept as names and values, which earlier versions cannot read: nothing but the version changes.
  'SELECT 1',
];
/** Some milliseconds of reading, if each of them is parsed and checked. */
const PAGE = 100;
type Entry = { key: string; value: string };

/** Brings the table up to date, and deletes what has expired. */
export async function openKeyvStore(db: Database, clock: Clock = systemClock): Promise<KeyvStore> {
  await db.migrate('keyv', KEYV_MIGRATIONS);
  await db.run('DELETE FROM keyv WHERE expires_at <= ?', clock.now());
  return new KeyvStore(db, clock);
}

/**
 * Keyv's store over the shared database, which `openKeyvStore` has brought up to date. Keys arrive as `namespace:key`.
 * Passes @keyv/test-suite.
 */
export class KeyvStore extends EventEmitter implements KeyvStoreAdapter {
  readonly opts = { dialect: 'sqlite' };
  namespace: string | undefined;
  readonly #db: Database;
  readonly #clock: Clock;

  constructor(db: Database, clock: Clock = systemClock) {
    super();
    this.#db = db;
    this.#clock = clock;
  }

  // Keyv parses the text itself and is generic in what comes out of it.
  async get<Value>(key: string): Promise<Value | undefined> {
    return (await this.#read(key)) as Value | undefined;
  }

  async getMany<Value>(keys: string[]): Promise<(Value | undefined)[]> {
    return Promise.all(keys.map((key) => this.get<Value>(key)));
  }

  async has(key: string): Promise<boolean> {
    return (await this.#read(key)) !== undefined;
  }

  async hasMany(keys: string[]): Promise<boolean[]> {
    return Promise.all(keys.map((key) => this.has(key)));
  }

  async set(key: string, value: string, ttl?: number): Promise<boolean> {
    await this.#write([{ key, value, ttl }]);
    return true;
  }

  // Keyv hands our answer on as its own list of booleans, though its type for stores says void.
  async setMany(entries: { key: string; value: string; ttl?: number }[]): Promise<never> {
    await this.#write(entries);
    return entries.map(() => true) as never;
  }

  async delete(key: string): Promise<boolean> {
    return (await this.#db.run('DELETE FROM keyv WHERE key = ?', key)).changes > 0;
  }

  /** True when at least one of them was there. */
  async deleteMany(keys: string[]): Promise<boolean> {
    return this.#db.transaction(async () => {
      const removed = await Promise.all(keys.map((key) => this.delete(key)));
      return removed.includes(true);
    });
  }

  async clear(): Promise<void> {
    const { from, to } = this.#range(this.namespace);
    await this.#db.run('DELETE FROM keyv WHERE key >= ? AND key < ?', from, to);
  }

  async *iterator<Value>(namespace?: string): AsyncGenerator<(string | Awaited<Value> | undefined)[], void> {
    const { from, to } = this.#range(namespace);
    const pageFrom = (key: string) =>
      this.#db.all<Entry>(
        'SELECT key, value FROM keyv WHERE key >= ? AND key < ? ORDER BY key LIMIT ?',
        key,
        to,
        PAGE,
      );
    let page = await pageFrom(from);
    while (page.length > 0) {
      for (const { key, value } of page) yield [key, value];
      // The next possible key: what is deleted or added meanwhile shifts nothing.
      page = await pageFrom(`${page[page.length - 1].key}\0`);
      await othersTurn();
    }
  }

  async keysHolding(namespace: string | undefined, text: string): Promise<string[]> {
    const { from, to } = this.#range(namespace);
    const found: string[] = [];
    const sql =
      'SELECT key, instr(value, ?) > 0 AS holds FROM keyv WHERE key >= ? AND key < ? ORDER BY key LIMIT ?';
    for (let next = from; ; await othersTurn()) {
      const page = await this.#db.all<{ key: string; holds: number }>(sql, text, next, to, PAGE);
      found.push(...page.flatMap(({ key, holds }) => (holds ? [key.slice(key.indexOf(':') + 1)] : [])));
      const last = page.at(-1);
      if (!last || page.length < PAGE) return found;
      next = `${last.key}\0`;
    }
  }

  /** Deletes what has expired by `now`, of every namespace, in slices that let others have their turn; returns how many. */
  async prune(now: number): Promise<number> {
    const remove = 'DELETE FROM keyv WHERE key IN (SELECT key FROM keyv WHERE expires_at <= ? LIMIT ?)';
    let removed = 0;
    let last = PAGE;
    while (last === PAGE) {
      last = (await this.#db.run(remove, now, PAGE)).changes;
      removed += last;
      await othersTurn();
    }
    return removed;
  }

  async #read(key: string): Promise<string | undefined> {
    const row = await this.#db.get<Entry>(
      'SELECT key, value FROM keyv WHERE key = ? AND (expires_at IS NULL OR expires_at > ?)',
      key,
      this.#clock.now(),
    );
    return row?.value;
  }

  /** Of two values for one key the later one stays. */
  async #write(entries: { key: string; value: string; ttl?: number }[]): Promise<void> {
    const now = this.#clock.now();
    const rows = new Map(
      entries.map(({ key, value, ttl }) => [key, [key, value, ttl ? now + ttl : null]] as const),
    );
    await this.#db.insert(
      'INSERT INTO keyv (key, value, expires_at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at',
      [...rows.values()],
    );
  }

  /** `:` ends a namespace, `;` is the next character: the range holds every key of it and none of its neighbours. */
  #range(namespace: string | undefined): { from: string; to: string } {
    if (!namespace) return { from: '', to: '\u{10ffff}' };
    return { from: `${namespace}:`, to: `${namespace};` };
  }
}
