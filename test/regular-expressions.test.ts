import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from 'recheck';
import { describe, expect, it } from 'vitest';

// The package's native helpers are not installed: everything runs in this process.
process.env.RECHECK_BACKEND = 'pure';

const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const version: string = devDependencies.recheck;

const LITERAL =
  /(?<=[=(,:?[&|!{};\s])\/((?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/([dgimsuyv]*)(?=[\s.,;)\]:])/g;

type Found = { file: string; source: string; flags: string };

function literalsIn(file: string): Found[] {
  const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [...code.matchAll(LITERAL)]
    .map(([, source, flags]) => ({ file, source, flags }))
    .filter(({ source, flags }) => isReadable(source, flags));
}

function isReadable(source: string, flags: string): boolean {
  try {
    return new RegExp(source, flags) instanceof RegExp;
  } catch {
    // A path between two slashes is no regular expression.
    return false;
  }
}

const literals = ['src', 'commands', 'config'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => literalsIn(join(folder, name))),
);

/**
 * Those that were judged before, by the same recheck: each takes up to seconds. `npx vitest run test/regular-expressions.test.ts -u`
 * writes the list anew, which it does only for what was found safe.
 */
const JUDGED = './regular-expressions.safe.txt';
const [judgedBy, ...judgedSafe] = readFileSync(new URL(JUDGED, import.meta.url), 'utf8').split('\n');
const judged = new Set(judgedBy === `recheck ${version}` ? judgedSafe : []);
const written = ({ source, flags }: Found) => `/${source}/${flags}`;

describe('no text can make a regular expression take its time', () => {
  it('every one in the house is linear in the length of the text', { timeout: 600_000 }, async () => {
    expect(literals.length).toBeGreaterThan(150);
    const slow: string[] = [];
    for (const literal of literals.filter((one) => !judged.has(written(one)))) {
      const { status } = await check(literal.source, literal.flags, { timeout: 120_000, randomSeed: 0 });
      if (status !== 'safe') slow.push(`${literal.file}: ${written(literal)} is ${status}`);
    }
    expect(slow).toEqual([]);
    const safe = [`recheck ${version}`, ...[...new Set(literals.map(written))].sort()];
    await expect(`${safe.join('\n')}\n`).toMatchFileSnapshot(JUDGED);
  });
});
