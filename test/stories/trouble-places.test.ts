import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createNewsstand, headsIn, type Newsstand, noticesIn } from './newsstand.ts';
import { openStage, type Stage } from './stage.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const READ = 'GET /channels/{channel_id}/messages';

describe('a channel that refuses', () => {
  let stage: Stage;
  let stand: Newsstand;
  beforeEach(async () => {
    stand = createNewsstand();
    stage = await openStage({ start: '2026-03-10T12:00:00Z', sources: stand.sources });
  });
  afterEach(() => stage.close());

  const subscribe = (channel: string, keywords = 'ocean', more = {}) =>
    stage.subscribe({ keywords, what: 'all', ...more }, channel);
  const round = async (...titles: string[]) => {
    stand.print(...titles);
    stage.clock.leap(HOUR / 4);
    await stage.round();
  };
  const paused = async (channel: string) => JSON.stringify(await stage.ask('status', {}, channel));

  it('for a missing permission: is paused with the reason, moderators hear of it once, and it goes on by itself with one digest', async () => {
    const papers = stage.channelNamed('ocean-papers');
    const moderators = stage.channelNamed('mod-room');
    await subscribe(papers);
    stage.driver.setOverwrite(papers, { id: stage.server, deny: ['SendMessages'] });
    stage.driver.setOverwrite(papers, { id: stage.role, deny: ['SendMessages'] });

    await round('Ocean one', 'Ocean two');
    await round('Ocean three');
    await vi.waitFor(() => expect(noticesIn(stage, moderators)).toHaveLength(1), 10_000);
    expect(noticesIn(stage, moderators)[0]).toContain('Send Messages');
    expect(await paused(papers)).toContain('Paused');
    expect(headsIn(stage, papers)).toEqual([]);

    stage.driver.setOverwrite(papers, { id: stage.role, allow: ['SendMessages'] });
    stage.driver.setOverwrite(papers, { id: stage.server });
    await vi.waitFor(() => expect(headsIn(stage, papers)).toEqual(['What was missed: 3 papers']), 12_000);
    expect(await paused(papers)).not.toContain('Paused');

    await round('Ocean four');
    expect(headsIn(stage, papers)).toEqual(['What was missed: 3 papers', 'card: Ocean four']);
    expect(noticesIn(stage, moderators)).toHaveLength(1);
  });

  it('is told of once also when the answer to the notice was lost for longer than a nonce holds', async () => {
    const papers = stage.channelNamed('ocean-papers');
    const moderators = stage.channelNamed('mod-room');
    await subscribe(papers);
    let lost = 0;
    stage.driver.setFaults(({ method, path }) => {
      const isNotice = method === 'POST' && path === `/channels/${moderators}/messages`;
      return isNotice && lost++ === 0 ? { kind: 'cut-after' } : null;
    });
    stage.driver.deleteChannel(papers);
    await round('Ocean one');
    await vi.waitFor(() => expect(lost).toBe(1), 10_000);
    stage.clock.leap(HOUR);
    await vi.waitFor(() => expect(stage.driver.traffic().byRoute[READ]).toBeGreaterThan(0), 12_000);
    await stage.pipeline().deliver();
    expect(noticesIn(stage, moderators)).toHaveLength(1);
    expect(lost).toBe(1);
  });

  it('because the bot was timed out: is paused until the time is over, with the reason, and goes on by itself', async () => {
    const papers = stage.channelNamed('ocean-papers');
    const bot = stage.sandbox.world.bot.id;
    await subscribe(papers);
    stage.driver.timeOut(stage.server, bot, stage.clock.now() + 2 * HOUR);
    await vi.waitFor(async () => {
      await round('Ocean one');
      expect(await paused(papers)).toContain(
        'Paused: a moderator has timed Paperboy out until 2026-03-10 14:00 UTC',
      );
    });
    expect(stage.driver.traffic().invalid).toBe(0);
    expect(headsIn(stage, papers)).toEqual([]);
    stage.clock.leapTo('2026-03-10T14:00:10Z');
    await stage.pipeline().refresh();
    await stage.pipeline().deliver();
    expect(headsIn(stage, papers)).toHaveLength(1);
    expect(await paused(papers)).not.toContain('Paused');
  });

  it('because it was deleted: nothing else stops, moderators hear of it, nothing is asked of Discord again', async () => {
    const papers = stage.channelNamed('ocean-papers');
    const other = stage.channelNamed('other');
    const moderators = stage.channelNamed('mod-room');
    await subscribe(papers);
    await subscribe(other);
    stage.driver.deleteChannel(papers);

    await round('Ocean one');
    await round('Ocean two');
    await vi.waitFor(() => expect(noticesIn(stage, moderators)).toHaveLength(1), 10_000);
    expect(noticesIn(stage, moderators)[0]).toContain('deleted');
    expect(headsIn(stage, other)).toEqual(['card: Ocean one', 'card: Ocean two']);
    expect(stage.driver.traffic().invalid).toBe(0);
  });

  it('one paper because of AutoMod: the papers beside it arrive, alone and in a digest', async () => {
    const papers = stage.channelNamed('ocean-papers');
    const daily = stage.channelNamed('ocean-daily');
    await subscribe(papers);
    await subscribe(daily, 'ocean', { when: 'daily', at: '15:00' });
    stage.driver.forbidWords(stage.server, ['casino']);

    await round('Ocean one', 'Ocean casino', 'Ocean two', 'Ocean three');
    stage.clock.leapTo('2026-03-10T15:00:10Z');
    for (let run = 0; run < 4; run++) await stage.pipeline().deliver();

    expect(headsIn(stage, papers).sort()).toEqual([
      'card: Ocean one',
      'card: Ocean three',
      'card: Ocean two',
    ]);
    const inDigests = stage.driver
      .allMessages(daily)
      .map(({ embeds }) => JSON.stringify(embeds))
      .join();
    expect(['one', 'two', 'three', 'casino'].filter((word) => inDigests.includes(`Ocean ${word}`))).toEqual([
      'one',
      'two',
      'three',
    ]);
    expect(await paused(papers)).not.toContain('Paused');
  });

  it('a forum that requires a tag: is paused with the reason; a topic called like a tag is posted under it', async () => {
    const { driver, server } = stage;
    const strict = driver.createChannel(server, {
      name: 'strict',
      type: 'forum',
      tags: ['Diffusion', 'other'],
    });
    const moderators = stage.channelNamed('mod-room');
    await stage.subscribe({ keywords: 'ocean', what: 'all', channel: strict.id });
    driver.changeChannel(strict.id, { requiresTag: true });
    await round('Ocean one');
    await vi.waitFor(() => expect(noticesIn(stage, moderators)).toHaveLength(1), 10_000);
    expect(noticesIn(stage, moderators)[0]).toMatch(/tag/i);
    driver.changeChannel(strict.id, { requiresTag: false });
    await vi.waitFor(() => expect(driver.threadsOf(strict.id)).toHaveLength(1), 12_000);

    const open = driver.createChannel(server, { name: 'open', type: 'forum', tags: ['Diffusion', 'other'] });
    await stage.subscribe({ topic: 'diffusion', what: 'all', channel: open.id });
    await round('Latent diffusion models of weather');
    expect(driver.threadsOf(open.id)).toMatchObject([
      { name: 'Latent diffusion models of weather', tags: [open.tags[0].id] },
    ]);
  });

  it('a server that was left: is kept for a while, then everything about it is deleted', async () => {
    const papers = stage.channelNamed('ocean-papers');
    await subscribe(papers);
    await round('Ocean one');
    stage.driver.kickBot(stage.server);

    await round('Ocean two');
    stage.clock.leap(29 * DAY);
    await stage.pipeline().prune();
    stage.driver.inviteBot(stage.server, ['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory']);
    await vi.waitFor(async () => expect(await paused(papers)).toContain('1 subscription'), 10_000);
    await vi.waitFor(() => expect(headsIn(stage, papers)).toContain('card: Ocean two'), 12_000);

    stage.driver.kickBot(stage.server);
    await round('Ocean three');
    stage.clock.leap(31 * DAY);
    await stage.pipeline().prune();
    stage.driver.inviteBot(stage.server, ['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory']);
    await vi.waitFor(async () => expect(await paused(papers)).toContain('No subscription here'), 10_000);
    await round('Ocean four');
    expect(headsIn(stage, papers)).toEqual(['card: Ocean one', 'card: Ocean two']);
  });
});
