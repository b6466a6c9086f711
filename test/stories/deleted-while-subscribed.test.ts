import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { pressSubscribe } from '#src/page/subscribe-by-hand.ts';
import { type Harness, openHarness } from './harness.ts';
import { saidOf } from './stage.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness('2026-03-10T12:00:00Z');
});
afterAll(() => harness.close());

it('a channel that is deleted while it is subscribed is listed as deleted for whoever subscribed it', async () => {
  const { driver, server, moderator: user, channel } = harness;
  const brief = driver.createChannel(server, { name: 'brief', type: 'text' }).id;
  await setTimeout(100);
  const options = { keywords: 'brief', what: 'all', channel: brief };
  const preview = await driver.slash({ user, channel, name: 'subscribe', options }).message();
  const asked = pressSubscribe(driver, { user, channel }, preview);
  driver.deleteChannel(brief);
  await asked;
  await vi.waitFor(async () => {
    const listed = saidOf(await harness.ask('subscriptions'));
    // It may be refused: then there is nothing to list.
    if (harness.stored().length > 0) expect(listed).toContain('the channel was deleted');
  });
});
