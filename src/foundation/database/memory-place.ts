import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a database that keeps nothing lies: two connections cannot share one that is in memory alone. */
type MemoryPlace = {
  file: string;
  /** Once all of the database's files are open. They live on without a name where the system allows that (not on Windows). */
  forget(): void;
  remove(): void;
};

// One for the process, as its listener is: hundreds of databases may be open at once.
const left = new Set<string>();
let isWatched = false;

/** A new folder under the system's temporary one, gone at the end of the process at the latest. */
export function makeMemoryPlace(): MemoryPlace {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-memory-'));
  left.add(folder);
  if (!isWatched) process.once('exit', () => left.forEach(removeFolder));
  isWatched = true;
  return {
    file: join(folder, 'paperboy.db'),
    forget: () => removeFolder(folder),
    remove: () => removeFolder(folder),
  };
}

function removeFolder(folder: string): void {
  if (!left.has(folder)) return;
  try {
    rmSync(folder, { recursive: true, force: true });
    left.delete(folder);
  } catch {
    // Windows keeps what is open; it is tried again at the end.
  }
}
