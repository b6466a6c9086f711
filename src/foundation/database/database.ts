import { type Clock, systemClock } from '../clock.ts';
import { type Connection, connectInMemory, connectToRead, connectToWrite } from './database-connection.ts';
import type { Schema } from './database-schema.ts';
import { createSqliteDriver } from './sqlite-driver.ts';

/** What a statement is given and gives. */
export type SqlValue = null | number | bigint | string | Uint8Array;

/**
 * One database, opened once, shared by every room that stores something. Values are bound in order; `Row` is what the
 * statement selects. Every method throws FatalError where no retry mends it (full disk, corrupt file).
 * Those who write take turns, in the order in which they asked. A read outside a transaction waits for nobody, and sees
 * what is committed; inside one it sees what was written there.
 */
export type Database = {
  /** As it was named to `openDatabase`. */
  readonly file: string;
  get<Row = Record<string, unknown>>(sql: string, ...values: SqlValue[]): Promise<Row | undefined>;
  all<Row = Record<string, unknown>>(sql: string, ...values: SqlValue[]): Promise<Row[]>;
  /** How many rows were changed. */
  run(sql: string, ...values: SqlValue[]): Promise<{ changes: number }>;
  /**
   * All rows or none. The text has one group `VALUES (?, ?)`, which is repeated for every row; what follows it
   * (`ON CONFLICT ...`) stays. Throws TypeError when a row does not fit the group.
   */
  insert(sql: string, rows: readonly (readonly SqlValue[])[]): Promise<{ changes: number }>;
  /**
   * All of `work` or nothing. Whatever is called within `work`, however deep, belongs to it. A nested call joins the outer
   * transaction: when it throws, its own writes are undone, and the outer one goes on if it catches. The end waits for
   * nested calls that were let go; what is begun after it, an event handler say, is outside.
   * Everybody else who writes waits meanwhile: `work` waits for the database alone, never for the network, a timer, or a
   * queue whose jobs write for themselves. Such a job would wait for this transaction, and this for the job: when others
   * have been held up for 30 s, the transaction is undone, rejects, and takes nothing more.
   * What is written `soon` survives the end of the process at once, and a power failure from the next lasting
   * transaction on: for what can be found out again. A nested call is as lasting as the outer one.
   */
  transaction<T>(work: () => Promise<T>, lasting?: 'now' | 'soon'): Promise<T>;
  /**
   * Runs the room's migrations that this database has not seen yet, in order, each once. Never edit a released one.
   * Throws FatalError when it has seen more of them, or one fails: nothing of them is kept then.
   */
  migrate(room: string, migrations: readonly string[]): Promise<void>;
  /**
   * Throws FatalError with a sentence when the file was deleted, replaced or cut meanwhile: what is written now could
   * not be found again.
   */
  stillThere(): Promise<void>;
  /**
   * What is deleted is overwritten in the file; after this it does not stand in the log beside the file either. False while
   * another program reads the file, which keeps the log: call it again.
   */
  emptyLog(): Promise<boolean>;
  /**
   * Who asked to write before has still the turn; nobody after that. Nothing the second time. Throws TypeError inside a
   * transaction.
   */
  close(): Promise<void>;
  /**
   * For where a process ends and nothing can be waited for any more: it is closed when this returns. The open transaction
   * is undone, and nobody has a turn after it. Nothing when it is closed.
   */
  closeAtOnce(): void;
};

type Opening = {
  /** Reads a file that may be in use, and takes no lock. */
  readOnly?: boolean;
  /** The rooms that this program knows: a file that knows others, or more of them, is refused before anything is changed. */
  schema?: Schema;
  /** How long the thread may stand while another program holds the file. Default: a second. */
  patienceMs?: number;
  /** Times transactions that hold up others. Default: the machine's. */
  clock?: Clock;
};

/**
 * Opens (and creates) the file in WAL mode with foreign keys, for this process alone; `:memory:` keeps nothing.
 * Throws FatalError with a sentence that names the file when it cannot be opened, is in use, locked or corrupt.
 */
export async function openDatabase(file: string, opening: Opening = {}): Promise<Database> {
  const { schema = null, clock = systemClock } = opening;
  return createSqliteDriver(file, { connection: connect(file, opening), schema, clock });
}

function connect(file: string, { readOnly = false, schema, patienceMs }: Opening): Connection {
  if (file === ':memory:') return connectInMemory();
  return readOnly ? connectToRead(file, schema ?? null) : connectToWrite(file, schema ?? null, patienceMs);
}
