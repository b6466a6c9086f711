import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { FatalError } from '../failure.ts';
import { reasonOf, sqliteCode } from './database-failure.ts';

/**
 * One process writes a database. The lock is an empty SQLite file beside it, held in a transaction that never ends: the
 * system gives it back when its holder dies, however that comes. The file itself means nothing and stays where it is:
 * removing it would open a moment in which two hold one each. No other way may open it, for on POSIX a process loses its
 * locks on a file when it closes any handle of it: so the holder's number stands in a file of its own.
 */
type DatabaseLock = { release(): void };

export const lockFile = (file: string): string => `${file}.lock`;
const noteFile = (file: string): string => `${file}.pid`;

const BUSY = 5;

/**
 * `file`: the database, its links followed; `name`: as the operator wrote it. Throws FatalError at once when another
 * process, or this one, holds the lock.
 */
export function takeLock(file: string, name: string): DatabaseLock {
  let connection: DatabaseSync | null = null;
  try {
    connection = new DatabaseSync(lockFile(file), { timeout: 0 });
    connection.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    connection?.close();
    throw new FatalError(sqliteCode(error) === BUSY ? inUse(file, name) : unlockable(file, name, error), {
      cause: error,
    });
  }
  const held = connection;
  writeNote(file);
  return {
    release() {
      removeNote(file);
      held.close();
    },
  };
}

function inUse(file: string, name: string): string {
  return `The database ${name} is in use by another Paperboy${holderOf(file)}. Stop it first, or name another file in DATABASE_URL.`;
}

function unlockable(file: string, name: string, error: unknown): string {
  return `The database ${name} cannot be locked: ${lockFile(file)} cannot be used (${reasonOf(error)}). Check its permissions, or remove it while no Paperboy runs.`;
}

/** Only for the sentence: without it the lock holds as well. */
function writeNote(file: string): void {
  removeNote(file);
  try {
    writeFileSync(noteFile(file), `${process.pid} ${hostname()}\n`, { flag: 'wx' });
  } catch {
    removeNote(file);
  }
}

function removeNote(file: string): void {
  try {
    rmSync(noteFile(file), { force: true });
  } catch {
    // What stands there is not ours.
  }
}

/** ` (process 1234, started 2026-03-02 12:00 UTC)`, or nothing where that is not known. */
function holderOf(file: string): string {
  try {
    const [pid, host] = readFileSync(noteFile(file), 'utf8').trim().split(' ');
    const since = statSync(noteFile(file)).mtime.toISOString().slice(0, 16).replace('T', ' ');
    return ` (process ${pid}${host === hostname() ? '' : ` on ${host}`}, started ${since} UTC)`;
  } catch {
    return '';
  }
}
