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
function refusal(path: string, opening: Parameters<typeof openDatabase>[1] = {}): string {
  try {
    openDatabase(path, opening).close();
  } catch (error) {
    if (error instanceof FatalError) return error.message;
    throw error;
  }
  return 'opened';
}

function writtenBy(steps: readonly string[], room = 't'): void {
  const db = openDatabase(file);
  db.migrate(room, steps);
  db.close();
}

describe('one Paperboy a file', () => {
  it('a second one is refused at once with a sentence that names the process, and changes nothing', async () => {
    holder = await holdElsewhere(file);
    expect(refusal(file)).toMatch(
      new RegExp(
        `^The database ${file} is in use by another Paperboy \\(process ${holder.pid}, started \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC\\)\\. Stop it first, or name another file in DATABASE_URL\\.$`,
      ),
    );
    await expect(holdElsewhere(file)).rejects.toThrow(`in use by another Paperboy (process ${holder.pid}`);
    const reader = openDatabase(file, { readOnly: true });
    expect(reader.prepare('SELECT a FROM t').all()).toEqual([{ a: 'from elsewhere' }]);
    reader.close();
  });

  it('it may start as soon as the first one is dead, however that came', async () => {
    holder = await holdElsewhere(file);
    await holder.kill();
    holder = await holdElsewhere(file);
    expect(refusal(file)).toContain(`process ${holder.pid}`);
    await holder.kill();
    const db = openDatabase(file);
    expect(db.prepare('SELECT a FROM t').all()).toHaveLength(2);
    db.close();
  });

  it('also where the first one runs in the same process', () => {
    const db = openDatabase(file);
    expect(refusal(file)).toContain(`in use by another Paperboy (process ${process.pid}`);
    expect(refusal(file)).toContain('in use by another Paperboy');
    db.close();
    expect(refusal(file)).toBe('opened');
  });

  it('whatever name the file is given', async () => {
    mkdirSync(join(folder, 'inner'));
    symlinkSync(folder, join(folder, 'inner', 'link'));
    symlinkSync('paperboy.db', join(folder, 'other.db'));
    holder = await holdElsewhere(join(folder, 'other.db'));
    expect(existsSync(file)).toBe(true);
    const names = [file, join(folder, 'inner', 'link', 'paperboy.db'), `${folder}/inner/../paperboy.db`];
    expect(names.map((name) => refusal(name).includes('in use by another Paperboy'))).toEqual([
      true,
      true,
      true,
    ]);
    linkSync(file, join(folder, 'hard.db'));
    expect(refusal(join(folder, 'hard.db'))).toContain('has a second name (a hard link)');
  });

  it('leaves other files, and the database in memory, alone', async () => {
    holder = await holdElsewhere(file);
    expect(refusal(join(folder, 'other.db'))).toBe('opened');
    expect(refusal(':memory:')).toBe('opened');
    expect(existsSync(':memory:.lock')).toBe(false);
  });

  it('leaves nothing beside the file but the empty lock', () => {
    writtenBy(TABLE);
    expect(readdirSync(folder).toSorted()).toEqual(['paperboy.db', 'paperboy.db.lock']);
    expect(readFileSync(`${file}.lock`)).toHaveLength(0);
  });

  it('the sentence comes without a process where that is not known', () => {
    const db = openDatabase(file);
    rmSync(`${file}.pid`);
    expect(refusal(file)).toContain('is in use by another Paperboy. Stop it first');
    db.close();
  });
});

describe('readers', () => {
  it('read while Paperboy runs, when it is down, and after it was killed', async () => {
    holder = await holdElsewhere(file);
    const rows = () => {
      const db = openDatabase(file, { readOnly: true });
      const found = db.prepare('SELECT a FROM t').all().length;
      db.close();
      return found;
    };
    expect(rows()).toBe(1);
    await holder.kill();
    expect(rows()).toBe(1);
    openDatabase(file).close();
    expect(rows()).toBe(1);
  });

  it('cannot write', () => {
    writtenBy(TABLE);
    const db = openDatabase(file, { readOnly: true });
    expect(() => db.prepare("INSERT INTO t VALUES ('x')").run()).toThrow('cannot be written');
  });

  it('do not make a database', () => {
    expect(refusal(file, { readOnly: true })).toBe(
      `There is no database ${file}. Name another file in DATABASE_URL.`,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are told when the file is of another version', () => {
    writtenBy(TABLE);
    const older = { t: [...TABLE, 'ALTER TABLE t ADD COLUMN b TEXT'] };
    expect(refusal(file, { readOnly: true, schema: older })).toContain('was written by an older Paperboy');
    expect(refusal(file, { readOnly: true, schema: { t: [] } })).toContain('was written by a newer Paperboy');
    expect(refusal(file, { readOnly: true, schema: SCHEMA })).toBe('opened');
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
  ])('%s', (_, prepare, words) => {
    const path = prepare();
    const sentence = refusal(path);
    expect(sentence).toContain(words);
    expect(sentence).toContain(path === '' ? 'The database' : path);
    expect(sentence).toMatch(/[^.]\.$/);
  });

  it('a socket', async () => {
    const socket = join(folder, 'socket');
    const server = createServer().listen(socket);
    await new Promise((resolve) => server.once('listening', resolve));
    expect(refusal(socket)).toContain('it is no plain file');
    await new Promise((resolve) => server.close(resolve));
  });

  it('a log that was spoilt is left aside: what stood in the file is there', () => {
    writtenBy(TABLE);
    writeFileSync(`${file}-wal`, 'rubbish'.repeat(10_000));
    const db = openDatabase(file);
    expect(db.prepare('SELECT a FROM t').all()).toEqual([]);
    db.close();
  });

  it('and is not held after that', () => {
    writtenBy(TABLE);
    expect(refusal(file, { schema: {} })).toContain('newer Paperboy');
    expect(refusal(file, { schema: SCHEMA })).toBe('opened');
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
  function halfDatabase(): string {
    writtenBy(Array.from({ length: 20 }, (_, number) => `CREATE TABLE t${number} (a TEXT UNIQUE) STRICT`));
    truncateSync(file, 4096 * 10);
    return file;
  }
  function withFolder(suffix: string): string {
    writtenBy(TABLE);
    rmSync(file + suffix, { force: true });
    mkdirSync(file + suffix);
    return file;
  }
  function withText(suffix: string): string {
    writtenBy(TABLE);
    writeFileSync(file + suffix, 'This is no lock.'.repeat(100));
    return file;
  }
});

describe('a file of a newer Paperboy', () => {
  it('is refused before anything is changed, where a room has seen more', () => {
    writtenBy([...TABLE, 'ALTER TABLE t ADD COLUMN b TEXT']);
    const before = readFileSync(file);
    const more = { s: ['CREATE TABLE s (a TEXT) STRICT'], ...SCHEMA };
    expect(refusal(file, { schema: more })).toBe(
      `The database ${file} was written by a newer Paperboy. Start that version, or restore a backup with \`npm run restore\`.`,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('is refused where it has a room that this one does not know', () => {
    writtenBy(TABLE);
    writtenBy(['CREATE TABLE u (a TEXT) STRICT'], 'later');
    expect(refusal(file, { schema: SCHEMA })).toContain('newer Paperboy');
  });

  it('is refused also where only one room looks', () => {
    writtenBy([...TABLE, 'ALTER TABLE t ADD COLUMN b TEXT']);
    const db = openDatabase(file);
    expect(() => db.migrate('t', TABLE)).toThrow('newer Paperboy');
    db.close();
  });

  it('the list of rooms is whole: a room that is not in it is a mistake at its first start', () => {
    const db = openDatabase(file, { schema: SCHEMA });
    expect(() => db.migrate('forgotten', TABLE)).toThrow('the room forgotten is not in the schema');
    db.close();
  });
});

describe('the file while Paperboy runs', () => {
  const opened = () => {
    const db = openDatabase(file);
    db.migrate('t', TABLE);
    db.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(20_000));
    db.stillThere();
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
  ])('%s: noticed, with a sentence that names it', (_, happen, words) => {
    const db = opened();
    happen();
    expect(() => db.stillThere()).toThrow(FatalError);
    expect(() => db.stillThere()).toThrow(words);
    expect(() => db.stillThere()).toThrow(file);
  });

  it('cut at the end', () => {
    const db = opened();
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.stillThere();
    truncateSync(file, 8192);
    expect(() => db.stillThere()).toThrow('was cut or written over while Paperboy ran');
  });

  it('nothing of what was written is lost with the log alone', () => {
    const db = opened();
    rmSync(`${file}-wal`);
    expect(() => db.stillThere()).toThrow('Start Paperboy again.');
    copyFileSync(file, join(folder, 'as it lies.db'));
    const found = openDatabase(join(folder, 'as it lies.db'), { readOnly: true });
    expect(found.prepare('SELECT length(a) AS length FROM t').all()).toEqual([{ length: 20_000 }]);
    found.close();
  });

  it('written, read and made smaller by another program: nothing is wrong', () => {
    const db = opened();
    db.exec('DELETE FROM t; PRAGMA wal_checkpoint(TRUNCATE)');
    db.stillThere();
    const other = new DatabaseSync(file);
    other.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
    other.close();
    db.stillThere();
    db.prepare('INSERT INTO t VALUES (?)').run('goes on');
    db.stillThere();
    db.close();
  });

  it('in memory there is nothing to lose', () => {
    expect(() => openDatabase(':memory:').stillThere()).not.toThrow();
  });

  function replace(path: string): void {
    copyFileSync(path, `${path}.copy`);
    rmSync(path);
    copyFileSync(`${path}.copy`, path);
  }
});
