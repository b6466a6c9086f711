import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FatalError } from '../failure.ts';
import { openingFailure, sqliteCode } from './database-failure.ts';
import { takeLock } from './database-lock.ts';
import { checkPlace, preparePlace } from './database-place.ts';
import { watchPresence } from './database-presence.ts';
import { MIGRATION_TABLE, refuseOlder, refuseUnknown, type Schema } from './database-schema.ts';
import { makeMemoryPlace } from './memory-place.ts';

/** A connection with what is held and watched as long as it is open. */
export type Connection = {
  /** Writes, and reads what the open transaction has written. */
  sqlite: DatabaseSync;
  /** Reads what is committed. The same one where nothing is written. */
  reader: DatabaseSync;
  /** Whether what is committed is on the disk then. */
  synchronous: 'FULL' | 'OFF';
  /** A sentence when the file is no longer there or no longer the same. */
  problem(): string | null;
  /** Brings the log into the file and cuts it; false where somebody reads it. */
  emptyLog(): boolean;
  close(): void;
};

/** Nobody else writes while the lock is held, but a shell or a copying tool may, for a moment. The thread stands meanwhile. */
const OTHERS_TURN_MS = 1000;

// 16 MB of pages are cached.
const READING = 'PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;';
// A WAL that grew in one long transaction is cut back to 64 MB; a checkpoint comes every 16 MB.
// What is deleted is overwritten: in a file that people copy, what was said to be forgotten must not stand between the rows.
const SETTINGS = `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${READING}
PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 4000; PRAGMA secure_delete = ON;`;
const IN_MEMORY = `PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL; ${READING}`;

/** Keeps nothing. */
export function connectInMemory(): Connection {
  const place = makeMemoryPlace();
  const sqlite = new DatabaseSync(place.file, { enableForeignKeyConstraints: true });
  sqlite.exec(IN_MEMORY);
  sqlite.exec(MIGRATION_TABLE);
  const reader = openReader(place.file);
  place.forget();
  return {
    sqlite,
    reader,
    synchronous: 'OFF',
    problem: () => null,
    emptyLog: () => emptyLogOf(sqlite, 0),
    close() {
      closeOnce(reader);
      closeOnce(sqlite);
      place.remove();
    },
  };
}

/** All of its files are open when it is returned. */
function openReader(path: string): DatabaseSync {
  const reader = new DatabaseSync(path, { readOnly: true, timeout: OTHERS_TURN_MS });
  return closingOnFailure(reader, () => {
    reader.exec(`${READING} SELECT count(*) FROM migration`);
    return reader;
  });
}

/**
 * Holds the file for writing until `close`. Throws FatalError, and has changed nothing, when it is not to be had;
 * LockedError when another program holds it for longer than `patienceMs`, in which the thread stands.
 */
export function connectToWrite(
  file: string,
  schema: Schema | null,
  patienceMs: number = OTHERS_TURN_MS,
): Connection {
  const path = resolve(file);
  return opening(file, () => {
    preparePlace(path, file);
    const sqlite = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: patienceMs });
    return closingOnFailure(sqlite, () => lockedConnection(sqlite, realpathSync.native(path), file, schema));
  });
}

function lockedConnection(
  sqlite: DatabaseSync,
  path: string,
  file: string,
  schema: Schema | null,
): Connection {
  const lock = takeLock(path, file);
  try {
    refuseUnknown(sqlite, file, schema);
    sqlite.exec(SETTINGS);
    sqlite.exec(MIGRATION_TABLE);
    // Shows at once whether the file can be written, and whether somebody else is writing.
    sqlite.exec(`BEGIN IMMEDIATE; COMMIT; PRAGMA busy_timeout = ${OTHERS_TURN_MS}`);
    const foreignWrites = sqlite.prepare('PRAGMA data_version');
    const problem = watchPresence(path, file, {
      foreignWrites: () => Number(foreignWrites.get()?.data_version),
      saveLog: () => sqlite.exec('PRAGMA wal_checkpoint(TRUNCATE)'),
    });
    const reader = openReader(path);
    return {
      sqlite,
      reader,
      synchronous: 'FULL',
      problem,
      emptyLog: () => emptyLogOf(sqlite, OTHERS_TURN_MS),
      close() {
        if (!sqlite.isOpen) return;
        // The last one to close brings the log into the file and removes it: a reader may not.
        reader.close();
        sqlite.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Takes no lock: the file may be in use. Throws FatalError when it cannot be read, or is of another version. */
export function connectToRead(file: string, schema: Schema | null): Connection {
  const path = resolve(file);
  return opening(file, () => {
    checkPlace(path, file);
    const sqlite = new DatabaseSync(path, { readOnly: true, timeout: OTHERS_TURN_MS });
    return closingOnFailure<Connection>(sqlite, () => {
      readable(file, () => refuseUnknown(sqlite, file, schema));
      if (schema) refuseOlder(sqlite, file, schema);
      return {
        sqlite,
        reader: sqlite,
        synchronous: 'FULL',
        problem: () => null,
        emptyLog: () => true,
        close: () => closeOnce(sqlite),
      };
    });
  });
}

const READ_ONLY = 8;
const CANNOT_OPEN = 14;

/** Also to read, SQLite keeps a log and its index beside the file. */
function readable(file: string, read: () => void): void {
  try {
    read();
  } catch (error) {
    const code = sqliteCode(error);
    if (code !== READ_ONLY && code !== CANNOT_OPEN) throw error;
    const sentence = `The database ${file} cannot be read where it is, because its folder may not be written. Copy it, with ${file}-wal where there is one, into another folder.`;
    throw new FatalError(sentence, { cause: error });
  }
}

function opening<T>(file: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw openingFailure(file, error);
  }
}

/** Waits for no reader: the thread would stand. `patienceMs`: what the connection waits otherwise. */
function emptyLogOf(sqlite: DatabaseSync, patienceMs: number): boolean {
  sqlite.exec('PRAGMA busy_timeout = 0');
  const row = sqlite.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
  sqlite.exec(`PRAGMA busy_timeout = ${patienceMs}`);
  return Number(row?.busy) === 0;
}

function closeOnce(sqlite: DatabaseSync): void {
  if (sqlite.isOpen) sqlite.close();
}

function closingOnFailure<T>(sqlite: DatabaseSync, use: () => T): T {
  try {
    return use();
  } catch (error) {
    sqlite.close();
    throw error;
  }
}
