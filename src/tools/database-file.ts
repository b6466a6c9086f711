import { existsSync } from 'node:fs';
import { readConfig } from '#config/config.ts';
import { UserError } from '#src/foundation/failure.ts';

/** The database that Paperboy itself would use. Throws UserError when DATABASE_URL does not name a file. */
export function configuredFile(env: Record<string, string | undefined>): string {
  const result = readConfig({ DATABASE_URL: env.DATABASE_URL });
  if (!result.ok) throw new UserError(result.message);
  return result.config.DATABASE_URL.file;
}

/** Throws UserError when there is no such file. */
export function existing(file: string): string {
  if (!existsSync(file)) throw new UserError(`There is no file ${file}.`);
  return file;
}

/** The one file that may be named; undefined when there is none. Throws UserError for options and further words. */
export function fileArgument(args: readonly string[]): string | undefined {
  const [file, ...rest] = args;
  const strange = [file ?? '', ...rest].find((word) => word.startsWith('-')) ?? rest[0];
  if (args.includes('')) throw new UserError('The name of the file is empty.');
  if (strange !== undefined) throw new UserError(`${strange} is not understood.`);
  return file;
}
