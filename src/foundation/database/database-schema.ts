import type { DatabaseSync } from 'node:sqlite';
import { FatalError } from '../failure.ts';
import { own } from '../own.ts';
import { WrongFileError } from './database-failure.ts';

/** The rooms that keep something in the file, each with its migrations in their order. */
export type Schema = Readonly<Record<string, readonly string[]>>;

export const MIGRATION_TABLE =
  'CREATE TABLE IF NOT EXISTS migration (room TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (room, number)) STRICT';

/**
 * Refuses a file that another program made, or a newer Paperboy; changes nothing. With `schema` null only the first can
 * be told. Throws FatalError.
 */
export function refuseUnknown(connection: DatabaseSync, file: string, schema: Schema | null): void {
  const [{ tables }] = connection
    .prepare("SELECT count(*) AS tables FROM sqlite_schema WHERE type = 'table'")
    .all() as [{ tables: number }];
  if (tables === 0) return;
  if (!isOurs(connection)) throw new WrongFileError(`The database ${file} belongs to another program.`);
  if (schema !== null && isNewer(connection, schema)) throw newer(file);
}

/** Whether one of Paperboy's files knows a room, or a step of one, that this version does not. */
export function isNewer(connection: DatabaseSync, schema: Schema): boolean {
  return stepsTaken(connection).some(([room, steps]) => steps > (own(schema, room)?.length ?? 0));
}

/** Refuses a file with a room that this version has not brought up to date: a reader cannot. Throws FatalError. */
export function refuseOlder(connection: DatabaseSync, file: string, schema: Schema): void {
  const taken = isOurs(connection) ? stepsTaken(connection) : [];
  if (taken.length === 0)
    throw new FatalError(`The database ${file} is empty. Start Paperboy with it once, then try again.`);
  if (!taken.some(([room, steps]) => steps < (own(schema, room)?.length ?? 0))) return;
  throw new FatalError(
    `The database ${file} was written by an older Paperboy. Start this version once, then try again.`,
  );
}

export function newer(file: string): FatalError {
  return new FatalError(
    `The database ${file} was written by a newer Paperboy. Start that version, or restore a backup with \`npm run restore\`.`,
  );
}

function isOurs(connection: DatabaseSync): boolean {
  const columns = connection.prepare("SELECT name FROM pragma_table_info('migration') ORDER BY cid").all();
  return columns.map(({ name }) => name).join() === 'room,number';
}

type StepsTaken = [room: string, steps: number];

function stepsTaken(connection: DatabaseSync): StepsTaken[] {
  const rows = connection.prepare('SELECT room, max(number) + 1 AS steps FROM migration GROUP BY room').all();
  return rows.map(({ room, steps }) => [String(room), Number(steps)]);
}
