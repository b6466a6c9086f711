import { describe, expect, it } from 'vitest';
import { volatileCursors } from '#src/foundation/cursors.ts';
import { createHttp } from '#src/foundation/http/http.ts';
import type { Log } from '#src/foundation/log.ts';
import { silentLog } from '#src/foundation/log.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { ARXIV_MANNERS } from '#src/source/arxiv.ts';
import { createArxivRss } from '#src/source/arxiv-rss.ts';
import type { PollFailure } from '#src/source/source.ts';
import { announcingArxiv } from '#test/fakes/announcing-arxiv.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { openLoopbackServer } from '#test/fakes/loopback-server.ts';
import { createScriptedFetch } from '#test/fakes/scripted-fetch.ts';
import { atomFeed, rssFeed, rssItem } from './bodies.ts';

const HOUR = 3600_000;
const DAY = 24 * HOUR;

type Answer = (url: URL) => Response | Promise<Response> | null;

/** Paperboy with one category; its cursors outlive a restart. `answer`: what arXiv says instead, null for the truth. */
function open({ start = '2026-03-03T15:00:00Z', arxiv = announcingArxiv(), log = silentLog as Log } = {}) {
  const clock = createFakeClock(start);
  const cursors = volatileCursors();
  let answer: Answer = () => null;
  // arXiv's own clock is right whatever ours says.
  let wrong = 0;
  const { fetch, asked } = createScriptedFetch(
    (url) => answer(url) ?? new Response(arxiv.answer(url, clock.now() - wrong)),
  );
  const born = () => {
    const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'Paperboy/test' });
    const parts = { host: http.host(ARXIV_MANNERS), clock, log, cursors, categories: ['cs.LG'] };
    return createArxivRss({
      ...parts,
      url: 'https://rss.arxiv.org',
      apiUrl: 'https://export.arxiv.org/api/query',
    });
  };
  let source = born();
  const results: (Poll | PollFailure)[] = [];
  const collect = async () => {
    for await (const result of source.poll(clock.now())) results.push(result);
  };
  const pollLists = () => clock.settle(collect());
  return {
    clock,
    arxiv,
    pollLists,
    standing: async () => (await source.standing?.(clock.now())) ?? { notes: [] },
    asked: () => asked.map(({ url }) => (url.includes('/rss/') ? 'feed' : 'api')),
    say: (other: Answer) => {
      answer = other;
    },
    /** Our wall clock is set wrong by so much. */
    step(ms: number) {
      wrong += ms;
      clock.jump(clock.now() + ms);
    },
    restart() {
      source = born();
    },
    /** Polls every quarter of an hour, as usual. */
    async polling(ms: number) {
      for (let passed = 0; passed < ms; passed += HOUR / 4) {
        await clock.advance(HOUR / 4);
        await pollLists();
      }
    },
    /** What came since the last time. */
    taken() {
      const polls = results.splice(0);
      const papers = polls.flatMap((poll) =>
        'failed' in poll ? [] : poll.sightings.map(({ paper }) => paper.id),
      );
      const failures = polls.flatMap((poll) => ('failed' in poll ? [poll.reason] : []));
      const late = polls.filter((poll) => !('failed' in poll) && poll.late);
      return { papers: [...new Set(papers)].sort(), failures, late: late.length };
    },
    /** Reads one poll and never asks for the next: the process ended while it was being kept. */
    async dieAtFirstPoll() {
      const iterator = (await source.poll(clock.now()))[Symbol.asyncIterator]();
      const first = await clock.settle(iterator.next());
      return first.value as Poll;
    },
  };
}

const down = () => new Response('', { status: 503 });

/** What the feed says: the list of `day` under the date of `under`. */
const listOf = (arxiv: ReturnType<typeof announcingArxiv>, day: string, under: string): Answer => {
  const dated = new Date(`${under}T05:00:00Z`).toUTCString();
  const body = rssFeed(
    arxiv.of(day).map((id) => rssItem({ id, dated })),
    dated,
  );
  return (url) => (url.pathname.includes('/rss/') ? new Response(body) : null);
};

describe('announcement days that passed unread', () => {
  it('a list of one of them under today’s date is not today’s', async () => {
    const { clock, arxiv, pollLists, polling, say, taken } = open({ start: '2026-03-03T15:00:00Z' });
    await pollLists();
    await clock.advance(38.5 * HOUR);
    say(listOf(arxiv, '2026-03-04', '2026-03-05'));
    await polling(3 * HOUR);
    expect(taken().papers).toEqual(expect.arrayContaining(arxiv.of('2026-03-04')));
    say(() => null);
    await polling(2 * HOUR);
    expect(taken().papers).toEqual(arxiv.of('2026-03-05'));
  });

  it('nor where it was waited for in vain on its own day', async () => {
    const { clock, arxiv, pollLists, polling, say, taken } = open({ start: '2026-03-05T15:00:00Z' });
    await pollLists();
    await clock.advance(13.5 * HOUR);
    say(listOf(arxiv, '2026-03-05', '2026-03-06'));
    await polling(2 * HOUR);
    await clock.advance(70 * HOUR);
    say(listOf(arxiv, '2026-03-06', '2026-03-09'));
    await polling(3 * HOUR);
    expect(taken().papers).toEqual(expect.arrayContaining(arxiv.of('2026-03-06')));
    say(() => null);
    await polling(2 * HOUR);
    expect(taken().papers).toEqual(arxiv.of('2026-03-09'));
  });

  it('after ten days in which arXiv was down, everything is there within two hours, even on a Saturday', async () => {
    const { clock, arxiv, pollLists, polling, say, taken } = open({ start: '2026-03-03T15:00:00Z' });
    await pollLists();
    expect(taken().papers).toEqual(arxiv.of('2026-03-03'));
    say(down);
    await polling(11 * DAY);
    const during = taken();
    expect(new Date(clock.now()).getUTCDay()).toBe(6);
    say(() => null);

    await polling(2 * HOUR);

    const after = taken();
    expect(during).toMatchObject({ papers: [], late: 0 });
    expect(during.failures.length).toBeGreaterThan(0);
    const missed = ['04', '05', '06', '09', '10', '11', '12', '13'].map((day) => `2026-03-${day}`);
    expect(after.papers).toEqual(expect.arrayContaining(arxiv.of(...missed)));
    expect([after.late, after.failures]).toEqual([8, []]);
    await polling(2 * DAY);
    expect(taken()).toEqual({ papers: arxiv.of('2026-03-16'), failures: [], late: 0 });
  });

  it.each(['2026-03-04', '2026-03-09', '2026-03-10', '2026-03-13'])(
    'after 36 h without Paperboy around %s, the day between comes too, marked as late',
    async (day) => {
      const { clock, arxiv, pollLists, restart, taken, asked } = open({ start: `${day}T02:00:00Z` });
      clock.jump(clock.now() - 3 * DAY);
      await pollLists();
      clock.jump(Date.parse(`${day}T02:00:00Z`));
      await pollLists();
      taken();
      const before = asked().length;
      restart();
      clock.jump(Date.parse(`${day}T02:00:00Z`) + 36 * HOUR);

      await pollLists();

      const { papers, late, failures } = taken();
      expect(papers).toEqual(expect.arrayContaining(arxiv.of(day)));
      expect(late).toBeGreaterThan(0);
      expect(failures).toEqual([]);
      const weekday = new Date(clock.now()).getUTCDay() % 6 !== 0;
      expect(asked()[before]).toBe(weekday ? 'feed' : 'api');
    },
  );

  it('a first start owes no earlier days, and a day that was read is not asked for again after a restart', async () => {
    const { arxiv, pollLists, restart, taken, asked } = open();
    await pollLists();
    restart();

    await pollLists();

    expect(taken().papers).toEqual(arxiv.of('2026-03-03'));
    expect(asked()).toEqual(['feed']);
  });

  it('what was held back by moderators and came on a missed day is not lost', async () => {
    const held = announcingArxiv((id) => (id === '2603.00059' ? 1 : 0));
    const { clock, arxiv, pollLists, taken } = open({ arxiv: held, start: '2026-03-03T15:00:00Z' });
    expect(arxiv.papers[58]).toMatchObject({
      submittedAt: Date.parse('2026-03-02T20:00:00Z'),
      feedDay: '2026-03-05',
    });
    for (const day of ['03', '04', '06']) {
      clock.jump(Date.parse(`2026-03-${day}T15:00:00Z`));
      await pollLists();
    }

    expect(taken().papers).toContain('2603.00059');
  });

  it('is asked for again when Paperboy ended before what was read could be kept', async () => {
    const { clock, arxiv, pollLists, restart, taken, dieAtFirstPoll } = open();
    await pollLists();
    clock.jump(Date.parse('2026-03-07T15:00:00Z'));
    const first = await dieAtFirstPoll();
    restart();
    taken();

    await pollLists();

    expect(first.sightings.length).toBeGreaterThan(0);
    expect(taken().papers).toEqual(
      expect.arrayContaining(arxiv.of('2026-03-04', '2026-03-05', '2026-03-06')),
    );
  });

  it('come in pages, and a page that is missing costs none of them', async () => {
    const { clock, arxiv, pollLists, polling, say, taken } = open();
    await pollLists();
    clock.jump(Date.parse('2026-03-05T15:00:00Z'));
    let broken = true;
    // A server that gives five papers at a time, and says falsely that there are no more.
    say((url) => {
      if (!url.pathname.includes('/api/')) return null;
      if (broken && url.searchParams.get('start') === '5') return new Response(atomFeed([]));
      url.searchParams.set('max_results', '5');
      return new Response(arxiv.answer(url, clock.now()));
    });

    await pollLists();
    const cut = taken();
    broken = false;
    await polling(HOUR);

    expect(cut).toMatchObject({ late: 0, failures: [expect.stringContaining('sent 5 of 16 papers')] });
    expect(taken().papers).toEqual(expect.arrayContaining(arxiv.of('2026-03-04')));
  });

  it('that the API does not tell are named as missing, after the feed of today, with growing waits', async () => {
    const { clock, arxiv, pollLists, polling, say, taken, asked } = open();
    await pollLists();
    taken();
    clock.jump(Date.parse('2026-03-06T15:00:00Z'));
    say((url) => (url.pathname.includes('/api/') ? new Response('', { status: 500 }) : null));

    await pollLists();

    expect(taken()).toEqual({
      papers: arxiv.of('2026-03-06'),
      failures: ['arXiv: answered 500; not read yet: 2026-03-04, 2026-03-05'],
      late: 0,
    });
    await polling(6 * HOUR);
    const tries = asked().filter((what) => what === 'api').length / 3;
    expect(tries).toBeLessThanOrEqual(9);
    say(() => null);
    await polling(1.25 * HOUR);
    expect(taken().papers).toEqual(expect.arrayContaining(arxiv.of('2026-03-04', '2026-03-05')));
  });

  it('further back than fourteen are not read, and the log says so', async () => {
    const warned: object[] = [];
    const log = { ...silentLog, warn: (fields: object) => warned.push(fields) } as unknown as Log;
    const { clock, pollLists, taken, standing } = open({ log, start: '2026-02-24T15:00:00Z' });
    await pollLists();
    clock.jump(Date.parse('2026-04-01T15:00:00Z'));

    await pollLists();

    expect(taken().late).toBe(14);
    expect(warned).toEqual([{ category: 'cs.LG', lastRead: '2026-02-24', from: '2026-03-12' }]);
    const lost = { kind: 'lost', from: '2026-02-25', to: '2026-03-11' };
    expect((await standing()).notes).toEqual([lost]);
    clock.jump(Date.parse('2026-04-09T15:00:00Z'));
    expect((await standing()).notes).toEqual([]);
  });
});

describe('a holiday of arXiv', () => {
  const HOLIDAY = '2026-03-11';
  const ofHoliday = new Set(announcingArxiv().of(HOLIDAY));
  const closed = () => announcingArxiv((id) => (ofHoliday.has(id) ? 1 : 0));

  it('brings nothing, and the next day what was submitted for both, without a word of what was missed', async () => {
    const { arxiv, pollLists, polling, taken, standing } = open({
      arxiv: closed(),
      start: '2026-03-10T15:00:00Z',
    });
    await pollLists();
    await polling(33 * HOUR);
    expect(taken()).toMatchObject({ papers: arxiv.of('2026-03-10'), late: 0 });
    expect((await standing()).notes).toEqual([{ kind: 'quiet', day: HOLIDAY }]);

    await polling(5.5 * HOUR);
    const next = taken();
    expect(next.papers).toEqual(expect.arrayContaining(arxiv.of('2026-03-12')));
    expect(next.failures).toEqual([]);
    expect(arxiv.of('2026-03-12')).toHaveLength(8);
    await polling(24 * HOUR);
    expect(taken()).toMatchObject({ papers: arxiv.of('2026-03-13'), failures: [] });
  });

  it('in the middle of 36 h without Paperboy costs nothing', async () => {
    const { clock, arxiv, pollLists, polling, restart, taken } = open({
      arxiv: closed(),
      start: '2026-03-10T15:00:00Z',
    });
    await pollLists();
    restart();
    clock.jump(Date.parse('2026-03-12T15:00:00Z'));
    await pollLists();
    await polling(2 * HOUR);
    expect(taken().papers).toEqual(arxiv.of('2026-03-10', '2026-03-12'));
    await polling(DAY);
    expect(taken()).toEqual({ papers: arxiv.of('2026-03-13'), failures: [], late: 0 });
  });
});

describe('a wall clock that is wrong', () => {
  it('by sixty days ahead marks no day as read that has not come; put right, nothing is missing', async () => {
    const { clock, arxiv, pollLists, polling, step, restart, taken } = open();
    await pollLists();
    step(60 * DAY);
    await polling(DAY);
    step(-60 * DAY);
    restart();
    clock.jump(clock.now() + 2 * DAY);

    await polling(HOUR);

    expect(taken().papers).toEqual(
      expect.arrayContaining(arxiv.of('2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06')),
    );
  });

  it.each([
    ['sixty days', 60 * DAY],
    ['a week', 7 * DAY],
    ['two hours', 2 * HOUR],
  ])('by %s back does not stop the reading of new days', async (_, ms) => {
    const { arxiv, pollLists, polling, step, taken } = open();
    await pollLists();
    step(-ms);

    await polling(3 * DAY);

    expect(taken().papers).toEqual(
      expect.arrayContaining(arxiv.of('2026-03-03', '2026-03-04', '2026-03-05')),
    );
  });
});

describe('over real sockets', () => {
  it('an arXiv that was unreachable for a day and a half brings the day that was missed', async () => {
    const arxiv = announcingArxiv();
    const clock = createFakeClock('2026-03-03T15:00:00Z');
    const server = await openLoopbackServer((url) => ({ body: arxiv.answer(url, clock.now()) }));
    const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'x', limits: { retries: 0 } });
    const address = { url: server.url, apiUrl: `${server.url}/api/query` };
    const parts = { host: http.host(ARXIV_MANNERS), clock, log: silentLog, categories: ['cs.LG'] };
    const source = createArxivRss({ ...parts, ...address, cursors: volatileCursors() });
    const papers: string[] = [];
    const pollLists = async () => {
      for await (const poll of source.poll(clock.now()))
        if (!('failed' in poll)) papers.push(...poll.sightings.map(({ paper }) => paper.id));
    };
    await clock.settle(pollLists(), 5);
    server.fail('/', 'reset');
    for (let hour = 0; hour < 48; hour++) {
      await clock.advance(HOUR);
      await clock.settle(pollLists(), 5);
    }
    server.heal();

    await clock.advance(HOUR);
    await clock.settle(pollLists(), 20);
    await server.close();

    expect(papers).toEqual(expect.arrayContaining(arxiv.of('2026-03-03', '2026-03-04', '2026-03-05')));
  });
});
