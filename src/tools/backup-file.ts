import { closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { connectToRead } from '#src/foundation/database/database-connection.ts';
import {
  databaseFailure,
  reasonOf,
  sqliteCode,
  systemCode,
} from '#src/foundation/database/database-failure.ts';
import { isNewer, type Schema } from '#src/foundation/database/database-schema.ts';
import { ToolError } from './tool-error.ts';

/** In one go: a copy into which somebody writes between two steps begins anew, and may never end. */
const ALL_PAGES = 2 ** 31 - 1;

/**
 * Copies a database that may be in use, and checks the copy; `to` appears whole or not at all.
 * Throws ToolError when `to` exists or cannot be written, FatalError when the database cannot be read or is damaged.
 */
export async function backUp(file: string, to: string): Promise<void> {
  if (existsSync(to))
    throw new ToolError(`${to} exists already. Name another file, so that no backup is overwritten.`);
  const source = connectToRead(file, null);
  try {
    beginFile(`${to}.part`, to);
    await copyAll(source.sqlite, file, to);
  } finally {
    source.close();
  }
}

async function copyAll(source: DatabaseSync, file: string, to: string): Promise<void> {
  const part = `${to}.part`;
  try {
    await backup(source, part, { rate: ALL_PAGES });
    checkDatabase(part, `The copy of ${file}`);
    renameSync(part, to);
  } catch (error) {
    throw isOfTheCopy(error) ? unwritable(to, error) : databaseFailure(file, error);
  } finally {
    discard(part);
  }
}

/** Changes nothing, also not beside the file. Throws ToolError when it is no whole database of Paperboy's, or a newer one than `schema` knows; `name` stands in the sentence. */
export function checkDatabase(file: string, name: string, schema: Schema | null = null): void {
  const problem = problemOf(file, schema);
  if (problem) throw new ToolError(`${name} ${problem}`);
}

/** The write-ahead log beside a database, and its index. */
export const COMPANIONS = ['-wal', '-shm', '-journal'];

/** Removes a database file with what SQLite keeps beside it. */
export function removeWithCompanions(file: string): void {
  for (const suffix of ['', ...COMPANIONS]) rmSync(`${file}${suffix}`, { force: true });
}

/** What cannot be removed is not what a failure is about. */
export function discard(part: string): void {
  try {
    removeWithCompanions(part);
  } catch {
    // Not ours: a folder of that name.
  }
}

/** An earlier try may have left its half. */
function beginFile(part: string, to: string): void {
  try {
    removeWithCompanions(part);
    closeSync(openSync(part, 'wx'));
  } catch (error) {
    throw unwritable(to, error);
  }
}

function unwritable(to: string, cause: unknown): ToolError {
  const folder = dirname(to);
  if (!existsSync(folder))
    return new ToolError(
      `${to} cannot be written: there is no folder ${folder}. Make it, or name another file.`,
      {
        cause,
      },
    );
  return new ToolError(`${to} cannot be written: ${reasonOf(cause)}. Name another file.`, { cause });
}

// Full, read-only, cannot be opened: nothing is written but the copy.
const WRITING = [13, 8, 14];

function isOfTheCopy(error: unknown): boolean {
  const code = sqliteCode(error);
  return (code !== null && WRITING.includes(code)) || systemCode(error) !== null;
}

/** Read without locks and log, because even to read SQLite writes those beside a file. */
function asItLies(file: string): URL {
  const url = pathToFileURL(file);
  url.searchParams.set('immutable', '1');
  return url;
}

function problemOf(file: string, schema: Schema | null): string | null {
  let database: DatabaseSync | null = null;
  try {
    if (statSync(file).size === 0) return 'is empty.';
    database = new DatabaseSync(asItLies(file), { readOnly: true });
    const [row] = database.prepare('PRAGMA integrity_check(1)').all();
    if (row.integrity_check !== 'ok') return `is damaged: ${row.integrity_check}`;
    const ours = database
      .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'")
      .get();
    if (!ours) return 'is a database, but not one of Paperboy’s.';
    if (schema === null || !isNewer(database, schema)) return null;
    return 'was written by a newer Paperboy. Restore it with that version, or name an older backup.';
  } catch (error) {
    return `cannot be read: ${reasonOf(error)}.`;
  } finally {
    database?.close();
  }
}
