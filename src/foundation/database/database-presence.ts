import { systemCode } from './database-failure.ts';
import { lockFile } from './database-lock.ts';
import { lookAt } from './database-place.ts';

/** What the watch asks of the open connection. */
type Watched = {
  /** A number that changes when another program writes: only such a program makes the file smaller. */
  foreignWrites(): number;
  /** Brings what stands in the log into the file. */
  saveLog(): void;
};

/**
 * Remembers the files of an open database. The returned check gives a sentence when one of them is gone, another one or
 * cut, and null while all is well: what is written after that could not be found again.
 * `path`: the database, its links followed; `name`: as the operator wrote it.
 */
export function watchPresence(path: string, name: string, watched: Watched): () => string | null {
  const companions = [`${path}-wal`, `${path}-shm`, lockFile(path)];
  const known = new Map([path, ...companions].map((file) => [file, identity(file)]));
  const hasChanged = (file: string) => isOther(file, known.get(file));
  let last = { size: sizeOf(path), writes: watched.foreignWrites() };

  const isCut = (): boolean => {
    const now = { size: sizeOf(path), writes: watched.foreignWrites() };
    if (now.size === 0n || (now.size < last.size && now.writes === last.writes)) return true;
    last = now;
    return false;
  };

  return () => {
    if (hasChanged(path))
      return `The database ${name} was deleted, moved or replaced while Paperboy ran. ${NEXT}`;
    if (isCut()) return `The database ${name} was cut or written over while Paperboy ran. ${NEXT}`;
    const companion = companions.find(hasChanged);
    if (!companion) return null;
    watched.saveLog();
    return `${companion}, which belongs to the database ${name}, was deleted or replaced while Paperboy ran. Start Paperboy again.`;
  };
}

const NEXT = 'Put it back, or restore a backup with `npm run restore`, then start Paperboy again.';

/** A disk that cannot tell at the moment proves nothing. */
function isOther(file: string, known: string | undefined): boolean {
  try {
    return identity(file) !== known;
  } catch (error) {
    return systemCode(error) === 'ENOTDIR';
  }
}

function identity(file: string): string {
  const present = lookAt(file);
  return present ? `${present.dev}:${present.ino}` : 'gone';
}

function sizeOf(file: string): bigint {
  return lookAt(file)?.size ?? 0n;
}
