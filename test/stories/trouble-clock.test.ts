import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createNewsstand, headsIn, type Newsstand, postsIn } from './newsstand.ts';
import { openStage, type Stage } from './stage.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RIGHT = '2026-03-10T12:00:00Z';

describe('the machine’s clock', () => {
  let stage: Stage;
  let stand: Newsstand;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'paperboy-story-'));
    stand = createNewsstand();
  });
  afterEach(async () => {
    await stage.close();
    rmSync(folder, { recursive: true });
  });
  const open = async (start: string, settings: Record<string, string> = {}) => {
    const file = { DATABASE_URL: `sqlite:${join(folder, 'paperboy.db')}` };
    stage = await openStage({ start, sources: stand.sources, settings: { ...file, ...settings } });
  };
  const subscribe = (channel: string, more = {}) =>
    stage.subscribe({ keywords: 'ocean', what: 'all', ...more }, channel);
  const round = async (...titles: string[]) => {
    stand.print(...titles);
    await stage.round();
  };
  const deliverAt = async (instant: string) => {
    stage.clock.leapTo(instant);
    await stage.pipeline().deliver();
  };
  const rightAnd = (ms: number): string => new Date(Date.parse(RIGHT) + ms).toISOString();

  describe('wrong at the first start and put right later', () => {
    it.each([
      ['six hours ahead', 6 * HOUR],
      ['sixty days ahead', 60 * DAY],
    ])(
      'was %s: papers go on coming as cards, none twice, none of those from before the subscription',
      async (_, ahead) => {
        await open(rightAnd(ahead));
        const [papers, later] = [stage.channelNamed('ocean'), stage.channelNamed('later')];
        await round('Ocean, before anybody subscribed');
        await subscribe(papers);
        await round('Ocean one');
        stage.clock.leapTo(RIGHT);
        await round('Ocean two');
        await subscribe(later);
        stage.clock.leap(HOUR / 4);
        for (const id of ['2603.00001', '2603.00002', '2603.00003']) stand.vote(id, 30);
        await round('Ocean three');
        expect(headsIn(stage, papers)).toEqual(['card: Ocean one', 'card: Ocean two', 'card: Ocean three']);
        expect(headsIn(stage, later)).toEqual(['card: Ocean three']);
      },
    );

    it('was ahead, and right when the bot was started again: papers go on coming as cards', async () => {
      await open(rightAnd(60 * DAY));
      const papers = stage.channelNamed('ocean');
      await subscribe(papers);
      await round('Ocean one');
      await stage.restart(() => stage.clock.leapTo(RIGHT));
      await round('Ocean two');
      await stage.restart();
      stage.clock.leap(HOUR / 4);
      await round('Ocean three');
      expect(headsIn(stage, papers)).toEqual(['card: Ocean one', 'card: Ocean two', 'card: Ocean three']);
    });

    it('was ahead: the best of a day and daily digests come at their next hour', async () => {
      await open(rightAnd(60 * DAY));
      const [best, daily] = [stage.channelNamed('best'), stage.channelNamed('daily')];
      await stage.subscribe({ keywords: 'ocean', what: 'top 3', when: 'daily', at: '15:00' }, best);
      await subscribe(daily, { when: 'daily', at: '15:00' });
      await round('Ocean one');
      stage.clock.leapTo(RIGHT);
      await round('Ocean two', 'Ocean three');
      await deliverAt('2026-03-10T15:00:05Z');
      const shown = (channel: string) => postsIn(stage, channel).flatMap((post) => post.papers);
      expect(shown(best).toSorted()).toEqual(['2603.00001', '2603.00002', '2603.00003']);
      expect(shown(daily).toSorted()).toEqual(['2603.00001', '2603.00002', '2603.00003']);
      await deliverAt('2026-03-11T15:00:05Z');
      expect(shown(daily)).toHaveLength(3);
    });

    it('was sixty days behind: every paper comes once', async () => {
      await open(rightAnd(-60 * DAY));
      const papers = stage.channelNamed('ocean');
      await subscribe(papers);
      await round('Ocean one');
      stage.clock.step(60 * DAY);
      await round('Ocean two');
      stage.clock.leap(HOUR / 4);
      await round('Ocean three');
      const shown = postsIn(stage, papers).flatMap((post) => post.papers);
      expect(shown).toEqual(['2603.00001', '2603.00002', '2603.00003']);
    });

    it('was ten years behind: every paper comes once', async () => {
      await open('2016-01-01T00:00:30Z');
      const papers = stage.channelNamed('ocean');
      await subscribe(papers);
      stage.clock.leapTo(RIGHT);
      await round('Ocean one');
      stage.clock.leap(HOUR / 4);
      await round('Ocean two');
      const shown = postsIn(stage, papers).flatMap((post) => post.papers);
      expect(shown).toEqual(['2603.00001', '2603.00002']);
    });
  });

  it('was sixty days ahead for one poll: papers go on coming as cards, up to the day’s cap', async () => {
    await open(RIGHT);
    const papers = stage.channelNamed('ocean');
    await subscribe(papers, { cap: 3 });
    await round('Ocean one');
    stage.clock.step(60 * DAY);
    await round('Ocean two');
    stage.clock.leapTo(rightAnd(HOUR / 4));
    await round('Ocean three');
    await deliverAt(rightAnd(DAY));
    await round('Ocean four', 'Ocean five', 'Ocean six');
    const heads = headsIn(stage, papers);
    expect(heads.filter((head) => head === 'card: Ocean three')).toHaveLength(1);
    expect(
      postsIn(stage, papers)
        .flatMap((post) => post.papers)
        .toSorted(),
    ).toEqual([1, 2, 3, 4, 5, 6].map((n) => `2603.0000${n}`));
  });

  it('is set forward over a digest’s hour and back again: the digest comes once, what is new comes at the hour', async () => {
    await open('2026-03-10T13:00:00Z');
    const daily = stage.channelNamed('daily');
    await subscribe(daily, { when: 'daily', at: '15:00' });
    await round('Ocean one', 'Ocean two');
    stage.clock.step(3 * HOUR);
    await stage.pipeline().deliver();
    expect(headsIn(stage, daily)).toEqual(['Papers for you: 2 papers']);
    await deliverAt('2026-03-10T13:05:00Z');
    await deliverAt('2026-03-10T15:00:05Z');
    expect(headsIn(stage, daily)).toHaveLength(1);
    stage.clock.leapTo('2026-03-10T14:00:00Z');
    await round('Ocean three', 'Ocean four');
    await deliverAt('2026-03-10T15:00:05Z');
    expect(headsIn(stage, daily)).toEqual(['Papers for you: 2 papers', 'Papers for you: 2 papers']);
    expect(postsIn(stage, daily).flatMap((post) => post.papers)).toHaveLength(4);
  });

  it('is set back while a post waits for Discord: it goes when Discord is back, once', async () => {
    await open('2026-03-10T18:00:00Z');
    const papers = stage.channelNamed('ocean');
    await subscribe(papers);
    await stage.driver.outage('refused');
    await round('Ocean one');
    stage.clock.leapTo(RIGHT);
    await stage.driver.outage('none');
    await vi.waitFor(async () => {
      stage.clock.leap(5000);
      await stage.pipeline().deliver();
      expect(postsIn(stage, papers)).toHaveLength(1);
    }, 10_000);
    expect(postsIn(stage, papers).flatMap((post) => post.papers)).toEqual(['2603.00001']);
  });

  it('is set back and forward by hours while the timetable runs: polls and posts go on', {
    timeout: 30_000,
  }, async () => {
    await open('2026-03-10T18:00:00Z', { POLL_CRON: '* * * * * *' });
    const papers = stage.channelNamed('ocean');
    await subscribe(papers);
    const titles: string[] = [];
    for (const [title, step] of [
      ['Ocean one', 0],
      ['Ocean two', -2 * HOUR],
      ['Ocean three', 3 * HOUR],
      ['Ocean four', -3 * HOUR],
    ] as const) {
      stage.clock.step(step);
      stand.print(title);
      titles.push(`card: ${title}`);
      await vi.waitFor(() => expect(postsIn(stage, papers)).toHaveLength(titles.length), 10_000);
    }
    expect(postsIn(stage, papers).flatMap((post) => post.papers)).toHaveLength(4);
  });
});
