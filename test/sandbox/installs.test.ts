import { afterEach, beforeEach, expect, test } from 'vitest';
import { startSandbox } from '#src/sandbox/sandbox.ts';
import { type Caller, callerOf } from './discord-caller.ts';
import { someServer } from './some-server.ts';

let place: Awaited<ReturnType<typeof someServer>>;
let call: Caller;

beforeEach(async () => {
  place = await someServer({ limits: { routes: false } }, startSandbox);
  call = callerOf(place.sandbox);
  await call('PUT', `/applications/${place.sandbox.applicationId}/commands`, [
    { name: 'paper', description: 'd', integration_types: [0, 1], contexts: [0, 1, 2] },
  ]);
});
afterEach(() => place.sandbox.close());

test('a person who installed the app uses it where the bot is not, with five follow-ups', async () => {
  const { sandbox, driver } = place;
  const carol = driver.createUser('carol', { hasInstalledApp: true }).id;
  const elsewhere = driver.createServer({ name: 'Elsewhere', owner: carol });
  const channel = driver.createChannel(elsewhere.id, { name: 'talk' }).id;

  const life = driver.slash({ user: carol, channel, name: 'paper' });
  const token = driver.tokenOf(life.id);
  await call('POST', `/interactions/${life.id}/${token}/callback`, { type: 4, data: { content: 'a' } });
  const followUp = () => call('POST', `/webhooks/${sandbox.applicationId}/${token}`, { content: 'b' });
  for (let count = 0; count < 5; count++) expect(await followUp()).toMatchObject({ status: 200 });
  expect(await followUp()).toMatchObject({ status: 400, body: { code: 40094 } });
  expect(driver.read(carol, channel)).toHaveLength(6);
});

test('who has not installed it is not offered its commands there', async () => {
  const { driver } = place;
  const elsewhere = driver.createServer({ name: 'Elsewhere' });
  const channel = driver.createChannel(elsewhere.id, { name: 'talk' }).id;
  expect(() => driver.slash({ user: elsewhere.ownerId, channel, name: 'paper' })).toThrow(
    'installed neither',
  );
});

test('a follow-up to a deferred answer becomes the answer', async () => {
  const { sandbox, driver, alice, channel } = place;
  const life = driver.slash({ user: alice, channel, name: 'paper' });
  const token = driver.tokenOf(life.id);
  await call('POST', `/interactions/${life.id}/${token}/callback`, { type: 5 });
  await call('POST', `/webhooks/${sandbox.applicationId}/${token}`, { content: 'here' });
  expect(driver.read(alice, channel)).toMatchObject([{ content: 'here', loading: false }]);
});

test('a file over 10 MiB is refused as too large, one of 10 MiB arrives', async () => {
  const { driver, channel } = place;
  const send = (bytes: number) => {
    const form = new FormData();
    form.set('payload_json', JSON.stringify({ content: 'a' }));
    form.set('files[0]', new Blob([new Uint8Array(bytes)]), 'a.bin');
    return call('POST', `/channels/${channel}/messages`, form);
  };
  expect(await send(10 * 1024 * 1024)).toMatchObject({ status: 200 });
  expect(await send(10 * 1024 * 1024 + 1)).toMatchObject({ status: 413, body: { code: 40005 } });
  expect(driver.allMessages(channel)).toHaveLength(1);
});

test('200 new commands a day, and renewed ones do not count', async () => {
  const path = `/applications/${place.sandbox.applicationId}/commands`;
  const named = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `c${from + index}`, description: 'd' }));
  // `paper` was the first of the day.
  expect(await call('PUT', path, named(0, 100))).toMatchObject({ status: 200 });
  expect(await call('PUT', path, named(0, 100))).toMatchObject({ status: 200 });
  expect(await call('PUT', path, named(100, 99))).toMatchObject({ status: 200 });
  expect(await call('PUT', path, named(300, 1))).toMatchObject({ status: 400, body: { code: 30034 } });
});
