import { type BigIntStats, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { FatalError } from '../failure.ts';
import { reasonOf, systemCode, WrongFileError } from './database-failure.ts';

/** Makes the folder of a new database, or refuses what stands in its place. `name`: the path as the operator wrote it. Throws FatalError. */
export function preparePlace(path: string, name: string): void {
  const present = lookAt(path);
  if (present) refuseUnfit(name, present);
  try {
    makeFolder(dirname(path));
  } catch (error) {
    throw new WrongFileError(`The folder of the database ${name} cannot be made: ${reasonOf(error)}.`, error);
  }
}

/** Throws FatalError unless there is a file that can be a database. */
export function checkPlace(path: string, name: string): void {
  const present = lookAt(path);
  if (!present) throw new WrongFileError(`There is no database ${name}.`);
  refuseUnfit(name, present);
}

/** What stands there, null when nothing does. Throws the system's error when that cannot be told. */
export function lookAt(file: string): BigIntStats | null {
  try {
    return statSync(file, { bigint: true });
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function refuseUnfit(name: string, present: BigIntStats): void {
  if (present.isDirectory())
    throw new WrongFileError(`The database ${name} cannot be opened: it is a folder.`);
  if (!present.isFile())
    throw new WrongFileError(`The database ${name} cannot be opened: it is no plain file.`);
  // SQLite keeps a log beside each name: opened under two names, a database is destroyed (howtocorrupt.html, 2.5).
  if (present.nlink > 1n)
    throw new FatalError(
      `The database ${name} has a second name (a hard link). Remove one of the two names, or make a real copy, then start again.`,
    );
}

/** mkdir's own `recursive` never ends below a folder that exists and takes none, such as /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}
