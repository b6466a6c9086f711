import { describe, expect, it } from 'vitest';
import { circlesIn } from './circles.ts';
import { type Import, importsIn } from './imports.ts';
import { loadedBy, packagesIn } from './loads.ts';

describe('an import', () => {
  const told = (text: string) =>
    importsIn('src/match/text/fold.ts', text).map(
      ({ to, typesOnly, late }) => `${to}${typesOnly ? ' types' : ''}${late ? ' late' : ''}`,
    );

  it.each([
    ["import { fold } from './tex.ts';", 'src/match/text/tex.ts'],
    ["import {\n  fold,\n  type Pen,\n} from '../arrays/lexicon.ts';", 'src/match/arrays/lexicon.ts'],
    ["import type { Pen } from './tex.ts';", 'src/match/text/tex.ts types'],
    ["import { type Pen, type Tex } from './tex.ts';", 'src/match/text/tex.ts types'],
    ["import Default, { type Pen } from './tex.ts';", 'src/match/text/tex.ts'],
    ["import * as tex from './tex.ts';", 'src/match/text/tex.ts'],
    ["import './tex.ts';", 'src/match/text/tex.ts'],
    ["export { fold } from './tex.ts';", 'src/match/text/tex.ts'],
    ["export type { Pen } from './tex.ts';", 'src/match/text/tex.ts types'],
    ["export * from './tex.ts';", 'src/match/text/tex.ts'],
    ["import { z } from 'zod';", 'zod'],
    ["  const { start } = await import('#src/start.ts');", 'src/start.ts late'],
    ["type Tex = typeof import('./tex.ts');", 'src/match/text/tex.ts types late'],
  ])('is found in whatever form it is written: %s', (text, found) => {
    expect(told(text)).toEqual([found]);
  });

  it('is none in a comment or in a sentence', () => {
    expect(told("// as import('./tex.ts') does\nexport const from = 'a';\nconst b = \"from 'c'\";")).toEqual(
      [],
    );
  });
});

describe('a circle', () => {
  const circles = (...arrows: string[]) =>
    circlesIn(arrows.map((arrow) => ({ from: arrow[0], to: arrow[1] }))).map((circle) => circle.join(''));

  it.each([
    [['ab', 'ba'], ['ab']],
    [['ab', 'bc', 'ca', 'cd'], ['abc']],
    [['aa'], ['a']],
    [
      ['ab', 'ba', 'bc', 'cd', 'dc'],
      ['ab', 'cd'],
    ],
    [['ab', 'bc', 'cb', 'ca', 'xa'], ['abc']],
    [['ab', 'ac', 'bd', 'cd'], []],
  ])('is found where one is: %j', (arrows, found) => {
    expect(circles(...arrows)).toEqual(found);
  });

  it('may be of types, and of what is loaded late', () => {
    const imports = [
      ...importsIn('src/paper/a.ts', "import type { B } from './b.ts';"),
      ...importsIn('src/paper/b.ts', "const { a } = await import('./a.ts');"),
    ];
    expect(circlesIn(imports)).toEqual([['src/paper/a.ts', 'src/paper/b.ts']]);
  });
});

describe('what a file loads', () => {
  const imports: Import[] = [
    ...importsIn('src/main.ts', "import { a } from '#src/a.ts';\nimport type { C } from '#src/c.ts';"),
    ...importsIn('src/a.ts', "import { z } from 'zod/v4';\nimport { readFileSync } from 'node:fs';"),
    ...importsIn('src/a.ts', "import { render } from '@resvg/resvg-js/wasm';"),
    ...importsIn('src/a.ts', "const { b } = await import('#src/b.ts');"),
    ...importsIn('src/b.ts', "import { mail } from 'nodemailer';"),
    ...importsIn('src/c.ts', "import { plot } from 'd3-shape';"),
  ];

  it('is all that it imports, and they, but neither types nor what is loaded at its first use', () => {
    const loaded = loadedBy(['src/main.ts'], imports);
    expect([...loaded].filter((file) => file.startsWith('src/'))).toEqual(['src/main.ts', 'src/a.ts']);
    expect(packagesIn(loaded)).toEqual(['@resvg/resvg-js', 'zod']);
  });
});
