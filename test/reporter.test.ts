import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const TESTS = `import { expect, it } from 'vitest';
it('passes', () => console.log('printed by one that passes'));
it('fails', () => { console.log('printed by one that fails'); expect(1).toBe(2); });
let tries = 0;
it('passes when it is tried again', () => expect(++tries).toBe(2));
it.skip('left out (needs a reason)', () => {});`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  mkdirSync(join(folder, 'test'));
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'test/some.test.ts'), TESTS);
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each([
  ['one file', ['test/some.test.ts']],
  ['all of them', []],
])('what a test prints is shown beside the progress and the reasons, in a run of %s', (_, files) => {
  const vitest = join(folder, 'node_modules/vitest/vitest.mjs');
  const config = join(process.cwd(), 'vitest.config.ts');
  const words = [vitest, 'run', '--config', config, '--root', folder, ...files];
  const { VITEST: _vitest, VITEST_POOL_ID: _pool, ...env } = process.env;
  const { status, stdout } = spawnSync(process.execPath, words, { env, encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stdout).toContain('printed by one that passes');
  expect(stdout).toContain('printed by one that fails');
  expect(stdout).toContain('[1/1] test/some.test.ts  FAILED (1 of 4)');
  expect(stdout).toContain('Passed only the second time: test/some.test.ts > passes when it is tried again');
  expect(stdout).toContain('  needs a reason: 1 in test/some.test.ts');
});
