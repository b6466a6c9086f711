import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { Log } from '#src/foundation/log.ts';

/** The search index on disk, beside the database. Only a saving of time: what is missing or damaged is made anew. */
export type SearchSnapshot = {
  read(): Promise<Uint8Array | null>;
  /** All parts or nothing; they must not change until then. A disk that takes none is logged. */
  write(parts: readonly Uint8Array[]): Promise<void>;
};

export function searchSnapshotBeside(databaseFile: string, log: Log): SearchSnapshot {
  const file = snapshotFile(databaseFile);
  return {
    async read() {
      try {
        // Anything else could keep the reader waiting for ever.
        if (!(await stat(file)).isFile()) throw new Error('it is no plain file');
        return await readFile(file);
      } catch (error) {
        if (!isMissing(error)) log.warn({ err: error, file }, 'the search index on disk cannot be read');
        return null;
      }
    },
    async write(parts) {
      const draft = `${file}.new`;
      try {
        await rm(draft, { force: true });
        await writeFile(draft, inBlocks(parts), { flag: 'wx' });
        await rename(draft, file);
      } catch (error) {
        log.warn({ err: error, file }, 'the search index cannot be written to disk');
        await removeDraft(draft, log);
      }
    },
  };
}

async function removeDraft(draft: string, log: Log): Promise<void> {
  try {
    await rm(draft, { force: true });
  } catch (error) {
    log.debug({ err: error, file: draft }, 'the half-written search index cannot be removed');
  }
}

/** Nothing is kept: for a database in memory. */
export const noSearchSnapshot: SearchSnapshot = { read: async () => null, write: async () => {} };

export const snapshotFile = (databaseFile: string): string => `${databaseFile}.search`;

/** Many small parts go as one write. */
const BYTES_AT_ONCE = 1 << 20;

function* inBlocks(parts: readonly Uint8Array[]): Generator<Uint8Array> {
  let block: Uint8Array[] = [];
  let bytes = 0;
  for (const part of parts) {
    block.push(part);
    bytes += part.length;
    if (bytes < BYTES_AT_ONCE) continue;
    yield Buffer.concat(block);
    [block, bytes] = [[], 0];
  }
  yield Buffer.concat(block);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
