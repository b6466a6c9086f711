import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Far more than the house has; what is built from varying parts must not fill the memory. */
const KEPT = 500;

/** The statements of one connection, prepared once for each text. */
export class KeptStatements {
  readonly #connection: DatabaseSync;
  readonly #kept = new Map<string, StatementSync>();

  constructor(connection: DatabaseSync) {
    this.#connection = connection;
  }

  /** Throws TypeError when the text holds more than one statement: SQLite would pass over the others without a word. */
  of(sql: string): StatementSync {
    // Of one that is closed a kept statement would tell nothing clear.
    const kept = this.#connection.isOpen ? this.#kept.get(sql) : undefined;
    return kept ?? this.#prepare(sql);
  }

  #prepare(sql: string): StatementSync {
    const statement = this.#connection.prepare(sql);
    const rest = sql.slice(statement.sourceSQL.length).trim();
    if (rest !== '') throw new TypeError(`one statement at a time: ${rest}`);
    this.#kept.set(sql, statement);
    if (this.#kept.size > KEPT) this.#forgetOldest();
    return statement;
  }

  #forgetOldest(): void {
    for (const oldest of this.#kept.keys()) {
      this.#kept.delete(oldest);
      return;
    }
  }
}
