import { existsSync, renameSync, rmSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { databaseFailure } from '#src/foundation/database-failure.ts';
import { UserError } from '#src/foundation/failure.ts';
import { existing } from './database-file.ts';

/**
 * Copies a database that may be in use, and checks the copy; `to` appears whole or not at all.
 * Throws UserError when `to` exists, FatalError when the database or the copy is damaged.
 */
export async function backUp(file: string, to: string): Promise<void> {
  if (existsSync(to))
    throw new UserError(`${to} exists already. Name another file, so that no backup is overwritten.`);
  const part = `${to}.part`;
  const source = new DatabaseSync(existing(file), { readOnly: true });
  try {
    await backup(source, part);
    checkDatabase(part);
    renameSync(part, to);
  } catch (error) {
    throw databaseFailure(file, error);
  } finally {
    source.close();
    removeWithCompanions(part);
  }
}

/** Throws UserError when the file is no whole database of Paperboy's. */
export function checkDatabase(file: string): void {
  const problem = problemOf(existing(file));
  if (problem) throw new UserError(`${file} ${problem}`);
}

/** The write-ahead log beside a database, and its index. */
export const COMPANIONS = ['-wal', '-shm', '-journal'];

/** Removes a database file with what SQLite keeps beside it. */
export function removeWithCompanions(file: string): void {
  for (const suffix of ['', ...COMPANIONS]) rmSync(`${file}${suffix}`, { force: true });
}

function problemOf(file: string): string | null {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const [row] = database.prepare('PRAGMA integrity_check(1)').all();
    if (row.integrity_check !== 'ok') return `is damaged: ${row.integrity_check}`;
    const ours = database
      .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'")
      .get();
    return ours ? null : 'is a database, but not one of Paperboy’s.';
  } catch (error) {
    return `cannot be read: ${error instanceof Error ? error.message : error}.`;
  } finally {
    database.close();
  }
}
