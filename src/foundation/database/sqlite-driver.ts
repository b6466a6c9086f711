import type { SQLInputValue } from 'node:sqlite';
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import { FatalError } from '../failure.ts';
import type { Connection } from './database-connection.ts';
import { databaseFailure, reasonOf } from './database-failure.ts';
import { newer, type Schema } from './database-schema.ts';
import { type InsertPage, insertPages } from './insert-pages.ts';
import { createStatements, type SqliteStatements } from './sqlite-statements.ts';
import { Transactions } from './transactions.ts';

type SqliteDriver = SqliteStatements & {
  readonly file: string;
  insert(sql: string, rows: readonly (readonly SQLInputValue[])[]): Promise<{ changes: number }>;
  transaction<T>(work: () => Promise<T>, lasting?: 'now' | 'soon'): Promise<T>;
  migrate(room: string, migrations: readonly string[]): Promise<void>;
  stillThere(): Promise<void>;
  emptyLog(): Promise<boolean>;
  close(): Promise<void>;
  closeAtOnce(): void;
};

type Deps = { connection: Connection; schema: Schema | null; clock: Clock };

/** The database port over one SQLite file, whose connection it closes. `file`: as the operator wrote it, for sentences. */
export function createSqliteDriver(file: string, { connection, schema, clock }: Deps): SqliteDriver {
  const { sqlite, synchronous } = connection;
  const explain = (error: unknown) => databaseFailure(file, error);
  const transactions = new Transactions(sqlite, { clock, synchronous, explain });
  const statements = createStatements(connection, transactions, explain);

  const transaction = <T>(work: () => Promise<T>, lasting: 'now' | 'soon' = 'now'): Promise<T> =>
    transactions.transaction(work, lasting);

  const stepsTaken = async (room: string): Promise<number> => {
    const taken = 'SELECT count(*) AS steps FROM migration WHERE room = ?';
    return (await statements.get<{ steps: number }>(taken, room))?.steps ?? 0;
  };

  const takeSteps = async (room: string, migrations: readonly string[]): Promise<void> => {
    const taken = await stepsTaken(room);
    if (taken > migrations.length) throw newer(file);
    for (let number = taken; number < migrations.length; number++) {
      const step = () => migrateOnce(file, `${room} ${number}`, () => sqlite.exec(migrations[number]));
      await transactions.inTurn(step);
      await statements.run('INSERT INTO migration (room, number) VALUES (?, ?)', room, number);
    }
  };

  return {
    ...statements,
    file,
    transaction,
    async insert(sql, rows) {
      const pages = [...insertPages(sql, rows)];
      if (pages.length === 0) return { changes: 0 };
      // A statement alone is all or nothing by itself.
      if (pages.length === 1) return statements.run(pages[0].sql, ...pages[0].values);
      return transaction(() => insertAll(statements, pages));
    },
    async migrate(room, migrations) {
      if (schema && !Object.hasOwn(schema, room))
        throw new TypeError(`the room ${room} is not in the schema`);
      if ((await stepsTaken(room)) === migrations.length) return;
      await transaction(() => takeSteps(room, migrations));
    },
    async stillThere() {
      const problem = await transactions.inTurn(connection.problem);
      if (problem !== null) throw new FatalError(problem);
    },
    emptyLog: () => transactions.inTurn(connection.emptyLog),
    close: () => transactions.close(connection.close),
    closeAtOnce: () => transactions.closeAtOnce(connection.close),
  };
}

/** Some milliseconds of writing. */
const PAGES_A_TURN = 64;

async function insertAll(
  { run }: SqliteStatements,
  pages: readonly InsertPage<SQLInputValue>[],
): Promise<{ changes: number }> {
  let changes = 0;
  for (const [index, { sql, values }] of pages.entries()) {
    changes += (await run(sql, ...values)).changes;
    if (index % PAGES_A_TURN === PAGES_A_TURN - 1) await othersTurn();
  }
  return { changes };
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
