import { ChannelType } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox } from '#src/sandbox/sandbox.ts';
import { createFakeClock, type FakeClock } from '../fakes/fake-clock.ts';
import { type Caller, callerOf } from './discord-caller.ts';
import { someServer } from './some-server.ts';

let place: Awaited<ReturnType<typeof someServer>>;
let clock: FakeClock;
let call: Caller;

beforeEach(async () => {
  clock = createFakeClock();
  place = await someServer({ clock, limits: { global: 'off', routes: false } }, startSandbox);
  call = callerOf(place.sandbox);
});
afterEach(() => place.sandbox.close());

describe('a person sees at the side of their client', () => {
  test('their servers with the channels and threads that are open to them', () => {
    const { driver, server, channel, alice, bob } = place;
    const hidden = driver.createChannel(server, {
      name: 'hidden',
      overwrites: [
        { id: server, deny: ['ViewChannel'] },
        { id: bob, allow: ['ViewChannel'] },
      ],
    }).id;
    const inner = driver.createThread(hidden, { name: 'inner', user: bob }).id;
    const talk = driver.createThread(channel, { name: 'talk', user: alice }).id;
    driver.setThread(talk, { archived: true, locked: true });
    driver.createServer({ name: 'Elsewhere' });
    const idsFor = (user: string) =>
      driver.placesOf(user).servers.map(({ name, places }) => [name, places.map(({ id }) => id)]);
    expect(idsFor(alice)).toEqual([['Lab', [channel, talk]]]);
    expect(idsFor(bob)).toEqual([['Lab', [channel, hidden, inner, talk]]]);
    expect(driver.placesOf(alice).servers[0].places).toMatchObject([
      { name: 'papers', type: ChannelType.GuildText, parentId: null, thread: null, mayWrite: true },
      {
        name: 'talk',
        parentId: channel,
        thread: { archived: true, locked: true, ownerId: alice },
        mayWrite: false,
      },
    ]);
  });

  test('a forum with its tags, and a post with those that it bears', () => {
    const { driver, server, alice } = place;
    const forum = driver.createChannel(server, { name: 'forum', type: 'forum', tags: ['new', 'old'] });
    driver.createThread(forum.id, { name: 'post', user: alice, tags: [forum.tags[1].id], content: 'a' });
    const [, seen, post] = driver.placesOf(alice).servers[0].places;
    expect(seen).toMatchObject({ tags: [{ name: 'new' }, { name: 'old' }], mayWrite: false });
    expect(post).toMatchObject({ parentId: forum.id, tags: [{ name: 'old' }], mayWrite: true });
  });

  test('their direct messages, by who is there, the newest first', () => {
    const { driver, alice, bob, sandbox } = place;
    const own = driver.openDm(alice);
    driver.openDm(bob);
    driver.write({ user: alice, channel: own, content: 'hello' });
    expect(driver.placesOf(alice).dms).toMatchObject([{ id: own, name: 'Paperboy', mayWrite: true }]);
    expect(driver.placesOf(sandbox.world.bot.id).dms.map(({ name }) => name)).toEqual(['alice', 'bob']);
  });
});

test('one message is read by who sees it, and by nobody else', async () => {
  const { driver, server, sandbox, channel, alice, bob } = place;
  await call('PUT', `/applications/${sandbox.applicationId}/commands`, [{ name: 'a', description: 'd' }]);
  const life = driver.slash({ user: alice, channel, name: 'a' });
  const data = { content: 'for me', flags: 64 };
  await call('POST', `/interactions/${life.id}/${driver.tokenOf(life.id)}/callback`, { type: 4, data });
  const { id } = await life.message();
  expect(driver.readOne(alice, channel, id)).toMatchObject({ content: 'for me', ephemeral: true });
  expect(driver.readOne(bob, channel, id)).toBeNull();
  expect(driver.readOne(alice, channel, '1')).toBeNull();
  expect(driver.readOne(alice, '1', id)).toBeNull();
  driver.setOverwrite(channel, { id: server, deny: ['ViewChannel'] });
  expect(driver.readOne(alice, channel, id)).toBeNull();
});

describe('a pin', () => {
  const written = () =>
    place.driver.write({ user: place.alice, channel: place.channel, content: 'rules' }).id;
  const pins = () => `/channels/${place.channel}/messages/pins`;

  beforeEach(() =>
    place.driver.setRolePermissions(place.server, place.role, [
      'ViewChannel',
      'PinMessages',
      'ReadMessageHistory',
    ]),
  );

  test('is set and taken away by who may pin, and said in the channel', async () => {
    const { driver, channel, alice, sandbox } = place;
    const told: unknown[] = [];
    sandbox.world.dispatch = ({ event, payload }) => told.push([event, payload.last_pin_timestamp]);
    const message = written();
    const pin = (pinned: boolean) => driver.pin({ user: alice, channel, message, pinned });
    expect(() => pin(true)).toThrow('may not pin');
    driver.setOverwrite(channel, { id: alice, allow: ['PinMessages'] });
    told.length = 0;
    pin(true);
    pin(true);
    expect(driver.read(alice, channel)).toMatchObject([
      { content: 'rules', pinned: true },
      { type: 6, author: { id: alice }, message_reference: { message_id: message } },
    ]);
    pin(false);
    expect(driver.read(alice, channel)).toMatchObject([{ pinned: false }, { type: 6 }]);
    const at = new Date(clock.now()).toISOString();
    expect(told).toEqual([
      ['CHANNEL_PINS_UPDATE', at],
      ['CHANNEL_PINS_UPDATE', null],
    ]);
  });

  test('is the bot’s to set, where it has the right, and is listed with the newest first', async () => {
    const { driver, channel, role } = place;
    const [first, second] = [written(), written()];
    expect(await call('PUT', `${pins()}/${first}`)).toMatchObject({ status: 204 });
    await clock.advance(1000);
    await call('PUT', `${pins()}/${second}`);
    const listed = async (query = '') =>
      (await call('GET', `${pins()}${query}`)).body as {
        items: { message: { id: string }; pinned_at: string }[];
        has_more: boolean;
      };
    const all = await listed();
    expect(all.items.map(({ message }) => message.id)).toEqual([second, first]);
    const newest = await listed('?limit=1');
    expect(newest).toMatchObject({ items: [{ message: { id: second } }], has_more: true });
    const older = await listed(`?before=${newest.items[0].pinned_at}`);
    expect(older).toMatchObject({ items: [{ message: { id: first } }], has_more: false });
    await call('DELETE', `${pins()}/${first}`);
    expect((await listed()).items).toHaveLength(1);
    driver.setOverwrite(channel, { id: role, deny: ['PinMessages'] });
    expect(await call('PUT', `${pins()}/${first}`)).toMatchObject({ status: 403, body: { code: 50013 } });
    driver.setOverwrite(channel, { id: role, deny: ['ReadMessageHistory'] });
    driver.setOverwrite(channel, { id: place.server, deny: ['ReadMessageHistory'] });
    expect((await listed()).items).toEqual([]);
  });

  test('is one of 250 in a channel', async () => {
    const messages = Array.from({ length: 251 }, written);
    for (const id of messages.slice(0, 250)) await call('PUT', `${pins()}/${id}`);
    expect(await call('PUT', `${pins()}/${messages[250]}`)).toMatchObject({
      status: 400,
      body: { code: 30003 },
    });
    expect(await call('PUT', `${pins()}/${messages[0]}`)).toMatchObject({ status: 204 });
  });
});
