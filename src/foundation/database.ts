import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { FatalError } from './failure.ts';

/** One SQLite file, opened once, shared by every room that stores something. */
export type Database = {
  readonly file: string;
  /** A prepared statement, kept: the same text is prepared once. */
  prepare(sql: string): StatementSync;
  exec(sql: string): void;
  /** All of `work` or nothing. Nested calls join the outer transaction. `work` must not wait. */
  transaction<T>(work: () => T): T;
  /** Runs the room's migrations that this file has not seen yet, in order, each once. Never edit a released one. */
  migrate(room: string, migrations: readonly string[]): void;
  close(): void;
};

/**
 * Opens (and creates) the file in WAL mode with foreign keys.
 * Throws FatalError with a sentence that names the file when it cannot be opened, is locked or is corrupt.
 */
export function openDatabase(file: string): Database {
  const connection = connect(file);
  const statements = new Map<string, StatementSync>();
  let depth = 0;

  const prepare = (sql: string): StatementSync => {
    const kept = statements.get(sql);
    if (kept) return kept;
    const statement = connection.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };

  const transaction = <T>(work: () => T): T => {
    if (depth > 0) return work();
    connection.exec('BEGIN IMMEDIATE');
    depth++;
    try {
      const result = work();
      connection.exec('COMMIT');
      return result;
    } catch (error) {
      // A full disk may have rolled back by itself.
      if (connection.isTransaction) connection.exec('ROLLBACK');
      throw databaseFailure(file, error);
    } finally {
      depth--;
    }
  };

  const migrate = (room: string, migrations: readonly string[]): void => {
    transaction(() => {
      const row = prepare('SELECT count(*) AS n FROM migration WHERE room = ?').get(room);
      for (let number = Number(row?.n ?? 0); number < migrations.length; number++) {
        connection.exec(migrations[number]);
        prepare('INSERT INTO migration (room, number) VALUES (?, ?)').run(room, number);
      }
    });
  };

  return {
    file,
    prepare,
    exec: (sql) => connection.exec(sql),
    transaction,
    migrate,
    close: () => connection.close(),
  };
}

function connect(file: string): DatabaseSync {
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    const connection = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: 5000 });
    connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    connection.exec(
      'CREATE TABLE IF NOT EXISTS migration (room TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (room, number)) STRICT',
    );
    return connection;
  } catch (error) {
    throw databaseFailure(file, error);
  }
}

// Primary result codes, https://www.sqlite.org/rescode.html
const SENTENCES: Record<number, string> = {
  5: 'is locked by another process. Stop the other Paperboy that uses it.',
  8: 'cannot be written. Check the permissions of the file and its folder.',
  10: 'could not be read or written (I/O error). Check the disk.',
  11: 'is corrupt. Restore a backup with `npm run restore`.',
  13: 'is on a full disk. Free some space, then start again: nothing half-written was kept.',
  14: 'cannot be opened. Check that its folder exists and may be written.',
  26: 'is not a SQLite database. Name another file in DATABASE_URL.',
};

/** Turns SQLite's failures that no retry mends into a sentence that names the file; passes others through. */
export function databaseFailure(file: string, error: unknown): unknown {
  const code = sqliteCode(error);
  const sentence = code === null ? undefined : SENTENCES[code];
  return sentence ? new FatalError(`The database ${file} ${sentence}`, { cause: error }) : error;
}

function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null;
}
