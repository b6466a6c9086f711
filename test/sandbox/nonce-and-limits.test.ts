import { afterEach, describe, expect, test } from 'vitest';
import type { SandboxOptions } from '#src/sandbox/sandbox.ts';
import { createFakeClock } from '../fakes/fake-clock.ts';
import { callerOf } from './discord-caller.ts';
import { connect, someServer } from './some-server.ts';

let close: () => Promise<void>;
afterEach(() => close());

async function open(options: SandboxOptions = {}) {
  const place = await someServer(options);
  close = place.sandbox.close;
  return { ...place, call: callerOf(place.sandbox) };
}

describe('a nonce', () => {
  const enforced = { content: 'a', nonce: 'paper-1', enforce_nonce: true };

  test('makes one message of two sends, and the second answer names the first message', async () => {
    const { driver, channel, call } = await open();
    const first = await call('POST', `/channels/${channel}/messages`, enforced);
    const second = await call('POST', `/channels/${channel}/messages`, { ...enforced, content: 'b' });
    expect(second).toMatchObject({
      status: 200,
      body: { id: first.body.id, content: 'a', nonce: 'paper-1' },
    });
    expect(driver.allMessages(channel)).toHaveLength(1);
  });

  test('is forgotten after the window', async () => {
    const clock = createFakeClock();
    const { driver, channel, call } = await open({ clock, nonceWindowMs: 180_000 });
    await call('POST', `/channels/${channel}/messages`, enforced);
    await clock.advance(179_999);
    await call('POST', `/channels/${channel}/messages`, enforced);
    expect(driver.allMessages(channel)).toHaveLength(1);
    await clock.advance(1);
    await call('POST', `/channels/${channel}/messages`, enforced);
    expect(driver.allMessages(channel)).toHaveLength(2);
  });

  test('counts for the author, in whatever channel', async () => {
    const { driver, server, channel, call } = await open();
    const other = driver.createChannel(server, { name: 'other' }).id;
    const first = await call('POST', `/channels/${channel}/messages`, enforced);
    const second = await call('POST', `/channels/${other}/messages`, enforced);
    expect(second.body).toMatchObject({ id: first.body.id, channel_id: channel });
    expect(driver.allMessages(other)).toHaveLength(0);
  });

  test('does nothing without enforce_nonce', async () => {
    const { driver, channel, call } = await open();
    await call('POST', `/channels/${channel}/messages`, { content: 'a', nonce: 'n' });
    await call('POST', `/channels/${channel}/messages`, { content: 'a', nonce: 'n' });
    expect(driver.allMessages(channel)).toHaveLength(2);
  });

  test.each([
    { showNonce: false, shown: undefined },
    { showNonce: true, shown: 'paper-1' },
  ])('is read back only where asked for: $showNonce', async ({ showNonce, shown }) => {
    const { channel, call } = await open({ showNonce });
    await call('POST', `/channels/${channel}/messages`, enforced);
    const { body } = await call('GET', `/channels/${channel}/messages`);
    expect((body as unknown as { nonce?: string }[])[0].nonce).toBe(shown);
  });
});

describe('rate limits', () => {
  test('the sixth message in 5 s into one channel waits, another channel does not', async () => {
    const clock = createFakeClock();
    const { driver, server, channel, call } = await open({ limits: { clock } });
    const other = driver.createChannel(server, { name: 'other' }).id;
    for (let count = 0; count < 4; count++)
      await call('POST', `/channels/${channel}/messages`, { content: 'a' });
    const fifth = await call('POST', `/channels/${channel}/messages`, { content: 'a' });
    expect(fifth.status).toBe(200);
    expect(fifth.headers.get('x-ratelimit-limit')).toBe('5');
    expect(fifth.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(fifth.headers.get('x-ratelimit-reset-after')).toBe('5.000');
    expect(fifth.headers.get('x-ratelimit-bucket')).toBe('create-message');

    await clock.advance(1500);
    const sixth = await call('POST', `/channels/${channel}/messages`, { content: 'a' });
    expect(sixth).toMatchObject({ status: 429, body: { retry_after: 3.5, global: false } });
    expect(sixth.headers.get('x-ratelimit-scope')).toBe('user');
    expect(sixth.headers.get('retry-after')).toBe('4');
    expect(await call('POST', `/channels/${other}/messages`, { content: 'a' })).toMatchObject({
      status: 200,
    });
    expect(driver.traffic()).toMatchObject({ limited: 1, invalid: 1 });

    await clock.advance(3500);
    expect(await call('POST', `/channels/${channel}/messages`, { content: 'a' })).toMatchObject({
      status: 200,
    });
  });

  test.each([
    // 50 at .9 s, so .1 s later: the sliding second still holds them, the next whole second is new, 5 tokens are back.
    { global: 'sliding', passed: 0 },
    { global: 'aligned', passed: 20 },
    { global: 'bucket', passed: 5 },
  ] as const)('the global limit is 50 a second: $global', async ({ global, passed }) => {
    const clock = createFakeClock('2026-03-03T12:00:00.900Z');
    const { driver, call } = await open({ limits: { clock, global } });
    const ask = async () => (await call('GET', '/users/@me')).status;
    for (let count = 0; count < 50; count++) expect(await ask()).toBe(200);
    expect(await call('GET', '/users/@me')).toMatchObject({ status: 429, body: { global: true } });

    await clock.advance(100);
    driver.resetTraffic();
    for (let count = 0; count < 20; count++) await ask();
    expect(driver.traffic().byStatus['200'] ?? 0).toBe(passed);
  });

  test('answers to interactions are not counted globally', async () => {
    const clock = createFakeClock();
    const { sandbox, driver, channel, alice, call } = await open({ limits: { clock } });
    await call('PUT', `/applications/${sandbox.applicationId}/commands`, [{ name: 'a', description: 'd' }]);
    for (let count = 0; count < 60; count++) await call('GET', '/users/@me');
    const asked = driver.slash({ user: alice, channel, name: 'a' });
    const path = `/interactions/${asked.id}/${driver.tokenOf(asked.id)}/callback`;
    expect(await call('POST', path, { type: 4, data: { content: 'a' } })).toMatchObject({ status: 204 });
  });

  test('discord.js waits for a channel by itself', async () => {
    const { sandbox, driver, channel } = await open();
    const client = await connect(sandbox);
    const place = await client.channels.fetch(channel);
    if (place?.isSendable())
      await Promise.all(Array.from({ length: 6 }, (_, index) => place.send(`message ${index}`)));
    await client.destroy();
    expect(driver.allMessages(channel)).toHaveLength(6);
    expect(driver.traffic().limited).toBe(0);
  });

  test('10,000 invalid requests in 10 minutes end in a ban, and the ban ends', async () => {
    const { createTraffic } = await import('#src/sandbox/http/traffic.ts');
    close = async () => {};
    const traffic = createTraffic();
    for (let count = 0; count < 9_999; count++) traffic.answered(403, 0);
    expect(traffic.isBanned(0)).toBe(false);
    traffic.answered(429, 60_000);
    expect(traffic.isBanned(599_999)).toBe(true);
    expect(traffic.isBanned(600_000)).toBe(false);
  });
});
