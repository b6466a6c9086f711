import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Paper } from '#src/paper/paper.ts';
import { readMarkdown } from '#test/render/discord-markdown.ts';
import { createNewsstand, headsIn, type Newsstand, postsIn, retold } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const HOUR = 3_600_000;

describe('what a post says', () => {
  let stage: Stage;
  let stand: Newsstand;
  const open = async (start: string, change: Partial<Paper> = {}, settings = {}) => {
    stand = createNewsstand();
    const changed = (clock: Parameters<Newsstand['sources']>[0]) =>
      retold(stand.sources(clock), (poll) => ({
        ...poll,
        sightings: poll.sightings.map((one) => ({ ...one, paper: { ...one.paper, ...change } })),
      }));
    stage = await openStage({ start, sources: changed, settings });
  };
  afterEach(() => stage.close());

  const subscribe = (channel: string, more = {}) =>
    stage.subscribe({ keywords: 'ocean', what: 'all', ...more }, channel);
  const round = async (...titles: string[]) => {
    const ids = stand.print(...titles);
    await stage.round();
    return ids;
  };
  const at = async (instant: string) => {
    stage.clock.leapTo(instant);
    await stage.pipeline().deliver();
  };
  const pushes = (channel: string) => postsIn(stage, channel).map(({ message }) => message.content);
  const embedOf = (channel: string, index = -1) => {
    const embed = postsIn(stage, channel).at(index)?.message.embeds[0];
    return embed as { title: string; description: string; fields: object[]; footer: { text: string } };
  };

  it('keeps a link in an abstract a link that works', async () => {
    await open('2026-03-10T12:00:00Z', { abstract: 'Code: https://github.com/some-lab/deep_ocean_net' });
    await subscribe(stage.channel);
    await round('Ocean one');
    expect(embedOf(stage.channel).description).toContain('https://github.com/some-lab/deep_ocean_net');
  });

  it('shows two whole sentences of an abstract, and the rest behind a button', async () => {
    const abstract = `We map the sea, i.e. its floor. It works on 2.5 million images of Zhang et al. [3] and Fig. 2 for a start. ${'More follows here. '.repeat(40)}`;
    await open('2026-03-10T12:00:00Z', { abstract });
    await subscribe(stage.channel);
    await round('Ocean one');
    expect(readMarkdown(embedOf(stage.channel).description).text).toMatch(
      /We map the sea, i\.e\. its floor\. It works on 2\.5 million images of Zhang et al\. \[3\] and Fig\. 2 for a start\.$/,
    );
    expect(JSON.stringify(postsIn(stage, stage.channel)[0].message.components)).toContain('Whole abstract');
  });

  it('is pushed with the title first, then the reason, the role last', async () => {
    await open('2026-03-10T12:00:00Z');
    const readers = stage.driver.createRole(stage.server, { name: 'readers' }).id;
    const forum = stage.channelNamed('forum', 'forum');
    const threads = stage.channelNamed('threads');
    await subscribe(stage.channel, { role: readers, mention: 'every' });
    await stage.subscribe({ keywords: 'ocean', what: 'all', channel: forum });
    await subscribe(threads, { place: 'thread' });
    await round('Ocean one');
    expect(pushes(stage.channel)).toEqual([`Ocean one · new on 10 March <@&${readers}>`]);
    expect(pushes(threads)).toEqual(['Ocean one · new on 10 March']);
    const [post] = stage.driver.threadsOf(forum);
    expect(pushes(post.id)).toEqual(['Ocean one · new on 10 March']);
  });

  it('pings and formats nothing by a title, and leaves room for the reason and the role behind a long one', async () => {
    await open('2026-03-10T12:00:00Z');
    const readers = stage.driver.createRole(stage.server, { name: 'readers' }).id;
    await subscribe(stage.channel, { role: readers, mention: 'every' });
    await round(`Ocean **@everyone** <@${stage.alice}> https://a.b/c ${'of many words '.repeat(20)}`);
    const [{ message }] = postsIn(stage, stage.channel);
    const [line, role] = message.content.split(' <@&');
    expect(role).toBe(`${readers}>`);
    expect(line.length).toBeLessThan(140);
    expect(line).toMatch(/… · new on 10 March$/);
    expect(readMarkdown(line)).toMatchObject({ formats: [], links: [] });
    expect([message.mentions, message.mention_everyone, message.mention_roles]).toEqual([
      [],
      false,
      [readers],
    ]);
  });

  it('names the day in a post of the next morning, and what is known then beside what was known', async () => {
    await open('2026-03-10T12:00:00Z');
    await subscribe(stage.channel, { what: 'wide', when: 'daily', at: '09:00' });
    const titles = Array.from({ length: 12 }, (_, index) => `Ocean ${index + 1}`);
    const [first, second] = stand.print(...titles);
    stand.vote(first, 3);
    stand.vote(second, 2);
    await stage.round();
    stage.clock.leap(HOUR);
    stand.vote(first, 60);
    await stage.round();
    await at('2026-03-11T09:00:05Z');
    const { description } = embedOf(stage.channel);
    expect(description).toMatch(/1st of 12 papers of 10 March \(3 upvotes at 12 h, 60 now/);
    expect(textOf(postsIn(stage, stage.channel)[0].message)).not.toMatch(/today|strong papers|new paper/);
  });

  it('keeps a card’s reason true when its figures grow', async () => {
    await open('2026-03-10T12:00:00Z');
    await subscribe(stage.channel, { what: 'wide' });
    const [first] = stand.print('Ocean one', 'Desert two', 'Desert three', 'Desert four', 'Desert five');
    stand.vote(first, 2);
    await stage.round();
    expect(JSON.stringify(embedOf(stage.channel))).toContain(
      '1st of 5 papers of 10 March (2 upvotes at 12 h)',
    );
    const pushed = pushes(stage.channel);
    expect(pushed).toEqual(['Ocean one · 1st of 5 papers of 10 March']);
    stand.vote(first, 60);
    stage.clock.leap(HOUR);
    await stage.round();
    await stage.pipeline().refresh();
    expect(JSON.stringify(embedOf(stage.channel))).toContain(
      '1st of 5 papers of 10 March (2 upvotes at 12 h, 60 now)',
    );
    expect(pushes(stage.channel)).toEqual(pushed);
  });

  it('heads a digest with its zone’s day and how many papers were read, and pushes the titles', async () => {
    await open('2026-03-10T12:00:00Z', {
      abstract: 'Maps of the ocean floor.',
      organization: 'Sea Lab',
      authors: ['Ada Lovelace', 'Bo Li'],
    });
    const readers = stage.driver.createRole(stage.server, { name: 'readers' }).id;
    const daily = stage.channelNamed('daily');
    await subscribe(daily, {
      when: 'daily',
      at: '18:00',
      zone: 'America/Los_Angeles',
      role: readers,
      mention: 'digests',
    });
    const weekly = stage.channelNamed('weekly');
    await subscribe(weekly, {
      keywords: 'sea',
      what: 'top 2',
      when: 'weekly wednesday',
      at: '09:00',
      zone: 'UTC',
    });
    await round('OceanNet: Maps of the Deep', 'Ocean two', 'Ocean three', 'Ocean four, a sea');
    await at('2026-03-11T01:00:05Z');
    const digest = embedOf(daily);
    expect(digest.title).toBe('Tuesday 10 March · 4 of 4 papers read');
    expect(digest.description.split('\n').slice(0, 2)).toEqual([
      '1. [OceanNet: Maps of the Deep](https://huggingface.co/papers/2603.00001) · 1 upvote · Ada Lovelace et al., Sea Lab',
      '   Maps of the **ocean** floor.',
    ]);
    expect(pushes(daily)).toEqual([`4 papers: OceanNet, Ocean two, Ocean three and 1 more <@&${readers}>`]);
    await at('2026-03-11T09:00:05Z');
    expect(embedOf(weekly).title).toBe('Ocean four, a sea');
  });

  it('heads what waited with since when, and a week with its end', async () => {
    await open('2026-03-10T21:00:00Z');
    const quiet = stage.channelNamed('quiet');
    await subscribe(quiet, { quiet: '22:00-07:00', zone: 'UTC' });
    const weekly = stage.channelNamed('weekly');
    await subscribe(weekly, { what: 'top 2', when: 'weekly wednesday', at: '09:00', zone: 'UTC' });
    stage.clock.leapTo('2026-03-10T23:00:00Z');
    await round('Ocean one', 'Ocean two', 'Ocean three');
    await at('2026-03-11T07:00:05Z');
    expect(embedOf(quiet).title).toBe('Wednesday 11 March · 3 papers held back since 10 March, 23:00');
    await at('2026-03-11T09:00:05Z');
    expect(embedOf(weekly).title).toBe('Week to Wednesday 11 March · best 2 of 3 papers read');
    expect(embedOf(weekly).description).not.toContain('new paper');
  });

  it('tells of what was missed in which hours, and why', async () => {
    await open('2026-03-10T13:45:00Z');
    const vision = stage.channelNamed('vision');
    await subscribe(vision, { quiet: '02:00-03:00', zone: 'Europe/Berlin' });
    for (const id of [stage.server, stage.role])
      stage.driver.setOverwrite(vision, { id, deny: ['SendMessages'] });
    stage.clock.leap(HOUR / 4);
    await round('Ocean one', 'Ocean two', 'Ocean three');
    await vi.waitFor(async () => expect(await status(vision)).toContain('Paused'), 10_000);
    stage.clock.leapTo('2026-03-10T20:00:00Z');
    stage.driver.setOverwrite(vision, { id: stage.role, allow: ['SendMessages'] });
    stage.driver.setOverwrite(vision, { id: stage.server });
    await vi.waitFor(() => expect(headsIn(stage, vision)).toEqual(['What was missed: 3 papers']), 12_000);
    expect(pushes(vision)).toEqual([
      'What #vision missed on 10 March, 15:00 to 21:00: 3 papers. Send Messages was missing.',
    ]);
    expect(embedOf(vision).title).toBe('10 March, 15:00 to 21:00 · 3 papers missed');
    expect(embedOf(vision).footer.text).toContain('Send Messages was missing.');
  });

  it('tells of a source that could not be read since when', async () => {
    await open('2026-03-10T12:00:00Z', {}, { POLL_CRON: '*/15 * * * *' });
    await subscribe(stage.channel);
    await round('Ocean, before');
    stand.setClosed(true);
    stage.clock.leapTo('2026-03-11T08:00:00Z');
    stand.print('Ocean one', 'Ocean two');
    await stage.round();
    stand.setClosed(false);
    await stage.round();
    expect(pushes(stage.channel).at(-1)).toMatch(
      /^What #\S+ missed on 10 March, 12:00, to 11 March, 08:00 UTC: 2 papers\. A source could not be read, or Paperboy was not running\.$/,
    );
  });

  const status = async (channel: string) => JSON.stringify(await stage.ask('status', {}, channel));
});
