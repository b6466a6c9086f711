import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '#src/foundation/database/database.ts';
import { databaseFailure } from '#src/foundation/database/database-failure.ts';
import { FatalError } from '#src/foundation/failure.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  file = join(folder, 'inner', 'paperboy.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function fail(): never {
  throw new Error('failed');
}

const count = (db: ReturnType<typeof openDatabase>) =>
  db.prepare<{ n: number }>('SELECT count(*) AS n FROM t').get()?.n;

describe('the database file', () => {
  it('is created with its folder, and keeps what was written', () => {
    const db = openDatabase(file);
    db.migrate('t', ['CREATE TABLE t (a TEXT) STRICT']);
    db.prepare('INSERT INTO t VALUES (?)').run('kept');
    db.close();
    const again = openDatabase(file, { readOnly: true });
    expect(again.prepare('SELECT a FROM t').all()).toEqual([{ a: 'kept' }]);
  });

  it('runs each migration of a room once, and later ones when they come', () => {
    const first = ['CREATE TABLE t (a TEXT) STRICT'];
    const db = openDatabase(file);
    db.migrate('t', first);
    db.migrate('t', first);
    db.migrate('t', [...first, 'ALTER TABLE t ADD COLUMN b TEXT']);
    expect(db.prepare('SELECT a, b FROM t').all()).toEqual([]);
  });

  it('keeps nothing of a transaction that fails', () => {
    const db = openDatabase(file);
    db.migrate('t', ['CREATE TABLE t (a TEXT) STRICT']);
    const failing = () =>
      db.transaction(() => {
        db.prepare('INSERT INTO t VALUES (?)').run('x');
        throw new Error('stop');
      });
    expect(failing).toThrow('stop');
    expect(count(db)).toBe(0);
  });

  it('undoes a nested transaction alone when the outer one goes on', () => {
    const db = openDatabase(file);
    db.migrate('t', ['CREATE TABLE t (a TEXT) STRICT']);
    const insert = db.prepare('INSERT INTO t VALUES (?)');
    db.transaction(() => {
      insert.run('outer');
      const inner = () =>
        db.transaction(() => {
          insert.run('inner');
          throw new Error('inner stop');
        });
      expect(inner).toThrow('inner stop');
    });
    expect(db.prepare('SELECT a FROM t').all()).toEqual([{ a: 'outer' }]);
  });

  it('syncs the disk for each transaction, and spares that only where it may come soon', () => {
    const db = openDatabase(file);
    const synchronous = () => db.prepare<{ synchronous: number }>('PRAGMA synchronous').get()?.synchronous;
    const [FULL, NORMAL] = [2, 1];
    expect(db.transaction(synchronous)).toBe(FULL);
    expect(db.transaction(synchronous, 'soon')).toBe(NORMAL);
    expect(() => db.transaction(() => fail(), 'soon')).toThrow('failed');
    expect(synchronous()).toBe(FULL);
  });

  it('refuses work that waits, and keeps nothing of it', () => {
    const db = openDatabase(file);
    db.migrate('t', ['CREATE TABLE t (a TEXT) STRICT']);
    const waiting = () => db.transaction(async () => db.prepare('INSERT INTO t VALUES (?)').run('x'));
    expect(waiting).toThrow('must not wait');
    expect(count(db)).toBe(0);
  });
});

describe('a database file in trouble stops Paperboy with a sentence that names it', () => {
  it('a full disk in the middle of a transaction: nothing half-written', () => {
    const db = openDatabase(file);
    db.migrate('t', ['CREATE TABLE t (a TEXT) STRICT']);
    db.prepare('INSERT INTO t VALUES (?)').run('before');
    const pages = db.prepare<{ page_count: number }>('PRAGMA page_count').get()?.page_count ?? 0;
    db.exec(`PRAGMA max_page_count = ${pages + 5}`);
    const filling = () =>
      db.transaction(() => {
        for (let i = 0; i < 100; i++) db.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(4000));
      });
    expect(filling).toThrow(FatalError);
    expect(filling).toThrow(`${file} is on a full disk`);
    expect(count(db)).toBe(1);
  });

  it('a full disk outside of a transaction', () => {
    const db = openDatabase(file);
    db.migrate('t', ['CREATE TABLE t (a TEXT) STRICT']);
    const pages = db.prepare<{ page_count: number }>('PRAGMA page_count').get()?.page_count ?? 0;
    db.exec(`PRAGMA max_page_count = ${pages}`);
    expect(() => db.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(40_000))).toThrow('full disk');
  });

  it('a file that is no database', () => {
    writeFileSync(join(folder, 'notes.txt'), 'These are notes, and not a database.'.repeat(100));
    const opening = () => openDatabase(join(folder, 'notes.txt'));
    expect(opening).toThrow(FatalError);
    expect(opening).toThrow('notes.txt is not a SQLite database');
  });

  it('a file that lost its end', () => {
    const db = openDatabase(file);
    db.migrate('t', ['CREATE TABLE t (a TEXT) STRICT']);
    db.transaction(() => {
      for (let i = 0; i < 100; i++) db.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(4000));
    });
    db.close();
    truncateSync(file, 4096 * 10);
    const reading = () => openDatabase(file).prepare('SELECT sum(length(a)) FROM t').all();
    expect(reading).toThrow(FatalError);
    expect(reading).toThrow(`${file} is corrupt`);
  });

  it('a file that another program writes, and goes on when it was only for a moment', () => {
    const db = openDatabase(file);
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    const sentence = `The database ${file} is locked by another program.`;
    db.exec('PRAGMA busy_timeout = 10');
    expect(() => db.transaction(() => 0)).toThrow(FatalError);
    expect(() => db.transaction(() => 0)).toThrow(sentence);
    db.close();
    expect(() => openDatabase(file)).toThrow(sentence);
    other.close();
    expect(openDatabase(file).transaction(() => 7)).toBe(7);
  });

  it('a step to this version that fails: nothing of it is kept', () => {
    const db = openDatabase(file);
    const steps = [
      'CREATE TABLE t (a TEXT) STRICT',
      'CREATE TABLE u (a TEXT) STRICT; ALTER TABLE gone ADD b',
    ];
    expect(() => db.migrate('t', steps)).toThrow(FatalError);
    expect(() => db.migrate('t', steps)).toThrow(
      `${file} cannot be brought up to date (t 1: no such table: gone)`,
    );
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE name IN ('t', 'u')").all()).toEqual([]);
  });

  it('passes other errors through', () => {
    const other = new TypeError('something else');
    expect(databaseFailure(file, other)).toBe(other);
  });
});
