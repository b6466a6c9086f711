import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '#src/foundation/database/database.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process with this as its temporary folder, which opens many databases and closes one. */
async function openElsewhere(end: string): Promise<unknown> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', `${script}; ${end}`], {
    env: { ...process.env, TMPDIR: folder },
    stdio: 'inherit',
    cwd: process.cwd(),
  });
  const [code, signal] = await once(child, 'exit');
  return code ?? signal;
}

const script = `
import { openDatabase } from '#src/foundation/database/database.ts';
const all = [];
for (let n = 0; n < 20; n++) {
  const db = await openDatabase(':memory:');
  await db.migrate('t', ['CREATE TABLE t (a TEXT)']);
  await db.run('INSERT INTO t VALUES (?)', 'x');
  all.push(db);
}
await all[0].close();
if ((await all[1].all('SELECT a FROM t')).length !== 1) process.exit(3)`;

describe('a database that keeps nothing', () => {
  it.each([
    ['ends', '', 0],
    ['is ended', 'process.exit(1)', 1],
    ['is killed', "process.kill(process.pid, 'SIGKILL')", 'SIGKILL'],
  ])('leaves nothing on the disk when the process %s', async (_, end, code) => {
    expect(await openElsewhere(end)).toBe(code);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is another one each time', async () => {
    const [first, second] = [await openDatabase(':memory:'), await openDatabase(':memory:')];
    await first.migrate('t', ['CREATE TABLE t (a TEXT)']);
    await expect(second.all('SELECT a FROM t')).rejects.toThrow('no such table');
    expect(first.file).toBe(':memory:');
    await first.close();
    await second.close();
  });
});
