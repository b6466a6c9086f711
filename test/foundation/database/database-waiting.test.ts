import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openWhenFree } from '#src/foundation/database/database-waiting.ts';
import { createFakeClock, type FakeClock } from '#test/fakes/fake-clock.ts';

const schema = { t: ['CREATE TABLE t (a TEXT) STRICT'] };
let folder: string;
let file: string;
let clock: FakeClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  file = join(folder, 'paperboy.db');
  clock = createFakeClock(0);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As a database shell does that was left open in the middle. */
function shell(lock: string): DatabaseSync {
  const other = new DatabaseSync(file);
  other.exec(lock);
  return other;
}

describe('a database that another program holds', () => {
  it.each(['BEGIN EXCLUSIVE', 'BEGIN IMMEDIATE', 'PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE x (a)'])(
    'is waited for, and had as soon as that program lets go: %s',
    async (lock) => {
      const other = shell(lock);
      const opening = openWhenFree(file, { schema, clock });
      await clock.advance(1000);
      other.exec(lock.startsWith('BEGIN') ? 'ROLLBACK' : 'DROP TABLE x');
      other.close();
      await clock.advance(1000);
      const db = await opening;
      await db.migrate('t', schema.t);
      await db.close();
    },
  );

  it('ends the start after five seconds, with a sentence that blames no Paperboy', async () => {
    await (await openDatabase(file)).close();
    const other = shell('BEGIN EXCLUSIVE');
    const refused = openWhenFree(file, { schema, clock }).catch((error: Error) => error.message);
    await clock.advance(10_000);
    expect(await refused).toBe(
      `The database ${file} is locked by another program. End what that program, a database shell say, does with it, then try again.`,
    );
    other.close();
    await (await openDatabase(file)).close();
  });

  it('another Paperboy is not waited for', async () => {
    const first = await openDatabase(file);
    await expect(openWhenFree(file, { schema, clock })).rejects.toThrow('in use by another Paperboy');
    await first.close();
  });
});
