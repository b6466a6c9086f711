import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { snapshotFile } from '#src/archive/search-snapshot.ts';
import { openingFailure, reasonOf, sqliteCode } from '#src/foundation/database/database-failure.ts';
import { takeLock } from '#src/foundation/database/database-lock.ts';
import { preparePlace } from '#src/foundation/database/database-place.ts';
import { SCHEMA } from '#src/schema.ts';
import { COMPANIONS, checkDatabase, discard, removeWithCompanions } from './backup-file.ts';
import { existing } from './database-file.ts';
import { ToolError } from './tool-error.ts';

const BUSY = 5;

/**
 * Puts a checked backup in the database's place, with what a log beside it holds. The file that stood there is kept beside
 * it; returns its new name, or null when there was none. Throws ToolError when the backup is damaged, of a newer Paperboy, or cannot be copied, FatalError when a Paperboy
 * uses the database; the place is then as it was.
 */
export function restore(from: string, file: string, now: number): string | null {
  const backup = plainFile(existing(from, 'as FILE'));
  // Before the lock and the folder are made: a refusal leaves nothing. What has a log beside it is whole only with it.
  if (!hasLog(backup)) checkDatabase(backup, `The backup ${from}`, SCHEMA);
  const place = placeOf(file);
  if (realpathSync.native(backup) === place)
    throw new ToolError(`${from} is the database itself. Name a backup of it.`);
  const lock = takeLock(place, file);
  const part = `${place}.part`;
  try {
    copyWhole(backup, part);
    checkDatabase(part, `The copy of the backup ${from}`, SCHEMA);
    if (!existsSync(place)) return exchange(part, place, null);
    // Last of all, for it changes the file that may have to stay as it was.
    refuseWhileInUse(place, file);
    return exchange(part, place, `${place}.replaced-${stamp(now)}`);
  } finally {
    discard(part);
    lock.release();
  }
}

function plainFile(file: string): string {
  const present = statSync(file);
  if (present.isFile()) return file;
  throw new ToolError(
    `The backup ${file} cannot be read: ${present.isDirectory() ? 'it is a folder' : 'it is no plain file'}.`,
  );
}

/** Returns `aside`. What fails half way is taken back. */
function exchange(part: string, place: string, aside: string | null): string | null {
  try {
    if (aside !== null) setAside(place, aside);
    renameSync(part, place);
    return aside;
  } catch (cause) {
    if (aside !== null) putBack(place, aside);
    throw new ToolError(`${place} cannot be replaced: ${reasonOf(cause)}. It is as it was.`, { cause });
  }
}

function putBack(place: string, aside: string): void {
  for (const suffix of COMPANIONS) if (existsSync(aside + suffix)) renameSync(aside + suffix, place + suffix);
  if (existsSync(place)) rmSync(aside, { force: true });
  else if (existsSync(aside)) renameSync(aside, place);
}

/** `2026-11-23T18-51-04` */
export function stamp(now: number): string {
  return new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
}

/** Where the database lies, links followed: what is replaced is the file, not a link to it. */
function placeOf(file: string): string {
  const path = resolve(file);
  try {
    preparePlace(path, file);
    return existsSync(path) ? realpathSync.native(path) : path;
  } catch (error) {
    throw openingFailure(file, error);
  }
}

/** Leaving WAL mode wants the file for oneself: any other program that has it open is in the way. */
function refuseWhileInUse(place: string, file: string): void {
  const connection = new DatabaseSync(place, { timeout: 0 });
  try {
    connection.exec('PRAGMA journal_mode = DELETE');
  } catch (error) {
    // A damaged file is what a restore is for.
    if (sqliteCode(error) === BUSY)
      throw new ToolError(`${file} is in use by another program. End it before you restore.`, {
        cause: error,
      });
  } finally {
    connection.close();
  }
}

/** On the disk before it takes the place of anything. */
function copyWhole(from: string, part: string): void {
  try {
    removeWithCompanions(part);
    copyFileSync(from, part);
    if (hasLog(from)) takeLogIn(from, part);
    const handle = openSync(part, 'r+');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (cause) {
    throw new ToolError(`${from} cannot be copied to ${part}: ${reasonOf(cause)}.`, { cause });
  }
}

/** A file that was copied while it was in use, or after a kill: what was written last stands in the log. A reader leaves an empty one. */
function hasLog(file: string): boolean {
  return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function takeLogIn(from: string, part: string): void {
  copyFileSync(`${from}-wal`, `${part}-wal`);
  const connection = new DatabaseSync(part);
  try {
    connection.exec('PRAGMA journal_mode = DELETE');
  } finally {
    connection.close();
  }
}

/** Keeps a second name for the old file, so that the place is never empty: a Paperboy started then would begin anew. */
function setAside(place: string, aside: string): void {
  // A damaged database may have left its log: it belongs to the old file, and would spoil the new one.
  for (const suffix of COMPANIONS) if (existsSync(place + suffix)) renameSync(place + suffix, aside + suffix);
  // The search index of the old file says nothing about the new one.
  rmSync(snapshotFile(place), { force: true });
  try {
    linkSync(place, aside);
  } catch {
    // Some disks know no second names.
    renameSync(place, aside);
  }
}
