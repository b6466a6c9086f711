import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { databaseFailure } from './database-failure.ts';

/** One SQLite file, opened once, shared by every room that stores something. */
export type Database = {
  readonly file: string;
  /** A prepared statement, kept: the same text is prepared once. `Row` is what the statement selects. */
  prepare<Row = Record<string, unknown>>(sql: string): Statement<Row>;
  exec(sql: string): void;
  /**
   * All of `work` or nothing. A nested call joins the outer transaction: when it throws, its own writes are
   * undone, and the outer one goes on if it catches. `work` must not wait. Throws FatalError on a full disk and the like.
   * What is written `soon` survives the end of the process at once, and a power failure from the next lasting
   * transaction on: for what can be found out again.
   */
  transaction<T>(work: () => T, lasting?: 'now' | 'soon'): T;
  /** Runs the room's migrations that this file has not seen yet, in order, each once. Never edit a released one. */
  migrate(room: string, migrations: readonly string[]): void;
  close(): void;
};

/** Values are bound in order. Every method throws FatalError where no retry mends it (full disk, corrupt file). */
export type Statement<Row = Record<string, unknown>> = {
  get(...values: SQLInputValue[]): Row | undefined;
  all(...values: SQLInputValue[]): Row[];
  /** How many rows were changed, and the last inserted row's id. */
  run(...values: SQLInputValue[]): { changes: number; id: number };
};

/**
 * Opens (and creates) the file in WAL mode with foreign keys; `:memory:` keeps nothing.
 * Throws FatalError with a sentence that names the file when it cannot be opened, is locked or is corrupt.
 */
export function openDatabase(file: string): Database {
  const connection = connect(file);
  const statements = new Map<string, Statement>();
  let depth = 0;

  const guarded = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      throw databaseFailure(file, error);
    }
  };

  const prepare = <Row>(sql: string): Statement<Row> => {
    const kept = statements.get(sql);
    // The text decides the row's shape, and the caller wrote both.
    if (kept) return kept as Statement<Row>;
    const statement = keptStatement(
      guarded(() => connection.prepare(sql)),
      guarded,
    );
    statements.set(sql, statement);
    return statement as Statement<Row>;
  };

  const within = <T>(begin: string, commit: string, undo: string, work: () => T): T => {
    prepare(begin).run();
    depth++;
    try {
      const result = work();
      if (result instanceof Promise) throw new TypeError('work inside a transaction must not wait');
      prepare(commit).run();
      return result;
    } catch (error) {
      // A full disk may have rolled everything back by itself.
      if (connection.isTransaction) connection.exec(undo);
      throw databaseFailure(file, error);
    } finally {
      depth--;
    }
  };

  const outermost = <T>(work: () => T): T => within('BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK', work);
  const nested = <T>(work: () => T): T =>
    within('SAVEPOINT nested', 'RELEASE nested', 'ROLLBACK TO nested; RELEASE nested', work);

  const transaction = <T>(work: () => T, lasting: 'now' | 'soon' = 'now'): T => {
    if (depth > 0) return nested(work);
    if (lasting === 'now') return outermost(work);
    // Without a sync of its own: in WAL mode nothing is torn by that, and the order of commits is kept.
    connection.exec('PRAGMA synchronous = NORMAL');
    try {
      return outermost(work);
    } finally {
      connection.exec('PRAGMA synchronous = FULL');
    }
  };

  const migrate = (room: string, migrations: readonly string[]): void => {
    transaction(() => {
      const row = prepare<{ n: number }>('SELECT count(*) AS n FROM migration WHERE room = ?').get(room);
      for (let number = row?.n ?? 0; number < migrations.length; number++) {
        connection.exec(migrations[number]);
        prepare('INSERT INTO migration (room, number) VALUES (?, ?)').run(room, number);
      }
    });
  };

  return {
    file,
    prepare,
    exec: (sql) => guarded(() => connection.exec(sql)),
    transaction,
    migrate,
    close: () => connection.close(),
  };
}

function keptStatement(statement: StatementSync, guarded: <T>(act: () => T) => T): Statement {
  return {
    get: (...values) => guarded(() => statement.get(...values)),
    all: (...values) => guarded(() => statement.all(...values)),
    run: (...values) =>
      guarded(() => {
        const { changes, lastInsertRowid } = statement.run(...values);
        return { changes: Number(changes), id: Number(lastInsertRowid) };
      }),
  };
}

// A WAL that grew in one long transaction is cut back to 64 MB; 16 MB of pages are cached; a checkpoint comes every 16 MB.
const SETTINGS = `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY;`;

function connect(file: string): DatabaseSync {
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    const connection = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: 5000 });
    connection.exec(SETTINGS);
    connection.exec(
      'CREATE TABLE IF NOT EXISTS migration (room TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (room, number)) STRICT',
    );
    return connection;
  } catch (error) {
    throw databaseFailure(file, error);
  }
}
