import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSceneClock } from '#src/foundation/scene-clock.ts';
import { startSandbox } from '#src/sandbox/sandbox.ts';
import { createFakeClock, type FakeClock } from '../fakes/fake-clock.ts';
import { type Caller, callerOf } from './discord-caller.ts';
import { someServer } from './some-server.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

let base: FakeClock;
let call: Caller;
let place: Awaited<ReturnType<typeof someServer>>;

beforeEach(async () => {
  base = createFakeClock();
  const clock = createSceneClock({ startsAt: Date.UTC(2026, 2, 10, 12), speed: 3600, base });
  place = await someServer({ clock, limits: { global: 'off', routes: false } }, startSandbox);
  call = callerOf(place.sandbox);
  await call('PUT', `/applications/${place.sandbox.applicationId}/commands`, [
    { name: 'a', description: 'd' },
  ]);
});
afterEach(() => place.sandbox.close());

const post = (body: object) => call('POST', `/channels/${place.channel}/messages`, body);
const ask = () => {
  const life = place.driver.slash({ user: place.alice, channel: place.channel, name: 'a' });
  const token = place.driver.tokenOf(life.id);
  return {
    callback: `/interactions/${life.id}/${token}/callback`,
    original: `/webhooks/${place.sandbox.applicationId}/${token}/messages/@original`,
  };
};

describe('the local Discord in a scene that hurries', () => {
  it('stamps messages with the time of the scene', async () => {
    await base.advance(SECOND);
    expect(await post({ content: 'a' })).toMatchObject({ body: { timestamp: '2026-03-10T13:00:00.000Z' } });
  });

  it('gives a first answer three real seconds, and no more', async () => {
    const inTime = ask();
    await base.advance(3 * SECOND);
    expect(await call('POST', inTime.callback, { type: 5 })).toMatchObject({ status: 204 });
    const late = ask();
    await base.advance(3 * SECOND + 1);
    expect(await call('POST', late.callback, { type: 5 })).toMatchObject({ status: 404 });
  });

  it('lets an answer be edited for fifteen real minutes, and no longer', async () => {
    const { callback, original } = ask();
    await call('POST', callback, { type: 4, data: { content: 'a' } });
    await base.advance(15 * MINUTE);
    expect(await call('PATCH', original, { content: 'b' })).toMatchObject({ status: 200 });
    await base.advance(1);
    expect(await call('PATCH', original, { content: 'c' })).toMatchObject({ status: 401 });
  });

  it('knows a nonce again for three real minutes', async () => {
    const enforced = { content: 'a', nonce: 'paper-1', enforce_nonce: true };
    await post(enforced);
    await base.advance(3 * MINUTE - 1);
    await post(enforced);
    expect(place.driver.allMessages(place.channel)).toHaveLength(1);
    await base.advance(1);
    await post(enforced);
    expect(place.driver.allMessages(place.channel)).toHaveLength(2);
  });
});
