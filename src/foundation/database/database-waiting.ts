import type { Clock } from '../clock.ts';
import { type Database, openDatabase } from './database.ts';
import { LockedError } from './database-failure.ts';
import type { Schema } from './database-schema.ts';

const PATIENCE_MS = 5000;
const BETWEEN_MS = 100;

/**
 * Opens the file for writing. While another program holds it, tries again for five seconds, and the thread is free
 * meanwhile; another Paperboy is not waited for. Throws FatalError as `openDatabase` does.
 */
export async function openWhenFree(
  file: string,
  { schema, clock }: { schema: Schema; clock: Clock },
): Promise<Database> {
  const until = clock.elapsed() + PATIENCE_MS;
  for (;;) {
    try {
      return await openDatabase(file, { schema, patienceMs: 0 });
    } catch (error) {
      if (!(error instanceof LockedError) || clock.elapsed() >= until) throw error;
    }
    await clock.sleep(BETWEEN_MS);
  }
}
