import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '#src/foundation/database/database.ts';
import { FatalError } from '#src/foundation/failure.ts';
import { type Holder, holdElsewhere } from './holder.ts';

let folder: string;
let file: string;
let holder: Holder | null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  file = join(folder, 'paperboy.db');
  holder = null;
});
afterEach(async () => {
  await holder?.kill();
  rmSync(folder, { recursive: true, force: true });
});

const TABLE = ['CREATE TABLE t (a TEXT) STRICT'];
const SCHEMA = { t: TABLE };

/** The sentence that opening ends with; anything but a FatalError fails the test. */
async function refusal(path: string, opening: Parameters<typeof openDatabase>[1] = {}): Promise<string> {
  try {
    await (await openDatabase(path, opening)).close();
  } catch (error) {
    if (error instanceof FatalError) return error.message;
    throw error;
  }
  return 'opened';
}

async function writtenBy(steps: readonly string[], room = 't'): Promise<void> {
  const db = await openDatabase(file);
  await db.migrate(room, steps);
  await db.close();
}

describe('one Paperboy a file', () => {
  it('a second one is refused at once with a sentence that names the process, and changes nothing', async () => {
    holder = await holdElsewhere(file);
    expect(await refusal(file)).toMatch(
      new RegExp(
        `^The database ${file} is in use by another Paperboy \\(process ${holder.pid}, started \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC\\)\\. Stop it first, or name another file in DATABASE_URL\\.$`,
      ),
    );
    await expect(holdElsewhere(file)).rejects.toThrow(`in use by another Paperboy (process ${holder.pid}`);
    const reader = await openDatabase(file, { readOnly: true });
    expect(await reader.all('SELECT a FROM t')).toEqual([{ a: 'from elsewhere' }]);
    await reader.close();
  });

  it('it may start as soon as the first one is dead, however that came', async () => {
    holder = await holdElsewhere(file);
    await holder.kill();
    holder = await holdElsewhere(file);
    expect(await refusal(file)).toContain(`process ${holder.pid}`);
    await holder.kill();
    const db = await openDatabase(file);
    expect(await db.all('SELECT a FROM t')).toHaveLength(2);
    await db.close();
  });

  it('also where the first one runs in the same process', async () => {
    const db = await openDatabase(file);
    expect(await refusal(file)).toContain(`in use by another Paperboy (process ${process.pid}`);
    expect(await refusal(file)).toContain('in use by another Paperboy');
    await db.close();
    expect(await refusal(file)).toBe('opened');
  });

  it('whatever name the file is given', async () => {
    mkdirSync(join(folder, 'inner'));
    symlinkSync(folder, join(folder, 'inner', 'link'));
    symlinkSync('paperboy.db', join(folder, 'other.db'));
    holder = await holdElsewhere(join(folder, 'other.db'));
    expect(existsSync(file)).toBe(true);
    const names = [file, join(folder, 'inner', 'link', 'paperboy.db'), `${folder}/inner/../paperboy.db`];
    const refusals = await Promise.all(names.map((name) => refusal(name)));
    expect(refusals.map((sentence) => sentence.includes('in use by another Paperboy'))).toEqual([
      true,
      true,
      true,
    ]);
    linkSync(file, join(folder, 'hard.db'));
    expect(await refusal(join(folder, 'hard.db'))).toContain('has a second name (a hard link)');
  });

  it('leaves other files, and the database in memory, alone', async () => {
    holder = await holdElsewhere(file);
    expect(await refusal(join(folder, 'other.db'))).toBe('opened');
    expect(await refusal(':memory:')).toBe('opened');
    expect(existsSync(':memory:.lock')).toBe(false);
  });

  it('leaves nothing beside the file but the empty lock', async () => {
    await writtenBy(TABLE);
    expect(readdirSync(folder).toSorted()).toEqual(['paperboy.db', 'paperboy.db.lock']);
    expect(readFileSync(`${file}.lock`)).toHaveLength(0);
  });

  it('the sentence comes without a process where that is not known', async () => {
    const db = await openDatabase(file);
    rmSync(`${file}.pid`);
    expect(await refusal(file)).toContain('is in use by another Paperboy. Stop it first');
    await db.close();
  });
});

describe('readers', () => {
  it('read while Paperboy runs, when it is down, and after it was killed', async () => {
    holder = await holdElsewhere(file);
    const rows = async () => {
      const db = await openDatabase(file, { readOnly: true });
      const { length } = await db.all('SELECT a FROM t');
      await db.close();
      return length;
    };
    expect(await rows()).toBe(1);
    await holder.kill();
    expect(await rows()).toBe(1);
    await (await openDatabase(file)).close();
    expect(await rows()).toBe(1);
  });

  it('cannot write', async () => {
    await writtenBy(TABLE);
    const db = await openDatabase(file, { readOnly: true });
    await expect(db.run("INSERT INTO t VALUES ('x')")).rejects.toThrow('cannot be written');
  });

  it('do not make a database', async () => {
    expect(await refusal(file, { readOnly: true })).toBe(
      `There is no database ${file}. Name another file in DATABASE_URL.`,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are told when the file is of another version', async () => {
    await writtenBy(TABLE);
    const older = { t: [...TABLE, 'ALTER TABLE t ADD COLUMN b TEXT'] };
    expect(await refusal(file, { readOnly: true, schema: older })).toContain(
      'was written by an older Paperboy',
    );
    expect(await refusal(file, { readOnly: true, schema: { t: [] } })).toContain(
      'was written by a newer Paperboy',
    );
    expect(await refusal(file, { readOnly: true, schema: SCHEMA })).toBe('opened');
  });
});

describe('what cannot be opened ends with a sentence that names it', () => {
  it.each([
    ['a folder', () => folder, 'it is a folder'],
    ['nothing', () => '', 'it is a folder'],
    [
      'a path through a file',
      () => under(written('plain', 'text'), 'x.db'),
      'a file is where a folder should be',
    ],
    [
      'a folder below a file',
      () => under(written('plain', 'text'), 'a', 'b', 'x.db'),
      'a file is where a folder should be',
    ],
    ['a folder that cannot be made', () => '/proc/paperboy/data/x.db', 'nothing can be made there'],
    ['a folder that takes no files', () => '/proc/x.db', 'cannot be opened'],
    ['a device that is always full', () => '/dev/full', 'it is no plain file'],
    ['a device that takes everything', () => '/dev/null', 'it is no plain file'],
    ['a pipe', pipe, 'it is no plain file'],
    ['a name that is too long', () => join(folder, 'x'.repeat(300)), 'the name is too long'],
    ['a folder name that is too long', () => join(folder, 'x'.repeat(300), 'x.db'), 'the name is too long'],
    ['a name with a null byte', () => `${folder}/a\0b`, 'null bytes'],
    ['links in a circle', circle, 'its links lead in a circle'],
    [
      'a link into a folder that is not there',
      () => linkTo(join(folder, 'none', 'x.db')),
      'cannot be opened',
    ],
    ['a text', () => written('notes.txt', 'These are notes.\n'.repeat(100)), 'is not a SQLite database'],
    ['a short text', () => written('notes.txt', 'TOKEN=1'), 'is not a SQLite database'],
    ['another program’s database', strangersDatabase, 'belongs to another program'],
    ['another program’s table of the same name', strangersMigrations, 'belongs to another program'],
    ['a database without its end', halfDatabase, 'is corrupt'],
    ['a folder in place of the log', () => withFolder('-wal'), 'cannot be opened'],
    ['a folder in place of the lock', () => withFolder('.lock'), 'cannot be locked'],
    ['a text in place of the lock', () => withText('.lock'), 'cannot be locked'],
    ['a file of the system', () => '/proc/self/mem', 'I/O error'],
  ])('%s', async (_, prepare, words) => {
    const path = await prepare();
    const sentence = await refusal(path);
    expect(sentence).toContain(words);
    expect(sentence).toContain(path === '' ? 'The database' : path);
    expect(sentence).toMatch(/[^.]\.$/);
  });

  it('a socket', async () => {
    const socket = join(folder, 'socket');
    const server = createServer().listen(socket);
    await new Promise((resolve) => server.once('listening', resolve));
    expect(await refusal(socket)).toContain('it is no plain file');
    await new Promise((resolve) => server.close(resolve));
  });

  it('a log that was spoilt is left aside: what stood in the file is there', async () => {
    await writtenBy(TABLE);
    writeFileSync(`${file}-wal`, 'rubbish'.repeat(10_000));
    const db = await openDatabase(file);
    expect(await db.all('SELECT a FROM t')).toEqual([]);
    await db.close();
  });

  it('and is not held after that', async () => {
    await writtenBy(TABLE);
    expect(await refusal(file, { schema: {} })).toContain('newer Paperboy');
    expect(await refusal(file, { schema: SCHEMA })).toBe('opened');
  });

  const under = (...parts: string[]) => join(...parts);
  const written = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  function pipe(): string {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    return join(folder, 'pipe');
  }
  function circle(): string {
    symlinkSync('b', join(folder, 'a'));
    symlinkSync('a', join(folder, 'b'));
    return join(folder, 'a');
  }
  function linkTo(target: string): string {
    symlinkSync(target, file);
    return file;
  }
  function stranger(sql: string): string {
    const db = new DatabaseSync(file);
    db.exec(sql);
    db.close();
    return file;
  }
  function strangersDatabase(): string {
    return stranger('CREATE TABLE bookmark (url TEXT)');
  }
  function strangersMigrations(): string {
    return stranger('CREATE TABLE migration (id INTEGER, name TEXT, at TEXT)');
  }
  async function halfDatabase(): Promise<string> {
    await writtenBy(
      Array.from({ length: 20 }, (_, number) => `CREATE TABLE t${number} (a TEXT UNIQUE) STRICT`),
    );
    truncateSync(file, 4096 * 10);
    return file;
  }
  async function withFolder(suffix: string): Promise<string> {
    await writtenBy(TABLE);
    rmSync(file + suffix, { force: true });
    mkdirSync(file + suffix);
    return file;
  }
  async function withText(suffix: string): Promise<string> {
    await writtenBy(TABLE);
    writeFileSync(file + suffix, 'This is no lock.'.repeat(100));
    return file;
  }
});

describe('a file of a newer Paperboy', () => {
  it('is refused before anything is changed, where a room has seen more', async () => {
    await writtenBy([...TABLE, 'ALTER TABLE t ADD COLUMN b TEXT']);
    const before = readFileSync(file);
    const more = { s: ['CREATE TABLE s (a TEXT) STRICT'], ...SCHEMA };
    expect(await refusal(file, { schema: more })).toBe(
      `The database ${file} was written by a newer Paperboy. Start that version, or restore a backup with \`npm run restore\`.`,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('is refused where it has a room that this one does not know', async () => {
    await writtenBy(TABLE);
    await writtenBy(['CREATE TABLE u (a TEXT) STRICT'], 'later');
    expect(await refusal(file, { schema: SCHEMA })).toContain('newer Paperboy');
  });

  it('is refused also where only one room looks', async () => {
    await writtenBy([...TABLE, 'ALTER TABLE t ADD COLUMN b TEXT']);
    const db = await openDatabase(file);
    await expect(db.migrate('t', TABLE)).rejects.toThrow('newer Paperboy');
    await db.close();
  });

  it('the list of rooms is whole: a room that is not in it is a mistake at its first start', async () => {
    const db = await openDatabase(file, { schema: SCHEMA });
    await expect(db.migrate('forgotten', TABLE)).rejects.toThrow('the room forgotten is not in the schema');
    await db.close();
  });
});

describe('the file while Paperboy runs', () => {
  const opened = async () => {
    const db = await openDatabase(file);
    await db.migrate('t', TABLE);
    await db.run('INSERT INTO t VALUES (?)', 'x'.repeat(20_000));
    await db.stillThere();
    return db;
  };

  it.each([
    ['deleted', () => rmSync(file), 'was deleted, moved or replaced while Paperboy ran'],
    ['replaced', () => replace(file), 'was deleted, moved or replaced while Paperboy ran'],
    ['emptied', () => truncateSync(file, 0), 'was cut or written over while Paperboy ran'],
    ['its folder moved away', () => rmSync(folder, { recursive: true }), 'was deleted, moved or replaced'],
    ['its log deleted', () => rmSync(`${file}-wal`), '-wal, which belongs to the database'],
    ['its log’s index deleted', () => rmSync(`${file}-shm`), '-shm, which belongs to the database'],
    ['its lock deleted', () => rmSync(`${file}.lock`), '.lock, which belongs to the database'],
  ])('%s: noticed, with a sentence that names it', async (_, happen, words) => {
    const db = await opened();
    happen();
    await expect(db.stillThere()).rejects.toThrow(FatalError);
    await expect(db.stillThere()).rejects.toThrow(words);
    await expect(db.stillThere()).rejects.toThrow(file);
  });

  it('cut at the end', async () => {
    const db = await opened();
    await db.run('PRAGMA wal_checkpoint(TRUNCATE)');
    await db.stillThere();
    truncateSync(file, 8192);
    await expect(db.stillThere()).rejects.toThrow('was cut or written over while Paperboy ran');
  });

  it('nothing of what was written is lost with the log alone', async () => {
    const db = await opened();
    rmSync(`${file}-wal`);
    await expect(db.stillThere()).rejects.toThrow('Start Paperboy again.');
    copyFileSync(file, join(folder, 'as it lies.db'));
    const found = await openDatabase(join(folder, 'as it lies.db'), { readOnly: true });
    expect(await found.all('SELECT length(a) AS length FROM t')).toEqual([{ length: 20_000 }]);
    await found.close();
  });

  it('written, read and made smaller by another program: nothing is wrong', async () => {
    const db = await opened();
    await db.run('DELETE FROM t');
    await db.run('PRAGMA wal_checkpoint(TRUNCATE)');
    await db.stillThere();
    const other = new DatabaseSync(file);
    other.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
    other.close();
    await db.stillThere();
    await db.run('INSERT INTO t VALUES (?)', 'goes on');
    await db.stillThere();
    await db.close();
  });

  it('in memory there is nothing to lose', async () => {
    const db = await openDatabase(':memory:');
    await expect(db.stillThere()).resolves.toBeUndefined();
  });

  function replace(path: string): void {
    copyFileSync(path, `${path}.copy`);
    rmSync(path);
    copyFileSync(`${path}.copy`, path);
  }
});
