import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '#src/foundation/database/database.ts';
import { FatalError } from '#src/foundation/failure.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { aPlace, aPromise, NOON } from './some-posts.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  file = join(folder, 'paperboy.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

function opened() {
  const db = openDatabase(file);
  return { db, outbox: openOutbox(db, NOON) };
}

/** The file may not grow by more than so many pages. */
function allowPages(db: ReturnType<typeof openDatabase>, more: number): void {
  const { page_count } = db.prepare<{ page_count: number }>('PRAGMA page_count').get() ?? { page_count: 0 };
  db.exec(`PRAGMA max_page_count = ${page_count + more}`);
}

describe('a disk that fills up', () => {
  it('in the middle of promising stops with a sentence that names the file, and nothing is half-promised', () => {
    const { db, outbox } = opened();
    outbox.promise(aPromise('before'));
    allowPages(db, 4);
    const promising = () =>
      db.transaction(() => {
        for (let i = 0; i < 500; i++) outbox.promise(aPromise('paper', { channelId: `c${i}` }));
      });

    expect(promising).toThrow(FatalError);
    expect(promising).toThrow(`The database ${file} is on a full disk`);
    db.close();

    const { outbox: next } = opened();
    expect(next.ledger({ limit: 1000 }).map(({ paper }) => paper)).toEqual(['before']);
    expect(next.promise(aPromise('paper', { channelId: 'c0' }))).toBe('promised');
  });

  it('while packing leaves the promise due, and no post behind', () => {
    const { db, outbox } = opened();
    const why = 'x'.repeat(3000);
    const papers = Array.from({ length: 300 }, (_, i) => `paper ${i} ${'y'.repeat(100)}`);
    for (const paper of papers) outbox.promise(aPromise(paper, { why, lane: 'digest' }));
    allowPages(db, 1);
    expect(() => outbox.pack(aPlace(), 'digest', papers, NOON)).toThrow(`${file} is on a full disk`);
    db.close();

    const { outbox: next } = opened();
    expect(next.backlog()).toMatchObject({ due: 300, packed: 0 });
  });

  it('before an attempt is recorded keeps the post from being attempted', () => {
    const { db, outbox } = opened();
    outbox.promise(aPromise('a'));
    const post = outbox.pack(aPlace(), 'card', ['a'], NOON);
    db.exec("CREATE TRIGGER full BEFORE UPDATE ON post BEGIN SELECT RAISE(ABORT, 'full'); END");
    expect(() => outbox.attempt(post?.id ?? 0, NOON)).toThrow('full');
    db.exec('DROP TRIGGER full');
    expect(outbox.ready(NOON, 1)).toMatchObject([{ state: 'packed', attempts: 0 }]);
  });
});
