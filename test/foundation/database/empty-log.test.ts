import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '#src/foundation/database/database.ts';
import { openBeside } from '#test/fakes/beside-the-bot.ts';

const SECRET = '900000000000000001';

let folder: string;
let file: string;
let db: Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-log-'));
  file = join(folder, 'p.db');
  db = await openDatabase(file);
  await db.run('CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT) STRICT');
  // Enough of them that pages split and what stands in them moves.
  const rows = Array.from({ length: 2000 }, (_, at) => [at % 7 === 0 ? SECRET : 'x'.repeat(at % 90)]);
  for (let at = 0; at < rows.length; at += 100)
    await db.insert('INSERT INTO note (text) VALUES (?)', rows.slice(at, at + 100));
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});
const forget = () => db.run('DELETE FROM note WHERE text = ?', SECRET);
const stands = () => readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(SECRET));

describe('what was deleted', () => {
  it('stands nowhere once the log beside the file is emptied', async () => {
    await forget();
    expect(stands()).toBe(true);
    expect(await db.emptyLog()).toBe(true);
    expect(stands()).toBe(false);
  });

  it('stands in the log while another program reads the file: that is said, and nobody waits for it', async () => {
    const reader = openBeside(file, { readOnly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM note').get();
    await forget();
    expect(await db.emptyLog()).toBe(false);
    reader.exec('COMMIT');
    reader.close();
    expect(await db.emptyLog()).toBe(true);
    expect(stands()).toBe(false);
  });
});
