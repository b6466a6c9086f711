import { readdirSync, readFileSync } from 'node:fs';
import { files, target, withoutComments } from './imports.ts';

/** Something that a file exports. */
export type Export = { file: string; name: string };

/** What a file takes of another; `names` null where that is not to be seen in the import. */
type Taking = { from: string; names: readonly string[] | null };

const DECLARED =
  /^export\s+(?:async\s+)?(?:function\*?|const|let|class|abstract\s+class|type|interface)\s+(\w+)/gm;
const LISTED = /^export\s+(?:type\s+)?\{([^}]*)\}/gm;
const NAMED = /^(?:import|export)\s+(?:type\s+)?(?:\w+\s*,\s*)?\{([^}]*)\}\s+from\s+'([^']+)'/gm;
const WHOLE = /(?:^(?:import|export)\s+\*[^']*from\s+|\bimport\(\s*)'([^']+)'/gm;

/** The names that a file exports, by its text. */
export function exportsIn(text: string): string[] {
  const code = withoutComments(text);
  const listed = [...code.matchAll(LISTED)].flatMap(([, names]) => namesIn(names, 'outside'));
  return [...[...code.matchAll(DECLARED)].map(([, name]) => name), ...listed];
}

/**
 * Exports that no other file imports, by the texts of all files, of `ours` alone. What a test imports is imported where it is
 * used in its own file too: what nobody but a test uses is not.
 */
export function forNobody(texts: ReadonlyMap<string, string>, ours: readonly string[]): Export[] {
  const taken = new Set<string>();
  const takenByTests = new Set<string>();
  for (const [file, text] of texts)
    for (const key of takenBy(file, text)) (file.startsWith('test/') ? takenByTests : taken).add(key);
  return ours.flatMap((file) => {
    const text = texts.get(file) ?? '';
    return exportsIn(text)
      .filter((name) => {
        const key = `${file} ${name}`;
        return !taken.has(key) && !(takenByTests.has(key) && isUsedIn(text, name));
      })
      .map((name) => ({ file, name }));
  });
}

/** Everything that a file takes of others: `src/paper/paper.ts Paper`. */
function takenBy(file: string, text: string): string[] {
  const words = new Set(text.match(/\w+/g));
  return takingsOf(file, text).flatMap(({ from, names }) =>
    (names ?? [...words]).map((name) => `${from} ${name}`),
  );
}

function takingsOf(file: string, text: string): Taking[] {
  const code = withoutComments(text);
  const named = [...code.matchAll(NAMED)].map(([, names, specifier]) => {
    return { from: target(file, specifier), names: namesIn(names, 'inside') };
  });
  const whole = [...code.matchAll(WHOLE)].map(([, specifier]) => {
    return { from: target(file, specifier), names: null };
  });
  return [...named, ...whole];
}

/** `a, type B as C`: a and B as they are called inside the file that has them, a and C outside. */
function namesIn(list: string, side: 'inside' | 'outside'): string[] {
  return list
    .split(',')
    .map((one) => one.trim().replace(/^type\s+/, ''))
    .filter((one) => one !== '')
    .map((one) => one.split(/\s+as\s+/))
    .map((names) => (side === 'inside' ? names[0] : (names.at(-1) ?? names[0])));
}

function isUsedIn(text: string, name: string): boolean {
  return (withoutComments(text).match(new RegExp(`\\b${name}\\b`, 'g')) ?? []).length > 1;
}

/** The texts of Paperboy and of its tests. */
export function allTexts(): Map<string, string> {
  const tests = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `test/${name}`);
  return new Map([...files, ...tests].map((file) => [file, readFileSync(file, 'utf8')]));
}
