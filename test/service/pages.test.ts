import { expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import { openKeyv } from '#src/foundation/database/keyv-store.ts';
import { silentLog as log } from '#src/foundation/log.ts';
import { openRuns } from '#src/foundation/runs.ts';
import { openOutbox } from '#src/outbox/outbox.ts';
import { createPages } from '#src/service/pages.ts';
import { openSubscriptionStore } from '#src/subscription/subscription-store.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

const SECOND = 1000;

async function openPages() {
  const clock = createFakeClock();
  const db = await openDatabase(':memory:');
  const archive = await openArchive(db, []);
  const outbox = await openOutbox(db, clock.now());
  const subscriptionStore = await openSubscriptionStore(
    db,
    await openKeyv(db, 'subscriptions', clock),
    clock,
  );
  const { byPath, tellOf } = createPages({
    ...{ db, archive, outbox, subscriptionStore, clock, log },
    runs: openRuns(db),
    pollInterval: () => 900 * SECOND,
  });
  const health = async () => byPath['/healthz']?.(new URLSearchParams());
  return { clock, byPath, tellOf, health };
}

it('the health page is well until Discord has not let the bot in for two minutes', async () => {
  const { clock, health } = await openPages();
  await clock.advance(120 * SECOND);
  expect(await health()).toMatchObject({ status: 200 });
  await clock.advance(SECOND);
  expect(await health()).toMatchObject({
    status: 503,
    text: expect.stringContaining('Discord has not let the bot in for 121 s.'),
  });
});

it('the health page tells of the connection and of the jobs once Discord has let the bot in', async () => {
  const { clock, tellOf, health } = await openPages();
  await clock.advance(121 * SECOND);
  tellOf({ line: () => ({ isReady: true, lasted: SECOND }), idle: () => 0 });
  expect(await health()).toMatchObject({ status: 200 });
  tellOf({ line: () => ({ isReady: false, lasted: 61 * SECOND }), idle: () => 46 * 60 * SECOND });
  const { text = '' } = (await health()) ?? {};
  expect(JSON.parse(text).problems).toEqual([
    'Discord has not been connected for 61 s.',
    'No job has run for 46 min.',
  ]);
});
