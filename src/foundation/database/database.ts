import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { FatalError } from '../failure.ts';
import { type Connection, connectInMemory, connectToRead, connectToWrite } from './database-connection.ts';
import { databaseFailure, reasonOf } from './database-failure.ts';
import { newer, type Schema } from './database-schema.ts';

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
  /**
   * Runs the room's migrations that this file has not seen yet, in order, each once. Never edit a released one.
   * Throws FatalError when the file has seen more of them, or one fails.
   */
  migrate(room: string, migrations: readonly string[]): void;
  /**
   * Throws FatalError with a sentence when the file was deleted, replaced or cut meanwhile: what is written now could
   * not be found again.
   */
  stillThere(): void;
  /** Nothing the second time. */
  close(): void;
};

/** Values are bound in order. Every method throws FatalError where no retry mends it (full disk, corrupt file). */
export type Statement<Row = Record<string, unknown>> = {
  get(...values: SQLInputValue[]): Row | undefined;
  all(...values: SQLInputValue[]): Row[];
  /** How many rows were changed, and the last inserted row's id. */
  run(...values: SQLInputValue[]): { changes: number; id: number };
};

export type Opening = {
  /** Reads a file that may be in use, and takes no lock. */
  readOnly?: boolean;
  /** The rooms that this program knows: a file that knows others, or more of them, is refused before anything is changed. */
  schema?: Schema;
  /** How long the thread may stand while another program holds the file. Default: a second. */
  patienceMs?: number;
};

/**
 * Opens (and creates) the file in WAL mode with foreign keys, for this process alone; `:memory:` keeps nothing.
 * Throws FatalError with a sentence that names the file when it cannot be opened, is in use, locked or corrupt.
 */
export function openDatabase(file: string, opening: Opening = {}): Database {
  const { schema } = opening;
  const opened = connect(file, opening);
  const connection = opened.sqlite;
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
      if (connection.isTransaction) guarded(() => connection.exec(undo));
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
    if (schema && !Object.hasOwn(schema, room)) throw new TypeError(`the room ${room} is not in the schema`);
    const row = prepare<{ n: number }>('SELECT count(*) AS n FROM migration WHERE room = ?').get(room);
    const taken = row?.n ?? 0;
    if (taken > migrations.length) throw newer(file);
    if (taken === migrations.length) return;
    transaction(() => {
      for (let number = taken; number < migrations.length; number++) {
        migrateOnce(file, `${room} ${number}`, () => connection.exec(migrations[number]));
        prepare('INSERT INTO migration (room, number) VALUES (?, ?)').run(room, number);
      }
    });
  };

  const stillThere = (): void => {
    const problem = guarded(opened.problem);
    if (problem !== null) throw new FatalError(problem);
  };

  return {
    file,
    prepare,
    exec: (sql) => guarded(() => connection.exec(sql)),
    transaction,
    migrate,
    stillThere,
    close: opened.close,
  };
}

function connect(file: string, { readOnly = false, schema, patienceMs }: Opening): Connection {
  if (file === ':memory:') return connectInMemory();
  return readOnly ? connectToRead(file, schema ?? null) : connectToWrite(file, schema ?? null, patienceMs);
}

function migrateOnce(file: string, step: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    const known = databaseFailure(file, error);
    if (known instanceof FatalError) throw known;
    const sentence = `The database ${file} cannot be brought up to date (${step}: ${reasonOf(error)}). Restore a backup with \`npm run restore\`.`;
    throw new FatalError(sentence, { cause: error });
  }
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
