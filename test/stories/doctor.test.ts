import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { blocksOf, contentOf, controlsOf } from '#test/read-message.ts';
import { createNewsstand, headsIn, type Newsstand, noticesIn } from './newsstand.ts';
import { openStage, type Stage, saidOf } from './stage.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RED = 0xd83c3e;
const GREEN = 0x3ba55d;
const PATIENCE = { timeout: 12_000, interval: 100 };

let stage: Stage;
let stand: Newsstand;
beforeEach(async () => {
  stand = createNewsstand();
  stage = await openStage({ start: '2026-03-10T12:00:00Z', sources: stand.sources });
});
afterEach(() => stage.close());

type Answer = Awaited<ReturnType<Stage['ask']>>;

const subscribe = async (channel: string, more = {}) =>
  saidOf(await stage.subscribe({ keywords: 'ocean', what: 'all', channel, ...more }));
const keeper = () =>
  stage.driver.addMember(stage.server, {
    ...{ name: 'Kim', permissions: ['ViewChannel', 'SendMessages', 'ManageChannels', 'ManageGuild'] },
  }).id;
const asked = (options = {}, user = stage.moderator) =>
  stage.driver.slash({ user, channel: stage.channel, name: 'doctor', options }).message();
const click = (message: Answer, label: string, user = stage.moderator) =>
  stage.driver.click({ user, channel: stage.channel, message: message.id, label }).message();
/** Without what it says of notices, which stands last. */
const found = (message: Answer) =>
  blocksOf(message)
    .slice(0, -1)
    .map(({ colour, title, text }) => ({ colour, title, text }));
const noticesLineOf = (message: Answer) => blocksOf(message).at(-1)?.text;
const round = async (...titles: string[]) => {
  stand.print(...titles);
  stage.clock.leap(HOUR / 4);
  await stage.round();
};

describe('/doctor', () => {
  it('says what is missing, who denies it and where to click, and is green once that is given back', async () => {
    const { driver, server, role } = stage;
    const papers = stage.channelNamed('ocean-papers');
    const news = stage.channelNamed('ocean-news', 'announcement');
    await subscribe(papers);
    await subscribe(news, { when: 'daily', at: '09:00', publish: true });
    const well = { colour: GREEN, title: '', text: `All well: <#${papers}>, <#${news}> (publishing too).` };
    const all = await asked();
    expect(found(all)).toEqual([well]);

    // Who subscribes a channel must be allowed to write there.
    driver.setOverwrite(papers, { id: stage.moderator, kind: 'member', allow: ['SendMessages'] });
    driver.setOverwrite(papers, { id: server, deny: ['SendMessages'] });
    const stopped = {
      ...{ colour: RED, title: `<#${papers}>: one thing to mend` },
      text: 'Paperboy may not send messages here, so nothing is posted. Open Edit channel, Permissions, Paperboy; allow Send Messages. The channel’s settings deny Send Messages to @everyone.',
    };
    const others = { ...well, text: `All well: <#${news}> (publishing too).` };
    await vi.waitFor(async () => expect(found(await click(all, 'Look again'))).toEqual([stopped, others]));
    expect(await subscribe(papers, { keywords: 'waves' })).toContain(
      `Paperboy may not send messages in <#${papers}>, so nothing is posted. Open Edit channel, Permissions, Paperboy; allow Send Messages. The channel’s settings deny Send Messages to @everyone. Nothing was saved.`,
    );
    await round('Ocean one', 'Ocean two');
    const waits = `${stopped.text}\nNothing is posted since <t:`;
    await vi.waitFor(
      async () => expect(found(await click(all, 'Look again'))[0].text).toContain(waits),
      PATIENCE,
    );

    const beside = await click(await stage.ask('subscriptions'), 'Doctor');
    expect(found(beside)[0].title).toBe(stopped.title);

    driver.setOverwrite(papers, { id: role, deny: ['SendMessages', 'EmbedLinks'] });
    await vi.waitFor(async () =>
      expect(found(await asked({ channel: papers }))[0].text).toContain(
        `Paperboy may not embed links here, and papers are embeds, so nothing is posted. Open Edit channel, Permissions, Paperboy; allow Send Messages and Embed Links. The channel’s settings deny Send Messages and Embed Links to the role <@&${role}>.`,
      ),
    );
    driver.setOverwrite(papers, { id: stage.sandbox.world.bot.id, kind: 'member', deny: ['ViewChannel'] });
    await vi.waitFor(async () =>
      expect(found(await asked({ channel: papers }))[0].text).toMatch(
        /^Paperboy cannot see this channel, so nothing is posted\. Open Edit channel, .* The channel’s settings deny View Channel to Paperboy itself\./,
      ),
    );

    driver.setOverwrite(papers, { id: stage.sandbox.world.bot.id, kind: 'member' });
    driver.setOverwrite(papers, { id: role });
    driver.setOverwrite(papers, { id: server });
    await vi.waitFor(() => expect(headsIn(stage, papers)).toEqual(['What was missed: 2 papers']), PATIENCE);
    expect(found(await click(all, 'Look again'))).toEqual([well]);
  });

  it('knows a forum without its tag, a channel that does not publish any more, one that was deleted, and what is not seen', async () => {
    const { driver, server } = stage;
    const forum = driver.createChannel(server, { name: 'forum', type: 'forum', tags: ['Diffusion'] }).id;
    const news = stage.channelNamed('ocean-news', 'announcement');
    const gone = stage.channelNamed('gone');
    const secret = stage.channelNamed('secret');
    await subscribe(forum);
    await subscribe(news, { when: 'daily', at: '09:00', publish: true });
    await subscribe(gone);
    await subscribe(secret);
    driver.changeChannel(forum, { requiresTag: true });
    driver.changeChannel(news, { type: 'text' });
    driver.setOverwrite(secret, { id: server, deny: ['ViewChannel'] });
    driver.deleteChannel(gone);

    const told = await vi.waitFor(async () => {
      const answer = await asked({}, keeper());
      expect(found(answer)).toHaveLength(4);
      return found(answer);
    }, PATIENCE);
    expect(told.map(({ title }) => title)).toEqual([
      `<#${forum}>: one thing to mend`,
      'deleted channel: one thing to mend',
      `<#${news}>: one thing to mend`,
      '',
    ]);
    expect(told[0].text).toBe(
      'Nothing is posted here: every post in this forum needs a tag, and none of its tags is called like a topic. Open Edit channel and switch “Require people to select tags when posting” off, or add a tag that is called like the topic.',
    );
    expect(told[2].text).toBe(
      '`ocean`: it is to be published, and this is no announcement channel any more, so its digests stay here. In Edit channel switch Announcement Channel on.',
    );
    expect(told[3].text).toBe('1 more channel has subscriptions, and you cannot see it.');
    expect(JSON.stringify(told)).not.toContain(secret);
    expect(await subscribe(forum, { keywords: 'waves' })).toContain(
      `Nothing can be posted in <#${forum}>: every post in this forum needs a tag, and none of its tags is called like a topic.`,
    );
    expect(await subscribe(forum, { keywords: '', topic: 'diffusion' })).toContain('gets papers that match');
  });

  it('chooses where notices go, and a trouble that nobody waited for is told there once a day, until it is mended', async () => {
    const { driver } = stage;
    const papers = stage.channelNamed('ocean-papers');
    const desk = stage.channelNamed('front-desk');
    const kim = keeper();
    await subscribe(papers);
    expect(contentOf(await asked({ notices: desk }))).toContain('Settings of the whole server are for');
    const saved = await asked({ notices: desk }, kim);
    expect(contentOf(saved)).toBe('Saved.');
    expect(noticesLineOf(saved)).toBe(
      `Notices to moderators go to <#${desk}>. Everybody in this server sees that channel.`,
    );
    expect(controlsOf(saved).map(({ label }) => label)).toEqual([
      undefined,
      'Look again',
      'Let Paperboy pick',
      'Undo',
    ]);
    expect(noticesLineOf(await click(saved, 'Undo', kim))).toContain('Paperboy picked it');
    expect(noticesLineOf(await asked({ notices: desk }, kim))).toContain(`go to <#${desk}>.`);

    driver.setOverwrite(papers, { id: stage.role, deny: ['SendMessages'] });
    await vi.waitFor(async () => expect(found(await asked())[0].colour).toBe(RED));
    for (let day = 0; day < 2; day++) {
      stage.clock.leap(DAY);
      await stage.pipeline().refresh();
      await stage.pipeline().deliver();
    }
    expect(noticesIn(stage, desk)).toEqual([
      expect.stringContaining(`I cannot post in <#${papers}> any more: Send Messages is missing.`),
    ]);

    driver.setOverwrite(papers, { id: stage.role });
    await vi.waitFor(async () => {
      await stage.pipeline().refresh();
      expect(noticesIn(stage, desk)).toEqual([expect.stringContaining('It works again since')]);
    }, PATIENCE);
  });
});
