import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttp } from '#src/foundation/http.ts';
import { silentLog } from '#src/foundation/log.ts';
import { type AskSources, createAskSources } from '#src/service/ask-sources.ts';
import type { Source } from '#src/source/source.ts';
import { createSources } from '#src/source/sources.ts';
import { announcingArxiv } from '#test/fakes/announcing-arxiv.ts';
import { createFakeClock, type FakeClock } from '#test/fakes/fake-clock.ts';
import { type LoopbackServer, openLoopbackServer } from '#test/fakes/loopback-server.ts';
import { atomEntry, atomFeed } from '#test/source/bodies.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Real milliseconds for real sockets before each step of the clock. */
const IDLE = 3;

describe('members ask the sources', () => {
  let server: LoopbackServer;
  let clock: FakeClock;
  let sources: Source[];
  let ask: AskSources;
  /** When arXiv was asked what, by time passed. */
  let arxivAsked: { at: number; path: string }[];
  let known: (id: string) => boolean;

  beforeEach(async () => {
    clock = createFakeClock('2026-03-10T15:00:00Z');
    arxivAsked = [];
    known = () => true;
    const arxiv = announcingArxiv();
    server = await openLoopbackServer((url) => {
      if (url.pathname.startsWith('/api/papers/search')) return { body: '[]' };
      if (url.pathname.startsWith('/api/papers/')) return { status: 404, body: '{"error":"none"}' };
      if (url.pathname === '/api/daily_papers') return { body: '[]' };
      arxivAsked.push({ at: clock.elapsed(), path: url.pathname });
      if (url.pathname.startsWith('/rss/')) return { body: arxiv.answer(url, clock.now()) };
      const ids = (url.searchParams.get('id_list') ?? '2603.00001').split(',').filter(known);
      return { body: atomFeed(ids.map((id) => atomEntry({ id: `${id}v1` }))) };
    });
    sources = createSources(
      {
        huggingFaceUrl: server.url,
        huggingFaceToken: null,
        arxivApiUrl: `${server.url}/api/query`,
        arxivRssUrl: server.url,
        arxivCategories: ['cs.AI', 'cs.CL', 'cs.CV', 'cs.LG', 'stat.ML'],
      },
      { http: createHttp({ fetch, clock, log: silentLog, userAgent: 'x' }), clock, log: silentLog },
    );
    ask = createAskSources({ sources, clock, log: silentLog });
  });
  afterEach(() => server.close());

  const settle = <T>(work: Promise<T>) => clock.settle(work, IDLE);
  const apiAsked = () => arxivAsked.filter(({ path }) => path === '/api/query').length;
  const feedTimes = () => arxivAsked.filter(({ path }) => path.startsWith('/rss/')).map(({ at }) => at);
  const readFeeds = async () => {
    for await (const look of sources[1].looks(clock.now())) expect(look).not.toHaveProperty('failed');
  };

  it('once each: the same question at the same time, or again within ten minutes, goes out once', async () => {
    const both = await settle(Promise.all([ask.paper('2603.00001', 'a'), ask.paper('2603.00001', 'b')]));
    await settle(ask.paper('2603.00001', 'a'));
    await clock.advance(10 * MINUTE);
    const asked = server.requests.length;
    await settle(ask.paper('2603.00001', 'a'));

    expect(both[0].looks).toEqual(both[1].looks);
    // arXiv's answer is remembered for the day.
    expect([asked, apiAsked()]).toEqual([2, 1]);
  });

  it('a paper nobody knows: arXiv is asked once, and the answer does not wait for a doubt', async () => {
    known = () => false;
    const before = clock.elapsed();

    const asked = await settle(ask.paper('2603.99999', 'a'));

    expect(asked).toMatchObject({ failures: [], answered: ['Hugging Face', 'arXiv'] });
    expect(clock.elapsed() - before).toBe(0);
    await clock.advance(MINUTE);
    expect(apiAsked()).toBe(1);
  });

  it('ten times in ten minutes each; then they are told until when, and others are not affected', async () => {
    for (let number = 0; number < 10; number++) {
      await settle(ask.paper(`2603.0000${number}`, 'eager'));
      await clock.advance(MINUTE / 2);
    }
    const out = server.requests.length;

    const refused = await settle(ask.paper('2603.00020', 'eager'));
    const other = await settle(ask.paper('2603.00021', 'other'));

    expect(refused).toMatchObject({ looks: [], refusal: { limit: 'member' } });
    expect(Math.round((refused.refusal?.until ?? 0) / MINUTE)).toBe(
      Date.parse('2026-03-10T15:10:00Z') / MINUTE,
    );
    expect(other.looks).toHaveLength(1);
    expect(server.requests.length).toBe(out + 2);
    await clock.advance(10 * MINUTE);
    expect((await settle(ask.paper('2603.00020', 'eager'))).refusal).toBeNull();
  });

  it.each([
    ['one member', 1],
    ['twenty members', 20],
  ])('two hundred searches by %s at once do not hold up the announcements', async (_, members) => {
    const asking = Array.from({ length: 200 }, (__, number) =>
      ask.papers(`words ${number}`, 5, `member ${number % members}`),
    );
    const reading = readFeeds();

    const answers = await settle(Promise.all(asking));
    await settle(reading);

    expect(answers.filter(({ refusal }) => refusal !== null).length).toBeGreaterThan(180);
    expect(feedTimes()).toHaveLength(5);
    expect(feedTimes().at(-1)).toBeLessThanOrEqual(30_000);
  });

  it('two hundred searches of twenty members, one after another, delay no announcement by more than their turn', async () => {
    let isReading = true;
    const reading = readFeeds().finally(() => {
      isReading = false;
    });
    const searching = async () => {
      for (let number = 0; number < 200 && isReading; number++)
        await ask.papers(`words ${number}`, 5, `member ${number % 20}`);
    };

    await settle(Promise.all([reading, searching(), searching()]));

    expect(feedTimes()).toHaveLength(5);
    // Every other turn is theirs: five feeds and five questions, three seconds each.
    expect(feedTimes().at(-1)).toBeLessThanOrEqual(30_000);
  });

  it('and get an answer that does not call our own queue the source’s fault', async () => {
    const many = await settle(
      Promise.all(Array.from({ length: 5 }, (_, number) => ask.paper(`2603.0000${number}`, `m${number}`))),
    );

    const holds = many.flatMap(({ failures }) => failures.map(({ hold }) => hold?.kind));
    expect(holds.length).toBeGreaterThan(0);
    expect(new Set(holds)).toEqual(new Set(['queue']));
  });

  it('whose patience ended are not asked for: a silent source is passed over, and its line is free again', async () => {
    server.fail('/api/query', 'hang', 1);
    const asked = await settle(ask.paper('2603.00001', 'a'));
    const failed = clock.elapsed();

    await clock.advance(HOUR);
    await settle(ask.paper('2603.00002', 'a'));

    expect(failed).toBe(6000);
    expect(asked.failures).toMatchObject([{ message: 'arXiv: no answer within 6 s', hold: null }]);
    const asks = server.requests.filter(({ path }) => path.startsWith('/api/query'));
    expect(asks.map(({ path }) => /id_list=([\d.]+)/.exec(path)?.[1])).toEqual(['2603.00001', '2603.00002']);
  });

  it.each([
    ['sixty days ahead', 60 * 24 * HOUR],
    ['two hours back', -2 * HOUR],
  ])('are held to their limit whatever the wall clock does: %s', async (_, step) => {
    for (let number = 0; number < 10; number++) {
      await settle(ask.paper(`2603.0000${number}`, 'eager'));
      await clock.advance(MINUTE / 2);
    }
    clock.jump(clock.now() + step);
    const during = await settle(ask.paper('2603.00020', 'eager'));
    await clock.advance(5 * MINUTE);

    const after = await settle(ask.paper('2603.00020', 'eager'));

    expect([during.refusal?.limit, after.refusal]).toEqual(['member', null]);
  });
});
