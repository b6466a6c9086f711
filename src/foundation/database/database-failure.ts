import { FatalError } from '../failure.ts';
import { own } from '../own.ts';

// Primary result codes, https://www.sqlite.org/rescode.html
const SENTENCES: Record<number, string> = {
  3: 'may not be used. Check the permissions of the file and its folder.',
  5: 'is locked by another program. End what that program, a database shell say, does with it, then try again.',
  8: 'cannot be written. Check the permissions of the file and its folder.',
  10: 'could not be read or written (I/O error). Check the disk.',
  11: 'is corrupt. Restore a backup with `npm run restore`.',
  13: 'is on a full disk. Free some space, then start again: nothing half-written was kept.',
  14: 'cannot be opened. Check that its folder exists and may be written.',
  15: 'cannot be locked. Move it to a disk of this machine: a network drive does not do.',
  22: 'is too large for this disk. Move it to another one.',
};

/** What the system says of a path, https://nodejs.org/api/errors.html#common-system-errors */
const REASONS: Record<string, string> = {
  EACCES: 'the permission is missing',
  EPERM: 'the permission is missing',
  ENOENT: 'nothing can be made there',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a file is where a folder should be',
  EEXIST: 'a file is where a folder should be',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead in a circle',
  ENXIO: 'it is no plain file',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
};

const NOT_A_DATABASE = 26;

/** The file that was named cannot be the database. The sentence says where to name another. */
export class WrongFileError extends FatalError {
  override name = 'WrongFileError';
  readonly #problem: string;

  /** `problem`: a whole sentence that names the file. `where`: `in DATABASE_URL`, or the option that named the file. */
  constructor(problem: string, cause?: unknown, where = 'in DATABASE_URL') {
    super(`${problem} Name another file ${where}.`, { cause });
    this.#problem = problem;
  }

  /** The same, for a file that was named elsewhere. */
  named(where: string): WrongFileError {
    return new WrongFileError(this.#problem, this.cause, where);
  }
}

/** Another program holds the file; it may let go of it in a moment. */
export class LockedError extends FatalError {
  override name = 'LockedError';
}

const BUSY = 5;

/** Turns SQLite's failures that no retry mends into a sentence that names the file; passes others through. */
export function databaseFailure(file: string, error: unknown): unknown {
  const code = sqliteCode(error);
  if (code === NOT_A_DATABASE)
    return new WrongFileError(`The database ${file} is not a SQLite database.`, error);
  const sentence = code === null ? undefined : SENTENCES[code];
  if (!sentence) return error;
  const Failure = code === BUSY ? LockedError : FatalError;
  return new Failure(`The database ${file} ${sentence}`, { cause: error });
}

/** A sentence for whatever kept the file from being opened: SQLite's failures, the system's, and any other. */
export function openingFailure(file: string, error: unknown): FatalError {
  if (error instanceof FatalError) return error;
  const known = databaseFailure(file, error);
  if (known instanceof FatalError) return known;
  return new WrongFileError(`The database ${file} cannot be opened: ${reasonOf(error)}.`, error);
}

/** A few words on why the system or SQLite refused. */
export function reasonOf(error: unknown): string {
  const code = systemCode(error);
  const reason = code === null ? undefined : own(REASONS, code);
  if (reason !== undefined) return reason;
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
}

/** The system's error code, such as `ENOENT`, or null when the error has none. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** SQLite's primary result code, or null when the error is not SQLite's. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null;
}
