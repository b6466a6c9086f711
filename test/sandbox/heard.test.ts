import { ApplicationCommandPermissionType } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox } from '#src/sandbox/sandbox.ts';
import type { Heard } from '#src/sandbox/world/heard.ts';
import { type Caller, callerOf } from './discord-caller.ts';
import { someServer } from './some-server.ts';

let place: Awaited<ReturnType<typeof someServer>>;
let call: Caller;
let heard: Heard[];

beforeEach(async () => {
  place = await someServer({ limits: { routes: false }, firstAnswerMs: 1 }, startSandbox);
  call = callerOf(place.sandbox);
  heard = [];
  place.driver.hear((one) => heard.push(one));
});
afterEach(() => place.sandbox.close());

type Place = typeof place;

describe('a place that changes is heard of:', () => {
  const HERE: readonly [string, (place: Place) => unknown][] = [
    ['a channel is made', ({ driver, server }) => driver.createChannel(server, { name: 'a' })],
    ['a channel is renamed', ({ driver, channel }) => driver.renameChannel(channel, 'a')],
    ['a channel is deleted', ({ driver, channel }) => driver.deleteChannel(channel)],
    [
      'a right is taken',
      ({ driver, channel, role }) => driver.setOverwrite(channel, { id: role, deny: ['SendMessages'] }),
    ],
    ['a role is made', ({ driver, server }) => driver.createRole(server, { name: 'a' })],
    [
      'a role may more',
      ({ driver, server, role }) => driver.setRolePermissions(server, role, ['ViewChannel']),
    ],
    ['a role is gone', ({ driver, server, role }) => driver.deleteRole(server, role)],
    ['somebody joins', ({ driver, server }) => driver.addMember(server, { name: 'carol' })],
    ['somebody leaves', ({ driver, server, bob }) => driver.removeMember(server, bob)],
    ['somebody gets a role', ({ driver, server, bob }) => driver.setMemberRoles(server, bob, [])],
    ['somebody is timed out', ({ driver, server, bob }) => driver.timeOut(server, bob, 1)],
    ['the server is renamed', ({ driver, server }) => driver.renameServer(server, 'a')],
    ['the bot is removed', ({ driver, server }) => driver.kickBot(server)],
    [
      'a thread is opened',
      ({ driver, channel, alice }) => driver.createThread(channel, { name: 'a', user: alice }),
    ],
    [
      'the Integrations page says something else',
      ({ driver, server, role }) => {
        const permission = { id: role, type: ApplicationCommandPermissionType.Role, permission: true };
        driver.setCommandPermissions(server, null, [permission]);
      },
    ],
  ];

  test.each(HERE)('%s', (_, change) => {
    change(place);
    expect(heard).toContainEqual({ kind: 'place', guildId: place.server });
  });

  test('what becomes of a thread, though the bot cannot see it', () => {
    const { driver, server, channel, alice } = place;
    driver.setOverwrite(channel, { id: place.role, deny: ['ViewChannel'] });
    driver.setOverwrite(channel, { id: server, deny: ['ViewChannel'] });
    driver.setOverwrite(channel, { id: alice, allow: ['ViewChannel'] });
    const thread = driver.createThread(channel, { name: 'a', user: alice });
    for (const change of [{ name: 'b' }, { archived: true }, { archived: false }, { locked: true }]) {
      heard.length = 0;
      driver.setThread(thread.id, change);
      expect(heard).toEqual([{ kind: 'place', guildId: server }]);
    }
    heard.length = 0;
    driver.setThread(thread.id, { name: 'b', locked: true });
    expect(heard).toEqual([]);
  });

  test('everywhere: somebody’s settings, a first direct message, commands', async () => {
    const { driver, sandbox, server, alice } = place;
    const everywhere = [{ kind: 'place', guildId: null }];
    const afterwards = (): Heard[] => heard.splice(0);
    driver.setUser(alice, { locale: 'de' });
    expect(afterwards()).toEqual(everywhere);
    driver.openDm(alice);
    driver.openDm(alice);
    expect(afterwards()).toEqual(everywhere);
    const path = `/applications/${sandbox.applicationId}/commands`;
    const [{ id }] = (await call('PUT', path, [{ name: 'a', description: 'd' }])).body as never as [
      { id: string },
    ];
    await call('PATCH', `${path}/${id}`, { description: 'e' });
    await call('POST', path, { name: 'b', description: 'd' });
    await call('DELETE', `${path}/${id}`);
    expect(afterwards()).toEqual([...everywhere, ...everywhere, ...everywhere, ...everywhere]);
    const own = `/applications/${sandbox.applicationId}/guilds/${server}/commands`;
    await call('PUT', own, []);
    expect(afterwards()).toEqual([{ kind: 'place', guildId: server }]);
  });
});

test('a message is heard of when it is written, edited, published, given a thread and deleted', async () => {
  const { driver, server, alice } = place;
  const news = driver.createChannel(server, { name: 'news', type: 'announcement' }).id;
  const path = `/channels/${news}/messages`;
  heard.length = 0;
  const id = String((await call('POST', path, { content: 'a' })).body.id);
  await call('PATCH', `${path}/${id}`, { content: 'b' });
  await call('POST', `${path}/${id}/crosspost`);
  driver.createThread(news, { name: 'talk', user: alice, message: id });
  await call('DELETE', `${path}/${id}`);
  const ofMessage = heard.filter(({ kind }) => kind !== 'place');
  const about = { channelId: news, messageId: id };
  expect(ofMessage).toEqual([
    { kind: 'created', ...about },
    { kind: 'edited', ...about },
    { kind: 'touched', ...about },
    { kind: 'touched', ...about },
    { kind: 'deleted', ...about },
  ]);
});

describe('an interaction', () => {
  beforeEach(async () => {
    const path = `/applications/${place.sandbox.applicationId}/commands`;
    await call('PUT', path, [{ name: 'a', description: 'd' }]);
    heard.length = 0;
  });

  test('is heard of when it was answered, with what', async () => {
    place.sandbox.world.settings.firstAnswerMs = 60_000;
    const life = place.driver.slash({ user: place.alice, channel: place.channel, name: 'a' });
    const component = { type: 4, style: 1, custom_id: 'i' };
    const data = { title: 't', custom_id: 'm', components: [{ type: 18, label: 'l', component }] };
    const path = `/interactions/${life.id}/${place.driver.tokenOf(life.id)}/callback`;
    await call('POST', path, { type: 9, data });
    expect(heard).toEqual([{ kind: 'interaction', interactionId: life.id, answer: 'modal' }]);
  });

  test('is heard of when nobody answered it', async () => {
    const life = place.driver.slash({ user: place.alice, channel: place.channel, name: 'a' });
    await expect(life.answered()).rejects.toThrow('did not respond');
    await expect.poll(() => heard).toEqual([{ kind: 'interaction', interactionId: life.id, answer: 'none' }]);
  });
});

test('who stops listening hears no more', () => {
  const more: Heard[] = [];
  const stop = place.driver.hear((one) => more.push(one));
  stop();
  place.driver.renameServer(place.server, 'a');
  expect(more).toEqual([]);
  expect(heard).toHaveLength(1);
});

test('what opens or marks a message is no edit of the bot’s', async () => {
  const { driver, channel, alice } = place;
  const told: string[] = [];
  driver.onMessage((_, kind) => told.push(kind));
  const id = String((await call('POST', `/channels/${channel}/messages`, { content: 'a' })).body.id);
  driver.createThread(channel, { name: 'talk', user: alice, message: id });
  expect(told).toEqual(['created']);
});
