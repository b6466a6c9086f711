import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const { start } = JSON.parse(readFileSync('package.json', 'utf8')).scripts;

it('from the second start on Node has no need of what takes types off', () => {
  const program = join(folder, 'program.mts');
  writeFileSync(program, "console.log(process.moduleLoadList.some((name) => name.includes('amaro')));\n");
  const [, given] = start.match(/^exec node (--import \S+) src\/main\.ts/) ?? [];
  const run = () =>
    spawnSync(process.execPath, [...String(given).split(' '), program], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, TMPDIR: folder, TEMP: folder },
    }).stdout.trim();

  expect([run(), run()]).toEqual(['true', 'false']);
});

it('npm starts the same on both shells', () => {
  const [posix, windows] = start.split(' 2>nul || ');

  expect(posix).toBe(`exec ${windows.replace(/ '$/, '')} '`);
});
