import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

type Env = Record<string, string | undefined>;

/** `sets`: the names in the file, in its order; `overruled`: those that the environment has already. */
export type EnvFile = {
  sets: readonly string[];
  overruled: readonly string[];
  /** Lines (from 1) that set nothing because they have no `=`. */
  unread: readonly number[];
};

export type EnvFileResult = { ok: true; found: EnvFile | null } | { ok: false; message: string };

export const ENV_FILE = '.env';

/**
 * Adds the variables of a `.env` in the current folder, where there is one, to `env`; what is set there already stays,
 * also when it is empty. `found` is null without a file. Nothing of a value is ever told.
 */
export function readEnvFile(env: Env, file: string = ENV_FILE): EnvFileResult {
  const read = textOf(file);
  if (!read.ok) return read;
  if (read.text === null) return { ok: true, found: null };
  const values = parseEnv(read.text);
  const sets = Object.keys(values);
  const overruled = sets.filter((name) => Object.hasOwn(env, name));
  for (const name of sets) env[name] ??= values[name];
  return { ok: true, found: { sets, overruled, unread: linesWithoutSign(read.text) } };
}

type Text = { ok: true; text: string | null } | { ok: false; message: string };

function textOf(file: string): Text {
  try {
    const bytes = readFileSync(file);
    // Editors and shells of Windows write marks at the beginning, UTF-16 and line ends of their own.
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    const text = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
    return { ok: true, text: asMeant(text) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') return { ok: true, text: null };
    return { ok: false, message: `${file} cannot be read: ${reasonFor(code)}. Mend it, or move it away.` };
  }
}

/** Copied text carries letters that nobody sees; Node takes the next line for the value of `NAME= ` with a blank behind. */
function asMeant(text: string): string {
  const seen = text.replace(/\r\n?/g, '\n').replace(/[\p{Cf}\p{DI}]/gu, '');
  return seen.replace(/=[^\S\n]+$/gm, '=');
}

function reasonFor(code: unknown): string {
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES' || code === 'EPERM') return 'the permission is missing';
  return `the system says ${String(code)}`;
}

function linesWithoutSign(text: string): number[] {
  return text.split('\n').flatMap((line, index) => (/^\s*(#|$)|=/.test(line) ? [] : [index + 1]));
}
