import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { snapshotFile } from '#src/archive/search-snapshot.ts';
import { sqliteCode } from '#src/foundation/database-failure.ts';
import { UserError } from '#src/foundation/failure.ts';
import { COMPANIONS, checkDatabase } from './backup-file.ts';

const BUSY = 5;

/**
 * Puts a checked backup in the database's place. The file that stood there is kept beside it; returns its new name, or
 * null when there was none. Throws UserError when the backup is damaged or the database is in use.
 */
export function restore(from: string, file: string, now: number): string | null {
  checkDatabase(from);
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.part`;
  copyFileSync(from, part);
  const aside = existsSync(file) ? `${file}.replaced-${stamp(now)}` : null;
  if (aside) {
    refuseWhileInUse(file);
    // A damaged database may have left its log: it belongs to the old file, and would spoil the new one.
    for (const suffix of ['', ...COMPANIONS])
      if (existsSync(`${file}${suffix}`)) renameSync(file + suffix, aside + suffix);
    // The search index of the old file says nothing about the new one.
    rmSync(snapshotFile(file), { force: true });
  }
  renameSync(part, file);
  return aside;
}

/** `2026-11-23T18-51-04` */
export function stamp(now: number): string {
  return new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
}

/** Leaving WAL mode wants the file for oneself: any other process that has it open is in the way. */
function refuseWhileInUse(file: string): void {
  const connection = new DatabaseSync(file, { timeout: 0 });
  try {
    connection.exec('PRAGMA journal_mode = DELETE');
  } catch (error) {
    // A damaged file is what a restore is for.
    if (sqliteCode(error) === BUSY)
      throw new UserError(`${file} is in use. Stop Paperboy before you restore.`, { cause: error });
  } finally {
    connection.close();
  }
}
