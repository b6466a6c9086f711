import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { databaseFailure } from '#src/foundation/database/database-failure.ts';
import { FatalError } from '#src/foundation/failure.ts';

const TABLE = ['CREATE TABLE t (a TEXT) STRICT'];
const INSERT = 'INSERT INTO t VALUES (?)';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  file = join(folder, 'inner', 'paperboy.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function opened(): Promise<Database> {
  const db = await openDatabase(file);
  await db.migrate('t', TABLE);
  return db;
}

async function count(db: Database): Promise<number | undefined> {
  return (await db.get<{ n: number }>('SELECT count(*) AS n FROM t'))?.n;
}

async function limitPages(db: Database, spare: number): Promise<void> {
  const { page_count: pages } = (await db.get<{ page_count: number }>('PRAGMA page_count')) ?? {
    page_count: 0,
  };
  await db.run(`PRAGMA max_page_count = ${pages + spare}`);
}

describe('the database file', () => {
  it('is created with its folder, and keeps what was written', async () => {
    const db = await opened();
    await db.run(INSERT, 'kept');
    await db.close();
    const again = await openDatabase(file, { readOnly: true });
    expect(await again.all('SELECT a FROM t')).toEqual([{ a: 'kept' }]);
    expect(again.file).toBe(file);
    await again.close();
  });

  it('syncs the disk for each transaction, and spares that only where it may come soon', async () => {
    const db = await openDatabase(file);
    const synchronous = async () =>
      (await db.get<{ synchronous: number }>('PRAGMA synchronous'))?.synchronous;
    const [FULL, NORMAL] = [2, 1];
    expect(await db.transaction(synchronous)).toBe(FULL);
    expect(await db.transaction(synchronous, 'soon')).toBe(NORMAL);
    expect(await db.transaction(() => db.transaction(synchronous, 'soon'))).toBe(FULL);
    const failing = db.transaction(() => Promise.reject(new Error('failed')), 'soon');
    await expect(failing).rejects.toThrow('failed');
    expect(await synchronous()).toBe(FULL);
  });

  it('is closed before the call returns where the process ends: what is half done is undone, and nothing is left beside it', async () => {
    const db = await opened();
    await db.run(INSERT, 'kept');
    await count(db);
    const { promise: forEver } = Promise.withResolvers<void>();
    const writing = db.transaction(async () => {
      await db.run(INSERT, 'half');
      await db.transaction(async () => db.run(INSERT, 'half'));
      await forEver;
    }, 'soon');
    const waiting = db.run(INSERT, 'late');
    db.closeAtOnce();
    expect(readdirSync(dirname(file)).sort()).toEqual(['paperboy.db', 'paperboy.db.lock']);
    await expect(writing).rejects.toThrow('database is not open');
    await expect(waiting).rejects.toThrow('database is not open');
    await expect(count(db)).rejects.toThrow('database is not open');
    const again = await openDatabase(file);
    expect(await again.all('SELECT a FROM t')).toEqual([{ a: 'kept' }]);
    db.closeAtOnce();
    await db.close();
    await again.close();
  });

  it('is left clean by a process that ends in the middle of a transaction', async () => {
    await (await opened()).close();
    const module = import.meta.resolve('#src/foundation/database/database.ts');
    const program = `const { openDatabase } = await import(${JSON.stringify(module)});
      const db = await openDatabase(process.argv[1]);
      process.once('exit', db.closeAtOnce);
      await db.transaction(async () => {
        await db.run('INSERT INTO t VALUES (?)', 'half');
        process.exit();
      });`;
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program, file]);
    expect(readdirSync(dirname(file)).sort()).toEqual(['paperboy.db', 'paperboy.db.lock']);
    expect(await count(await openDatabase(file))).toBe(0);
  });

  it('closes but once when the process ends while others still have their turn', async () => {
    const db = await opened();
    const { promise: forEver } = Promise.withResolvers<void>();
    const writing = db.transaction(() => forEver);
    const closing = db.close();
    db.closeAtOnce();
    await expect(writing).rejects.toThrow('database is not open');
    await closing;
    await (await openDatabase(file)).close();
  });

  it('takes one statement at a time: SQLite would pass over the others without a word', async () => {
    const db = await opened();
    await expect(db.run('DELETE FROM t; DROP TABLE t')).rejects.toThrow(
      'one statement at a time: DROP TABLE t',
    );
    expect(await count(db)).toBe(0);
  });

  it('prepares a statement again that it has forgotten among hundreds of others', async () => {
    const db = await opened();
    for (let n = 0; n < 1200; n++) expect(await db.get(`SELECT ${n % 600} AS n`)).toEqual({ n: n % 600 });
  });
});

describe('a database file in trouble stops Paperboy with a sentence that names it', () => {
  const long = 'x'.repeat(4000);

  it('a full disk in the middle of a transaction: nothing half-written', async () => {
    const db = await opened();
    await db.run(INSERT, 'before');
    await limitPages(db, 5);
    const filling = () =>
      db.transaction(async () => {
        for (let i = 0; i < 100; i++) await db.run(INSERT, long);
      });
    await expect(filling()).rejects.toThrow(FatalError);
    await expect(filling()).rejects.toThrow(`${file} is on a full disk`);
    expect(await count(db)).toBe(1);
  });

  it('a full disk that nobody in the transaction heeds: nothing that follows is written for itself', async () => {
    const db = await opened();
    await limitPages(db, 5);
    const heedless = db.transaction(async () => {
      await Promise.allSettled(Array.from({ length: 100 }, () => db.run(INSERT, long)));
      await db.transaction(() => db.run(INSERT, 'small')).catch(() => null);
      await db.run(INSERT, 'small').catch(() => null);
    });
    await expect(heedless).rejects.toThrow(`${file} is on a full disk`);
    expect(await count(db)).toBe(0);
    await db.run(INSERT, 'goes on');
    expect(await count(db)).toBe(1);
  });

  it('a full disk outside of a transaction', async () => {
    const db = await opened();
    await limitPages(db, 0);
    await expect(db.run(INSERT, 'x'.repeat(40_000))).rejects.toThrow('full disk');
    await expect(db.get(`${INSERT} RETURNING a`, 'x'.repeat(40_000))).rejects.toThrow('full disk');
  });

  it('a file that is no database', async () => {
    writeFileSync(join(folder, 'notes.txt'), 'These are notes, and not a database.'.repeat(100));
    const opening = () => openDatabase(join(folder, 'notes.txt'));
    await expect(opening()).rejects.toThrow(FatalError);
    await expect(opening()).rejects.toThrow('notes.txt is not a SQLite database');
  });

  it('a file that lost its end', async () => {
    const db = await opened();
    await db.insert(
      INSERT,
      Array.from({ length: 100 }, () => [long]),
    );
    await db.close();
    truncateSync(file, 4096 * 10);
    const reading = async () => (await openDatabase(file)).all('SELECT sum(length(a)) FROM t');
    await expect(reading()).rejects.toThrow(FatalError);
    await expect(reading()).rejects.toThrow(`${file} is corrupt`);
  });

  it('a file that another program writes, and goes on when it was only for a moment', async () => {
    const db = await openDatabase(file);
    const other = new DatabaseSync(file);
    const sentence = `The database ${file} is locked by another program.`;
    await db.run('PRAGMA busy_timeout = 10');
    other.exec('BEGIN IMMEDIATE');
    await expect(db.transaction(async () => 0)).rejects.toThrow(FatalError);
    await expect(db.transaction(async () => 0)).rejects.toThrow(sentence);
    await db.close();
    await expect(openDatabase(file)).rejects.toThrow(sentence);
    other.close();
    expect(await (await openDatabase(file)).transaction(async () => 7)).toBe(7);
  });

  it('a step to this version that fails: nothing of it is kept', async () => {
    const db = await openDatabase(file);
    const steps = [
      'CREATE TABLE t (a TEXT) STRICT',
      'CREATE TABLE u (a TEXT) STRICT; ALTER TABLE gone ADD b',
    ];
    await expect(db.migrate('t', steps)).rejects.toThrow(FatalError);
    await expect(db.migrate('t', steps)).rejects.toThrow(
      `${file} cannot be brought up to date (t 1: no such table: gone)`,
    );
    expect(await db.all("SELECT name FROM sqlite_schema WHERE name IN ('t', 'u')")).toEqual([]);
  });

  it('passes other errors through', () => {
    const other = new TypeError('something else');
    expect(databaseFailure(file, other)).toBe(other);
  });
});
