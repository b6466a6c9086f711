import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { deletionFile, openDeletionList } from '#src/foundation/database/deletion-list.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { REPEATED_TO } from '#src/pipeline/forgetting.ts';
import { backUp } from '#src/tools/backup-file.ts';
import { restore } from '#src/tools/restore-file.ts';
import { phrase } from '#src/wording/phrase.ts';
import { anEntry, aPlace, NOON } from '#test/outbox/some-posts.ts';

let folder: string;
let file: string;
let copy: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  file = join(folder, 'paperboy.db');
  copy = join(folder, 'copy.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function databaseWith(...papers: string[]) {
  const db = await openDatabase(file);
  const outbox = await openOutbox(db, NOON);
  for (const paper of papers) await outbox.add(anEntry(paper));
  return db;
}

const papersIn = async (path: string) => {
  const db = await openDatabase(path, { readOnly: true });
  const papers = (await db.all<{ paper: string }>('SELECT paper FROM entry')).map(({ paper }) => paper);
  await db.close();
  return papers;
};

describe('a backup', () => {
  it('is made while the database is in use, and holds what was written until then', async () => {
    const db = await databaseWith('a', 'b');
    await backUp(file, copy);
    await db.close();
    expect(await papersIn(copy)).toEqual(['a', 'b']);
    expect(readdirSync(folder).filter((name) => name.includes('part'))).toEqual([]);
  });

  it('never overwrites another one, and needs a database', async () => {
    await (await databaseWith('a')).close();
    writeFileSync(copy, 'an older backup');
    await expect(backUp(file, copy)).rejects.toThrow('copy.db exists already');
    await expect(backUp(join(folder, 'none.db'), join(folder, 'x'))).rejects.toThrow('There is no database');
  });
});

describe('a backup that cannot be made names what is wrong', () => {
  it.each([
    ['a folder that is not there', () => join(folder, 'none', 'copy.db'), 'there is no folder /'],
    ['a file where a folder should be', () => join(file, 'copy.db'), 'a file is where a folder should be'],
  ])('%s', async (_, to, words) => {
    await (await databaseWith('a')).close();
    await expect(backUp(file, to())).rejects.toThrow(`${to()} cannot be written: ${words}`);
  });

  it('a damaged database', async () => {
    await (await databaseWith('a')).close();
    truncateSync(file, 4096 * 3);
    await expect(backUp(file, copy)).rejects.toThrow(file);
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual([]);
  });
});

describe('a restore', () => {
  it('puts the backup in place and keeps what stood there', async () => {
    await (await databaseWith('a')).close();
    await backUp(file, copy);
    await (await databaseWith('b')).close();
    const aside = restore(copy, file, NOON);
    expect(await papersIn(file)).toEqual(['a']);
    expect(aside).toBe(`${file}.replaced-2026-03-02T12-00-00`);
    expect(await papersIn(aside ?? '')).toEqual(['a', 'b']);
  });

  it('is refused while the database is open elsewhere', async () => {
    await (await databaseWith('a')).close();
    await backUp(file, copy);
    const db = await databaseWith('b');
    expect(() => restore(copy, file, NOON)).toThrow(
      `${file} is in use by another Paperboy (process ${process.pid}`,
    );
    await db.close();
    expect(await papersIn(file)).toEqual(['a', 'b']);
    expect(readdirSync(folder).filter((name) => name.includes('part'))).toEqual([]);
  });

  it('is refused while another program has the database open', async () => {
    await (await databaseWith('a')).close();
    await backUp(file, copy);
    const other = new DatabaseSync(file);
    other.exec('BEGIN; SELECT * FROM entry');
    expect(() => restore(copy, file, NOON)).toThrow(`${file} is in use by another program`);
    other.close();
    restore(copy, file, NOON);
  });

  it('replaces the file that a link names, and leaves the link', async () => {
    await (await databaseWith('a')).close();
    await backUp(file, copy);
    await (await databaseWith('b')).close();
    const link = join(folder, 'link.db');
    symlinkSync(file, link);
    expect(restore(copy, link, NOON)).toBe(`${file}.replaced-2026-03-02T12-00-00`);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(await papersIn(file)).toEqual(['a']);
  });

  it('lets Paperboy start afterwards', async () => {
    await (await databaseWith('a')).close();
    await backUp(file, copy);
    restore(copy, file, NOON);
    const db = await openDatabase(file);
    await db.stillThere();
    await db.close();
  });

  it('is refused for a damaged backup, and leaves the database as it is', async () => {
    await (await databaseWith('a')).close();
    await backUp(file, copy);
    truncateSync(copy, 4096 * 3);
    expect(() => restore(copy, file, NOON)).toThrow(`${copy} `);
    writeFileSync(
      copy,
      'no database at all, only text that is long enough to be read as a header, or so'.repeat(9),
    );
    expect(() => restore(copy, file, NOON)).toThrow('cannot be read');
    expect(await papersIn(file)).toEqual(['a']);
    expect(readdirSync(folder).filter((name) => name.includes('part'))).toEqual([]);
  });

  it('replaces a damaged database', async () => {
    await (await databaseWith('a')).close();
    await backUp(file, copy);
    writeFileSync(file, 'rubbish'.repeat(1000));
    restore(copy, file, NOON);
    expect(await papersIn(file)).toEqual(['a']);
  });

  it('is refused for a backup of a newer Paperboy, which this one could not start with', async () => {
    const db = await databaseWith('a');
    await backUp(file, copy);
    await db.migrate('a room that comes later', ['CREATE TABLE later (id INTEGER)']);
    await db.close();
    const newer = join(folder, 'newer.db');
    await backUp(file, newer);
    restore(copy, file, NOON);
    expect(() => restore(newer, file, NOON)).toThrow(
      `The backup ${newer} was written by a newer Paperboy. Restore it with that version, or name an older backup.`,
    );
    expect(await papersIn(file)).toEqual(['a']);
  });

  it('brings back what stands in the log of a copy that was made of all its files', async () => {
    const db = await databaseWith('a', 'b');
    for (const suffix of ['', '-wal']) copyFileSync(file + suffix, copy + suffix);
    await db.close();
    const elsewhere = join(folder, 'elsewhere.db');
    restore(copy, elsewhere, NOON);
    expect(await papersIn(elsewhere)).toEqual(['a', 'b']);
    expect(readdirSync(folder).filter((name) => name.includes('part'))).toEqual([]);
    expect(existsSync(`${copy}-wal`)).toBe(true);
  });

  it('works where there was no database yet', async () => {
    await (await databaseWith('a')).close();
    await backUp(file, copy);
    const elsewhere = join(folder, 'new', 'paperboy.db');
    expect(restore(copy, elsewhere, NOON)).toBeNull();
    expect(await papersIn(elsewhere)).toEqual(['a']);
  });
});

describe('the commands', () => {
  const run = (tool: string, ...args: string[]) =>
    spawnSync(process.execPath, [`src/tools/${tool}.ts`, ...args], {
      env: { DATABASE_URL: `sqlite:${file}` },
      encoding: 'utf8',
    });

  it('ledger prints the lives of entries as JSON lines while the database is in use', async () => {
    const db = await databaseWith('a');
    const outbox = await openOutbox(db, NOON);
    const post = await outbox.pack(aPlace(), 'card', ['a'], NOON);
    await outbox.attempt(post?.id ?? 0, NOON);
    await outbox.settle(post?.id ?? 0, { kind: 'delivered', messageId: 'm1', channelId: 'c1' }, NOON + 1000);
    const { stdout, status } = run('ledger', '--channel', 'c1');
    await db.close();
    expect(status).toBe(0);
    // As `--channel` takes it.
    expect(Object.keys(JSON.parse(stdout)).slice(0, 3)).toEqual(['serverId', 'channelId', 'paper']);
    expect(JSON.parse(stdout)).toMatchObject({
      channelId: 'c1',
      paper: 'a',
      state: 'sent',
      decidedAt: '2026-03-02T12:00:00.000Z',
      settledAt: '2026-03-02T12:00:01.000Z',
      post: { kind: 'card', attempts: 1, messageId: 'm1', lastAttemptAt: '2026-03-02T12:00:00.000Z' },
    });
  });

  it('ledger says why as a sentence, of the entry and of its post', async () => {
    const db = await databaseWith('a');
    const outbox = await openOutbox(db, NOON);
    const post = await outbox.pack(aPlace(), 'card', ['a'], NOON);
    const reason = phrase('discord.noAnswer', { code: 'ECONNRESET' });
    // Once more without its ornaments.
    for (const at of [NOON, NOON + 1]) {
      await outbox.attempt(post?.id ?? 0, at);
      await outbox.settle(post?.id ?? 0, { kind: 'refused', code: 'malformed', reason }, at);
    }
    const { stdout } = run('ledger');
    await db.close();
    const why = 'No answer from Discord (ECONNRESET)';
    expect(JSON.parse(stdout)).toMatchObject({ state: 'refused', reason: why, post: { reason: why } });
  });

  it('backup and restore say what they did, or what is wrong', async () => {
    await (await databaseWith('a')).close();
    expect(run('backup', copy).stdout).toContain('the copy is whole');
    expect(run('restore', copy).stdout).toContain('What stood there is kept');
    const list = openDeletionList(deletionFile(file), () => NOON);
    for (const id of ['1', '2', '3']) list.add({ what: 'member', id });
    const db = await openDatabase(copy);
    await openArchive(db, []);
    await openCursors(db).set(`${REPEATED_TO}${list.name()}`, 1);
    await db.close();
    expect(run('restore', copy).stdout).toContain(
      '2 deletions that were asked for since are not in it, and repeated at the next start.',
    );
    expect(run('restore').stderr).toContain('Name the backup to restore.\nUsage: npm run restore -- FILE');
    expect(run('ledger', '--limit', 'many').stderr).toContain('--limit many is no whole number');
    rmSync(file);
    const { stderr, status } = run('ledger');
    expect(stderr).toContain(`There is no file ${file}.`);
    expect(status).toBe(1);
    expect(existsSync(file)).toBe(false);
  });
});
