import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { FatalError } from '#src/foundation/failure.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { anEntry, aPlace, NOON } from './some-posts.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  file = join(folder, 'paperboy.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function opened() {
  const db = await openDatabase(file);
  return { db, outbox: await openOutbox(db, NOON) };
}

/** The file may not grow by more than so many pages. */
async function allowPages(db: Database, more: number): Promise<void> {
  const { page_count } = (await db.get<{ page_count: number }>('PRAGMA page_count')) ?? { page_count: 0 };
  await db.run(`PRAGMA max_page_count = ${page_count + more}`);
}

describe('a disk that fills up', () => {
  it('in the middle of queueing stops with a sentence that names the file, and nothing is half queued', async () => {
    const { db, outbox } = await opened();
    await outbox.add(anEntry('before'));
    await allowPages(db, 4);
    const adding = () =>
      db.transaction(async () => {
        for (let i = 0; i < 500; i++) await outbox.add(anEntry('paper', { destination: `channel:c${i}` }));
      });

    await expect(adding()).rejects.toThrow(FatalError);
    await expect(adding()).rejects.toThrow(`The database ${file} is on a full disk`);
    await db.close();

    const { outbox: next } = await opened();
    expect((await next.ledger({ limit: 1000 })).map(({ paper }) => paper)).toEqual(['before']);
    expect(await next.add(anEntry('paper', { destination: 'channel:c0' }))).toBe(1);
  });

  it('while packing leaves the entry due, and no post behind', async () => {
    const { db, outbox } = await opened();
    const why = 'x'.repeat(3000);
    const papers = Array.from({ length: 300 }, (_, i) => `paper ${i} ${'y'.repeat(100)}`);
    for (const paper of papers) await outbox.add(anEntry(paper, { why, mode: 'digest' }));
    await allowPages(db, 1);
    await expect(outbox.pack(aPlace(), 'digest', papers, NOON)).rejects.toThrow(`${file} is on a full disk`);
    await db.close();

    const { outbox: next } = await opened();
    expect(await next.backlog()).toMatchObject({ due: 300, packed: 0 });
  });

  it('before an attempt is recorded keeps the post from being attempted', async () => {
    const { db, outbox } = await opened();
    await outbox.add(anEntry('a'));
    const post = await outbox.pack(aPlace(), 'card', ['a'], NOON);
    await db.run("CREATE TRIGGER full BEFORE UPDATE ON post BEGIN SELECT RAISE(ABORT, 'full'); END");
    await expect(outbox.attempt(post?.id ?? 0, NOON)).rejects.toThrow('full');
    await db.run('DROP TRIGGER full');
    expect(await outbox.ready(NOON, 1)).toMatchObject([{ state: 'packed', attempts: 0 }]);
  });
});
