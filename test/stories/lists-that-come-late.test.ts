import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { volatileCursors } from '#src/foundation/cursors.ts';
import { createHttp } from '#src/foundation/http/http.ts';
import { silentLog } from '#src/foundation/log.ts';
import { type LoopbackServer, openLoopbackServer, type Served } from '#test/fakes/loopback-server.ts';
import type { ShiftedClock } from '#test/fakes/shifted-clock.ts';
import { sourcesAt } from '#test/fakes/sources-at.ts';
import { atomEntry, atomFeed, huggingFaceEntry, rssFeed, rssItem } from '#test/source/bodies.ts';
import { headsIn, postsIn } from './newsstand.ts';
import { openStage, type Stage, textOf } from './stage.ts';

const MINUTE = 60_000;
const SHARED = '../shared/cases/papers';

/** A feed of these papers as it is made on a day of March 2026; `dated`: the day of its items. */
const listOf = (day: number, ids: readonly string[], dated = day): string =>
  rssFeed(
    ids.map((id) => rssItem({ id, title: `Sparse paper ${id}`, dated: midnight(dated) })),
    midnight(day),
  );
const midnight = (day: number): string => new Date(Date.UTC(2026, 2, day, 4)).toUTCString();
const papers = (...numbers: number[]): string[] => numbers.map((number) => `2603.${80_000 + number}`);
const MONDAY = papers(1, 2, 3, 4);
const TUESDAY = papers(5, 6, 7);
const WEDNESDAY = papers(8, 9);

type Feeds = (now: number, category: string) => Served;

describe('a list of arXiv that is not there yet', () => {
  let server: LoopbackServer;
  let stage: Stage;
  let announced: string[] = [];
  afterEach(async () => {
    await stage.close();
    await server.close();
    announced = [];
  });

  /** A channel that wants everything, since Monday's list was read; what the feed says is up to `feeds`. */
  const open = async (feeds: Feeds, categories = ['cs.LG'], keywords = 'sparse') => {
    let now = () => 0;
    const cursors = volatileCursors();
    server = await openLoopbackServer(({ pathname, searchParams }, headers) => {
      if (pathname === '/api/daily_papers') return { body: '[]' };
      if (pathname !== '/api/query')
        return conditional(feeds(now(), pathname.slice(5)), headers['if-none-match']);
      const isRange = searchParams.get('search_query')?.includes('submittedDate');
      return { body: atomFeed(isRange ? announced.map((id) => atomEntry({ id: `${id}v1` })) : []) };
    });
    const sources = (clock: ShiftedClock) => {
      now = clock.now;
      const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'x', limits: { retries: 0 } });
      const parts = { http, clock, log: silentLog, cursors, spacing: 0 };
      return sourcesAt(server.url, parts, { ARXIV_CATEGORIES: categories.join() }).slice(1);
    };
    const DATABASE_URL = `sqlite:${join(mkdtempSync(join(tmpdir(), 'late-')), 'p.db')}`;
    // The Friday before, so that Monday's list is news.
    stage = await openStage({
      start: '2026-03-06T15:00:00Z',
      sources,
      settings: { POLL_CRON: '*/15 * * * *', DATABASE_URL },
    });
    await stage.subscribe({ keywords, what: 'all', cap: 100 });
    stage.clock.leapTo('2026-03-09T05:00:00Z');
    await stage.round();
    stage.clock.leapTo('2026-03-10T04:00:00Z');
  };

  /** Every quarter of an hour up to an instant, as usual. */
  const pollLists = async (until: string, every = 15) => {
    while (stage.clock.now() < Date.parse(until)) {
      await stage.round();
      stage.clock.leap(Math.min(every * MINUTE, Date.parse(until) - stage.clock.now()));
    }
    await stage.round();
  };
  const asked = (): number => server.requests.filter(({ path }) => path.startsWith('/rss')).length;
  const posted = (): string[] => postsIn(stage, stage.channel).flatMap((post) => post.papers);
  /** Posts of what was missed since Monday, which itself came after days without a poll. */
  const missed = (): string[] =>
    headsIn(stage, stage.channel)
      .slice(1)
      .filter((head) => !head.startsWith('card'));
  const status = async (): Promise<string> => textOf(await stage.ask('status'));
  const degraded = async () => JSON.parse(String((await stage.page('/healthz'))?.text)).degraded ?? [];

  const friday = (): Served => ({ body: listOf(6, papers(90)) });
  const at = (day: number, hour: number): number => Date.UTC(2026, 2, day, hour);
  /** Monday's list; `instead` from Tuesday 04:00 on; Tuesday's from `rightAt` on; Wednesday's. */
  const lateOnTuesday =
    (instead: (now: number) => Served, rightAt: number): Feeds =>
    (now) => {
      if (now < at(9, 4)) return friday();
      if (now < at(10, 4)) return { body: listOf(9, MONDAY) };
      if (now < rightAt) return instead(now);
      return { body: now < at(11, 4) ? listOf(10, TUESDAY) : listOf(11, WEDNESDAY) };
    };

  const body = (text: string) => (): Served => ({ body: text });
  const instead: [string, () => Served][] = [
    ['Monday’s list, made anew', body(listOf(10, MONDAY, 9))],
    ['Monday’s list under Tuesday’s date', body(listOf(10, MONDAY))],
    ['Monday’s list in another order under Tuesday’s date', body(listOf(10, MONDAY.toReversed()))],
    ['a part of Monday’s list under Tuesday’s date', body(listOf(10, MONDAY.slice(0, 2)))],
    ['Monday’s list as it was made on Monday', body(listOf(9, MONDAY))],
    ['nothing', body(listOf(10, []))],
    [
      'Monday’s list out of a cache',
      () => ({ body: listOf(9, MONDAY), headers: { age: '80000', date: midnight(9) } }),
    ],
    ['“not modified”', () => ({ body: listOf(9, MONDAY), headers: { etag: '"monday"' } })],
    ['replacements of Monday alone', body(listOf(10, papers(70), 9).replaceAll('>new<', '>replace<'))],
  ];

  it.each(instead)('because %s came: it is waited for, and is read the same day', async (_, served) => {
    await open(lateOnTuesday(served, at(10, 11)));
    const before = asked();
    expect(posted().toSorted()).toEqual(MONDAY);

    await pollLists('2026-03-10T10:45:00Z');
    const late = await status();
    expect(late).toContain('late, read');
    expect(late).toContain('the list of Tuesday has not come yet');
    expect(await degraded()).toEqual(['arXiv is late: the list of Tuesday has not come yet']);
    expect(posted().toSorted()).toEqual(MONDAY);
    const tries = asked() - before;
    expect(tries).toBeGreaterThan(3);
    expect(tries).toBeLessThan(10);

    await pollLists('2026-03-10T12:15:00Z');
    expect(posted().toSorted()).toEqual([...MONDAY, ...TUESDAY]);
    expect(await status()).toContain('on time, read');
    expect(await degraded()).toEqual([]);
    const done = asked();
    await pollLists('2026-03-11T04:00:00Z', 110);
    expect(asked()).toBe(done);

    await pollLists('2026-03-11T05:00:00Z');
    expect(posted().toSorted()).toEqual([...MONDAY, ...TUESDAY, ...WEDNESDAY]);
    expect(missed()).toEqual([]);
  });

  it.each(['k1-b-tuesday-stale.xml', 'k1-b-tuesday-stale-redated.xml', 'k1-b-tuesday-empty.xml'])(
    'because of the body %s: it is waited for, and is read the same day',
    async (name) => {
      if (!existsSync(SHARED)) return console.warn('skipped: there are no bodies beside the project');
      const read = (file: string): Served => ({ body: readFileSync(`${SHARED}/${file}`, 'utf8') });
      await open(
        (now) => {
          if (now < at(9, 4)) return friday();
          if (now < at(10, 4)) return read('k1-a-monday.xml');
          return now < at(10, 9) ? read(name) : read('k1-c-tuesday-right.xml');
        },
        ['cs.LG'],
        'widgets OR gadgets',
      );
      await pollLists('2026-03-10T08:45:00Z');
      expect(await status()).toContain('the list of Tuesday has not come yet');
      await pollLists('2026-03-10T23:00:00Z', 30);
      expect(posted()).toEqual(['2603.90001', '2603.90002', '2603.90003', '2603.90004']);
      expect(await status()).not.toContain('Tuesday has not');
    },
  );

  it('for a whole day, as on a holiday: it is taken for one, and the next day is read as usual', async () => {
    await open(lateOnTuesday(body(listOf(10, [])), at(11, 4)));
    const before = asked();
    await pollLists('2026-03-10T23:00:00Z', 30);
    const text = await status();
    expect(text).toContain('on time, read');
    expect(text).toContain('no list came on Tuesday, as on a holiday');
    expect(asked() - before).toBeLessThan(18);

    // What was submitted for the holiday stands in the next list; arXiv has it by then.
    announced = WEDNESDAY;
    await pollLists('2026-03-11T12:00:00Z', 60);
    expect(posted().toSorted()).toEqual([...MONDAY, ...WEDNESDAY]);
    expect(missed()).toEqual([]);
    expect(await status()).not.toContain('holiday');
    const done = server.requests.length;
    await pollLists('2026-03-11T23:00:00Z', 110);
    expect(server.requests.slice(done).filter(({ path }) => !path.includes('daily_papers'))).toEqual([]);
  });

  it('and came when nobody asked any more: it is read from the API the day after', async () => {
    await open(lateOnTuesday(body(listOf(10, MONDAY)), at(11, 4)));
    await pollLists('2026-03-11T03:45:00Z', 30);
    announced = TUESDAY;
    await pollLists('2026-03-11T06:00:00Z');
    expect(posted().toSorted()).toEqual([...MONDAY, ...TUESDAY, ...WEDNESDAY]);
    expect(headsIn(stage, stage.channel).at(-1)).toBe('What was missed: 3 papers');
  });

  it('in the feed, but in the API: after some tries it is read there, and counts as read', async () => {
    await open(lateOnTuesday(body(listOf(10, MONDAY)), at(11, 4)));
    announced = TUESDAY;
    await pollLists('2026-03-10T20:00:00Z', 30);
    expect(posted().toSorted()).toEqual([...MONDAY, ...TUESDAY]);
    expect(await status()).toContain('on time, read');
    const done = asked();
    await pollLists('2026-03-11T04:00:00Z', 110);
    expect(asked()).toBe(done);
    await pollLists('2026-03-11T08:00:00Z');
    expect(posted().toSorted()).toEqual([...MONDAY, ...TUESDAY, ...WEDNESDAY]);
  });

  it('as a whole: what is there of it is posted at once, the rest when it comes, nothing twice', async () => {
    const begun = listOf(10, [...MONDAY.slice(2), ...TUESDAY.slice(0, 2)]);
    await open(lateOnTuesday(body(begun), at(10, 6)));
    await pollLists('2026-03-10T05:45:00Z');
    expect(posted().toSorted()).toEqual([...MONDAY, ...TUESDAY.slice(0, 2)]);
    expect(await status()).toContain('partial, read');
    expect(await status()).toContain(
      'the list of Tuesday still has papers of the day before, so it is read again',
    );
    await pollLists('2026-03-10T08:00:00Z');
    expect(posted().toSorted()).toEqual([...MONDAY, ...TUESDAY]);
    expect(await status()).toContain('on time, read');
  });

  it('in one category: the others are read, status says which one is missing', async () => {
    await open(
      (now, category) => {
        const right = lateOnTuesday(body(listOf(10, MONDAY)), at(10, category === 'cs.LG' ? 4 : 8))(
          now,
          category,
        );
        return { body: right.body?.replaceAll('2603.8', category === 'cs.LG' ? '2603.8' : '2603.7') };
      },
      ['cs.LG', 'cs.CL'],
    );
    await pollLists('2026-03-10T07:45:00Z');
    expect(posted()).toHaveLength(11);
    expect(await status()).toContain('partial, read');
    expect(await status()).toContain('the list of Tuesday has not come yet for cs.CL');
    await pollLists('2026-03-10T10:00:00Z');
    expect(posted()).toHaveLength(14);
  });

  it('in one category that answers a page: nothing is late, status says which list is missing, and why', async () => {
    await open(
      (now, category) => {
        if (category === 'cs.CL' && now > at(10, 4)) return { body: '<html>down</html>' };
        return lateOnTuesday(friday, at(10, 4))(now, category);
      },
      ['cs.LG', 'cs.CL'],
    );
    await pollLists('2026-03-10T06:00:00Z');
    const said = await status();
    expect(said).toContain('partial, read');
    expect(said).toContain('a page came instead of a feed; the list of Tuesday has not come yet for cs.CL');
    expect(await degraded()).toEqual([]);
  });

  it('after a restart it is still waited for, and nothing comes twice', async () => {
    await open(lateOnTuesday(body(listOf(10, MONDAY)), at(10, 9)));
    await pollLists('2026-03-10T06:00:00Z');
    await stage.restart();
    await stage.round();
    expect(await status()).toContain('the list of Tuesday has not come yet');
    await pollLists('2026-03-10T12:00:00Z');
    expect(posted().toSorted()).toEqual([...MONDAY, ...TUESDAY]);
  });

  it('at a first start on a weekend: Monday’s list came since, and is news', async () => {
    let now = () => 0;
    server = await openLoopbackServer(({ pathname }) => {
      if (pathname === '/api/daily_papers') return { body: '[]' };
      if (pathname === '/api/query') return { body: atomFeed([]) };
      return now() < at(9, 4) ? friday() : { body: listOf(9, MONDAY) };
    });
    stage = await openStage({
      start: '2026-03-07T12:00:00Z',
      settings: {
        ...{
          HUGGING_FACE_URL: server.url,
          ARXIV_API_URL: `${server.url}/api/query`,
          ARXIV_RSS_URL: server.url,
        },
        ...{ ARXIV_CATEGORIES: 'cs.LG', POLL_CRON: '*/15 * * * *' },
      },
    });
    now = stage.clock.now;
    await stage.subscribe({ keywords: 'sparse', what: 'all', cap: 100 });
    await stage.round();
    stage.clock.leapTo('2026-03-09T05:00:00Z');
    await stage.round();
    expect(posted().toSorted()).toEqual(MONDAY);
  });

  it('at the very first start: what is there is history, and the day’s list is news when it comes', async () => {
    let now = () => 0;
    server = await openLoopbackServer(({ pathname }) => {
      if (pathname === '/api/daily_papers') return { body: '[]' };
      if (pathname === '/api/query') return { body: atomFeed([]) };
      return now() < at(10, 9) ? { body: listOf(10, MONDAY, 9) } : { body: listOf(10, TUESDAY) };
    });
    stage = await openStage({
      start: '2026-03-10T05:00:00Z',
      settings: {
        ...{
          HUGGING_FACE_URL: server.url,
          ARXIV_API_URL: `${server.url}/api/query`,
          ARXIV_RSS_URL: server.url,
        },
        ...{ ARXIV_CATEGORIES: 'cs.LG', POLL_CRON: '*/15 * * * *' },
      },
      sources: (clock) => {
        now = clock.now;
        const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'x' });
        return sourcesAt(server.url, { http, clock, log: silentLog, spacing: 0 }).slice(1);
      },
    });
    await stage.subscribe({ keywords: 'sparse', what: 'all', cap: 100 });
    await pollLists('2026-03-10T12:00:00Z');
    expect(posted().toSorted()).toEqual(TUESDAY);
  });
});

const conditional = (served: Served, known: string | undefined): Served =>
  served.headers?.etag !== undefined && served.headers.etag === known ? { status: 304 } : served;

describe('a daily list of Hugging Face that goes wrong', () => {
  it('costs no paper and posts none twice, poll after poll, and status says what is wrong', async () => {
    const lists = new Map<string, object[]>([['2026-03-10', sparse(1, 2, 3, 4, 5)]]);
    let served = lists;
    const server = await openLoopbackServer(({ searchParams }) => ({
      body: JSON.stringify(served.get(searchParams.get('date') ?? '') ?? []),
    }));
    const stage = await openStage({
      start: '2026-03-10T15:00:00Z',
      settings: { POLL_CRON: '*/15 * * * *' },
      sources: (clock) => {
        const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'x' });
        return sourcesAt(server.url, { http, clock, log: silentLog }).slice(0, 1);
      },
    });
    const pollLists = async (times = 3) => {
      for (let time = 0; time < times; time++) {
        stage.clock.leap(15 * MINUTE);
        await stage.round();
      }
    };
    const posted = () =>
      postsIn(stage, stage.channel)
        .flatMap((post) => post.papers)
        .filter((id) => id.startsWith('2603.7'));
    const status = async () => textOf(await stage.ask('status'));
    await stage.subscribe({ keywords: 'sparse', what: 'all', cap: 100 });
    stage.clock.leapTo('2026-03-11T01:45:00Z');
    await pollLists(6);

    served = new Map([...lists, ['2026-03-11', sparse(1, 2, 3, 4, 5)]]);
    await pollLists();
    expect(posted()).toEqual([]);
    const told = await status();
    expect(told).toContain('in place of the list of Wednesday it sends that of Tuesday');
    expect(told).not.toContain('sent the list of');

    served = new Map([...lists, ['2026-03-11', sparse(6, 7, 8, 9, 10, 11)]]);
    await pollLists();
    expect(posted()).toHaveLength(6);
    expect(await status()).toContain('on time, read');

    served = new Map([...lists, ['2026-03-11', sparse(6, 7)]]);
    await pollLists(1);
    expect(await status()).toContain(
      'the list of Wednesday came with 2 papers instead of 6; those seen before are kept',
    );
    served = lists;
    await pollLists(1);
    expect(await status()).toContain('the list of Wednesday came with 0 papers instead of 6');

    served = new Map([...lists, ['2026-03-11', sparse(6, 7, 8, 9, 10, 11, 12)]]);
    await pollLists();
    expect(posted()).toHaveLength(7);
    expect(new Set(posted()).size).toBe(7);
    await stage.close();
    await server.close();
  });
});

const sparse = (...numbers: number[]): object[] =>
  numbers.map((number) => huggingFaceEntry({ id: `2603.${70_000 + number}`, upvotes: 0 }));
