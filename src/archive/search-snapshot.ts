import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import type { Log } from '#src/foundation/log.ts';

/** The search index on disk, beside the database. Only a saving of time: what is missing or damaged is made anew. */
export type SearchSnapshot = {
  read(): Uint8Array | null;
  /** All parts or nothing. A disk that takes none is logged. */
  write(parts: readonly Uint8Array[]): void;
};

export function searchSnapshotBeside(databaseFile: string, log: Log): SearchSnapshot {
  const file = snapshotFile(databaseFile);
  return {
    read() {
      try {
        // Anything else could keep the reader waiting for ever.
        if (!statSync(file).isFile()) throw new Error('it is no plain file');
        return readFileSync(file);
      } catch (error) {
        if (!isMissing(error)) log.warn({ err: error, file }, 'the search index on disk cannot be read');
        return null;
      }
    },
    write(parts) {
      const draft = `${file}.new`;
      try {
        rmSync(draft, { force: true });
        writeAll(draft, parts);
        renameSync(draft, file);
      } catch (error) {
        log.warn({ err: error, file }, 'the search index cannot be written to disk');
        removeDraft(draft, log);
      }
    },
  };
}

function removeDraft(draft: string, log: Log): void {
  try {
    rmSync(draft, { force: true });
  } catch (error) {
    log.debug({ err: error, file: draft }, 'the half-written search index cannot be removed');
  }
}

/** Nothing is kept: for a database in memory. */
export const noSearchSnapshot: SearchSnapshot = { read: () => null, write: () => {} };

export const snapshotFile = (databaseFile: string): string => `${databaseFile}.search`;

function writeAll(file: string, parts: readonly Uint8Array[]): void {
  const handle = openSync(file, 'wx');
  try {
    for (const part of parts) for (let at = 0; at < part.length; ) at += writeSync(handle, part, at);
  } finally {
    closeSync(handle);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
