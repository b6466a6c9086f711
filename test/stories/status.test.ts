import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { blocksOf } from '#test/read-message.ts';
import { inUtc } from './harness.ts';
import { inList } from './in-list.ts';
import { createNewsstand, headsIn, type Newsstand, retold } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('/status', () => {
  let stage: Stage;
  let stand: Newsstand;
  let samples: Newsstand;
  beforeEach(async () => {
    stand = createNewsstand();
    samples = createNewsstand();
    stage = await openStage({
      start: '2026-03-10T12:00:00Z',
      sources: (clock) => [
        ...stand.sources(clock),
        ...retold(samples.sources(clock), (poll) => ({ ...poll, source: 'sample' })).map((source) => ({
          ...source,
          name: 'sample' as const,
        })),
      ],
    });
  });
  afterEach(() => stage.close());

  const subscribe = (channel = stage.channel, keywords = 'ocean', more = {}) =>
    stage.subscribe({ keywords, what: 'all', ...more }, channel);
  const round = async (...titles: string[]) => {
    stand.print(...titles);
    stage.clock.leap(HOUR / 4);
    await stage.round();
  };
  /** What stands there, with instants as they read in UTC. */
  const status = async (channel = stage.channel) => {
    const [{ title, colour, text, fields, footer }] = blocksOf(await stage.ask('status', {}, channel));
    const here = fields.find(({ name }) => name === 'This channel');
    return {
      title,
      isAmber: colour === 0xe0a030,
      lines: inUtc(text).split('\n'),
      here: inUtc(here?.value ?? '').split('\n'),
      sources: fields.filter((field) => field !== here).map(({ name, value }) => inUtc(`${name}: ${value}`)),
      footer: inUtc(footer),
    };
  };

  it('in a channel tells of its subscriptions, its posts, its day and of each source, word by word', async () => {
    await subscribe();
    await subscribe(stage.channel, 'desert', { what: 'top 3' });
    await round('Ocean one', 'Ocean two', 'Desert one', 'Ice one');
    expect(await status()).toEqual({
      title: 'Paperboy is running',
      isAmber: false,
      lines: [
        'Last look at the sources 2026-03-10 12:15. Next look 2027-01-01 00:00.',
        'Today: 4 papers read, 2 matched here, 2 posted.',
        '4 papers known, 0 posts waiting in all channels.',
      ],
      here: [
        '2 subscriptions: `ocean`, `desert`.',
        'Last post 2026-03-10 12:15, 2 posts in four weeks.',
        'Next digest 2026-03-11 09:00.',
      ],
      sources: [
        'Hugging Face: on time, read 2026-03-10 12:15',
        'Sample feed: on time, read 2026-03-10 12:15',
      ],
      footer: 'Paperboy 0.0.0, running since 2026-03-10 12:00',
    });
  });

  it('in a channel that nobody subscribed says how to begin', async () => {
    await round('Ocean one');
    const { title, lines, here } = await status();
    expect([title, lines[1], ...here]).toEqual([
      'Paperboy is running',
      'Today: 1 paper read.',
      'No subscription here. A moderator can add one with `/subscribe`.',
    ]);
  });

  it('in a direct message tells of the sources alone', async () => {
    await round('Ocean one');
    const dm = stage.driver.openDm(stage.alice);
    const answer = await stage.driver.slash({ user: stage.alice, channel: dm, name: 'status' }).message();
    expect(textOf(answer)).toContain('Today: 1 paper read.\n');
    expect(textOf(answer)).not.toContain('This channel');
  });

  it('counts the day’s papers of all sources and rounds, until the channel’s day ends', async () => {
    await subscribe();
    await subscribe(stage.channel, 'whale', { when: 'daily', at: '22:00', zone: 'Asia/Tokyo' });
    await round('Ocean one', 'Desert one');
    // The first two are in both.
    samples.print('Ocean one', 'Desert one', 'Ocean two');
    await round();
    await round();
    expect((await status()).lines[1]).toBe('Today: 3 papers read, 2 matched here, 2 posted.');
    // Midnight in Tokyo.
    stage.clock.leapTo('2026-03-10T15:30:00Z');
    expect((await status()).lines[1]).toBe('Today: 0 papers read, 0 matched here, 0 posted.');
    expect((await status()).here[1]).toBe('Last post 2026-03-10 12:30, 2 posts in four weeks.');
  });

  it('does not count as read what a member looked up', async () => {
    const old = stand.keepInStore('Ocean of old');
    await round('Ocean one');
    await stage.ask('paper', { query: old });
    await round();
    expect((await status()).lines.slice(1)).toEqual([
      'Today: 1 paper read.',
      '2 papers known, 0 posts waiting in all channels.',
    ]);
  });

  it('counts papers that come as a digest, and posts that wait for their hour, as what they are', async () => {
    await subscribe(stage.channel, 'ocean', { when: 'daily', at: '15:00' });
    await round('Ocean one', 'Ocean two', 'Ocean three');
    const before = await status();
    expect(before.lines.slice(1)).toEqual([
      'Today: 3 papers read, 3 matched here, 0 posted.',
      '3 papers known, 3 posts waiting in all channels.',
    ]);
    expect(before.here).toEqual([
      '1 subscription: `ocean`.',
      'Nothing posted yet.',
      'Next digest 2026-03-10 15:00.',
    ]);
    stage.clock.leapTo('2026-03-10T15:00:10Z');
    await stage.pipeline().deliver();
    const after = await status();
    expect(after.lines[1]).toBe('Today: 3 papers read, 3 matched here, 3 posted.');
    expect(after.here.slice(1)).toEqual([
      'Last post 2026-03-10 15:00, 1 post in four weeks.',
      'Next digest 2026-03-11 15:00.',
    ]);
    stage.clock.leap(29 * DAY);
    expect((await status()).here[1]).toBe('Last post 2026-03-10 15:00, 0 posts in four weeks.');
  });

  it('tells when the best five of a day, or of a week, come next, and they come then', async () => {
    await subscribe(stage.channel, 'ocean', { what: 'best 5' });
    await round('Ocean one', 'Ocean two');
    expect((await status()).here).toEqual([
      '1 subscription: `ocean`.',
      'Nothing posted yet.',
      'Next digest 2026-03-11 09:00.',
    ]);
    stage.clock.leapTo('2026-03-11T09:00:10Z');
    await stage.pipeline().deliver();
    expect((await status()).here.slice(1)).toEqual([
      'Last post 2026-03-11 09:00, 1 post in four weeks.',
      'Next digest 2026-03-12 09:00.',
    ]);
    const weekly = stage.channelNamed('weekly');
    const late = { when: 'weekly friday', at: '23:00', quiet: '22:00-07:00', zone: 'UTC' };
    await subscribe(weekly, 'ocean', { what: 'best 5', ...late });
    expect((await status(weekly)).here.slice(1)).toEqual([
      'Nothing posted yet.',
      'Next digest 2026-03-14 07:00.',
    ]);
  });

  it('names the end of quiet hours where something waits for it', async () => {
    await subscribe(stage.channel, 'ocean', { quiet: '12:00-20:00', zone: 'UTC' });
    expect((await status()).here).toHaveLength(2);
    await round('Ocean one');
    expect((await status()).here[2]).toBe('Next digest 2026-03-10 20:00.');
  });

  it('is amber, and tells of no next digest, where moderators paused everything', async () => {
    await subscribe(stage.channel, 'ocean', { when: 'daily', at: '15:00' });
    await pauseFirst(stage);
    const { title, isAmber, here } = await status();
    expect([title, isAmber, ...here]).toEqual([
      'Paperboy is running; this channel is paused',
      true,
      '1 subscription: `ocean`.',
      'Nothing posted yet.',
      '`ocean`: paused by a moderator.',
    ]);
  });

  it('is amber where one of two subscriptions is paused, and tells of the next digest of the other', async () => {
    await subscribe(stage.channel, 'ocean', { when: 'daily', at: '15:00' });
    await subscribe(stage.channel, 'desert', { when: 'daily', at: '18:00' });
    await pauseFirst(stage);
    const { title, isAmber, here } = await status();
    expect([title, isAmber, ...here]).toEqual([
      'Paperboy is running; a subscription here is paused',
      true,
      '2 subscriptions: `ocean`, `desert`.',
      'Nothing posted yet.',
      'Next digest 2026-03-10 18:00.',
      '`ocean`: paused by a moderator.',
    ]);
    const other = stage.channelNamed('other');
    await subscribe(other);
    expect((await status(other)).title).toBe('Paperboy is running');
  });

  it('is amber and says why where Discord takes nothing, in this channel and in no other', async () => {
    const papers = stage.channelNamed('ocean-papers');
    await subscribe(papers, 'ocean', { when: 'daily', at: '15:00' });
    await subscribe(papers, 'ice');
    stage.driver.setOverwrite(papers, { id: stage.server, deny: ['SendMessages'] });
    stage.driver.setOverwrite(papers, { id: stage.role, deny: ['SendMessages'] });
    await vi.waitFor(async () => {
      await round('Ice one');
      expect((await status(papers)).isAmber).toBe(true);
    });
    const { title, here } = await status(papers);
    expect(title).toBe('Paperboy is running; this channel is paused');
    expect(here.slice(1)).toEqual([
      'Nothing posted yet.',
      'Paused: Send Messages is missing. It runs again by itself as soon as that is mended.',
    ]);
    expect((await status()).title).toBe('Paperboy is running');
  });

  it('is amber where a source is late, beside what is wrong here', async () => {
    await subscribe();
    await round('Ocean one');
    await pauseFirst(stage);
    stand.setClosed(true);
    await round();
    const { title, sources } = await status();
    expect(title).toBe('Paperboy is running; this channel is paused; a source has trouble');
    expect(sources[0]).toBe('Hugging Face: late, read 2026-03-10 12:15\nclosed');
  });

  it('shows the first five filters and counts the others', async () => {
    for (const word of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await subscribe(stage.channel, `${word}word`);
    expect((await status()).here[0]).toBe(
      '7 subscriptions: `aword`, `bword`, `cword`, `dword`, `eword` and 2 more.',
    );
  });
});

describe('inside a thread or a forum post', () => {
  let stage: Stage;
  let stand: Newsstand;
  beforeEach(async () => {
    stand = createNewsstand();
    stage = await openStage({ start: '2026-03-10T12:00:00Z', sources: stand.sources });
  });
  afterEach(() => stage.close());

  const threadIn = (parent: string) =>
    stage.driver.createThread(parent, { name: 'a talk', user: stage.moderator, content: 'hello' }).id;

  it.each(['text', 'announcement', 'forum'] as const)(
    'of a channel of kind %s, /subscribe subscribes the channel and /status tells of it',
    async (type) => {
      const parent = stage.channelNamed('parent', type);
      const answer = textOf(await stage.subscribe({ keywords: 'ocean', what: 'all' }, threadIn(parent)));
      expect(answer).toContain(`<#${parent}> gets papers that match`);
      expect(textOf(await stage.ask('subscriptions', {}, threadIn(parent)))).toContain(`<#${parent}>`);
      expect(textOf(await stage.ask('status', {}, threadIn(parent)))).toContain('1 subscription: `ocean`.');
      stand.print('Ocean one');
      await stage.round();
      const posted =
        type === 'forum' ? stage.driver.threadsOf(parent).map(({ name }) => name) : headsIn(stage, parent);
      expect(posted.at(-1)).toContain('Ocean one');
    },
  );

  it('what Paperboy may do is asked of the channel that is subscribed', async () => {
    const parent = stage.channelNamed('parent', 'forum');
    const thread = threadIn(parent);
    stage.driver.setOverwrite(parent, { id: stage.role, kind: 'role', deny: ['EmbedLinks'] });
    await vi.waitFor(async () => {
      const answer = textOf(await stage.subscribe({ keywords: 'ocean', what: 'all' }, thread));
      expect(answer).toContain(
        `Paperboy may not embed links in <#${parent}>, and papers are embeds, so nothing is posted.`,
      );
    });
  });
});

const pauseFirst = (stage: Stage) =>
  inList(stage.driver, { user: stage.moderator, channel: stage.channel }, '', 'Pause');
