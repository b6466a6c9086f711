import { expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { createHostRateStore } from '#src/source/host-rate-store.ts';
import { interruptedDatabase } from '#test/fakes/interrupted-database.ts';

it('how long a system rests is kept with since when, or not at all', async () => {
  const db = interruptedDatabase(await openDatabase(':memory:'));
  await openArchive(db, []);
  const store = createHostRateStore(openCursors(db), 'arXiv');
  const before = { contactAt: 1000, restFrom: 2000, restUntil: 3000 };
  await store.write(before);
  db.fail(/INSERT INTO cursor/, 1);
  await expect(store.write({ contactAt: 4000, restFrom: 5000, restUntil: 6000 })).rejects.toThrow();
  expect(await store.read()).toEqual(before);
});
