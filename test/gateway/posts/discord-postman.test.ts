import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '#commands/index.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { Sought } from '#src/outbox/receipt.ts';
import { inEnglish } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';
import { aCard, aNotice, type BotInSandbox, parcel, startBot } from '../bot.ts';

describe('the postman', () => {
  let bot: BotInSandbox;
  const place = (kind: 'message' | 'thread' | 'forum' = 'message', channelId = bot.channelId) => ({
    serverId: bot.serverId,
    destination: toChannel(channelId),
    kind,
  });
  /** Written since then, or a little before. */
  const sought = (nonce: string, since: number): Sought => ({
    ...{ mark: `why:${nonce}`, nonce: 'x', readTo: null },
    written: { from: since - 60_000, until: Date.now() + 60_000 },
  });
  beforeEach(async () => {
    bot = await startBot();
  });
  afterEach(() => bot.close());

  it('posts a message and says where it is', async () => {
    const receipt = await bot.postman.post(parcel(place(), 'n1'));
    const [message] = bot.discord.driver.allMessages(bot.channelId);
    expect(receipt).toEqual({ kind: 'delivered', messageId: message.id, channelId: bot.channelId });
    expect(message.embeds[0].title).toBe('Paper n1');
  });

  it('writes a command such as a press writes it, in what is edited too, and finds it again', async () => {
    const named = await startBot({ commands });
    const { driver } = named.discord;
    const there = { ...place('message', named.channelId), serverId: named.serverId };
    const notice = (nonce: string) => ({ ...aNotice(nonce, ''), text: phrase('welcome.text') });
    const post = (nonce: string) => named.postman.post(parcel(there, nonce, { letter: notice(nonce) }));
    const shown = () => driver.allMessages(named.channelId).map(({ content }) => content);
    const early = await post('n1');
    if (early.kind !== 'delivered') throw new Error(inEnglish(early.reason));
    const linked = `Anyone can try </paper:${await driver.untilCommand('paper')}>`;
    await expect
      .poll(async () => {
        await named.postman.edit(named.channelId, early.messageId, notice('n1'));
        return shown();
      })
      .toEqual([expect.stringContaining(linked)]);
    const since = Date.now();
    const later = await post('n2');
    expect(shown().filter((content) => content.includes(linked))).toHaveLength(2);
    expect(await named.postman.find(there, sought('n2', since))).toEqual({ ...later, kind: 'found' });
    await named.close();
  });

  it('posting twice with one nonce makes one message', async () => {
    const first = await bot.postman.post(parcel(place(), 'n1'));
    const second = await bot.postman.post(parcel(place(), 'n1'));
    expect(second).toEqual(first);
    expect(bot.discord.driver.allMessages(bot.channelId)).toHaveLength(1);
  });

  it('does not send a resend whose nonce guards it no longer, and says that it was not sent', async () => {
    const late = { ...parcel(place(), 'n1'), sendBefore: Date.now() - 1 };
    expect(await bot.postman.post(late)).toMatchObject({ kind: 'later' });
    expect(bot.discord.driver.allMessages(bot.channelId)).toEqual([]);
  });

  it('mentions nobody unless it is told to', async () => {
    const letter = aNotice('n1', `<@${bot.member}> @everyone`);
    await bot.postman.post(parcel(place(), 'n1', { letter }));
    const [message] = bot.discord.driver.allMessages(bot.channelId);
    expect([message.mentions, message.mention_everyone]).toEqual([[], false]);
  });

  it('opens a thread under a card, and repeating it makes neither a second card nor a second thread', async () => {
    const wanted = parcel(place('thread'), 'n1');
    const receipt = await bot.postman.post(wanted);
    expect(await bot.postman.post(wanted)).toEqual(receipt);
    if (receipt.kind !== 'delivered') throw new Error(inEnglish(receipt.reason));
    for (let n = 0; n < 2; n++)
      expect(await bot.postman.openThread(place('thread'), receipt.messageId, 'On pruning')).toEqual(receipt);
    expect(bot.discord.driver.threadsOf(bot.channelId).map(({ name }) => name)).toEqual(['On pruning']);
    expect(bot.discord.driver.allMessages(bot.channelId).filter((one) => one.embeds.length > 0)).toHaveLength(
      1,
    );
  });

  it('posts in a forum with a title and tags, and finds the post again by its mark', async () => {
    const { driver } = bot.discord;
    const forum = driver.createChannel(bot.serverId, {
      name: 'forum',
      type: 'forum',
      tags: ['llm', 'vision'],
    });
    const tagIds = [forum.tags[1].id];
    const since = Date.now();
    const receipt = await bot.postman.post(
      parcel(place('forum', forum.id), 'n1', { threadName: 'On pruning', tagIds }),
    );
    const [thread] = driver.threadsOf(forum.id);
    expect(thread).toMatchObject({ name: 'On pruning', tags: tagIds });
    expect(receipt).toMatchObject({ kind: 'delivered', channelId: thread.id });
    const found = await bot.postman.find(place('forum', forum.id), sought('n1', since));
    expect(found).toEqual({ ...receipt, kind: 'found' });
    expect(await bot.postman.find(place('forum', forum.id), sought('n2', since))).toEqual({
      kind: 'absent',
    });
  });

  it('finds its own message again among a hundred others, and nobody else’s', async () => {
    const { driver } = bot.discord;
    const since = Date.now();
    const receipt = await bot.postman.post(parcel(place(), 'n1'));
    for (let n = 0; n < 130; n++)
      driver.write({ user: bot.member, channel: bot.channelId, content: `hello ${n}` });
    expect(await bot.postman.find(place(), sought('n1', since))).toEqual({ ...receipt, kind: 'found' });
    expect(await bot.postman.find(place(), sought('n2', since))).toEqual({ kind: 'absent' });
  });

  it('says that a channel that is gone takes no questions', async () => {
    bot.discord.driver.deleteChannel(bot.channelId);
    const found = await bot.postman.find(place(), sought('n1', Date.now()));
    expect(found).toMatchObject({ kind: 'refused', code: 'channel-gone', asked: true });
  });

  it.each(['message', 'forum'] as const)('keeps for later what cannot be rendered, in a %s', async (kind) => {
    const view = {
      ...{ heading: '', groups: [], mark: 'why:n1', page: 0 },
      get items(): never {
        throw new Error('a mistake of ours');
      },
    };
    const letter = { kind: 'digest', view } as const;
    const receipt = await bot.postman.post(parcel(place(kind), 'n1', { letter }));
    expect(receipt).toMatchObject({ kind: 'later', reason: phrase('post.notWritten') });
  });

  it('edits a card in place, and says when it is gone', async () => {
    const receipt = await bot.postman.post(parcel(place(), 'n1'));
    if (receipt.kind !== 'delivered') throw new Error(inEnglish(receipt.reason));
    const card = aCard('n1', 'Paper n1, 40 votes');
    expect(await bot.postman.edit(bot.channelId, receipt.messageId, card)).toEqual(receipt);
    expect(bot.discord.driver.allMessages(bot.channelId)[0].embeds[0].title).toBe('Paper n1, 40 votes');
    const gone = await bot.postman.edit(bot.channelId, (BigInt(receipt.messageId) + 1n).toString(), card);
    expect(gone).toMatchObject({ kind: 'refused', code: 'message-gone' });
  });

  it('deletes a message, and says when it is gone already', async () => {
    const receipt = await bot.postman.post(parcel(place(), 'n1'));
    if (receipt.kind !== 'delivered') throw new Error(inEnglish(receipt.reason));
    expect(await bot.postman.remove(place(), receipt)).toEqual(receipt);
    expect(bot.discord.driver.allMessages(bot.channelId)).toEqual([]);
    expect(await bot.postman.remove(place(), receipt)).toMatchObject({
      ...{ kind: 'refused', code: 'message-gone' },
    });
  });

  it('publishes an announcement once, and ten an hour', async () => {
    const { driver } = bot.discord;
    const news = driver.createChannel(bot.serverId, { name: 'news', type: 'announcement' });
    const receipt = await bot.postman.post(parcel(place('message', news.id), 'n1'));
    if (receipt.kind !== 'delivered') throw new Error(inEnglish(receipt.reason));
    for (let n = 0; n < 10; n++)
      expect(await bot.postman.publish(news.id, receipt.messageId)).toEqual(receipt);
    expect(await bot.postman.publish(news.id, receipt.messageId)).toMatchObject({ kind: 'later' });
  });

  it('names the missing permission without asking Discord, and posts when it is back', async () => {
    const { driver } = bot.discord;
    const botId = bot.discord.world.bot.id;
    driver.setOverwrite(bot.channelId, { id: botId, kind: 'member', deny: ['SendMessages', 'EmbedLinks'] });
    await expect.poll(() => bot.heard).toContain(`changed ${bot.serverId}`);
    driver.resetTraffic();
    const refused = await bot.postman.post(parcel(place(), 'n1'));
    expect(refused).toMatchObject({ kind: 'refused', code: 'permission-missing' });
    expect('reason' in refused && inEnglish(refused.reason)).toBe(
      'Send Messages and Embed Links are missing',
    );
    expect(driver.traffic().requests).toBe(0);
    driver.setOverwrite(bot.channelId, { id: botId, kind: 'member' });
    await expect.poll(() => bot.heard.length).toBeGreaterThan(1);
    expect(await bot.postman.post(parcel(place(), 'n1'))).toMatchObject({ kind: 'delivered' });
  });

  it('says that the channel is gone, and that the server was left', async () => {
    const { driver } = bot.discord;
    driver.deleteChannel(bot.channelId);
    await expect.poll(() => bot.heard).toContain(`gone ${bot.channelId}`);
    expect(await bot.postman.post(parcel(place(), 'n1'))).toMatchObject({
      kind: 'refused',
      code: 'channel-gone',
    });
    driver.kickBot(bot.serverId);
    await expect.poll(() => bot.heard).toContain(`left ${bot.serverId}`);
    expect(await bot.postman.post(parcel(place(), 'n2'))).toMatchObject({
      kind: 'refused',
      code: 'server-left',
    });
  });

  it('says that AutoMod refused the words', async () => {
    bot.discord.driver.forbidWords(bot.serverId, ['pruning']);
    const letter = aNotice('n1', 'On pruning');
    const receipt = await bot.postman.post(parcel(place(), 'n1', { letter }));
    expect(receipt).toMatchObject({ kind: 'refused', code: 'content-refused' });
  });

  it('does not repeat by itself what may have arrived: a cut connection and a 502 are unknown', async () => {
    const { driver } = bot.discord;
    driver.setFaults(({ method }) => (method === 'POST' ? { kind: 'cut-after' } : null));
    expect(await bot.postman.post(parcel(place(), 'n1'))).toMatchObject({ kind: 'unknown' });
    driver.setFaults(({ method }) => (method === 'POST' ? { kind: 'status', status: 502 } : null));
    expect(await bot.postman.post(parcel(place(), 'n2'))).toMatchObject({ kind: 'unknown' });
    driver.setFaults(null);
    expect(bot.discord.driver.allMessages(bot.channelId)).toHaveLength(1);
  });

  it('has sent nothing when Discord takes no connections', async () => {
    await bot.discord.driver.outage('refused');
    await expect.poll(() => bot.postman.post(parcel(place(), 'n1'))).toMatchObject({ kind: 'later' });
    await bot.discord.driver.outage('none');
    expect(await bot.postman.post(parcel(place(), 'n1'))).toMatchObject({ kind: 'delivered' });
  });

  it('six posts to one channel at once all arrive, in order, without a 429', async () => {
    bot.discord.driver.resetTraffic();
    const nonces = ['1', '2', '3', '4', '5', '6'];
    const receipts = await Promise.all(nonces.map((nonce) => bot.postman.post(parcel(place(), nonce))));
    expect(receipts.every(({ kind }) => kind === 'delivered')).toBe(true);
    const titles = bot.discord.driver.allMessages(bot.channelId).map(({ embeds }) => embeds[0].title);
    expect(titles).toEqual(nonces.map((nonce) => `Paper ${nonce}`));
    expect(bot.discord.driver.traffic().limited).toBe(0);
  });
});
