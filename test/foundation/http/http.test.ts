import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { systemClock } from '#src/foundation/clock.ts';
import { OutsideError } from '#src/foundation/failure.ts';
import type { HostRateRecord, Manners } from '#src/foundation/http/host-rate.ts';
import { createHttp, type HttpHost, type HttpLimits } from '#src/foundation/http/http.ts';
import { readJson } from '#src/foundation/http/http-body.ts';
import type { Urgency } from '#src/foundation/http/http-line.ts';
import { type Log, silentLog } from '#src/foundation/log.ts';
import { createFakeClock, type FakeClock } from '#test/fakes/fake-clock.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';
import { openLoopbackServer } from '#test/fakes/loopback-server.ts';
import { createScriptedFetch, json, silence } from '#test/fakes/scripted-fetch.ts';

const MANNERS: Manners = {
  system: 'Somewhere',
  connections: 2,
  spacing: 0,
  budget: null,
  refusals: [429],
  rest: { first: 5000, most: 60_000 },
};

const HOUR = 3600_000;
const URL_A = 'https://somewhere.example/a';

type Answer = Parameters<typeof createScriptedFetch>[0];

function open(
  answer: Answer,
  manners: Partial<Manners> = {},
  limits: Partial<HttpLimits> = {},
  log: Log = silentLog,
) {
  const clock = createFakeClock(0);
  const started: number[] = [];
  const scripted = createScriptedFetch((url, count) => {
    started.push(clock.now());
    return answer(url, count);
  });
  const http = createHttp({
    fetch: scripted.fetch,
    clock,
    log,
    userAgent: 'Paperboy/1',
    limits,
    random: () => 0,
  });
  return { clock, started, asked: scripted.asked, host: http.host({ ...MANNERS, ...manners }) };
}

const get = (host: HttpHost, clock: FakeClock, url = URL_A) => clock.settle(host.get(url, readJson));

describe('asking', () => {
  it('hands back the value, the status and the next page that a Link header announces', async () => {
    const { host, clock } = open(() => json([1], { link: '</b?p=0>; rel="prev", </a?p=1>; rel="next"' }));

    const answer = await get(host, clock);

    expect(answer).toEqual({ status: 200, value: [1], next: 'https://somewhere.example/a?p=1' });
  });

  it('says who asks', async () => {
    const { host, clock, asked } = open(() => json({}));

    await get(host, clock);

    expect(asked[0].headers.get('user-agent')).toBe('Paperboy/1');
  });

  it('reads a status that the caller knows as an answer', async () => {
    const { host, clock } = open(() => json({ error: 'none' }, {}, 404));

    const answer = await clock.settle(host.get(URL_A, (_, status) => status === 404, { answers: [404] }));

    expect(answer.value).toBe(true);
  });
});

it('the log names who was asked, and nothing that stands behind the path: it may be a secret', async () => {
  const log = createKeptLog();
  const { host, clock } = open(() => new Response('', { status: 500 }), {}, {}, log);
  await clock.settle(host.get(`${URL_A}?signature=secret`, (body) => body)).catch(() => null);
  const told = JSON.stringify(log.lines);
  expect(told).toContain(new URL(URL_A).pathname);
  expect(told).not.toContain('secret');
});

describe('asking again', () => {
  it('asks three times in all when the server fails, with growing pauses, then says so', async () => {
    const { host, clock, started } = open(() => new Response('', { status: 500 }), {}, { backoff: 1000 });

    const failure = await get(host, clock).catch((error) => error);

    expect(failure).toBeInstanceOf(OutsideError);
    expect(failure).toMatchObject({ message: 'Somewhere: answered 500', retryable: true });
    expect(started).toEqual([0, 1000, 3000]);
  });

  it('goes on when a second try succeeds', async () => {
    const { host, clock } = open((_, count) =>
      count === 1 ? new Response('', { status: 502 }) : json('good'),
    );

    const answer = await get(host, clock);

    expect(answer.value).toBe('good');
  });

  it.each([
    ['a network that fails', () => Promise.reject(new TypeError('fetch failed')), 'could not be reached'],
    [
      'a web page instead of JSON',
      () => new Response('<!DOCTYPE html><p>hello'),
      'a web page came instead of JSON',
    ],
    ['cut JSON', () => new Response('[{"id":"2603.0'), 'cut or broken'],
    ['an empty body', () => new Response(''), 'cut or broken'],
    ['304 to a request without conditions', () => new Response(null, { status: 304 }), 'unconditional'],
  ])('asks again after %s', async (_, answer, message) => {
    const { host, clock, started } = open(answer);

    const failure = await get(host, clock).catch((error) => error);

    expect(failure).toMatchObject({ name: 'OutsideError', retryable: true });
    expect(failure.message).toContain(message);
    expect(started).toHaveLength(3);
  });

  it('does not ask again what the server calls a bad request', async () => {
    const { host, clock, started } = open(
      () => new Response('', { status: 403, headers: { 'x-error-message': 'no' } }),
    );

    const failure = await get(host, clock).catch((error) => error);

    expect(failure).toMatchObject({ message: 'Somewhere: answered 403 (no)', retryable: false });
    expect(started).toHaveLength(1);
  });

  it('pauses for a random half to whole of the time, so that many bots do not come back at once', async () => {
    const clock = createFakeClock(0);
    const started: number[] = [];
    const fetch = createScriptedFetch(() => {
      started.push(clock.now());
      return new Response('', { status: 500 });
    }).fetch;
    const limits = { backoff: 1000, retries: 1 };
    const host = createHttp({ fetch, clock, log: silentLog, userAgent: 'x', limits, random: () => 1 }).host(
      MANNERS,
    );

    await get(host, clock).catch(() => {});

    expect(started).toEqual([0, 500]);
  });
});

describe('bounds', () => {
  it('gives up on a server that takes the request and says nothing, even if the line ignores it', async () => {
    const { host, clock } = open(silence, {}, { timeout: 20_000, retries: 0 });

    const failure = await get(host, clock).catch((error) => error);

    expect(failure).toMatchObject({ message: 'Somewhere: no answer in 20 s', retryable: true });
    expect(clock.now()).toBe(20_000);
  });

  it('gives up on a reading that takes as long', async () => {
    const { host, clock } = open(() => json(1), {}, { retries: 0 });

    const reading = clock.settle(host.get(URL_A, () => new Promise<never>(() => {})));

    await expect(reading).rejects.toThrow('no answer in 20 s');
  });

  it('does not let one silent list hold up the others', async () => {
    const { host, clock } = open((url) => (url.pathname === '/a' ? silence() : json('there')));
    const silent = host.get(URL_A, readJson).catch((error) => error);

    const other = await get(host, clock, 'https://somewhere.example/b');

    expect(other.value).toBe('there');
    expect(clock.now()).toBe(0);
    expect(await clock.settle(silent)).toBeInstanceOf(OutsideError);
  });

  it('reads no more than the limit of a body without end', async () => {
    let sent = 0;
    const more = () => {
      sent += 1000;
      return new Uint8Array(1000);
    };
    const endless = () => new Response(new ReadableStream({ pull: (stream) => stream.enqueue(more()) }));
    const { host, clock } = open(endless, {}, { body: 10_000, retries: 0 });

    const failure = await get(host, clock).catch((error) => error);

    expect(failure.message).toContain('longer than 10000 bytes');
    expect(sent).toBeLessThan(50_000);
  });

  it('ends at once when Paperboy closes', async () => {
    const clock = createFakeClock(0);
    const closing = new AbortController();
    const fetch = createScriptedFetch(silence).fetch;
    const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'x', closing: closing.signal });
    const failure = http
      .host(MANNERS)
      .get(URL_A, readJson)
      .catch((error) => error);

    closing.abort(new Error('closing'));

    expect(await clock.settle(failure)).toBeInstanceOf(OutsideError);
    expect(clock.now()).toBe(0);
  });
});

describe('politeness', () => {
  it('keeps requests three seconds apart over one connection, whoever asks', async () => {
    const { host, clock, started } = open(() => json({}), { connections: 1, spacing: 3000 });

    await clock.settle(
      Promise.all([
        get(host, clock, `${URL_A}1`),
        get(host, clock, `${URL_A}2`),
        get(host, clock, `${URL_A}3`),
      ]),
    );

    expect(started).toEqual([0, 3000, 6000]);
  });

  it('spaces requests from the answer to one, however slow, to the start of the next, and never runs two at once on one connection', async () => {
    const slow = async (clock: FakeClock) => {
      await clock.sleep(5000);
      return json({});
    };
    const { host, clock, started } = open(() => slow(clock), { connections: 1, spacing: 3000 });

    await clock.settle(Promise.all([host.get(`${URL_A}1`, readJson), host.get(`${URL_A}2`, readJson)]));

    expect(started).toEqual([0, 8000]);
  });

  it('lets somebody who waits overtake what merely polls', async () => {
    const { host, clock, asked } = open(() => json({}), { connections: 1, spacing: 3000 });
    const polls = [1, 2, 3].map((number) => host.get(`${URL_A}${number}`, readJson));

    const urgent = host.get(`${URL_A}-urgent`, readJson, { urgency: 'member' });
    await clock.settle(Promise.all([...polls, urgent]));

    expect(asked.map(({ url }) => url.at(-1))).toEqual(['1', 't', '2', '3']);
  });

  it('stays within its budget, and keeps a part of it for members', async () => {
    const budget = { requests: 4, per: 10_000, reserved: 1 };
    const { host, clock, asked, started } = open(() => json({}), { budget });
    const polls = Array.from({ length: 5 }, (_, number) => host.get(`${URL_A}${number}`, readJson));
    await clock.advance(1000);

    const urgent = host.get(`${URL_A}-urgent`, readJson, { urgency: 'member' });
    await clock.settle(Promise.all([...polls, urgent]));

    expect(asked.map(({ url }) => url.at(-1))).toEqual(['0', '1', '2', 't', '3', '4']);
    expect(started).toEqual([0, 0, 0, 1000, 10_000, 10_000]);
  });

  it('waits as long as Retry-After says, all requests of that system alike', async () => {
    const { host, clock, started } = open((_, count) =>
      count === 1 ? new Response('', { status: 429, headers: { 'retry-after': '7' } }) : json({}),
    );
    await get(host, clock);

    expect(started).toEqual([0, 7000]);
  });

  it('reads Retry-After as a date too', async () => {
    const date = new Date(9000).toUTCString();
    const { host, clock, started } = open((_, count) =>
      count === 1 ? new Response('', { status: 429, headers: { 'retry-after': date } }) : json({}),
    );
    await get(host, clock);

    expect(started).toEqual([0, 9000]);
  });

  it('waits for the quota to be refilled when RateLimit says that none is left', async () => {
    const spent = { ratelimit: '"api";r=0;t=15', 'ratelimit-policy': '"fixed window";"api";q=500;w=300' };
    const { host, clock, started } = open((_, count) => json({}, count === 1 ? spent : {}));

    await get(host, clock, `${URL_A}1`);
    await get(host, clock, `${URL_A}2`);

    expect(started).toEqual([0, 15_000]);
  });

  it('does not wait while RateLimit says that requests are left', async () => {
    const { host, clock, started } = open(() => json({}, { ratelimit: '"api";r=12;t=200' }));

    await get(host, clock, `${URL_A}1`);
    await get(host, clock, `${URL_A}2`);

    expect(started).toEqual([0, 0]);
  });

  it('fails at once instead of making anybody wait for longer than its patience, and does not knock meanwhile', async () => {
    const { host, clock, started } = open(
      () => new Response('', { status: 429, headers: { 'retry-after': '3600' } }),
    );
    await get(host, clock).catch(() => {});

    const failure = await get(host, clock).catch((error) => error);

    expect(failure.message).toBe('Somewhere: resting until 1970-01-01T01:00:00.000Z');
    expect(started).toEqual([0]);
  });

  it('rests longer with every refusal in a row that names no time, and forgets them after a success', async () => {
    let refuses = true;
    const { host, clock, started } = open(
      () => (refuses ? new Response('', { status: 429 }) : json({})),
      {},
      { retries: 3 },
    );
    await get(host, clock).catch(() => {});
    const rests = [...started];
    refuses = false;
    await clock.advance(60_000);
    await get(host, clock);
    refuses = true;
    started.length = 0;

    await get(host, clock).catch(() => {});

    expect(rests).toEqual([0, 5000, 15_000, 35_000]);
    expect(started[1] - started[0]).toBe(5000);
  });

  it('believes a system that names a time, but for four hours at most', async () => {
    const { host, clock, started } = open((_, count) =>
      count === 1 ? new Response('', { status: 429, headers: { 'retry-after': '864000' } }) : json('there'),
    );
    await get(host, clock).catch(() => {});
    await clock.advance(4 * HOUR);

    const answer = await get(host, clock);

    expect([answer.value, ...started]).toEqual(['there', 0, 4 * HOUR]);
  });

  it('counts a date in Retry-After from the date of the answer, however wrong our own clock is', async () => {
    const headers = { date: new Date(0).toUTCString(), 'retry-after': new Date(9000).toUTCString() };
    const { host, clock, started } = open((_, count) =>
      count === 1 ? new Response('', { status: 429, headers }) : json({}),
    );
    clock.jump(60 * 24 * HOUR);

    await get(host, clock);

    expect(started).toHaveLength(2);
    expect(started[1] - started[0]).toBe(9000);
  });

  it('after a rest one request alone tries whether it is over; the others go when it is', async () => {
    let underWay = 0;
    let most = 0;
    let refuses = true;
    const { host, clock } = open(async () => {
      most = Math.max(most, ++underWay);
      await clock.sleep(1000);
      underWay--;
      return refuses ? new Response('', { status: 429 }) : json({});
    });
    await get(host, clock).catch(() => {});
    most = 0;
    const trial = Promise.all([1, 2, 3, 4].map((number) => host.get(`${URL_A}${number}`, readJson))).catch(
      () => {},
    );
    await clock.advance(45_000);
    const whileRefused = most;
    refuses = false;
    await clock.settle(trial);
    await clock.advance(120_000);
    await clock.settle(Promise.all([1, 2, 3].map((number) => host.get(`${URL_A}-${number}`, readJson))));

    expect([whileRefused, most]).toEqual([1, 2]);
  });

  it.each([
    ['two hours back', -2 * HOUR],
    ['two hours ahead', 2 * HOUR],
    ['sixty days ahead', 60 * 24 * HOUR],
    ['sixty days back', -60 * 24 * HOUR],
  ])(
    'a wall clock set %s neither shortens nor lengthens a rest, the spacing or the budget',
    async (_, step) => {
      const budget = { requests: 2, per: 10_000, reserved: 0 };
      const manners = { spacing: 3000, connections: 1, budget };
      const times: number[] = [];
      const { host, clock } = open((__, count) => {
        times.push(clock.elapsed());
        return count === 3 ? new Response('', { status: 429, headers: { 'retry-after': '3600' } }) : json({});
      }, manners);
      for (let number = 0; number < 3; number++) {
        clock.jump(clock.now() + step);
        await get(host, clock).catch(() => {});
      }
      clock.jump(clock.now() + step);
      await clock.advance(HOUR - 30_000);
      const early = await get(host, clock).catch(() => 'resting');
      await clock.advance(30_000);
      await get(host, clock);

      expect(early).toBe('resting');
      expect(times).toEqual([0, 3000, 10_000, 10_000 + HOUR]);
    },
  );
});

describe('members and polls', () => {
  const arxivLike = { connections: 1, spacing: 3000 };
  const order = (asked: { url: string }[]) => asked.map(({ url }) => url.slice(URL_A.length));

  it('take turns: however many members ask, every other request is a poll while one waits', async () => {
    const { host, clock, asked } = open(() => json({}), arxivLike, { membersPatience: HOUR });
    const ask = (name: string, urgency: Urgency) => host.get(`${URL_A}${name}`, readJson, { urgency });
    const members = ['m1', 'm2', 'm3', 'm4'].map((name) => ask(name, 'member'));

    const polls = ['p1', 'p2'].map((name) => ask(name, 'poll'));
    await clock.settle(Promise.all([...members, ...polls]));

    expect(order(asked)).toEqual(['m1', 'p1', 'm2', 'p2', 'm3', 'm4']);
  });

  it('go before what nobody waits for', async () => {
    const { host, clock, asked } = open(() => json({}), arxivLike, { membersPatience: HOUR });
    const ask = (name: string, urgency: Urgency) => host.get(`${URL_A}${name}`, readJson, { urgency });
    const all = [ask('b1', 'background'), ask('b2', 'background'), ask('p', 'poll'), ask('m', 'member')];

    await clock.settle(Promise.all(all));

    expect(order(asked)).toEqual(['b1', 'm', 'p', 'b2']);
  });

  it('have each their part of the budget: members cannot use up what polls need', async () => {
    const budget = { requests: 6, per: 300_000, reserved: 2 };
    const { host, clock, asked } = open(() => json({}), { budget });
    const members = Array.from({ length: 20 }, (_, number) =>
      host.get(`${URL_A}m${number}`, readJson, { urgency: 'member' }).catch((error) => error.hold?.kind),
    );

    const polls = [1, 2, 3, 4].map((number) => host.get(`${URL_A}p${number}`, readJson));
    await clock.settle(Promise.all(polls));

    expect(clock.now()).toBe(0);
    expect((await Promise.all(members)).filter((kind) => kind === 'budget')).toHaveLength(18);
    expect(asked).toHaveLength(6);
  });

  it('a member is told of a queue at once, in words that do not blame the system', async () => {
    const { host, clock, asked } = open(() => json({}), arxivLike);
    const member = (name: string) => host.get(`${URL_A}${name}`, readJson, { urgency: 'member' });
    const first = [member('1'), member('2')];

    const failure = await member('3').catch((error) => error);

    expect(failure).toMatchObject({ retryable: true, hold: { kind: 'queue', before: 1, spacing: 3000 } });
    expect(failure.message).toBe('Somewhere: not asked: one question in 3 s, and 1 is before this one');
    expect(clock.now()).toBe(0);
    await clock.settle(Promise.all(first));
    expect(asked).toHaveLength(2);
  });

  it('a member is told at once of a rest that a poll would sit out', async () => {
    const { host, clock, started } = open((_, count) =>
      count === 1 ? new Response('', { status: 429, headers: { 'retry-after': '15' } }) : json({}),
    );
    const poll = host.get(URL_A, readJson);
    await clock.advance(0);

    const failure = await host.get(URL_A, readJson, { urgency: 'member' }).catch((error) => error);
    await clock.settle(poll);

    expect(failure).toMatchObject({ hold: { kind: 'rest', until: 15_000 } });
    expect(started).toEqual([0, 15_000]);
  });

  it('who gives up leaves the queue, and is told that it was ours', async () => {
    const { host, clock, asked } = open(() => json({}), arxivLike, { membersPatience: HOUR });
    const gone = new AbortController();
    const first = host.get(`${URL_A}1`, readJson);
    const left = Array.from({ length: 200 }, (_, number) =>
      host
        .get(`${URL_A}x${number}`, readJson, { urgency: 'member', signal: gone.signal })
        .catch((error) => error),
    );
    const last = host.get(`${URL_A}2`, readJson);

    gone.abort();
    await clock.settle(Promise.all([first, last]));

    expect(await left[0]).toMatchObject({ name: 'OutsideError', hold: { kind: 'queue' } });
    expect(order(asked)).toEqual(['1', '2']);
    expect(clock.now()).toBe(3000);
  });

  it('who gives up between two tries is not asked for again', async () => {
    const { host, clock, asked } = open(() => new Response('', { status: 502 }));
    const gone = new AbortController();
    const failure = host.get(URL_A, readJson, { signal: gone.signal }).catch((error) => error);
    await clock.advance(500);

    gone.abort();

    expect(await failure).toBeInstanceOf(OutsideError);
    await clock.advance(HOUR);
    expect(asked).toHaveLength(1);
  });

  it('a request under way is cut when its asker goes, and the next one has the connection', async () => {
    let closed = 0;
    const server = createServer((request, response) => {
      request.on('close', () => closed++);
      if (request.url === '/quick') response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const http = createHttp({ fetch, clock: systemClock, log: silentLog, userAgent: 'x' });
    const host = http.host({ ...MANNERS, connections: 1 });
    const gone = new AbortController();
    const silent = host.get(`${url}/silent`, readJson, { signal: gone.signal }).catch((error) => error);
    await once(server, 'request');
    const next = host.get(`${url}/quick`, readJson);

    gone.abort(new OutsideError('Somewhere', 'no answer within 4 s', { retryable: true }));

    expect(await silent).toMatchObject({ message: 'Somewhere: no answer within 4 s', hold: null });
    expect((await next).value).toEqual({});
    await vi.waitFor(() => expect(closed).toBe(2));
    server.closeAllConnections();
    server.close();
  });
});

describe('how long a member waits', () => {
  const arxivLike = { connections: 1, spacing: 3000 };
  const member = { urgency: 'member' } as const;

  it('on a line on which nothing comes: four seconds, once', async () => {
    const { host, clock, asked } = open(() => silence());

    const failure = await clock.settle(host.get(URL_A, readJson, member).catch((error) => error));

    expect(failure).toMatchObject({
      message: 'Somewhere: no answer in 4 s',
      fault: { kind: 'late', seconds: 4 },
    });
    expect([clock.elapsed(), asked.length]).toEqual([4000, 1]);
  });

  it('in our own queue: four seconds, and is told that it was the queue', async () => {
    const { host, clock, asked } = open(() => silence(), arxivLike);
    const poll = host.get(URL_A, readJson).catch((error) => error);

    const failure = await clock.settle(host.get(`${URL_A}2`, readJson, member).catch((error) => error));

    expect(failure).toMatchObject({ hold: { kind: 'queue', before: 0 }, fault: null });
    expect([clock.elapsed(), asked.length]).toEqual([4000, 1]);
    await clock.settle(poll);
  });

  it.each([
    ['three seconds after its start', 3000, { message: 'Somewhere: no answer in 3 s', hold: null }],
    [
      'half a second after its start',
      500,
      { fault: null, message: 'Somewhere: the request was given up: gone' },
    ],
  ])('whose asker goes %s, counts the time under way', async (_, ms, told) => {
    const { host, clock } = open(() => silence());
    const gone = new AbortController();
    const asking = host.get(URL_A, readJson, { ...member, signal: gone.signal }).catch((error) => error);
    await clock.advance(ms);

    gone.abort(new Error('gone'));

    expect(await asking).toMatchObject(told);
  });

  it('for a second try: what the first was told stays the answer', async () => {
    const { host, clock } = open((_, count) => (count === 1 ? new Response('', { status: 500 }) : silence()));
    const gone = new AbortController();
    const asking = host.get(URL_A, readJson, { ...member, signal: gone.signal }).catch((error) => error);
    await clock.advance(3000);

    gone.abort();

    expect(await asking).toMatchObject({ fault: { kind: 'answered', status: 500 } });
  });

  it('a pause that its own answer asks for is told as a pause; a poll hears the number', async () => {
    const { host, clock } = open(() => new Response('', { status: 429, headers: { 'retry-after': '600' } }));

    const asked = await clock.settle(host.get(URL_A, readJson, member).catch((error) => error));
    await clock.advance(600_000);
    const polled = await clock.settle(host.get(URL_A, readJson).catch((error) => error));

    expect(asked).toMatchObject({ hold: { kind: 'rest', until: 600_000 } });
    expect(polled).toMatchObject({ fault: { kind: 'answered', status: 429 }, hold: null });
  });

  it('for what is spare: not at all', async () => {
    const { host, clock, asked } = open(() => json({}), arxivLike);
    const ask = (name: string, urgency: Urgency) => host.get(`${URL_A}${name}`, readJson, { urgency });
    const all = [
      ask('p1', 'poll'),
      ask('s1', 'spare'),
      ask('s2', 'spare'),
      ask('m', 'member'),
      ask('b', 'background'),
    ];

    await clock.settle(Promise.all(all));

    expect(asked.map(({ url }) => url.slice(URL_A.length))).toEqual(['p1', 'm', 'b', 's1', 's2']);
  });
});

describe('two requests, as the system receives them', () => {
  const arxivLike = { connections: 1, spacing: 3000 };

  it('are apart also where the first was cut: it may have been sent as late as that', async () => {
    const { host, clock, started } = open(() => silence(), arxivLike);
    const gone = new AbortController();
    const first = host.get(URL_A, readJson, { signal: gone.signal }).catch((error) => error);
    await clock.advance(1500);
    gone.abort();
    await first;
    const second = host.get(URL_A, readJson, { urgency: 'member' }).catch((error) => error);

    await clock.settle(second);

    expect(started).toEqual([0, 4500]);
  });

  it('are apart also where an answer sends its reader on to another address of the same host', async () => {
    const { host, clock, started } = open(
      (_, count) =>
        count === 1 ? new Response(null, { status: 301, headers: { location: '/b' } }) : json({}),
      arxivLike,
    );

    await get(host, clock);
    await get(host, clock);

    expect(started).toEqual([0, 3000, 6000]);
  });

  describe('before and after a restart', () => {
    const record = { contactAt: 0, restFrom: 0, restUntil: 0 };
    const restarted = (start: number, kept: HostRateRecord) => {
      const clock = createFakeClock(start);
      let last = kept;
      const started: number[] = [];
      const { fetch } = createScriptedFetch(() => {
        started.push(clock.elapsed());
        return json({});
      });
      const store = {
        read: async () => last,
        write: async (one: HostRateRecord) => {
          last = one;
        },
      };
      const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'x' });
      const host = http.host({ ...MANNERS, ...arxivLike }, store);
      return { clock, host, started, kept: () => last };
    };
    const NOW = Date.parse('2026-03-10T12:00:00Z');

    it.each([
      ['a second ago', NOW - 1000, 2000],
      ['an hour ago', NOW - HOUR, 0],
      ['an hour ahead, by a clock that was wrong', NOW + HOUR, 3000],
      ['never', 0, 0],
    ])('are apart: the last one was %s', async (_, contactAt, wait) => {
      const { host, clock, started, kept } = restarted(NOW, { ...record, contactAt });

      await get(host, clock);

      expect(started).toEqual([wait]);
      expect(kept().contactAt).toBe(NOW + wait);
    });

    it.each([
      ['still lasts', { restFrom: NOW - 5000, restUntil: NOW + 10_000 }, 10_000],
      ['is over', { restFrom: NOW - 5000, restUntil: NOW - 1000 }, 0],
      [
        'was noted an hour ahead, by a clock that was wrong',
        { restFrom: NOW + HOUR, restUntil: NOW + HOUR + 15_000 },
        15_000,
      ],
    ])('a pause that was asked for before %s', async (_, rest, wait) => {
      const { host, clock, started } = restarted(NOW, { ...record, ...rest });

      await get(host, clock);

      expect(started).toEqual([wait]);
    });

    it('a pause of months is a mistake, and lasts four hours', async () => {
      const { host, clock } = restarted(NOW, {
        ...record,
        restFrom: NOW - HOUR,
        restUntil: NOW + 2000 * HOUR,
      });

      const failure = await host.get(URL_A, readJson).catch((error) => error);

      expect(failure).toMatchObject({ hold: { kind: 'rest', until: NOW + 4 * HOUR } });
      await clock.advance(4 * HOUR);
      expect((await get(host, clock)).status).toBe(200);
    });

    it('a pause is kept when it is asked for, and forgotten when it is over', async () => {
      let refuses = true;
      const clock = createFakeClock(NOW);
      const written: HostRateRecord[] = [];
      const store = {
        read: async () => record,
        write: async (one: HostRateRecord) => void written.push(one),
      };
      const { fetch } = createScriptedFetch(() =>
        refuses ? new Response('', { status: 503, headers: { 'retry-after': '600' } }) : json({}),
      );
      const host = createHttp({ fetch, clock, log: silentLog, userAgent: 'x' }).host(
        { ...MANNERS, refusals: [503] },
        store,
      );
      await clock.settle(host.get(URL_A, readJson).catch(() => {}));
      const during = written.at(-1);
      refuses = false;
      await clock.advance(600_000);

      await get(host, clock);

      expect(during).toMatchObject({ restFrom: NOW, restUntil: NOW + 600_000 });
      expect(written.at(-1)).toMatchObject({ restFrom: 0, restUntil: 0 });
    });

    it('are apart also where the life before ended as one left: it leaves once that is kept', async () => {
      const clock = createFakeClock(NOW);
      const { promise: kept, resolve: keep } = Promise.withResolvers<void>();
      const started: number[] = [];
      const { fetch } = createScriptedFetch(async () => {
        started.push(clock.elapsed());
        await clock.sleep(10_000);
        return json({});
      });
      const store = { read: async () => record, write: () => kept };
      const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'x' });
      const host = http.host({ ...MANNERS, ...arxivLike, connections: 2 }, store);
      const all = [URL_A, `${URL_A}?2`].map((url) => host.get(url, readJson));

      await clock.advance(1000);
      expect(started).toEqual([]);
      keep();
      await clock.settle(Promise.all(all));

      expect(started).toEqual([1000, 4000]);
    });

    it('a disk that takes no more numbers hinders no request', async () => {
      const { fetch } = createScriptedFetch(() => json({}));
      const full = () => {
        throw new Error('disk is full');
      };
      const clock = createFakeClock(NOW);
      const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'x' });

      const answer = await get(http.host(MANNERS, { read: async () => record, write: full }), clock);

      expect(answer.status).toBe(200);
    });
  });
});

describe('conditional requests', () => {
  it('sends the ETag back and takes 304 as the body it has', async () => {
    const { host, clock, asked } = open((_, count) =>
      count === 1 ? json({ votes: 3 }, { etag: '"v1"' }) : new Response(null, { status: 304 }),
    );
    await get(host, clock);

    const answer = await get(host, clock);

    expect(asked[1].headers.get('if-none-match')).toBe('"v1"');
    expect(answer.value).toEqual({ votes: 3 });
  });

  it('asks without condition where no ETag came', async () => {
    const { host, clock, asked } = open(() => json({}));
    await get(host, clock);

    await get(host, clock);

    expect(asked[1].headers.has('if-none-match')).toBe(false);
  });

  it('waits for a reading that gives way, and asks again when that finds the answer broken', async () => {
    const { host, clock, asked } = open((_, count) =>
      count === 1 ? new Response('[{"cut', { headers: { etag: '"v1"' } }) : json('whole'),
    );
    const read = async (body: string) => {
      await clock.sleep(1);
      return readJson(body);
    };

    const answer = await clock.settle(host.get(URL_A, read));

    expect(asked[1].headers.has('if-none-match')).toBe(false);
    expect(answer.value).toBe('whole');
  });

  it('never keeps a body that it could not read', async () => {
    const { host, clock, asked } = open((_, count) =>
      count === 1 ? new Response('[{"cut', { headers: { etag: '"v1"' } }) : json('whole'),
    );

    const answer = await get(host, clock);

    expect(asked[1].headers.has('if-none-match')).toBe(false);
    expect(answer.value).toBe('whole');
  });
});

describe('kept bodies', () => {
  const big = 'x'.repeat(3 * 2 ** 20);

  it('take a bounded amount of memory, the oldest go first', async () => {
    const { host, clock, asked } = open(() => json(big, { etag: '"v1"' }));
    for (const name of ['1', '2', '3', '1', '3']) await get(host, clock, `${URL_A}${name}`);

    const conditional = asked.map(({ headers }) => headers.has('if-none-match'));

    // Two of six megabytes fit: the third puts the first out, and the first the second.
    expect(conditional).toEqual([false, false, false, false, true]);
  });

  it('and every answer end at what the manners of the system call its longest', async () => {
    const { host, clock } = open(() => json(big), { body: 2 ** 20 }, { retries: 0 });

    const failure = await get(host, clock).catch((error) => error);

    expect(failure.message).toContain(`longer than ${2 ** 20} bytes`);
  });
});

describe('on a real line', () => {
  const limits = { timeout: 300, retries: 1, backoff: 1 };
  const http = createHttp({ fetch, clock: systemClock, log: silentLog, userAgent: 'x', limits });

  it.each(['hang', 'reset', 'cut', 'html'] as const)(
    'names a server that answers with: %s',
    async (fault) => {
      const server = await openLoopbackServer(() => ({ body: JSON.stringify({ list: [1, 2, 3] }) }));
      server.fail('/', fault);

      const failure = await http
        .host(MANNERS)
        .get(`${server.url}/`, readJson)
        .catch((error) => error);
      await server.close();

      expect(failure).toMatchObject({ name: 'OutsideError', system: 'Somewhere', retryable: true });
      expect(server.requests).toHaveLength(2);
    },
  );

  it('says that a closed port could not be reached', async () => {
    const server = await openLoopbackServer(() => ({}));
    await server.close();

    const failure = await http
      .host(MANNERS)
      .get(server.url, readJson)
      .catch((error) => error);

    expect(failure.message).toMatch(/could not be reached: connect ECONNREFUSED 127\.0\.0\.1:\d+\.?$/);
  });
});
