import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttp } from '#src/foundation/http/http.ts';
import { silentLog } from '#src/foundation/log.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { sayPhrase } from '#src/render/say.ts';
import { type Asked, type AskSources, createAskSources } from '#src/service/ask-sources.ts';
import { nobodyHas, tellAsked } from '#src/service/tell-asked.ts';
import type { PollFailure, Source } from '#src/source/source.ts';
import { announcingArxiv } from '#test/fakes/announcing-arxiv.ts';
import { createFakeClock, type FakeClock } from '#test/fakes/fake-clock.ts';
import { type LoopbackServer, openLoopbackServer } from '#test/fakes/loopback-server.ts';
import { sourcesAt } from '#test/fakes/sources-at.ts';
import { atomEntry, atomFeed, huggingFaceEntry } from '#test/source/bodies.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Real milliseconds for real sockets before each step of the clock. */
const IDLE = 3;

/** What people read of it. */
const saidOf = (asked: Asked): string[] => tellAsked(asked).map(sayPhrase);

describe('members ask the sources', () => {
  let server: LoopbackServer;
  let clock: FakeClock;
  let sources: Source[];
  let ask: AskSources;
  /** When arXiv was asked what, by time passed. */
  let arxivAsked: { at: number; path: string }[];
  let known: (id: string) => boolean;
  let hugging: () => string | null;
  let heard: (Poll | PollFailure)[];
  let closing: AbortController;

  beforeEach(async () => {
    clock = createFakeClock('2026-03-10T15:00:00Z');
    arxivAsked = [];
    known = () => true;
    hugging = () => null;
    closing = new AbortController();
    const arxiv = announcingArxiv();
    server = await openLoopbackServer((url) => {
      if (url.pathname.startsWith('/api/papers/search')) return { body: '[]' };
      if (url.pathname.startsWith('/api/papers/')) {
        const body = hugging();
        return body ? { body } : { status: 404, body: '{"error":"none"}' };
      }
      if (url.pathname === '/api/daily_papers') return { body: '[]' };
      arxivAsked.push({ at: clock.elapsed(), path: url.pathname });
      if (url.pathname.startsWith('/rss/')) return { body: arxiv.answer(url, clock.now()) };
      const ids = (url.searchParams.get('id_list') ?? '2603.00001').split(',').filter(known);
      return { body: atomFeed(ids.map((id) => atomEntry({ id: `${id}v1` }))) };
    });
    sources = sourcesAt(
      server.url,
      {
        http: createHttp({ fetch, clock, log: silentLog, userAgent: 'x', closing: closing.signal }),
        clock,
        log: silentLog,
      },
      { ARXIV_CATEGORIES: 'cs.AI,cs.CL,cs.CV,cs.LG,stat.ML' },
    );
    heard = [];
    const notePoll = async (poll: Poll | PollFailure) => void heard.push(poll);
    ask = createAskSources({ sources, clock, log: silentLog, closing: closing.signal, notePoll });
  });
  afterEach(() => server.close());

  /** So many seconds pass, one by one, in which real sockets answer. */
  const live = async (seconds: number) => {
    for (let second = 0; second < seconds; second++) await settle(clock.sleep(1000));
  };
  const settle = <T>(work: Promise<T>) => clock.settle(work, IDLE);
  const apiAsked = () => arxivAsked.filter(({ path }) => path === '/api/query').length;
  const feedTimes = () => arxivAsked.filter(({ path }) => path.startsWith('/rss/')).map(({ at }) => at);
  const readFeeds = async () => {
    for await (const poll of await sources[1].poll(clock.now())) expect(poll).not.toHaveProperty('failed');
  };

  it('once each: the same question at the same time, or again within ten minutes, goes out once', async () => {
    const both = await settle(Promise.all([ask.paper('2603.00001', 'a'), ask.paper('2603.00001', 'b')]));
    await settle(ask.paper('2603.00001', 'a'));
    await clock.advance(10 * MINUTE);
    const asked = server.requests.length;
    await settle(ask.paper('2603.00001', 'a'));

    expect(both[0].polls).toEqual(both[1].polls);
    // arXiv's answer is remembered for the day.
    expect([asked, apiAsked()]).toEqual([2, 1]);
  });

  it('a paper nobody knows: the answer does not wait for a doubt, and says who has none', async () => {
    known = () => false;

    const asked = await settle(ask.paper('2603.99999', 'a'));

    expect(saidOf(asked)).toEqual(['Hugging Face: none.', 'arXiv: none.']);
    expect(nobodyHas(asked)).toBe(true);
    expect(clock.elapsed()).toBeLessThan(1000);
    expect(apiAsked()).toBe(1);
  });

  it('what arXiv did not find is asked for once more when nobody waits, and what that finds is the next asker’s', async () => {
    known = () => apiAsked() > 1;
    await settle(ask.paper('2603.00001', 'a'));
    await live(10);

    const next = await settle(ask.paper('2603.00001', 'b'));

    expect(apiAsked()).toBe(2);
    expect(next.polls.map(({ sightings }) => sightings[0].paper.id)).toEqual(['2603.00001']);
    expect(next.answers.at(-1)).toMatchObject({ source: 'arXiv', said: { kind: 'found', papers: 1 } });
  });

  it('a doubt goes after everybody else', async () => {
    known = () => false;
    await settle(ask.paper('2603.00001', 'a'));

    await settle(readFeeds());
    await live(10);

    const asked = arxivAsked.map(({ path }) => path);
    expect([asked[0], asked.length, asked.at(-1)]).toEqual(['/api/query', 7, '/api/query']);
  });

  it('a doubt ends when somebody asks anew and is answered; that answer is doubted too', async () => {
    known = () => false;
    await settle(ask.paper('2603.00001', 'a'));

    await settle(ask.paper('2603.00001', 'b', { again: true }));
    const answered = apiAsked();
    await live(30);

    expect([answered, apiAsked()]).toEqual([2, 3]);
  });

  it('the same question within ten minutes is answered with what was said, and when; again, it is asked', async () => {
    known = () => false;
    await settle(ask.paper('2603.99999', 'a'));
    await live(180);
    const out = server.requests.length;

    const same = await settle(ask.paper('2603.99999', 'b'));
    const sameOut = server.requests.length;
    const again = await settle(ask.paper('2603.99999', 'b', { again: true }));

    const at = Date.parse('2026-03-10T15:00:00Z') / 1000;
    expect(saidOf(same).join(' ')).toMatch(
      new RegExp(`^Hugging Face: none \\(asked <t:${at}:R>\\)\\. arXiv: none \\(asked <t:${at}:R>\\)\\.$`),
    );
    expect([sameOut - out, server.requests.length - sameOut]).toEqual([0, 2]);
    expect(saidOf(again)).toEqual(['Hugging Face: none.', 'arXiv: none.']);
  });

  it('only the source that failed is asked when the question comes once more', async () => {
    known = () => false;
    server.fail('/api/query', { status: 500 });
    const first = await settle(ask.paper('2603.99999', 'a'));
    server.heal();
    await live(60);
    const asked = server.requests.length;

    const second = await settle(ask.paper('2603.99999', 'a'));

    expect(saidOf(first)).toEqual(['Hugging Face: none.', 'arXiv: an error (500).']);
    expect(server.requests.slice(asked).map(({ path }) => path.split('?')[0])).toEqual(['/api/query']);
    expect(second.answers.map(({ said }) => said.kind)).toEqual(['none', 'none']);
  });

  it('asking again and again counts: the eleventh time they are told until when', async () => {
    known = () => false;
    for (let number = 0; number < 10; number++) {
      const { refusal } = await settle(ask.paper('2603.99999', 'a', { again: true }));
      expect(refusal).toBeNull();
      await live(30);
    }

    const eleventh = await settle(ask.paper('2603.99999', 'a', { again: true }));

    expect(eleventh.refusal).toMatchObject({ limit: 'member' });
    expect(saidOf(eleventh).join()).toMatch(/can be asked again <t:\d+:R>/);
  });

  it('one member alone cannot take all places: others are still asked for', async () => {
    const eager = Array.from({ length: 10 }, (_, number) => ask.paper(`2603.0000${number}`, 'eager'));
    const other = ask.paper('2603.00020', 'other');

    const answers = await settle(Promise.all([...eager, other]));

    expect(answers.slice(0, -1).filter(({ refusal }) => refusal?.limit === 'member at once')).toHaveLength(7);
    expect(answers.at(-1)?.refusal).toBeNull();
  });

  it('a paper that Hugging Face knows at once is not asked for at arXiv', async () => {
    hugging = () => JSON.stringify(huggingFaceEntry({ id: '2603.00001' }).paper);

    const asked = await settle(ask.paper('2603.00001', 'a'));

    expect([asked.polls.length, apiAsked()]).toEqual([1, 0]);
  });

  it('a Hugging Face that is silent holds nothing up: arXiv’s paper is the answer, and the silent line is let go', async () => {
    server.fail('/api/papers/', 'hang');

    const asked = await settle(ask.paper('2603.00001', 'a'));

    expect(asked.polls).toHaveLength(1);
    expect(clock.elapsed()).toBeLessThan(1000);
  });

  it('what no source answers is told as the time that the request was under way, not that it waited here', async () => {
    server.fail('/api/query', 'hang');
    const polled = readFeeds();
    await live(1);

    const asked = await settle(ask.paper('2603.00001', 'a'));
    await settle(polled);

    const [said] = asked.answers.filter(({ source }) => source === 'arXiv').map((answer) => answer.said);
    const line = saidOf(asked).at(-1);
    expect(said.kind).toBe('late');
    expect(line).toBe('arXiv: no answer in 4 s.');
    expect(clock.elapsed()).toBeGreaterThanOrEqual(7000);
  });

  it('behind a poll that arXiv does not answer they are told of the line, and arXiv is not called silent for it', async () => {
    server.fail('/rss/', 'hang');
    const polled = (async () => {
      for await (const poll of await sources[1].poll(clock.now())) expect(poll).toHaveProperty('failed');
    })();
    await live(1);

    const asked = await settle(ask.paper('2603.00001', 'a'));
    await settle(polled);

    expect(saidOf(asked).at(-1)).toBe('arXiv: not asked yet, another question is under way.');
    expect(heard.filter((poll) => 'failed' in poll)).toEqual([]);
  });

  it('a pause that arXiv asks for is told as such, also to whom it was told first', async () => {
    server.fail('/api/query', { status: 429, headers: { 'retry-after': '600' } });

    const first = await settle(ask.paper('2603.00001', 'a'));
    const second = await settle(ask.paper('2603.00002', 'a'));

    const until = Math.ceil(Date.parse('2026-03-10T15:10:00Z') / 1000);
    for (const asked of [first, second]) {
      const told = /^arXiv: it wants a pause, ask again <t:(\d+):R>\.$/.exec(saidOf(asked).at(-1) ?? '');
      expect(Math.abs(Number(told?.[1]) - until)).toBeLessThan(10);
    }
    expect(heard.filter((poll) => 'failed' in poll)).toEqual([]);
  });

  it('how each source fared is told to whoever reports on sources', async () => {
    server.fail('/api/query', 'html', 3);
    await settle(ask.paper('2603.00001', 'a'));

    expect(heard.map((poll) => [poll.source, 'failed' in poll])).toEqual([
      ['hugging-face', false],
      ['arxiv-api', true],
    ]);
  });

  it('the end of Paperboy ends every question, and is nobody’s fault', async () => {
    server.fail('/api/', 'hang');
    const asking = Promise.all([
      ask.paper('2603.00001', 'a'),
      ask.papers('words', 5, 'b'),
      ask.paper('2603.00002', 'c'),
    ]);
    await live(1);

    closing.abort();

    const answers = await asking;
    expect(answers.flatMap((asked) => asked.answers).some(({ said }) => said.kind === 'late')).toBe(false);
    expect(heard).toEqual([]);
  });

  it('ten times in ten minutes each; then they are told until when, and others are not affected', async () => {
    for (let number = 0; number < 10; number++) {
      await settle(ask.paper(`2603.0000${number}`, 'eager'));
      await clock.advance(MINUTE / 2);
    }
    const out = server.requests.length;

    const refused = await settle(ask.paper('2603.00020', 'eager'));
    const other = await settle(ask.paper('2603.00021', 'other'));

    expect(refused).toMatchObject({ polls: [], refusal: { limit: 'member' } });
    expect(Math.round((refused.refusal?.until ?? 0) / MINUTE)).toBe(
      Date.parse('2026-03-10T15:10:00Z') / MINUTE,
    );
    expect(other.polls).toHaveLength(1);
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

    const holds = many.flatMap(({ answers }) =>
      answers.flatMap(({ said }) => (said.kind === 'held' ? said.hold.kind : [])),
    );
    expect(holds.length).toBeGreaterThan(0);
    expect(new Set(holds)).toEqual(new Set(['queue']));
  });

  it('whose patience ended are not asked for: a silent source is passed over, and its line is free again', async () => {
    server.fail('/api/query', 'hang', 1);
    const asked = await settle(ask.paper('2603.00001', 'a'));
    const failed = clock.elapsed();

    await clock.advance(HOUR);
    await settle(ask.paper('2603.00002', 'a'));

    expect(failed).toBeLessThan(5000);
    expect(saidOf(asked).at(-1)).toBe('arXiv: no answer in 4 s.');
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
