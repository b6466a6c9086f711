import { expect, it } from 'vitest';
import { createAnnouncementDays, volatileCursors } from '#src/source/arxiv-days.ts';

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
