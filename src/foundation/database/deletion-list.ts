import { createHmac, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { FatalError } from '../failure.ts';
import { reasonOf } from './database-failure.ts';

/** What was deleted: all that names a member, or all of a server. */
export type Deleted = { what: 'member' | 'server'; id: string };

/**
 * The deletions that people asked for, in a file beside the database: it stays where it is when a backup takes the database's
 * place, which then does not know the later ones. Of each the file keeps a hash under its own salt. That hides an id from whoever reads, searches
 * or copies the file by chance. It hides nothing from whoever has the file and tries ids: they are numbers by time, few
 * enough to be tried all. To be asked about the ids of a backup is what it is for.
 */
export type DeletionList = {
  /** Another one with each file: how far a database has gone is told with it. Null: there is no file yet. */
  name(): string | null;
  length(): number;
  /** Durable when it returns. Throws FatalError where the file cannot be written. */
  add(deleted: Deleted): void;
  /** Whether it is among those after the first `known`. */
  since(known: number): (deleted: Deleted) => boolean;
};

const head = z.object({ paperboyDeletions: z.literal(1), name: z.string(), salt: z.string() });
const entry = z.object({ at: z.string(), hash: z.string() });

type Head = z.infer<typeof head>;
type Kept = { head: Head | null; hashes: string[]; isTorn: boolean };

/** Where the list of a database lies. */
export const deletionFile = (database: string): string => `${database}.deletions`;

/** `file`: null keeps it for this life alone. Throws FatalError when it is there and cannot be read. */
export function openDeletionList(file: string | null, now: () => number): DeletionList {
  const kept: Kept = file === null ? { head: null, hashes: [], isTorn: false } : read(file);

  const write = (text: string): void => {
    if (file !== null) appendTo(file, kept.isTorn ? `\n${text}` : text);
    kept.isTorn = false;
  };

  const headOf = (): Head => {
    if (kept.head) return kept.head;
    const made: Head = {
      ...{ paperboyDeletions: 1, name: randomBytes(8).toString('hex') },
      salt: randomBytes(32).toString('hex'),
    };
    write(`${JSON.stringify(made)}\n`);
    kept.head = made;
    return made;
  };

  return {
    name: () => kept.head?.name ?? null,
    length: () => kept.hashes.length,
    add(deleted) {
      const hash = hashOf(headOf(), deleted);
      write(`${JSON.stringify({ at: new Date(now()).toISOString(), hash })}\n`);
      kept.hashes.push(hash);
    },
    since(known) {
      const later = new Set(kept.hashes.slice(known));
      return (deleted) => kept.head !== null && later.has(hashOf(kept.head, deleted));
    },
  };
}

const hashOf = ({ salt }: Head, { what, id }: Deleted): string =>
  createHmac('sha256', salt).update(`${what} ${id}`).digest('hex');

function read(file: string): Kept {
  if (!existsSync(file)) return { head: null, hashes: [], isTorn: false };
  try {
    const text = readFileSync(file, 'utf8');
    const [first = '', ...lines] = text.split('\n');
    // The last line may be half written: its deletion was not done then, nor called done.
    const hashes = lines.slice(0, -1).flatMap((line) => {
      const read = entry.safeParse(jsonOf(line));
      return read.success ? [read.data.hash] : [];
    });
    return { head: head.parse(JSON.parse(first)), hashes, isTorn: !text.endsWith('\n') };
  } catch (cause) {
    const sentence = `The list of deletions ${file} cannot be read: ${reasonOf(cause)}. Put back a copy of it. Without the list, a backup that is restored brings back what people had deleted.`;
    throw new FatalError(sentence, { cause });
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function appendTo(file: string, text: string): void {
  try {
    const handle = openSync(file, 'a', 0o600);
    try {
      writeSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (cause) {
    throw new FatalError(
      `The list of deletions ${file} cannot be written: ${reasonOf(cause)}. Nothing was deleted.`,
      { cause },
    );
  }
}
