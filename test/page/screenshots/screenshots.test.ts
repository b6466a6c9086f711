import { globSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PICTURES } from './pictures.ts';

const FOLDER = 'docs/screenshots';
const GUIDES = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/*.md')];
const MOST_BYTES = 70_000;
const MOST_BYTES_IN_ALL = 1_500_000;

const files = globSync(`${FOLDER}/*`).map((file) => basename(file));
const taken = PICTURES.flatMap(({ name }) => [`${name}-dark.png`, `${name}-light.png`]);

const namedIn = (guide: string): string[] =>
  [...readFileSync(guide, 'utf8').matchAll(/screenshots\/([\w.-]+)/g)].map(([, name]) => name);

describe('the pictures of the guides', () => {
  it('are those that npm run screenshots takes, dark and light, and no others', () => {
    expect(files.sort()).toEqual(taken.sort());
  });

  it.each(GUIDES)('%s names only pictures that are there, each in dark and light', (guide) => {
    const named = namedIn(guide);
    expect(taken).toEqual(expect.arrayContaining(named));
    const other = named.map((name) => name.replace(/-(dark|light)/, (_, theme) => OTHER[theme] ?? ''));
    expect(named).toEqual(expect.arrayContaining(other));
  });

  it('README shows an alert, a search and what is trending', () => {
    const [alert, search, trending] = ['alert-dark.png', 'search-dark.png', 'trending-dark.png'];
    expect(namedIn('README.md')).toEqual(expect.arrayContaining([alert, search, trending]));
  });

  it('are small: nobody waits for a guide', () => {
    const sizes = files.map((file) => statSync(`${FOLDER}/${file}`).size);
    expect(Math.max(...sizes)).toBeLessThan(MOST_BYTES);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_BYTES_IN_ALL);
  });
});

const OTHER: Readonly<Record<string, string>> = { dark: '-light', light: '-dark' };
