import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import { ClosedError } from '../failure.ts';

/** Far more than the house has; what is built from varying parts must not fill the memory. */
const KEPT = 500;

/** The statements of one connection, prepared once for each text. */
export class KeptStatements {
  readonly #connection: DatabaseSync;
  readonly #kept = new LRUCache<string, StatementSync>({ max: KEPT });

  constructor(connection: DatabaseSync) {
    this.#connection = connection;
  }

  /** Throws ClosedError when the connection is closed, TypeError when the text holds more than one statement: SQLite would pass over the others without a word. */
  of(sql: string): StatementSync {
    // A kept statement would tell nothing clear.
    if (!this.#connection.isOpen) throw new ClosedError();
    return this.#kept.get(sql) ?? this.#prepare(sql);
  }

  #prepare(sql: string): StatementSync {
    const statement = this.#connection.prepare(sql);
    const rest = sql.slice(statement.sourceSQL.length).trim();
    if (rest !== '') throw new TypeError(`one statement at a time: ${rest}`);
    this.#kept.set(sql, statement);
    return statement;
  }
}
