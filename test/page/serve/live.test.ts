import { MessageFlags } from 'discord.js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { someBot } from './some-bot.ts';
import { follow, rawly, somePage } from './some-page.ts';

const LINK = { channelId: '1', messageId: '2' };

describe('whoever opens the page', () => {
  it('is told the scene first, then the clock, what happened lately and the newest messages of each place', async () => {
    const { driver, channel, alice, bob, server, origin, happens } = await somePage();
    const other = driver.createChannel(server, { name: 'vision' }).id;
    driver.write({ user: bob, channel, content: 'one' });
    driver.write({ user: bob, channel: other, content: 'two' });
    happens({ id: 7, at: 5, markdown: `Posted in <#${channel}>.`, link: LINK });

    const { told, until, response } = await follow(origin);
    await until('messages', ({ channelId }) => channelId === other);

    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(told[0]).toMatchObject({
      told: 'scene',
      scene: {
        ...{ id: 'first', viewer: { id: alice, name: 'alice', isBot: false }, bot: { isBot: true } },
        people: [{ id: alice }, { id: bob, role: 'moderator' }],
        servers: [{ id: server, name: 'Lab' }],
        tasks: [{ id: 'look', isDone: false }],
      },
    });
    const ofChannel = await until('messages', ({ channelId }) => channelId === channel);
    expect(ofChannel).toMatchObject({ hasEarlier: false, messages: [{ author: { name: 'bob' } }] });
    expect(ofChannel.messages[0].content).toEqual([{ kind: 'plain', text: 'one' }]);
    expect((await until('time')).time).toMatchObject({ speed: 60, nextPollAt: 2000, goingTo: null });
    expect((await until('happening')).happening).toEqual({
      ...{ id: 7, at: 5, link: LINK },
      text: [
        { kind: 'plain', text: 'Posted in ' },
        { kind: 'mention', of: 'channel', id: channel, name: 'papers', isMine: false },
        { kind: 'plain', text: '.' },
      ],
    });
  });

  it('is the first person of the scene, or whom they look as; nobody else', async () => {
    const { origin, alice, bob } = await somePage();
    expect((await (await follow(origin)).until('scene')).scene.viewer.id).toBe(alice);
    expect((await (await follow(origin, bob)).until('scene')).scene.viewer.id).toBe(bob);
    for (const id of ['1', '', 'x']) expect((await fetch(`${origin}/live?as=${id}`)).status).toBe(404);
  });

  it('gets the newest 50 of many messages, and those before when asked for, with none twice and none left out', async () => {
    const { driver, channel, alice, bob, origin } = await somePage();
    const ids = Array.from(
      { length: 120 },
      (_, at) => driver.write({ user: bob, channel, content: `${at}` }).id,
    );
    const first = await (await follow(origin)).until('messages', ({ channelId }) => channelId === channel);
    const earlierThan = async (id: string) => {
      const answer = await fetch(`${origin}/messages?as=${alice}&channel=${channel}&before=${id}`);
      return (await answer.json()) as typeof first;
    };
    const second = await earlierThan(first.messages[0].id);
    const third = await earlierThan(second.messages[0].id);
    expect([first, second, third].map(({ hasEarlier }) => hasEarlier)).toEqual([true, true, false]);
    expect([third, second, first].flatMap(({ messages }) => messages.map(({ id }) => id))).toEqual(ids);
  });

  it('sees no channel that is hidden from them, nor asks for its messages and commands', async () => {
    const { driver, alice, bob, server, origin } = await somePage();
    const deny = ['ViewChannel'] as const;
    const hidden = driver.createChannel(server, {
      name: 'board',
      overwrites: [{ id: alice, kind: 'member', deny }],
    });
    const { told, until } = await follow(origin, alice);
    driver.write({ user: bob, channel: hidden.id, content: 'secret' });
    driver.createChannel(server, { name: 'open' });
    await until('scene', ({ scene }) => scene.servers[0].places.some(({ name }) => name === 'open'));
    expect(JSON.stringify(told)).not.toMatch(/secret|board/);
    for (const path of ['messages', 'commands']) {
      expect((await fetch(`${origin}/${path}?as=${alice}&channel=${hidden.id}`)).status).toBe(404);
      expect((await fetch(`${origin}/${path}?as=${bob}&channel=${hidden.id}`)).status).toBe(200);
    }
  });
});

describe('the page hears', () => {
  it('of messages that are written, edited and deleted', async () => {
    const { sandbox, channel, origin } = await somePage();
    const client = await someBot(sandbox, () => {});
    const place = await client.channels.fetch(channel);
    if (!place?.isSendable()) throw new Error('no channel');
    const { until } = await follow(origin);
    await until('messages');

    const message = await place.send('first');
    const text = (content: string) => [{ kind: 'plain', text: content }];
    expect((await until('message')).message.content).toEqual(text('first'));
    await message.edit('second');
    await until('message', (one) => JSON.stringify(one.message.content) === JSON.stringify(text('second')));
    await message.delete();
    expect(await until('gone')).toEqual({ told: 'gone', channelId: channel, messageId: message.id });
  });

  it('of hostile titles letter by letter, as words and never as HTML', async () => {
    const { driver, channel, bob, origin } = await somePage();
    const title = '</script><img src=x onerror=alert(1)>\n\ndata: {"told":"gone"}\u2028';
    const { told, until } = await follow(origin);
    await until('messages');
    driver.write({ user: bob, channel, content: 'x', body: { embeds: [{ title }] } });
    const { message } = await until('message');
    expect(JSON.stringify(message.embeds[0].title)).toContain('</script><img src=x onerror=alert(1)>');
    expect(message.embeds[0].title?.map(({ kind }) => kind)).not.toContain('link');
    expect(told.some((one) => one.told === 'gone')).toBe(false);
  });

  it('of an answer that only one person sees only as that person', async () => {
    const { sandbox, driver, channel, alice, bob, origin } = await somePage();
    const flags = MessageFlags.Ephemeral;
    await someBot(sandbox, (one) => one.isChatInputCommand() && one.reply({ content: 'for alice', flags }));
    const [ofAlice, ofBob] = [await follow(origin, alice), await follow(origin, bob)];
    await Promise.all([ofAlice.until('messages'), ofBob.until('messages')]);

    await driver.slash({ user: alice, channel, name: 'look', options: { words: 'x' } }).message();
    driver.write({ user: bob, channel, content: 'for all' });

    expect((await ofAlice.until('message', ({ message }) => message.isEphemeral)).message.author.isBot).toBe(
      true,
    );
    await ofBob.until('message', ({ message }) => !message.isEphemeral);
    expect(JSON.stringify(ofBob.told)).not.toContain('for alice');
    const log = await (await follow(origin, bob)).until('messages');
    expect(log.messages).toHaveLength(1);
  });

  it('of a new channel before what is written there, which counts as news', async () => {
    const { driver, bob, server, origin } = await somePage();
    const { told, until } = await follow(origin);
    await until('messages');
    const { id } = driver.createChannel(server, { name: 'new' });
    driver.write({ user: bob, channel: id, content: 'hello' });
    await until('message');
    const last = told.slice(-3);
    expect(last.map((one) => one.told)).toEqual(['scene', 'messages', 'message']);
    expect(last[1]).toMatchObject({ channelId: id, messages: [] });
    expect(last[2]).toMatchObject({ message: { channelId: id } });
  });

  it('of a burst of changes of places once', async () => {
    const { driver, server, origin } = await somePage();
    const { told, until } = await follow(origin);
    await until('messages');
    for (let at = 0; at < 20; at++) {
      driver.createChannel(server, { name: `c${at}` });
      await new Promise(setImmediate);
    }
    await until('scene', ({ scene }) => scene.servers[0].places.some(({ name }) => name === 'c19'));
    expect(told.filter((one) => one.told === 'scene')).toHaveLength(2);
  });

  it('of a channel with all its messages once the person may see it, and again after it was hidden', async () => {
    const { driver, channel, alice, bob, origin } = await somePage();
    driver.setOverwrite(channel, { id: alice, kind: 'member', deny: ['ViewChannel'] });
    driver.write({ user: bob, channel, content: 'meanwhile' });
    const { told, until } = await follow(origin);
    await until('time');
    expect(told.some((one) => one.told === 'messages')).toBe(false);
    driver.setOverwrite(channel, { id: alice, kind: 'member' });
    expect((await until('messages')).messages).toHaveLength(1);
    driver.setOverwrite(channel, { id: alice, kind: 'member', deny: ['ViewChannel'] });
    await until('scene', (one) => told.indexOf(one) > 2 && one.scene.servers[0].places.length === 0);
    driver.setOverwrite(channel, { id: alice, kind: 'member' });
    await until(
      'messages',
      (one) => told.findIndex((first) => first.told === 'messages') < told.indexOf(one),
    );
  });

  it('of the clock, what happens and what was tried', async () => {
    const { origin, scene, state, happens, finishTask } = await somePage();
    const { until } = await follow(origin);
    await until('messages');
    scene.time.setSpeed(0);
    await until('time', ({ time }) => time.speed === 0);
    state.nextPollAt = 3000;
    await until('time', ({ time }) => time.nextPollAt === 3000);
    happens({ id: 1, at: 2, markdown: 'Read the sample feed.', link: null });
    expect((await until('happening')).happening.text).toEqual([
      { kind: 'plain', text: 'Read the sample feed.' },
    ]);
    finishTask();
    await until('scene', ({ scene: { tasks } }) => tasks[0].isDone);
  });
});

describe('a stream', () => {
  it('that nobody reads any more leaves nothing behind', async () => {
    const { origin, sandbox, listeners, driver } = await somePage();
    const before = sandbox.world.heard.size;
    const { until, leave } = await follow(origin);
    await until('messages');
    expect([sandbox.world.heard.size, listeners()]).toEqual([before + 1, 3]);
    leave();
    await expect.poll(() => sandbox.world.heard.size + listeners()).toBe(before);
    driver.createUser('carol');
  });

  it('ends at once when the page is closed, and everything that was written for it with it', async () => {
    const { origin, page, listeners } = await somePage();
    const { until, ended } = await follow(origin);
    await until('messages');
    page.close();
    await ended;
    await expect.poll(listeners).toBe(0);
  });

  it('is none for who only asks whether it is there', async () => {
    const { port, listeners } = await somePage();
    expect((await rawly(port, { path: '/live', method: 'HEAD' })).status).toBe(200);
    expect(listeners()).toBe(0);
  });

  it('ends for one who cannot be told, with a line in the log', async () => {
    const { origin, driver, server, scene, log } = await somePage();
    const { until, ended } = await follow(origin);
    await until('messages');
    scene.tasks.list = () => {
      throw new TypeError('no tasks');
    };
    driver.createChannel(server, { name: 'new' });
    await ended;
    await (await follow(origin)).ended;
    expect(log.lines.map(({ message }) => message)).toEqual([
      'the page could not be told of the scene',
      'the page could not be told of the scene',
    ]);
  });

  it('says every 15 seconds that the server is still there', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const { origin } = await somePage();
    const { until, comments } = await follow(origin);
    await until('messages');
    vi.advanceTimersByTime(14_999);
    expect(comments()).toBe(0);
    vi.advanceTimersByTime(1);
    await expect.poll(comments).toBe(1);
  });
});
