import { describe, expect, it } from 'vitest';
import { allTexts, exportsIn, forNobody } from './exports.ts';
import { files } from './imports.ts';

/** With the reason why nobody imports them. */
const FOR_NOBODY: Readonly<Record<string, string>> = {};

describe('an export', () => {
  it('of Paperboy is imported by another file', () => {
    const found = forNobody(allTexts(), files).map(({ file, name }) => `${file} ${name}`);
    expect(found).toEqual(Object.keys(FOR_NOBODY));
  });

  it.each([
    ['export function fold(text: string) {}', 'fold'],
    ['export async function fold() {}', 'fold'],
    ['export const FOLDED = 1;', 'FOLDED'],
    ['export class Fold {}', 'Fold'],
    ['export type Fold = string;', 'Fold'],
    ['export interface Fold {}', 'Fold'],
    ["export type { Fold } from './other.ts';", 'Fold'],
    ['export { inner as fold };', 'fold'],
  ])('is seen in whatever form it is written: %s', (text, name) => {
    expect(exportsIn(text)).toEqual([name]);
  });

  it('is none in a comment', () => {
    expect(exportsIn('// export const a = 1;\n/**\nexport const b = 1;\n*/\nconst c = 1;')).toEqual([]);
  });
});

describe('what is exported for nobody', () => {
  const OWN = 'export const fold = 1;\nexport const unfold = fold;\n';
  const found = (others: Record<string, string>) =>
    forNobody(new Map(Object.entries({ 'src/a.ts': OWN, ...others })), ['src/a.ts']).map(({ name }) => name);

  it.each([
    [{}, ['fold', 'unfold']],
    [{ 'src/b.ts': "import { fold } from './a.ts';" }, ['unfold']],
    [{ 'src/b.ts': "import { type fold as one, unfold } from '#src/a.ts';" }, []],
    [{ 'src/b.ts': "export { fold as unfold } from './a.ts';" }, ['unfold']],
    [{ 'src/b.ts': "const { fold } = await import('./a.ts');" }, ['unfold']],
    [{ 'src/b.ts': "import * as all from './a.ts';\nall.unfold;" }, ['fold']],
    [{ 'src/b.ts': "import { fold } from './other.ts';" }, ['fold', 'unfold']],
    [{ 'test/a.test.ts': "import { fold, unfold } from '#src/a.ts';" }, ['unfold']],
  ])('is what no file takes of the other, and what only a test uses: %j', (others, names) => {
    expect(found(others)).toEqual(names);
  });
});
