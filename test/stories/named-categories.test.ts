import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LoopbackServer, openLoopbackServer } from '#test/fakes/loopback-server.ts';
import { atomFeed, rssFeed, rssItem } from '#test/source/bodies.ts';
import { postsIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const MINUTE = 60_000;

/** Two papers a day and category; ids tell the category and the day of March 2026. */
const idOf = (category: string, day: number, number: number): string =>
  `2603.${['cs.LG', 'astro-ph.GA', 'hep-th'].indexOf(category) + 1}${String(day).padStart(2, '0')}0${number}`;
const midnight = (day: number): string => new Date(Date.UTC(2026, 2, day, 4)).toUTCString();
const feedOf = (category: string, day: number): string =>
  rssFeed(
    [1, 2].map((number) => {
      const id = idOf(category, day, number);
      return rssItem({ id, title: `Sparse ${id}`, dated: midnight(day), categories: category });
    }),
    midnight(day),
  );

describe('a category that a subscription names', () => {
  let server: LoopbackServer;
  let stage: Stage;
  let folder: string;
  let feeds: (category: string, day: number) => string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'categories-'));
    let now = () => START;
    feeds = feedOf;
    server = await openLoopbackServer(({ pathname }) => {
      if (pathname === '/api/daily_papers') return { body: '[]' };
      if (pathname === '/api/query') return { body: atomFeed([]) };
      return { body: feeds(pathname.slice(5), new Date(now() - 4 * 60 * MINUTE).getUTCDate()) };
    });
    stage = await openStage({
      start: '2026-03-10T12:00:00Z',
      settings: {
        ...{
          HUGGING_FACE_URL: server.url,
          ARXIV_API_URL: `${server.url}/api/query`,
          ARXIV_RSS_URL: server.url,
        },
        ...{ ARXIV_CATEGORIES: 'cs.LG', ARXIV_EXTRA_CATEGORIES: '1', POLL_CRON: '*/15 * * * *' },
        DATABASE_URL: `sqlite:${join(folder, 'p.db')}`,
      },
    });
    now = stage.clock.now;
  });
  afterEach(async () => {
    await stage.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });
  const START = Date.parse('2026-03-10T12:00:00Z');

  const read = async (at: string) => {
    stage.clock.leapTo(at);
    await Promise.all(stage.pipeline().readings.map((reading) => reading.read()));
    await stage.pipeline().deliver();
  };
  const asked = (category: string) =>
    server.requests.filter(({ path }) => path === `/rss/${category}`).length;
  const posted = () =>
    postsIn(stage, stage.channel)
      .flatMap(({ papers }) => papers)
      .toSorted();
  const said = async (name: string, options = {}, channel = stage.channel) =>
    textOf(await stage.ask(name, options, channel));
  const subscribed = async (options: Record<string, string>, channel = stage.channel) =>
    textOf(await stage.subscribe(options, channel));

  it('is read from then on, once a day; what was there before is history, and the next day’s list is news', async () => {
    expect(await said('search', { query: 'cat:astro-ph.GA galaxy' })).toContain(
      '`astro-ph.GA` is not read yet: that begins on the day on which a subscription names it.',
    );
    expect(await subscribed({ keywords: 'cat:astro-ph.GA', what: 'all' })).toContain(
      '`astro-ph.GA` is read from today on.',
    );
    expect(await said('status')).toContain(
      'Because subscriptions name it, arXiv is also read for `astro-ph.GA`.',
    );

    await read('2026-03-10T12:15:00Z');
    await read('2026-03-10T12:30:00Z');
    expect([asked('astro-ph.GA'), posted()]).toEqual([1, []]);
    expect(await said('search', { query: 'cat:astro-ph.GA sparse' })).not.toContain('not read');

    await stage.restart();
    await read('2026-03-11T05:00:00Z');
    await read('2026-03-11T05:15:00Z');
    expect(asked('astro-ph.GA')).toBe(2);
    expect(posted()).toEqual([idOf('astro-ph.GA', 11, 1), idOf('astro-ph.GA', 11, 2)]);

    expect(await subscribed({ keywords: 'cat:hep-th' })).toContain(
      '`hep-th` is not read: Paperboy already reads 1 more category, the most its operator allows. Papers of it come only when Hugging Face lists them.',
    );
    await read('2026-03-11T05:30:00Z');
    expect(asked('hep-th')).toBe(0);
  });

  it('begins with history, but for what a late list still owes to others', async () => {
    const shared = idOf('cs.LG', 11, 1);
    feeds = (category, day) => {
      if (category === 'cs.LG')
        return stage.clock.now() < LG_COMES ? feedOf('cs.LG', 10) : feedOf('cs.LG', 11);
      const both = rssItem({ id: shared, title: 'Sparse', dated: midnight(day), categories: 'hep-th cs.LG' });
      return rssFeed([both], midnight(day));
    };
    await subscribed({ keywords: 'cat:cs.LG', what: 'all' });
    await read('2026-03-11T05:00:00Z');
    await subscribed({ keywords: 'cat:hep-th zebra', what: 'all' }, stage.channelNamed('zebras'));
    await read('2026-03-11T05:15:00Z');
    expect([asked('hep-th'), posted()]).toEqual([1, []]);
    for (const hour of ['07', '09', '10']) await read(`2026-03-11T${hour}:05:00Z`);
    await stage.round();
    expect(posted()).toEqual([shared, idOf('cs.LG', 11, 2)]);
  });
  const LG_COMES = Date.parse('2026-03-11T10:00:00Z');

  it('on a weekend is read from Monday on, and Monday’s list is news', async () => {
    stage.clock.leapTo('2026-03-14T12:00:00Z');
    await subscribed({ keywords: 'cat:astro-ph.GA', what: 'all' });
    await read('2026-03-14T12:15:00Z');
    expect(asked('astro-ph.GA')).toBe(0);
    await read('2026-03-16T05:00:00Z');
    expect(posted()).toEqual([idOf('astro-ph.GA', 16, 1), idOf('astro-ph.GA', 16, 2)]);
  }, 90_000);

  it('hardly ever trends, and its subscriber is told so', async () => {
    expect(await subscribed({ keywords: 'cat:astro-ph.GA' })).toContain(
      'Newly trending are only papers that Hugging Face lists, and of `astro-ph.GA` none was in the last',
    );
    expect(await subscribed({ keywords: 'sparse OR cat:astro-ph.GA' })).not.toContain('Newly trending are');
  });
});
