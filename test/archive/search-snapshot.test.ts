import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { searchSnapshotBeside } from '#src/archive/search-snapshot.ts';
import { silentLog } from '#src/foundation/log.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  file = join(folder, 'paperboy.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const INDEX = [Buffer.from('search '), Buffer.from('index')];

function opened() {
  const warnings: string[] = [];
  const warn = (_: object, message: string) => void warnings.push(message);
  return { snapshot: searchSnapshotBeside(file, { ...silentLog, warn }), warnings };
}

describe('the search index beside the database', () => {
  it('is read as it was written, and nothing but it is left', async () => {
    const { snapshot, warnings } = opened();
    expect(await snapshot.read()).toBeNull();
    writeFileSync(`${file}.search.new`, 'half of an earlier one, which was much longer than this one is');
    await snapshot.write(INDEX);
    expect(readFileSync(`${file}.search`, 'utf8')).toBe('search index');
    expect(Buffer.from((await snapshot.read()) ?? []).toString()).toBe('search index');
    expect(warnings).toEqual([]);
  });

  it.each([
    ['a folder', (path: string) => mkdirSync(path)],
    ['a pipe', (path: string) => void execFileSync('mkfifo', [path])],
  ])('is done without where %s is in its place', async (_, make) => {
    make(`${file}.search`);
    make(`${file}.search.new`);
    const { snapshot, warnings } = opened();
    expect(await snapshot.read()).toBeNull();
    await snapshot.write(INDEX);
    expect(warnings[0]).toBe('the search index on disk cannot be read');
  });

  it('is done without where its folder is gone', async () => {
    const { snapshot, warnings } = opened();
    rmSync(folder, { recursive: true });
    expect(await snapshot.read()).toBeNull();
    await snapshot.write(INDEX);
    expect(warnings).toEqual(['the search index cannot be written to disk']);
  });
});
