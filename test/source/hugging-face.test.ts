import { describe, expect, it } from 'vitest';
import { openArchive } from '#src/archive/archive.ts';
import { openDatabase } from '#src/foundation/database/database.ts';
import type { Manners } from '#src/foundation/http/host-rate.ts';
import { createHttp } from '#src/foundation/http/http.ts';
import type { Log } from '#src/foundation/log.ts';
import { silentLog } from '#src/foundation/log.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { createHuggingFace } from '#src/source/hugging-face.ts';
import { HUGGING_FACE_MANNERS } from '#src/source/hugging-face-api.ts';
import type { ReadBefore } from '#src/source/read-before.ts';
import type { PollFailure } from '#src/source/source.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createScriptedFetch, json, silence } from '#test/fakes/scripted-fetch.ts';
import { huggingFaceEntry, huggingFaceList } from './bodies.ts';

const TUESDAY = '2026-03-10T15:00:00Z';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Opened = {
  start?: string;
  token?: string | null;
  log?: Log;
  readBefore?: ReadBefore;
  manners?: Partial<Manners>;
};
type Answer = Parameters<typeof createScriptedFetch>[0];

function open(
  answer: Answer,
  { start = TUESDAY, token = null, log = silentLog, readBefore, manners }: Opened = {},
) {
  const clock = createFakeClock(start);
  const { fetch, asked } = createScriptedFetch(answer);
  const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'Paperboy/test' });
  const source = createHuggingFace({
    host: http.host({ ...HUGGING_FACE_MANNERS, ...manners }),
    clock,
    log,
    url: 'https://huggingface.co',
    token,
    readBefore,
  });
  const collect = async () => {
    const results: (Poll | PollFailure)[] = [];
    for await (const result of source.poll(clock.now())) results.push(result);
    return results;
  };
  return { clock, asked, source, pollLists: () => clock.settle(collect()) };
}

const nameOf = (url: string): string => {
  const query = new URL(url).searchParams;
  return query.get('date') ?? query.get('sort') ?? 'latest';
};

const lookAt = (results: (Poll | PollFailure)[], key: string): Poll =>
  results.find((result) => result.key === key) as Poll;

describe('which lists are read when', () => {
  it("reads at first today's batch, then the rankings, then the last seven batch days, weekends left out", async () => {
    const { asked, pollLists } = open(() => json([]));

    await pollLists();

    expect(asked.map(({ url }) => nameOf(url))).toEqual([
      '2026-03-10',
      'trending',
      'latest',
      '2026-03-09',
      '2026-03-06',
      '2026-03-05',
      '2026-03-04',
      '2026-03-03',
      '2026-03-02',
      '2026-02-27',
    ]);
  });

  it('asks for a hundred papers a page', async () => {
    const { asked, pollLists } = open(() => json([]));

    await pollLists();

    expect(new URL(asked[0].url).searchParams.get('limit')).toBe('100');
  });

  it("reads today's batch at every poll, and what is older only when its hour has come", async () => {
    const { asked, clock, pollLists } = open(() => json([]));
    await pollLists();
    asked.length = 0;

    await clock.advance(15 * MINUTE);
    await pollLists();
    const quarter = asked.splice(0).map(({ url }) => nameOf(url));
    await clock.advance(45 * MINUTE);
    await pollLists();
    const hour = asked.splice(0).map(({ url }) => nameOf(url));

    expect(quarter).toEqual(['2026-03-10', 'trending', 'latest']);
    expect(hour).toEqual(['2026-03-10', 'trending', 'latest', '2026-03-09']);
  });

  it('a list that our own share of the quota has no room for is no failure, and is read later', async () => {
    const budget = { requests: 6, per: 5 * MINUTE, reserved: 2 };
    const { clock, pollLists } = open(() => json([]), { manners: { budget } });
    const first = await pollLists();
    await clock.advance(5 * MINUTE);

    const second = await pollLists();

    expect([first.length, second.length]).toEqual([4, 4]);
    expect([...first, ...second].filter((result) => 'failed' in result)).toEqual([]);
  });

  describe('after a restart', () => {
    const POLL = 15 * MINUTE;
    /** Reads once and keeps it, and starts again after `down` minutes with a wall clock set by `step`. */
    const restarted = async (down: number, { answer = (() => json([])) as Answer, step = 0 } = {}) => {
      const archive = await openArchive(await openDatabase(':memory:'), []);
      const readBefore = { lastReadAt: archive.lastReadAt, pollInterval: () => POLL };
      const first = open(answer);
      for (const result of await first.pollLists()) if (!('failed' in result)) await archive.keep(result);
      const start = new Date(first.clock.now() + down * MINUTE + step).toISOString();
      const next = open(() => json([]), { start, readBefore });
      const lists = async () => {
        next.asked.length = 0;
        await next.pollLists();
        return next.asked.map(({ url }) => nameOf(url));
      };
      return { ...next, lists };
    };

    it('reads nothing again that was read less than a poll ago; at the next poll all goes on as ever', async () => {
      const { clock, lists } = await restarted(5);
      const atStart = await lists();
      await clock.advance(10 * MINUTE);

      expect([atStart, await lists()]).toEqual([[], ['2026-03-10', 'trending', 'latest']]);
    });

    it('reads what is due: older lists wait for their hour, whatever was between', async () => {
      const { lists } = await restarted(61);

      expect(await lists()).toEqual(['2026-03-10', 'trending', 'latest', '2026-03-09']);
    });

    it('reads at once what failed, or was cut short, before', async () => {
      const failing = (url: URL) =>
        url.searchParams.get('date') === '2026-03-09' ? new Response('', { status: 400 }) : json([]);
      const cut = (url: URL) =>
        url.searchParams.get('date') === '2026-03-10' && url.searchParams.get('p') !== null
          ? new Response('', { status: 400 })
          : json(url.searchParams.get('date') === '2026-03-10' ? huggingFaceList(100) : []);

      expect(await (await restarted(1, { answer: failing })).lists()).toEqual(['2026-03-09']);
      expect(await (await restarted(1, { answer: cut })).lists()).toEqual(['2026-03-10']);
    });

    it('a clock that was set back holds no list up for longer than its time', async () => {
      const { clock, lists } = await restarted(5, { step: -2 * HOUR });
      const atStart = await lists();
      await clock.advance(POLL);

      expect([atStart, await lists()]).toEqual([[], ['2026-03-10', 'trending', 'latest']]);
    });
  });

  it('stays below a third of the anonymous quota, even when polled every ten seconds', async () => {
    const { asked, clock, pollLists } = open(() => json([]));

    const until = clock.now() + 10 * MINUTE;
    while (clock.now() < until) {
      await pollLists();
      await clock.advance(10_000);
    }

    expect(asked.length / 2).toBeLessThan(500 / 3);
  });

  it('opens the next batch at 21:30 New York time, in summer and in winter', async () => {
    const first = async (start: string) => {
      const { asked, pollLists } = open(() => json([]), { start });
      await pollLists();
      return nameOf(asked[0].url);
    };

    expect(await first('2026-07-08T01:29:59Z')).toBe('2026-07-07');
    expect(await first('2026-07-08T01:30:00Z')).toBe('2026-07-08');
    expect(await first('2026-01-07T02:29:59Z')).toBe('2026-01-06');
    expect(await first('2026-01-07T02:30:00Z')).toBe('2026-01-07');
  });

  it('asks for a weekend day only now and then, and takes its empty list for what it is', async () => {
    const { asked, clock, pollLists } = open(() => json([]), { start: '2026-03-07T15:00:00Z' });
    const results = await pollLists();
    asked.length = 0;
    await clock.advance(15 * MINUTE);

    await pollLists();

    expect(lookAt(results, '2026-03-07')).toMatchObject({ list: 'daily', complete: true, sightings: [] });
    expect(asked.map(({ url }) => nameOf(url))).not.toContain('2026-03-07');
  });

  it('asks at the next poll for a list that failed', async () => {
    let down = true;
    const { asked, clock, pollLists } = open((url) =>
      down && nameOf(url.href) === '2026-03-04' ? new Response('', { status: 403 }) : json([]),
    );
    await pollLists();
    asked.length = 0;
    down = false;
    await clock.advance(MINUTE);

    const results = await pollLists();

    expect(lookAt(results, '2026-03-04')).toMatchObject({ list: 'daily', complete: true });
  });

  it.each([
    ['an hour back', -HOUR],
    ['two hours ahead', 2 * HOUR],
  ])('does not stand still nor hurry when the wall clock is set %s', async (_, step) => {
    const { asked, clock, pollLists } = open(() => json([]));
    await pollLists();
    asked.length = 0;
    clock.jump(clock.now() + step);
    await pollLists();
    const atOnce = asked.splice(0).length;
    await clock.advance(15 * MINUTE);

    await pollLists();

    expect(atOnce).toBe(0);
    expect(asked.map(({ url }) => nameOf(url))).toEqual(['2026-03-10', 'trending', 'latest']);
  });

  it('asks for lists that fail ever more rarely, and within a quarter of an hour of their recovery', async () => {
    let down = true;
    const { asked, clock, pollLists } = open(() => (down ? new Response('', { status: 403 }) : json([])));
    const failing = async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 5000) {
        await pollLists();
        await clock.advance(5000);
      }
    };
    await failing(6 * HOUR);
    const tries = asked.filter(({ url }) => nameOf(url) === '2026-03-10').length;
    down = false;
    asked.length = 0;
    await failing(15 * MINUTE);

    expect(tries).toBeLessThan(40);
    expect(new Set(asked.map(({ url }) => nameOf(url))).size).toBe(10);
  });
});

describe('a poll', () => {
  it('has the papers in the order of the list, with their places', async () => {
    const { pollLists } = open((url) => json(nameOf(url.href) === '2026-03-10' ? huggingFaceList(3) : []));

    const poll = lookAt(await pollLists(), '2026-03-10');

    expect(poll).toMatchObject({ source: 'hugging-face', list: 'daily', complete: true, malformed: 0 });
    expect(poll.sightings.map(({ place, paper }) => [place, paper.id])).toEqual([
      [1, '2603.00001'],
      [2, '2603.00002'],
      [3, '2603.00003'],
    ]);
  });

  it('keeps the good items when one is malformed, counts it, leaves its place empty and logs why', async () => {
    const told: object[] = [];
    const log = { ...silentLog, info: (fields: object) => told.push(fields) };
    const items = [
      huggingFaceEntry({ id: '2603.00001' }),
      huggingFaceEntry({ title: 7 }),
      huggingFaceEntry({ id: '2603.00003' }),
    ];
    const { pollLists } = open((url) => json(nameOf(url.href) === '2026-03-10' ? items : []), { log });

    const poll = lookAt(await pollLists(), '2026-03-10');

    expect(poll.malformed).toBe(1);
    expect(poll.sightings.map(({ place, paper }) => [place, paper.id])).toEqual([
      [1, '2603.00001'],
      [3, '2603.00003'],
    ]);
    expect(told).toEqual([
      {
        ...{ source: 'hugging-face', list: 'daily 2026-03-10', malformed: 1, of: 3 },
        reasons: [expect.stringContaining('title')],
      },
    ]);
  });

  it('follows the announced pages, numbering on', async () => {
    const { pollLists, asked } = open((url) => {
      if (nameOf(url.href) !== '2026-03-10') return json([]);
      if (url.searchParams.get('p') === '1') return json(huggingFaceList(20, 101));
      return json(huggingFaceList(100), {
        link: '</api/daily_papers?date=2026-03-10&limit=100&p=1>; rel="next"',
      });
    });

    const poll = lookAt(await pollLists(), '2026-03-10');

    expect(poll.sightings).toHaveLength(120);
    expect(poll.sightings.at(-1)?.place).toBe(120);
    expect(poll.complete).toBe(true);
    expect(asked.filter(({ url }) => nameOf(url) === '2026-03-10')).toHaveLength(2);
  });

  it('asks for a further page after a full one without an announcement', async () => {
    const { pollLists } = open((url) => {
      if (nameOf(url.href) !== '2026-03-10') return json([]);
      return json(url.searchParams.get('p') === '1' ? [] : huggingFaceList(100));
    });

    expect(lookAt(await pollLists(), '2026-03-10')).toMatchObject({ complete: true });
  });

  it('counts a paper once when the list moved between two pages', async () => {
    const { pollLists } = open((url) => {
      if (nameOf(url.href) !== '2026-03-10') return json([]);
      return json(url.searchParams.get('p') === '1' ? huggingFaceList(10, 96) : huggingFaceList(100));
    });

    const poll = lookAt(await pollLists(), '2026-03-10');

    expect(poll.sightings).toHaveLength(105);
    expect(poll.sightings.at(-1)?.place).toBe(105);
  });

  it('is incomplete when a later page fails, keeps what came, and is taken again at the next poll', async () => {
    const { pollLists, asked, clock } = open((url) => {
      if (nameOf(url.href) !== '2026-03-04') return json([]);
      return url.searchParams.get('p') === '1'
        ? new Response('', { status: 403 })
        : json(huggingFaceList(100));
    });
    const poll = lookAt(await pollLists(), '2026-03-04');
    asked.length = 0;
    await clock.advance(MINUTE);

    await pollLists();

    expect(poll).toMatchObject({ complete: false });
    expect(poll.sightings).toHaveLength(100);
    expect(asked.map(({ url }) => nameOf(url))).toContain('2026-03-04');
  });

  it('does not follow a link round in circles, nor with its token to another host', async () => {
    const { pollLists, asked } = open(
      (url) => json(huggingFaceList(3), { link: `<https://elsewhere.example${url.pathname}>; rel="next"` }),
      { token: 'secret' },
    );
    const circles = open((url) =>
      json(huggingFaceList(3), {
        link: `<${url.pathname}?p=${Number(url.searchParams.get('p')) + 1}>; rel="next"`,
      }),
    );

    await pollLists();
    const results = await circles.pollLists();

    expect(asked.every(({ url }) => url.startsWith('https://huggingface.co/'))).toBe(true);
    expect(asked[0].headers.get('authorization')).toBe('Bearer secret');
    expect(lookAt(results, '2026-03-10').complete).toBe(false);
    expect(circles.asked.length).toBeLessThan(60);
  });

  it('of the rankings is one page, and does not pretend to be everything', async () => {
    const { pollLists } = open((url) =>
      json(huggingFaceList(100), { link: `<${url.pathname}?p=1>; rel="next"` }),
    );

    const results = await pollLists();

    const ranking = results.find(({ list }) => list === 'trending') as Poll;
    expect(ranking.complete).toBe(false);
    expect(ranking.sightings.at(-1)?.place).toBe(100);
  });

  it('hands on votes that fell', async () => {
    let votes = 40;
    const { pollLists, clock } = open((url) =>
      json(nameOf(url.href) === '2026-03-10' ? [huggingFaceEntry({ upvotes: votes })] : []),
    );
    await pollLists();
    votes = 38;
    await clock.advance(15 * MINUTE);

    const poll = lookAt(await pollLists(), '2026-03-10');

    expect(poll.sightings[0].votes).toBe(38);
  });

  it('hands on a paper that is featured again, with its newer day', async () => {
    const { pollLists } = open((url) => {
      const day = nameOf(url.href);
      return json(
        /^\d/.test(day) && day >= '2026-03-09'
          ? [huggingFaceEntry({ submittedOnDailyAt: `${day}T00:00:00.000Z` })]
          : [],
      );
    });

    const results = await pollLists();

    expect(lookAt(results, '2026-03-10').sightings[0]).toMatchObject({
      batchDay: '2026-03-10',
      paper: { id: '2603.01234' },
    });
    expect(lookAt(results, '2026-03-09').sightings[0]).toMatchObject({
      batchDay: '2026-03-09',
      paper: { id: '2603.01234' },
    });
  });

  it("takes the list's own day for items that do not tell theirs, as before 2025-03", async () => {
    const { pollLists } = open((url) =>
      json(nameOf(url.href) === '2026-03-10' ? [huggingFaceEntry({ submittedOnDailyAt: undefined })] : []),
    );

    expect(lookAt(await pollLists(), '2026-03-10').sightings[0].batchDay).toBe('2026-03-10');
  });
});

describe('a list that fails', () => {
  it('does not hold back the others: they come first, and the silent one is named last', async () => {
    const { pollLists } = open((url) => (nameOf(url.href) === '2026-03-10' ? silence() : json([])));

    const results = await pollLists();

    expect(results).toHaveLength(10);
    expect(results.at(-1)).toMatchObject({
      failed: true,
      list: 'daily',
      key: '2026-03-10',
      reason: expect.stringContaining('no answer'),
    });
  });

  it('tells what Hugging Face says about a date that it calls too late', async () => {
    const error = '✖ "date" must be less than or equal to "2026-03-09T00:00:00.000Z"\n  → at date';
    const { pollLists, asked } = open((url) =>
      nameOf(url.href) === '2026-03-10' ? json({ error }, {}, 400) : json([]),
    );

    const results = await pollLists();

    expect(lookAt(results, '2026-03-10')).toMatchObject({
      failed: true,
      reason: expect.stringContaining('must be less than or equal'),
    });
    expect(asked.filter(({ url }) => nameOf(url) === '2026-03-10')).toHaveLength(1);
  });
});

describe('looking up', () => {
  it('finds one paper by its id, before what merely polls', async () => {
    const { source, clock, asked } = open(() => json(huggingFaceEntry().paper));

    const poll = await clock.settle(source.find?.('2603.01234') ?? Promise.resolve(null));

    expect(asked[0].url).toBe('https://huggingface.co/api/papers/2603.01234');
    expect(poll).toMatchObject({
      list: 'lookup',
      sightings: [{ place: 1, votes: 34, batchDay: '2026-03-10', paper: { id: '2603.01234' } }],
    });
  });

  it('says null for a paper that Hugging Face does not know', async () => {
    const { source, clock } = open(() => json({ error: 'Paper not found' }, {}, 404));

    expect(await clock.settle(source.find?.('2603.01234') ?? Promise.reject())).toBeNull();
  });

  it('searches for words, at most as many as asked for', async () => {
    const { source, clock, asked } = open(() => json(huggingFaceList(50)));

    const poll = await clock.settle(source.search?.('sparse attention', 5) ?? Promise.reject());

    expect(asked[0].url).toBe('https://huggingface.co/api/papers/search?q=sparse+attention&limit=5');
    expect(poll.sightings).toHaveLength(5);
  });

  it('does not ask for fewer than three letters, which Hugging Face refuses', async () => {
    const { source, clock, asked } = open(() => json([]));

    const poll = await clock.settle(source.search?.(' ai ', 5) ?? Promise.reject());

    expect(poll.sightings).toEqual([]);
    expect(asked).toEqual([]);
  });
});
