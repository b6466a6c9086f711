import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { ANALYSIS } from '#src/match/search/search-version.ts';

/** What decides what a snapshot of the search index says of a paper, with all that these import. */
const ROOTS = [
  'text/analyse.ts',
  'text/compounds.ts',
  'text/name-order.ts',
  'evaluate/venue.ts',
  'filters/filter-index.ts',
];

const IMPORTED = /^(?:import|export)\s+(?!type\b)[^;]*?from\s+'(\.[^']+)'/gm;
const LINES_OF_COMMENT = /^\s*(?:\/\/|\/?\*).*$/gm;
const IMPORTS = /^(?:import|export)\s[^;]*?from\s+'[^']+'.*$/gm;

/** The source files that the analysis is made of, by their names. */
function sources(): string[] {
  const files = new Set(ROOTS.map((name) => join('src/match', name)));
  for (const file of files) {
    for (const [, imported] of readFileSync(file, 'utf8').matchAll(IMPORTED))
      files.add(join(dirname(file), imported));
  }
  return [...files].toSorted((a, b) => (basename(a) < basename(b) ? -1 : 1));
}

/** Comments, blanks and where a file stands do not count. */
function checksum(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files)
    hash.update(
      readFileSync(file, 'utf8').replace(IMPORTS, '').replace(LINES_OF_COMMENT, '').replace(/\s+/g, ''),
    );
  return hash.digest('hex').slice(0, 12);
}

it('a search index is made anew once the text analysis has changed: its version is that of its sources', () => {
  const files = sources();
  const now = checksum(files);
  expect(
    ANALYSIS,
    `The text analysis changed: raise ANALYSIS in search-version.ts to '${now}'. It is the checksum of ${files.join(', ')}`,
  ).toBe(now);
});
