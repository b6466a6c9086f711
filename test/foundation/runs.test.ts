import { expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { orderedBefore } from '#src/foundation/instants.ts';
import { openRuns } from '#src/foundation/runs.ts';
import { interruptedDatabase } from '#test/fakes/interrupted-database.ts';

const NOON = Date.UTC(2026, 2, 10, 12);
const run = { startedAt: NOON, finishedAt: NOON + 1, checked: 37, matched: 0, added: 0, problem: null };

async function open() {
  const plain = await openDatabase(':memory:');
  await openArchive(plain, []);
  const db = interruptedDatabase(plain);
  return { db, runs: openRuns(db) };
}

it('the newest check is remembered, and a thousand at most', async () => {
  const { db, runs } = await open();
  for (let i = 1; i <= 1005; i++) await runs.note({ ...run, startedAt: i });
  expect(await runs.last()).toEqual({ ...run, startedAt: 1005 });
  expect(await db.get('SELECT count(*) AS n FROM run')).toEqual({ n: 1000 });
});

it('a check is noted when there is room for it, or not at all', async () => {
  const { db, runs } = await open();
  db.fail(/DELETE FROM run/);
  await expect(runs.note(run)).rejects.toThrow();
  expect(await runs.last()).toBeNull();
  await runs.note(run);
  expect(await runs.last()).toEqual(run);
});

it('a check by a clock that ran ahead is moved to before now', async () => {
  const { runs } = await open();
  await runs.note({ ...run, startedAt: NOON + 5, finishedAt: NOON + 6 });
  const ahead = await runs.ahead(NOON);
  expect(ahead).toEqual([NOON + 5, NOON + 6]);
  await runs.putRight(NOON, orderedBefore(NOON, ahead));
  expect(await runs.last()).toMatchObject({ startedAt: NOON - 2, finishedAt: NOON - 1 });
});
