import { existsSync } from 'node:fs';
import { readConfig } from '#config/config.ts';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { WrongFileError } from '#src/foundation/database/database-failure.ts';
import { SCHEMA } from '#src/schema.ts';
import { ToolError } from './tool-error.ts';

/** Where `configuredFile` was named, for sentences. */
export const CONFIGURED = 'in DATABASE_URL';

/** The database that Paperboy itself would use. Throws ToolError when DATABASE_URL does not name a file. */
export function configuredFile(env: Record<string, string | undefined>): string {
  const result = readConfig({ DATABASE_URL: env.DATABASE_URL });
  if (!result.ok) throw new ToolError(result.message);
  return result.config.DATABASE_URL.file;
}

/** Throws ToolError when there is no such file. `where`: it was named, as `in DATABASE_URL`. */
export function existing(file: string, where: string): string {
  if (!existsSync(file)) throw new ToolError(`There is no file ${file}. Name another one ${where}.`);
  return file;
}

/**
 * Opens a database that may be in use, to read it. Throws ToolError when there is no such file, FatalError when it cannot
 * be read; the sentence says where to name another.
 */
export async function openToRead(file: string, where: string): Promise<Database> {
  existing(file, where);
  try {
    return await openDatabase(file, { readOnly: true, schema: SCHEMA });
  } catch (error) {
    throw error instanceof WrongFileError ? error.named(where) : error;
  }
}
