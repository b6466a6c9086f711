import { MessageFlags } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox } from '#src/sandbox/sandbox.ts';
import { type Caller, callerOf } from './discord-caller.ts';
import { someServer } from './some-server.ts';

let place: Awaited<ReturnType<typeof someServer>>;
let call: Caller;

beforeEach(async () => {
  place = await someServer({ limits: { routes: false } }, startSandbox);
  call = callerOf(place.sandbox);
});
afterEach(() => place.sandbox.close());

const post = (body: unknown, channel = place.channel) => call('POST', `/channels/${channel}/messages`, body);
const read = (channel = place.channel) => place.driver.read(place.alice, channel);

function withFile(payload: object): FormData {
  const form = new FormData();
  form.set('payload_json', JSON.stringify(payload));
  form.set('files[0]', new Blob(['png'], { type: 'image/png' }), 'plot.png');
  return form;
}

describe('what a picture shows is told to who cannot see it:', () => {
  test('in embeds and attachments', async () => {
    const picture = { url: 'attachment://plot.png', description: 'A plot' };
    const embeds = [{ title: 't', image: picture, thumbnail: { ...picture, description: 'Small' } }];
    await post(withFile({ embeds, attachments: [{ id: 0, description: 'The file' }] }));
    const [{ attachments, embeds: seen }] = read();
    const url = attachments[0].url;
    expect(attachments).toMatchObject([{ description: 'The file', content_type: 'image/png', size: 3 }]);
    expect(seen).toMatchObject([
      { image: { url, description: 'A plot' }, thumbnail: { url, description: 'Small' } },
    ]);
  });

  test('in galleries and thumbnails', async () => {
    const media = { url: 'attachment://plot.png' };
    const accessory = { type: 11, media, description: 'Small' };
    const components = [
      { type: 12, items: [{ media, description: 'A plot', spoiler: true }] },
      { type: 9, components: [{ type: 10, content: 'x' }], accessory },
    ];
    await post(withFile({ flags: 1 << 15, components }));
    const [{ attachments, components: seen }] = read();
    const url = attachments[0].url;
    expect(seen).toMatchObject([
      { items: [{ media: { url }, description: 'A plot', spoiler: true }] },
      { accessory: { media: { url }, description: 'Small' } },
    ]);
  });
});

describe('a reply', () => {
  test('shows what it replies to, once', async () => {
    const { driver, alice, channel } = place;
    const first = driver.write({ user: alice, channel, content: 'one' }).id;
    const second = await post({ content: 'two', message_reference: { message_id: first } });
    await post({ content: 'three', message_reference: { message_id: String(second.body.id) } });
    const [, two, three] = read();
    const reference = { type: 0, channel_id: channel, guild_id: place.server, message_id: first };
    expect(two).toMatchObject({
      type: 19,
      message_reference: reference,
      referenced_message: { content: 'one' },
    });
    expect(three).toMatchObject({ referenced_message: { content: 'two' } });
    expect(three.referenced_message).not.toHaveProperty('referenced_message');
    await call('DELETE', `/channels/${channel}/messages/${String(second.body.id)}`);
    expect(read()[1]).toMatchObject({ content: 'three', referenced_message: null });
  });

  test('to what only its asker saw does not tell others of it', async () => {
    const { driver, sandbox, alice, bob, channel } = place;
    await call('PUT', `/applications/${sandbox.applicationId}/commands`, [{ name: 'a', description: 'd' }]);
    const answer = (life: { id: string }, data: object) =>
      call('POST', `/interactions/${life.id}/${driver.tokenOf(life.id)}/callback`, { type: 4, data });
    const button = { type: 2, style: 1, label: 'Show', custom_id: 's' };
    const life = driver.slash({ user: alice, channel, name: 'a' });
    await answer(life, { content: 'secret', flags: 64, components: [{ type: 1, components: [button] }] });
    const [{ id: message }] = read();
    const press = () => driver.click({ user: alice, channel, message, label: 'Show' });
    await answer(press(), { content: 'for all' });
    await answer(press(), { content: 'for me', flags: 64 });
    expect(driver.read(bob, channel)).toMatchObject([{ content: 'for all', referenced_message: null }]);
    expect(read()[2]).toMatchObject({ content: 'for me', referenced_message: { content: 'secret' } });
  });
});

test('a published message and one with a thread say so', async () => {
  const { driver, server, alice } = place;
  const news = driver.createChannel(server, { name: 'news', type: 'announcement' }).id;
  const id = String((await post({ content: 'a' }, news)).body.id);
  await call('POST', `/channels/${news}/messages/${id}/crosspost`);
  const thread = driver.createThread(news, { name: 'talk', user: alice, message: id });
  expect(read(news)).toMatchObject([
    {
      flags: MessageFlags.Crossposted | MessageFlags.HasThread,
      thread: { id: thread.id, name: 'talk', parent_id: news },
    },
  ]);
});

describe('a member writes', () => {
  test('where they may, and what a client would send', () => {
    const { driver, server, channel, alice } = place;
    const write = (content: string, where = channel) =>
      driver.write({ user: alice, channel: where, content });
    expect(write('a'.repeat(2000)).content).toHaveLength(2000);
    expect(() => write('a'.repeat(2001))).toThrow('Invalid Form Body');
    expect(() => write(' ')).toThrow('empty message');
    const forum = driver.createChannel(server, { name: 'forum', type: 'forum' }).id;
    expect(() => write('a', forum)).toThrow('cannot write');
    const thread = driver.createThread(channel, { name: 'talk', user: alice }).id;
    driver.setThread(thread, { locked: true });
    expect(() => write('a', thread)).toThrow('cannot write');
    driver.setOverwrite(channel, { id: server, deny: ['SendMessages'] });
    expect(() => write('a')).toThrow('cannot write');
    driver.setOverwrite(channel, { id: alice, allow: ['SendMessages'] });
    expect(write('b').content).toBe('b');
  });
});

describe('a right in a channel', () => {
  test('is taken from the bot and given back, and nothing of it stays', async () => {
    const { driver, sandbox, channel, role } = place;
    const told: unknown[] = [];
    sandbox.world.dispatch = ({ event, payload }) => told.push([event, payload.permission_overwrites]);
    driver.setOverwrite(channel, { id: role, deny: ['SendMessages'] });
    expect(await post({ content: 'a' })).toMatchObject({ status: 403, body: { code: 50013 } });
    driver.setOverwrite(channel, { id: role });
    expect(await post({ content: 'a' })).toMatchObject({ status: 200 });
    expect(told).toEqual([
      ['CHANNEL_UPDATE', [{ id: role, type: 0, allow: '0', deny: '2048' }]],
      ['CHANNEL_UPDATE', []],
    ]);
  });
});

test('what stood in a deleted category stands without one', () => {
  const { driver, sandbox, server } = place;
  const category = driver.createChannel(server, { name: 'Reading', type: 'category' }).id;
  const inner = driver.createChannel(server, { name: 'inner', parent: category }).id;
  const told: unknown[] = [];
  sandbox.world.dispatch = ({ event, payload }) => told.push([event, payload.id, payload.parent_id]);
  driver.deleteChannel(category);
  expect(told).toEqual([
    ['CHANNEL_DELETE', category, null],
    ['CHANNEL_UPDATE', inner, null],
  ]);
});
