import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** One import: of a file of ours (`src/...`, from the repository's root) or of a package (`discord.js`, `node:fs`). */
export type Import = {
  from: string;
  to: string;
  /** Gone when the program runs. */
  typesOnly: boolean;
  /** `import()`: loaded when it is reached. */
  late: boolean;
};

const STATIC =
  /^(?:import|export)\s+(type\s+)?(?:((?:\w+\s*,\s*)?\{[^}]*\}|\*(?:\s+as\s+\w+)?|\w+)\s+from\s+)?'([^']+)'/gm;
const LATE = /\b(typeof\s+)?import\(\s*'([^']+)'\s*\)/g;

/** Every import of a file, by its text. */
export function importsIn(from: string, text: string): Import[] {
  const found = [...text.matchAll(STATIC)].map(([, type, names, specifier]) => {
    const typesOnly = type !== undefined || areTypes(names);
    return { from, to: target(from, specifier), typesOnly, late: false };
  });
  const late = [...withoutComments(text).matchAll(LATE)].map(([, type, specifier]) => {
    return { from, to: target(from, specifier), typesOnly: type !== undefined, late: true };
  });
  return [...found, ...late];
}

/** `{ type A, type B }` */
function areTypes(names: string | undefined): boolean {
  const listed = names?.match(/^\{([^}]*)\}$/)?.[1].split(',') ?? [];
  const named = listed.map((name) => name.trim()).filter((name) => name !== '');
  return named.length > 0 && named.every((name) => name.startsWith('type '));
}

/** What a specifier in that file leads to. */
export function target(file: string, specifier: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return relative('.', resolve(dirname(file), specifier));
  return specifier;
}

export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}

/** The files of Paperboy itself, without its tests. */
export const files: readonly string[] = ['src', 'commands', 'config'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);

export const imports: readonly Import[] = files.flatMap((file) =>
  importsIn(file, readFileSync(file, 'utf8')),
);
