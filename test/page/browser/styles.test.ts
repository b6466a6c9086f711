import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Classes by the stylesheets in which a rule begins with them. */
function sheetsByClass(): Map<string, Set<string>> {
  const sheets = new Map<string, Set<string>>();
  for (const file of globSync('src/page/browser/style/*.css')) {
    const rules = readFileSync(file, 'utf8').replaceAll(/\/\*.*?\*\//gs, '');
    for (const [, selectors] of rules.matchAll(/([^{}]+)\{/g))
      for (const selector of selectors.split(',')) {
        const [, name] = /\.([a-z][\w-]*)/.exec(selector) ?? [];
        if (name) sheets.set(name, (sheets.get(name) ?? new Set()).add(basename(file)));
      }
  }
  return sheets;
}

describe('the stylesheets of the page', () => {
  it('have a class each for themselves: two rooms that use one word do not dress each other', () => {
    const shared = [...sheetsByClass()].filter(([, sheets]) => sheets.size > 1);
    expect(shared.map(([name, sheets]) => `${name}: ${[...sheets].sort().join(', ')}`)).toEqual([]);
  });
});
