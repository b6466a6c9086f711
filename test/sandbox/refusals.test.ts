import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox } from '#src/sandbox/sandbox.ts';
import { createFakeClock, type FakeClock } from '../fakes/fake-clock.ts';
import { type Caller, callerOf } from './discord-caller.ts';
import { BOT_PERMISSIONS, someServer } from './some-server.ts';

let place: Awaited<ReturnType<typeof someServer>>;
let clock: FakeClock;
let call: Caller;

beforeEach(async () => {
  clock = createFakeClock();
  place = await someServer({ clock, limits: { global: 'off', routes: false } }, startSandbox);
  call = callerOf(place.sandbox);
});
afterEach(() => place.sandbox.close());

const send = (channel: string, body: object = { content: 'a' }) =>
  call('POST', `/channels/${channel}/messages`, body);
const without = (name: string) => BOT_PERMISSIONS.filter((one) => one !== name);

describe('a message is refused', () => {
  test('without a token, with a wrong one, or without a bot user agent', async () => {
    const path = '/users/@me';
    expect(await call('GET', path, undefined, { authorization: 'Bot wrong' })).toMatchObject({
      status: 401,
      body: { code: 0 },
    });
    expect(await call('GET', path, undefined, { 'user-agent': 'curl' })).toMatchObject({
      status: 403,
      body: { code: 40333 },
    });
  });

  test('in a channel that is gone, hidden, or whose server the bot has left', async () => {
    const { driver, server, channel, role } = place;
    const gone = driver.createChannel(server, { name: 'gone' }).id;
    driver.deleteChannel(gone);
    expect(await send(gone)).toMatchObject({ status: 404, body: { code: 10003 } });
    driver.setRolePermissions(server, role, []);
    driver.setOverwrite(channel, { id: server, deny: ['ViewChannel'] });
    expect(await send(channel)).toMatchObject({ status: 403, body: { code: 50001 } });
    driver.kickBot(server);
    expect(await send(channel)).toMatchObject({ status: 403, body: { code: 50001 } });
    expect(await call('GET', `/guilds/${server}`)).toMatchObject({ status: 404, body: { code: 10004 } });
  });

  test.each([
    { missing: 'SendMessages', body: { content: 'a' } },
    { missing: 'EmbedLinks', body: { embeds: [{ title: 'a' }] } },
  ])('without $missing', async ({ missing, body }) => {
    const { driver, server, channel, role } = place;
    driver.setRolePermissions(server, server, ['ViewChannel']);
    driver.setRolePermissions(server, role, without(missing));
    expect(await send(channel, body)).toMatchObject({ status: 403, body: { code: 50013 } });
  });

  test('by AutoMod, and in a forum itself', async () => {
    const { driver, server, channel } = place;
    driver.forbidWords(server, ['casino']);
    expect(await send(channel, { embeds: [{ title: 'A Casino' }] })).toMatchObject({
      status: 400,
      body: { code: 200000 },
    });
    const forum = driver.createChannel(server, { name: 'forum', type: 'forum' }).id;
    expect(await send(forum)).toMatchObject({ status: 400, body: { code: 40058 } });
  });

  test('in a locked thread, but an archived one opens again', async () => {
    const { driver, channel, alice } = place;
    const thread = driver.createThread(channel, { name: 'talk', user: alice }).id;
    driver.setThread(thread, { archived: true });
    expect(await send(thread)).toMatchObject({ status: 200 });
    expect(driver.threadsOf(channel)).toMatchObject([{ archived: false }]);
    driver.setThread(thread, { archived: true, locked: true });
    expect(await send(thread)).toMatchObject({ status: 400, body: { code: 160005 } });
  });

  test('to a person who shares no server', async () => {
    const stranger = place.driver.createUser('stranger').id;
    const opened = await call('POST', '/users/@me/channels', { recipient_id: stranger });
    expect(await send(String(opened.body.id))).toMatchObject({ status: 403, body: { code: 50278 } });
  });
});

describe('a forum', () => {
  const post = (forum: string, more: object = {}) =>
    call('POST', `/channels/${forum}/threads`, { name: 'A paper', message: { content: 'a' }, ...more });

  test('takes a post with up to five of its tags, and needs one where it says so', async () => {
    const { driver, server } = place;
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const forum = driver.createChannel(server, {
      name: 'forum',
      type: 'forum',
      tags: names,
      requiresTag: true,
    });
    const tags = forum.tags.map((tag) => tag.id);
    expect(await post(forum.id)).toMatchObject({ status: 400, body: { code: 40067 } });
    expect(await post(forum.id, { applied_tags: tags })).toMatchObject({
      status: 400,
      body: { code: 50035 },
    });
    const made = await post(forum.id, { applied_tags: tags.slice(0, 5) });
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'A paper', type: 11, message: { content: 'a' } },
    });
    const active = await call('GET', `/guilds/${server}/threads/active`);
    expect(active.body.threads).toMatchObject([{ id: made.body.id, applied_tags: tags.slice(0, 5) }]);
  });

  test('refuses a post whose message is over a limit, and makes no thread', async () => {
    const { driver, server } = place;
    const forum = driver.createChannel(server, { name: 'forum', type: 'forum' }).id;
    expect(await post(forum, { message: { content: 'a'.repeat(2001) } })).toMatchObject({
      body: { code: 50035 },
    });
    expect(await post(forum, { name: 'a'.repeat(101) })).toMatchObject({ body: { code: 50035 } });
    expect(await post(forum, { message: {} })).toMatchObject({ body: { code: 50006 } });
    expect(driver.threadsOf(forum)).toEqual([]);
  });
});

describe('an announcement', () => {
  test('is published once, in announcement channels only, ten times an hour', async () => {
    const { driver, server, channel } = place;
    const news = driver.createChannel(server, { name: 'news', type: 'announcement' }).id;
    const sent = await send(news);
    const path = `/channels/${news}/messages/${sent.body.id}/crosspost`;
    expect(await call('POST', path)).toMatchObject({ status: 200, body: { flags: 1 } });
    expect(await call('POST', path)).toMatchObject({ status: 400, body: { code: 40033 } });
    const plain = await send(channel);
    expect(await call('POST', `/channels/${channel}/messages/${plain.body.id}/crosspost`)).toMatchObject({
      body: { code: 50024 },
    });
  });
});

describe('an interaction', () => {
  beforeEach(async () => {
    await call('PUT', `/applications/${place.sandbox.applicationId}/commands`, [
      { name: 'a', description: 'd' },
    ]);
  });

  const ask = () => {
    const life = place.driver.slash({ user: place.alice, channel: place.channel, name: 'a' });
    const token = place.driver.tokenOf(life.id);
    return {
      callback: `/interactions/${life.id}/${token}/callback`,
      webhook: `/webhooks/${place.sandbox.applicationId}/${token}`,
    };
  };

  test('is answered within 3 s, and once', async () => {
    const inTime = ask();
    await clock.advance(3000);
    expect(await call('POST', inTime.callback, { type: 5 })).toMatchObject({ status: 204 });
    expect(await call('POST', inTime.callback, { type: 5 })).toMatchObject({
      status: 400,
      body: { code: 40060 },
    });
    const late = ask();
    await clock.advance(3001);
    expect(await call('POST', late.callback, { type: 5 })).toMatchObject({
      status: 404,
      body: { code: 10062 },
    });
  });

  test('can be edited for 15 minutes', async () => {
    const { callback, webhook } = ask();
    await call('POST', callback, { type: 4, data: { content: 'a' } });
    await clock.advance(15 * 60_000);
    expect(await call('PATCH', `${webhook}/messages/@original`, { content: 'b' })).toMatchObject({
      status: 200,
    });
    expect(await call('GET', `${webhook}/messages/%40original`)).toMatchObject({ body: { content: 'b' } });
    await clock.advance(1);
    expect(await call('PATCH', `${webhook}/messages/@original`, { content: 'c' })).toMatchObject({
      status: 401,
      body: { code: 50027 },
    });
  });

  test('has no webhook before it was answered', async () => {
    const { webhook } = ask();
    expect(await call('POST', webhook, { content: 'a' })).toMatchObject({
      status: 404,
      body: { code: 10015 },
    });
  });

  test('says what its answer became when asked', async () => {
    const { callback } = ask();
    const answered = await call('POST', `${callback}?with_response=true`, {
      type: 4,
      data: { content: 'a', flags: 64 },
    });
    expect(answered).toMatchObject({
      status: 200,
      body: {
        interaction: { response_message_ephemeral: true },
        resource: { type: 4, message: { content: 'a' } },
      },
    });
  });

  test('leaves nothing that others could read over REST', async () => {
    const { callback } = ask();
    await call('POST', callback, { type: 4, data: { content: 'a', flags: 64 } });
    expect((await call('GET', `/channels/${place.channel}/messages`)).body).toEqual([]);
  });
});

describe('messages are read back', () => {
  test('in pages, newest first', async () => {
    const { channel } = place;
    const ids: string[] = [];
    for (let count = 0; count < 7; count++)
      ids.push(String((await send(channel, { content: `${count}` })).body.id));
    const page = async (query: string) => {
      const { body } = await call('GET', `/channels/${channel}/messages?${query}`);
      return (body as unknown as { content: string }[]).map((one) => one.content).join('');
    };
    expect(await page('limit=3')).toBe('654');
    expect(await page(`limit=3&before=${ids[4]}`)).toBe('321');
    expect(await page(`limit=3&after=${ids[1]}`)).toBe('432');
    expect(await page(`limit=3&around=${ids[3]}`)).toBe('432');
    expect(await page('')).toBe('6543210');
    expect(await call('GET', `/channels/${channel}/messages?limit=101`)).toMatchObject({
      body: { code: 50035 },
    });
  });

  test('empty, not refused, without the permission to read back', async () => {
    const { driver, server, channel, role } = place;
    await send(channel);
    driver.setRolePermissions(server, server, ['ViewChannel']);
    driver.setRolePermissions(server, role, without('ReadMessageHistory'));
    expect(await call('GET', `/channels/${channel}/messages`)).toMatchObject({ status: 200, body: [] });
  });
});

describe('a member', () => {
  test('is not offered a command that is for moderators, or for other places', async () => {
    const { sandbox, driver, server, channel, alice } = place;
    await call('PUT', `/applications/${sandbox.applicationId}/commands`, [
      { name: 'subscribe', description: 'd', default_member_permissions: '16', contexts: [0] },
    ]);
    const moderator = driver.addMember(server, { name: 'mod', permissions: ['ManageChannels'] }).id;
    expect(() => driver.slash({ user: alice, channel, name: 'subscribe' })).toThrow('may not use');
    expect(driver.slash({ user: moderator, channel, name: 'subscribe' }).id).toBeTruthy();
    const dm = driver.openDm(moderator);
    expect(() => driver.slash({ user: moderator, channel: dm, name: 'subscribe' })).toThrow('not offered');
  });
});
