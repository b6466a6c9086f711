import { FatalError } from './failure.ts';

// Primary result codes, https://www.sqlite.org/rescode.html
const SENTENCES: Record<number, string> = {
  5: 'is locked by another process. Stop the other Paperboy that uses it.',
  8: 'cannot be written. Check the permissions of the file and its folder.',
  10: 'could not be read or written (I/O error). Check the disk.',
  11: 'is corrupt. Restore a backup with `npm run restore`.',
  13: 'is on a full disk. Free some space, then start again: nothing half-written was kept.',
  14: 'cannot be opened. Check that its folder exists and may be written.',
  26: 'is not a SQLite database. Name another file in DATABASE_URL.',
};

/** Turns SQLite's failures that no retry mends into a sentence that names the file; passes others through. */
export function databaseFailure(file: string, error: unknown): unknown {
  const code = sqliteCode(error);
  const sentence = code === null ? undefined : SENTENCES[code];
  return sentence ? new FatalError(`The database ${file} ${sentence}`, { cause: error }) : error;
}

/** SQLite's primary result code, or null when the error is not SQLite's. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null;
}
