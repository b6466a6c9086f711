import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inList } from './in-list.ts';
import { createNewsstand, headsIn, type Newsstand, postsIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SILENT = 1 << 12;
const CROSSPOSTED = 1 << 0;

describe('a subscription', () => {
  let stage: Stage;
  let stand: Newsstand;
  const open = async (start = '2026-03-10T12:00:00Z') => {
    stand = createNewsstand();
    stage = await openStage({ start, sources: stand.sources });
  };
  beforeEach(() => open());
  afterEach(() => stage.close());

  const subscribe = (channel: string, more = {}) =>
    stage.subscribe({ keywords: 'ocean', what: 'all', ...more }, channel);
  const round = async (...titles: string[]) => {
    stand.print(...titles);
    await stage.round();
  };
  const at = async (instant: string) => {
    stage.clock.leapTo(instant);
    await stage.pipeline().deliver();
  };

  it('to a daily digest gets it at its local hour, not before, and none on a day without papers', async () => {
    const daily = stage.channelNamed('daily');
    await subscribe(daily, { when: 'daily', at: '09:00', zone: 'Asia/Tokyo' });
    await round('Ocean one', 'Ocean two');
    await at('2026-03-10T23:59:00Z');
    expect(headsIn(stage, daily)).toEqual([]);
    await at('2026-03-11T00:00:05Z');
    expect(headsIn(stage, daily)).toEqual(['Papers for you: 2 papers']);
    await at('2026-03-12T00:00:05Z');
    expect(headsIn(stage, daily)).toHaveLength(1);
  });

  it('to a daily digest at an hour that the day skips gets it once, right after the gap', async () => {
    await stage.close();
    await open('2026-03-28T20:00:00Z');
    const daily = stage.channelNamed('daily');
    await subscribe(daily, { when: 'daily', at: '02:30', zone: 'Europe/Berlin' });
    await round('Ocean one', 'Ocean two');
    await at('2026-03-29T00:59:00Z');
    expect(headsIn(stage, daily)).toEqual([]);
    await at('2026-03-29T01:00:05Z');
    expect(headsIn(stage, daily)).toEqual(['Papers for you: 2 papers']);
    await round('Ocean three', 'Ocean four');
    await at('2026-03-29T01:40:00Z');
    expect(headsIn(stage, daily)).toHaveLength(1);
    await at('2026-03-30T00:30:05Z');
    expect(headsIn(stage, daily)).toHaveLength(2);
  });

  it('gets as many cards a day as its cap, and the rest as a digest the next morning', async () => {
    const papers = stage.channelNamed('ocean');
    await subscribe(papers, { cap: 2 });
    await round('Ocean one', 'Ocean two', 'Ocean three', 'Ocean four');
    await stage.pipeline().deliver();
    expect(headsIn(stage, papers).map((head) => head.slice(0, 10))).toEqual(['card: Ocea', 'card: Ocea']);
    await at('2026-03-11T09:00:05Z');
    expect(headsIn(stage, papers).at(-1)).toBe('Papers for you: 2 papers');
    expect(new Set(postsIn(stage, papers).flatMap((post) => post.papers)).size).toBe(4);
  });

  it('is left in peace in its quiet hours, and gets what came meanwhile as one digest', async () => {
    await stage.close();
    await open('2026-03-10T21:00:00Z');
    const papers = stage.channelNamed('ocean');
    await subscribe(papers, { quiet: '22:00-07:00', zone: 'UTC' });
    await round('Ocean, evening');
    stage.clock.leapTo('2026-03-10T23:00:00Z');
    await round('Ocean, night', 'Ocean, late night');
    expect(headsIn(stage, papers)).toEqual(['card: Ocean, evening']);
    await at('2026-03-11T07:00:05Z');
    expect(headsIn(stage, papers)).toEqual(['card: Ocean, evening', 'Papers for you: 2 papers']);
  });

  it('mentions its role and nobody else, also when a title tries to; a silent one makes no sound', async () => {
    const papers = stage.channelNamed('ocean');
    const readers = stage.driver.createRole(stage.server, { name: 'readers' }).id;
    await subscribe(papers, { role: readers, mention: 'every', silent: true });
    await round(`Ocean @everyone <@${stage.alice}> <@&${stage.role}>`);
    const [{ message }] = postsIn(stage, papers);
    expect(message.mention_roles).toEqual([readers]);
    expect([message.mentions, message.mention_everyone]).toEqual([[], false]);
    expect((message.flags ?? 0) & SILENT).toBe(SILENT);
  });

  it('publishes its digests from an announcement channel, and its cards not', async () => {
    const news = stage.channelNamed('news', 'announcement');
    const both = { keywords: 'ocean', publish: true };
    await stage.subscribe({ ...both, what: 'all', when: 'daily', at: '15:00' }, news);
    await round('Ocean one', 'Ocean two');
    await at('2026-03-10T15:00:05Z');
    const cards = stage.channelNamed('cards', 'announcement');
    await stage.subscribe({ ...both, what: 'all' }, cards);
    await round('Ocean three');
    await at('2026-03-11T15:00:05Z');
    const flags = (channel: string) =>
      postsIn(stage, channel).map(({ head, message }) => [head, (message.flags ?? 0) & CROSSPOSTED]);
    expect(flags(news)).toEqual([
      ['Papers for you: 2 papers', CROSSPOSTED],
      ['card: Ocean three', CROSSPOSTED],
    ]);
    expect(flags(cards)).toEqual([['card: Ocean three', 0]]);
  });

  it('can have a thread under each card, and a post for each paper in a forum', async () => {
    const threads = stage.channelNamed('threads');
    const forum = stage.channelNamed('forum', 'forum');
    await subscribe(threads, { place: 'thread' });
    await stage.subscribe({ keywords: 'ocean', what: 'all', channel: forum });
    await round('Ocean one', 'Ocean two');
    const names = (channel: string) => stage.driver.threadsOf(channel).map(({ name }) => name);
    expect(names(threads).toSorted()).toEqual(['Ocean one', 'Ocean two']);
    expect(names(forum).toSorted()).toEqual(['Ocean one', 'Ocean two']);
  });

  it('to the best two of a day gets the two with the most votes at its hour', async () => {
    const best = stage.channelNamed('best');
    await subscribe(best, { what: 'top 2', when: 'daily', at: '15:00' });
    const [one, two, three] = stand.print('Ocean one', 'Ocean two', 'Ocean three');
    stand.vote(one, 3);
    stand.vote(two, 30);
    stand.vote(three, 20);
    await stage.round();
    expect(headsIn(stage, best)).toEqual([]);
    await at('2026-03-10T15:00:05Z');
    expect(postsIn(stage, best).map(({ papers }) => papers)).toEqual([[two, three]]);
    await at('2026-03-10T15:30:00Z');
    expect(headsIn(stage, best)).toHaveLength(1);
  });

  it('to the best two of a week is told so under its post', async () => {
    const best = stage.channelNamed('best');
    await subscribe(best, { what: 'best 2', when: 'weekly' });
    await round('Ocean one', 'Ocean two', 'Ocean three');
    await at('2026-03-16T09:00:05Z');
    await stage.round();
    const [{ message }] = postsIn(stage, best);
    const press = { user: stage.moderator, channel: best, message: message.id, label: 'Why here?' };
    const why = textOf(await stage.driver.click(press).message());
    expect(why).toContain('One of the best 2 of its week, first seen on 10 March');
    expect(why).not.toContain('of its day');
  });

  it('that begins in quiet hours is told in /status the hour at which something can come', async () => {
    const quiet = stage.channelNamed('quiet');
    const tomorrow = Date.parse('2026-03-11T13:00:00Z') / 1000;
    await subscribe(quiet, { when: 'daily', at: '11:30', quiet: '11:00-13:00' });
    expect(textOf(await stage.ask('status', {}, quiet))).toContain(`Next digest <t:${tomorrow}:f>`);
    await round('Ocean one', 'Ocean two');
    await at('2026-03-10T13:00:05Z');
    expect(headsIn(stage, quiet)).toEqual([]);
    await at('2026-03-11T11:30:05Z');
    expect(textOf(await stage.ask('status', {}, quiet))).toContain(`Next digest <t:${tomorrow}:f>`);
    await at('2026-03-11T13:00:05Z');
    expect(headsIn(stage, quiet)).toEqual(['Papers for you: 2 papers']);
  });

  it('keeps its cards up to date: votes that grew are shown in place, for two days', async () => {
    const papers = stage.channelNamed('ocean');
    await subscribe(papers);
    const [paper] = stand.print('Ocean one');
    await stage.round();
    const shown = () => JSON.stringify(stage.driver.allMessages(papers).at(-1)?.embeds);
    expect(shown()).toContain('1 upvote');
    stand.vote(paper, 40);
    stage.clock.leap(HOUR);
    await stage.round();
    await stage.pipeline().refresh();
    expect(shown()).toContain('40 upvotes');
    expect(headsIn(stage, papers)).toEqual(['card: Ocean one']);

    stage.clock.leap(48 * HOUR);
    stand.vote(paper, 400);
    await stage.round();
    await stage.pipeline().refresh();
    expect(shown()).toContain('40 upvotes');
  });

  it('that is removed before its digest’s hour gets nothing; another of the same channel gets its own', async () => {
    const daily = stage.channelNamed('daily');
    await subscribe(daily, { when: 'daily', at: '15:00' });
    await subscribe(daily, { keywords: 'desert', when: 'daily', at: '15:00' });
    await round('Ocean one', 'Ocean two', 'Desert one');
    await removeSubscription('ocean');
    await at('2026-03-10T15:00:05Z');
    expect(headsIn(stage, daily)).toEqual(['card: Desert one']);
    await at('2026-03-11T15:00:05Z');
    expect(headsIn(stage, daily)).toHaveLength(1);
  });

  it('that a moderator paused gets nothing meanwhile, and afterwards only what is new', async () => {
    const papers = stage.channelNamed('ocean');
    await subscribe(papers);
    await press('Pause', 'ocean');
    stage.clock.leap(HOUR);
    await round('Ocean, paused');
    await press('Resume', 'ocean');
    stage.clock.leap(HOUR);
    await round('Ocean, after');
    await vi.waitFor(() => expect(headsIn(stage, papers)).toEqual(['card: Ocean, after']));
  });

  const removeSubscription = (filter: string) => press('Remove', filter);
  const press = (deed: 'Remove' | 'Pause' | 'Resume', filter: string) =>
    inList(stage.driver, { user: stage.moderator, channel: stage.channel }, filter, deed);
});
