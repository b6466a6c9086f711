import { describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { type Cursors, openCursors, volatileCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { orderedBefore } from '#src/foundation/instants.ts';
import { interruptedDatabase } from '#test/fakes/interrupted-database.ts';

const NOON = Date.UTC(2026, 2, 10, 12);
const HOUR = 3_600_000;

async function aDatabase() {
  const db = await openDatabase(':memory:');
  await openArchive(db, []);
  return db;
}

describe.each<[string, () => Promise<Cursors>]>([
  ['kept in the database', async () => openCursors(await aDatabase())],
  ['for one life', async () => volatileCursors()],
])('cursors %s', (_, open) => {
  it('are 0 until they are set, and then what was set last', async () => {
    const cursors = await open();
    expect(await cursors.get('address')).toBe(0);
    await cursors.set('address', 12);
    await cursors.set('address', 13);
    expect(await cursors.get('address')).toBe(13);
    expect(await cursors.getAll(['rank', 'address', 'address'])).toEqual([0, 13, 13]);
  });

  it('are found by how their names begin, and gone when they are removed', async () => {
    const cursors = await open();
    for (const name of ['top a', 'top b', 'top', 'to', 'tops']) await cursors.set(name, 1);
    const names = async () => (await cursors.startingWith('top ')).map(({ name }) => name);
    expect(await names()).toEqual(['top a', 'top b']);
    await cursors.remove('top a');
    expect(await names()).toEqual(['top b']);
    expect(await cursors.get('top a')).toBe(0);
  });
});

it('several are set together or not at all', async () => {
  const db = interruptedDatabase(await aDatabase());
  const cursors = openCursors(db);
  const both = () =>
    cursors.asOne(async () => {
      await cursors.set('from', 1);
      await cursors.set('until', 2);
    });
  db.fail(/INSERT INTO cursor/, 1);
  await expect(both()).rejects.toThrow();
  expect(await openCursors(db).getAll(['from', 'until'])).toEqual([0, 0]);
  await both();
  expect(await openCursors(db).getAll(['from', 'until'])).toEqual([1, 2]);
});

it('that are instants are moved to before now once the clock was set back; numbers stay', async () => {
  const cursors = openCursors(await aDatabase());
  await cursors.set('told', NOON + 2 * HOUR);
  await cursors.set('ranked poll', 3);
  await cursors.set('until', Number.MAX_SAFE_INTEGER);
  expect(await cursors.ahead(NOON)).toEqual([NOON + 2 * HOUR]);
  expect(await cursors.putRight(NOON, orderedBefore(NOON, [NOON + 2 * HOUR]))).toBe(1);
  expect(await cursors.getAll(['told', 'ranked poll', 'until'])).toEqual([
    ...[NOON - 1, 3],
    Number.MAX_SAFE_INTEGER,
  ]);
  expect(await cursors.ahead(NOON)).toEqual([]);
});
