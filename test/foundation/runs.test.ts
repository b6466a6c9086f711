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

it('the last checks are remembered, the newest first, and a thousand at most', async () => {
  const { runs } = await open();
  for (let i = 1; i <= 1005; i++) await runs.note({ ...run, startedAt: i });
  expect((await runs.last(2)).map(({ startedAt }) => startedAt)).toEqual([1005, 1004]);
  expect(await runs.last(2000)).toHaveLength(1000);
});

it('a check is noted when there is room for it, or not at all', async () => {
  const { db, runs } = await open();
  db.fail(/DELETE FROM run/);
  await expect(runs.note(run)).rejects.toThrow();
  expect(await runs.last(1)).toEqual([]);
  await runs.note(run);
  expect(await runs.last(1)).toEqual([run]);
});

it('a check by a clock that ran ahead is moved to before now', async () => {
  const { runs } = await open();
  await runs.note({ ...run, startedAt: NOON + 5, finishedAt: NOON + 6 });
  const ahead = await runs.ahead(NOON);
  expect(ahead).toEqual([NOON + 5, NOON + 6]);
  await runs.putRight(NOON, orderedBefore(NOON, ahead));
  expect(await runs.last(1)).toMatchObject([{ startedAt: NOON - 2, finishedAt: NOON - 1 }]);
});
