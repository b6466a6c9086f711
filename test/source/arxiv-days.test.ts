import { expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openCursors, volatileCursors } from '#src/foundation/cursors.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { createAnnouncementDays } from '#src/source/arxiv-days.ts';
import { interruptedDatabase } from '#test/fakes/interrupted-database.ts';

it('a category is up to date until a list after its last one has passed, and not by a clock that ran ahead', async () => {
  const days = createAnnouncementDays(volatileCursors());
  const isUpToDate = (today: string) => days.isUpToDate('cs.LG', today);
  expect(await isUpToDate('2026-03-13')).toBe(false);
  await days.noteFeed('cs.LG', '2026-03-13', ['2603.00001']);
  const whole = await Promise.all(
    ['2026-03-12', '2026-03-13', '2026-03-14', '2026-03-16', '2026-03-17'].map(isUpToDate),
  );
  expect(whole).toEqual([false, true, true, true, false]);
  await days.forget('cs.LG');
  expect(await isUpToDate('2026-03-13')).toBe(false);
});

async function openKept() {
  const db = interruptedDatabase(await openDatabase(':memory:'));
  await openArchive(db, []);
  return { db, days: createAnnouncementDays(openCursors(db)) };
}

it('what is noted of a list that was read is kept whole or not at all', async () => {
  const { db, days } = await openKept();
  await days.noteFeed('cs.LG', '2026-03-12', ['2603.00001']);
  const before = await days.shown('cs.LG');
  db.fail(/INSERT INTO cursor/, 2);
  await expect(days.noteFeed('cs.LG', '2026-03-13', ['2603.00002', '2603.00003'])).rejects.toThrow();
  expect(await days.newestFeed('cs.LG')).toBe('2026-03-12');
  expect(await days.shown('cs.LG')).toEqual(before);
  expect(await days.owed('cs.LG', '2026-03-16')).toEqual(['2026-03-13']);
});

it('a category that begins anew while its list is being noted has all of the list, or nothing', async () => {
  const { db, days } = await openKept();
  await days.noteFeed('cs.LG', '2026-03-12', ['2603.00001']);
  const held = db.hold(/INSERT INTO cursor/, 1);
  const noted = days.noteFeed('cs.LG', '2026-03-13', ['2603.00002']);
  await held;
  const forgotten = days.forget('cs.LG');
  await db.release();
  await Promise.all([noted, forgotten]);
  expect([
    await days.newestFeed('cs.LG'),
    await days.readTo('cs.LG'),
    ...(await days.shown('cs.LG')),
  ]).toEqual(['', '']);
});

it('a list that was asked for in vain twice at once was so twice', async () => {
  const { days } = await openKept();
  await Promise.all([days.noteInVain('cs.LG', '2026-03-13'), days.noteInVain('cs.LG', '2026-03-13')]);
  expect(await days.inVain('cs.LG', '2026-03-13')).toBe(2);
});
