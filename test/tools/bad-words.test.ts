import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '#src/foundation/database/database.ts';
import { SCHEMA } from '#src/schema.ts';

let folder: string;
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  mkdirSync(at('folder'));
  writeFileSync(at('empty'), '');
  const foreign = new DatabaseSync(at('foreign'));
  foreign.exec('CREATE TABLE notes (a)');
  foreign.close();
  writeFileSync(at('text'), 'These are notes.\n'.repeat(300));
  const db = await openDatabase(at('paperboy.db'), { schema: SCHEMA });
  for (const [room, steps] of Object.entries(SCHEMA)) await db.migrate(room, steps);
  await db.close();
  writeFileSync(at('cut'), readFileSync(at('paperboy.db')).subarray(0, 4096 * 3));
  mkdirSync(at('recorded'));
  writeFileSync(at('recorded/2026-03-02.json'), 'no list');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (tool: string, ...words: string[]) =>
  spawnSync(process.execPath, [`${process.cwd()}/src/tools/${tool}.ts`, ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH, DATABASE_URL: `sqlite:${at('paperboy.db')}` },
    encoding: 'utf8',
  });

const DAYS = ['--from', '2026-03-02', '--to', '2026-03-03'];

describe('a tool that cannot do what it is asked ends with a sentence and never with a stack', () => {
  it.each([
    ['backup', ['nofolder/x'], 1, 'nofolder/x cannot be written: there is no folder nofolder.'],
    ['backup', [''], 2, 'The name of the file is empty.'],
    ['backup', ['--fast'], 2, '--fast is not understood.'],
    ['backup', ['folder'], 1, 'folder exists already.'],
    ['restore', ['folder'], 1, 'folder cannot be read: it is a folder.'],
    ['wording', ['more'], 2, 'more is not understood.'],
    ['match', ['--filters', 'a', '--filters', 'b', '--papers', 'c'], 2, '--filters is given twice.'],
    [
      'match',
      ['--filters', 'a', '--papers', 'c', '--now', '2026-02-31T00:00:00Z'],
      2,
      '--now 2026-02-31T00:00:00Z is no instant',
    ],
    ['backup', ['a', 'b'], 2, 'b is not understood.'],
    ['restore', [], 2, 'Name the backup to restore.'],
    ['restore', ['-'], 2, '- is not understood.'],
    ['restore', ['--fast'], 2, '--fast is not understood.'],
    ['restore', ['none'], 1, 'There is no file none. Name another one as FILE.'],
    ['restore', ['empty'], 1, 'The backup empty is empty.'],
    ['restore', ['text'], 1, 'The backup text cannot be read: file is not a database.'],
    ['restore', ['paperboy.db'], 1, 'paperboy.db is the database itself.'],
    ['restore', ['/dev/zero'], 1, '/dev/zero cannot be read: it is no plain file.'],
    [
      'ledger',
      ['--database', 'folder'],
      1,
      'The database folder cannot be opened: it is a folder. Name another file after --database.',
    ],
    [
      'ledger',
      ['--database', 'text'],
      1,
      'The database text is not a SQLite database. Name another file after --database.',
    ],
    [
      'ledger',
      ['--database', 'foreign'],
      1,
      'The database foreign belongs to another program. Name another file after --database.',
    ],
    ['ledger', ['--database', 'none'], 1, 'There is no file none. Name another one after --database.'],
    ['ledger', [], 1, 'No such entry was found.'],
    ['ledger', ['--limit', '0x10'], 2, '--limit 0x10 is no whole number from 1 to 1000000.'],
    ['ledger', ['--limit', '1e15'], 2, '--limit 1e15 is no whole number'],
    ['ledger', ['--database', 'empty'], 1, 'The database empty is empty.'],
    ['ledger', ['--fast'], 2, '--fast is not understood.'],
    ['ledger', ['--paper', '1', 'b'], 2, 'b is not understood.'],
    ['ledger', ['--limit'], 2, '--limit needs a value.'],
    ['ledger', ['--limit', '--paper', '1'], 2, '--limit needs a value.'],
    ['ledger', ['--limit=-1'], 2, '--limit -1 is no whole number from 1 to 1000000.'],
    [
      'match',
      ['--filters', 'none', '--papers', 'none'],
      1,
      '--filters none cannot be read: there is no such file.',
    ],
    [
      'match',
      ['--filters', 'empty', '--papers', 'folder'],
      1,
      '--papers folder cannot be read: it is a folder.',
    ],
    ['match', ['--filters', 'empty', '--papers', 'empty'], 1, '--filters empty is empty.'],
    ['match', ['--filters', 'empty'], 2, 'Name a file after --filters, and one after --papers.'],
    ['match', ['--fast'], 2, '--fast is not understood.'],
    ['match', ['-f', 'empty'], 2, '-f is not understood.'],
    ['match', ['--filters', 'empty', '--papers'], 2, '--papers needs a value.'],
    ['trend', ['--sightings', 'none'], 1, '--sightings none cannot be read: there is no such file.'],
    ['trend', ['--sightings', 'folder'], 1, '--sightings folder cannot be read: it is a folder.'],
    ['trend', ['--sightings', 'empty'], 1, 'No observation could be read of empty.'],
    ['trend', [], 2, 'Name at least one file after --sightings.'],
    [
      'trend',
      ['--sightings', 'empty', '--per-day', '0x3'],
      2,
      '--per-day 0x3 is no number from 0.01 to 100.',
    ],
    ['trend', ['--fast'], 2, '--fast is not understood.'],
    ['trend', ['-'], 2, '- is not understood.'],
    ['trend', ['--scores=yes', 'empty'], 2, '--scores takes no value.'],
    ['trend', ['--sightings', '--scores'], 2, '--sightings needs a value.'],
    [
      'replay',
      ['--recordings', 'none', ...DAYS],
      1,
      '--recordings none cannot be read as a folder of recordings.',
    ],
    [
      'replay',
      ['--recordings', 'folder', ...DAYS],
      1,
      'folder has no recording from 2026-03-02 to 2026-03-03.',
    ],
    [
      'replay',
      ['--recordings', 'folder', ...DAYS, '--subscriptions', 'none'],
      1,
      '--subscriptions none cannot be read: there is',
    ],
    ['replay', ['--recordings', 'recorded', ...DAYS], 1, 'recorded/2026-03-02.json is left out: '],
    ['replay', ['--fast'], 2, '--fast is not understood.'],
    ['replay', ['recorded'], 2, 'recorded is not understood.'],
  ])('%s %j', (tool, words, exit, sentence) => {
    const { status, stdout, stderr } = run(tool, ...words);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/^ +at /m);
    expect({ status, stdout }).toEqual({ status: exit, stdout: '' });
    expect(stderr.includes('Usage: ')).toBe(exit === 2);
  });

  it.each([[['--fast']], [['-q']], [['nothing']], [['match', 'search']]])(
    'bench %j: words that are not understood end it with 2',
    (words) => {
      const bench = `${process.cwd()}/test/bench/bench.ts`;
      const { status, stdout, stderr } = spawnSync(process.execPath, [bench, ...words], { encoding: 'utf8' });
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain(`${words.at(-1)} is not understood.\nUsage: npm run bench -- [NAME]`);
    },
  );

  it('trend that skips a line it cannot read tells the others, and ends with 1', () => {
    const day = 'a,2026-03-02T08:00:00Z,api-date';
    writeFileSync(at('rows.csv'), `paper_id,observed_at,list\n${day}\nb,yesterday,api-date\n`);
    const { status, stderr } = run('trend', '--sightings', 'rows.csv');
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringContaining('rows.csv: 1 row skipped, 1 read'),
    });
  });

  it.each(['backup', 'ledger'])('%s names the variable that a bad database comes from', (tool) => {
    const { status, stderr } = spawnSync(process.execPath, [`${process.cwd()}/src/tools/${tool}.ts`], {
      ...{ cwd: folder, env: { DATABASE_URL: 'sqlite:text' }, encoding: 'utf8' },
    });
    const sentence = 'The database text is not a SQLite database. Name another file in DATABASE_URL.\n';
    expect({ status, stderr }).toEqual({ status: 1, stderr: sentence });
  });

  it('--help of every tool tells how it is called', () => {
    const told = ['backup', 'restore', 'ledger', 'match', 'trend', 'replay'].map((tool) =>
      run(tool, '--help'),
    );
    expect(told.map(({ status, stderr }) => ({ status, stderr }))).toEqual(
      told.map(() => ({ status: 0, stderr: '' })),
    );
    for (const { stdout } of told) expect(stdout).toMatch(/^npm run \w+ -- /);
  });

  it('every script looks first whether Node is new enough to read it, and says so where it is not', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const names = Object.keys(scripts).filter((name) => /\bnode \S+\.ts\b/.test(scripts[name]));
    expect(names).toContain('match');
    expect(names.map((name) => scripts[`pre${name}`])).toEqual(names.map(() => 'node config/check-node.mjs'));
  });

  it('an output that nobody reads, or that takes nothing, ends it too', () => {
    writeFileSync(at('filters.jsonl'), '{"id":"f","filter":"a"}\n');
    const papers = Array.from({ length: 20_000 }, (_, id) => `{"id":"${id}","title":"a"}`);
    writeFileSync(at('papers.jsonl'), papers.join('\n'));
    const match = `'${process.execPath}' ${process.cwd()}/src/tools/match.ts --filters filters.jsonl --papers papers.jsonl`;
    const sh = (line: string) => execFileSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8' });
    const first = '{"filter":"f","paper":"0"}\n';
    expect(sh(`${match} 2>err | head -1; echo "\${PIPESTATUS[0]}"`)).toBe(`${first}0\n`);
    expect(readFileSync(at('err'), 'utf8')).toBe('');
    expect(sh(`${match} 2>err >/dev/full; echo $?`)).toBe('1\n');
    expect(readFileSync(at('err'), 'utf8')).toBe('The output cannot be written: the disk is full.\n');
  });
});

describe('a restore that is refused', () => {
  it('leaves the database as it was, byte by byte, and nothing beside it', async () => {
    await (await openDatabase(at('paperboy.db'), { schema: SCHEMA })).close();
    const before = readFileSync(at('paperboy.db'));
    const files = readdirSync(folder);
    for (const name of ['text', 'empty', 'folder', 'none']) expect(run('restore', name).status).toBe(1);
    expect(readFileSync(at('paperboy.db')).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(files);
  });

  it('leaves nothing where there was nothing: no lock, no copy, no folder', () => {
    const files = readdirSync(folder);
    for (const place of ['fresh.db', 'data/fresh.db'])
      for (const name of ['text', 'empty', 'foreign', 'cut', 'folder', 'none']) {
        const { status } = spawnSync(process.execPath, [`${process.cwd()}/src/tools/restore.ts`, name], {
          ...{ cwd: folder, env: { DATABASE_URL: `sqlite:${place}` } },
        });
        expect(status).toBe(1);
      }
    expect(readdirSync(folder)).toEqual(files);
  });

  it('leaves what it did not make: a folder in the way of its copy', () => {
    expect(run('backup', 'copy.db').status).toBe(0);
    mkdirSync(at('paperboy.db.part'));
    const { status, stderr } = run('restore', 'copy.db');
    rmSync(at('paperboy.db.part'), { recursive: true });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^copy\.db cannot be copied to .*paperboy\.db\.part: /);
    expect(run('restore', 'copy.db').status).toBe(0);
  });
});

describe('a .env', () => {
  it('names the database for the tools as it does for Paperboy', () => {
    writeFileSync(at('.env'), 'DATABASE_URL=sqlite:elsewhere.db\n');
    const tool = `${process.cwd()}/src/tools/backup.ts`;
    const { stderr } = spawnSync(process.execPath, [tool], { cwd: folder, env: {}, encoding: 'utf8' });
    rmSync(at('.env'));
    expect(stderr).toContain('There is no file elsewhere.db. Name another one in DATABASE_URL.');
    expect(existsSync(at('elsewhere.db'))).toBe(false);
  });
});
