import { describe, expect, it } from 'vitest';
import type { Clock } from '#src/foundation/clock.ts';
import { OutsideError } from '#src/foundation/failure.ts';
import { createHttp, type Http } from '#src/foundation/http/http.ts';
import { silentLog } from '#src/foundation/log.ts';
import { exactPaperId } from '#src/paper/paper-id.ts';
import type { Poll } from '#src/paper/sighting.ts';
import type { PollFailure, Source } from '#src/source/source.ts';
import { labelOf } from '#src/source/sources.ts';
import { createFakeClock, type FakeClock } from '#test/fakes/fake-clock.ts';
import { createScriptedFetch, json, silence } from '#test/fakes/scripted-fetch.ts';

/** What a source is built from in the contract's tests. */
export type SourceDeps = { http: Http; clock: Clock; log: typeof silentLog };

export type SourceUnderTest = {
  /** A new source. */
  open: (parts: SourceDeps) => Source;
  /** A body that the source's server sends on a good day; null for a source that asks nobody. */
  body: string | null;
};

const A_TUESDAY = '2026-03-10T15:00:00Z';

/** Everything that a server does to its readers. */
const troubles: [string, () => Response | Promise<Response>][] = [
  [
    '400 with an object',
    () => json({ error: '"date" must be less than or equal to "2026-03-09T00:00:00.000Z"' }, {}, 400),
  ],
  ['400 with a page', () => new Response('<html>bad</html>', { status: 400 })],
  ['401', () => json({ error: 'Invalid credentials' }, {}, 401)],
  ['403 with a page', () => new Response('<html><h1>Access Denied</h1></html>', { status: 403 })],
  ['404', () => json({ error: 'Not found' }, {}, 404)],
  ['429 without a time', () => new Response('Rate exceeded.', { status: 429 })],
  ['429 for an hour', () => new Response('', { status: 429, headers: { 'retry-after': '3600' } })],
  ['500', () => new Response('oops', { status: 500 })],
  ['503 with Retry-After', () => new Response('', { status: 503, headers: { 'retry-after': '2' } })],
  ['a page instead of an answer', () => new Response('<!DOCTYPE html><html><body>Maintenance</body></html>')],
  ['plain text', () => new Response('Rate exceeded.')],
  ['nothing', () => new Response('')],
  ['204', () => new Response(null, { status: 204 })],
  ['304 to an unconditional request', () => new Response(null, { status: 304 })],
  ['null', () => json(null)],
  ['an object', () => json({ message: 'ok' })],
  ['a number', () => json(7)],
  ['a list of nonsense', () => json([null, 7, 'x', [], {}, { paper: null }, { paper: { id: 7 } }])],
  ['an unknown feed', () => new Response('<feed><entry/></feed>')],
  ['deeply nested lists', () => new Response('['.repeat(20_000))],
  ['a deeply nested feed', () => new Response('<a>'.repeat(20_000))],
  ['silence', silence],
  ['a dead line', () => Promise.reject(new TypeError('fetch failed'))],
];

/** The promises of src/source/source.ts, kept by `name` whatever its server answers. */
export function keepsSourceContract(name: string, { open, body: goodBody }: SourceUnderTest): void {
  const body = goodBody ?? '';
  const possible = goodBody === null ? troubles.slice(0, 1) : troubles;
  const opened = (answer: () => Response | Promise<Response>) => {
    const clock = createFakeClock(A_TUESDAY);
    const { fetch, asked } = createScriptedFetch(answer);
    const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'Paperboy/test' });
    return { clock, asked, source: open({ http, clock, log: silentLog }) };
  };

  describe(`${name} keeps the promises of a source`, () => {
    it('on a good day every poll is well formed, and none fails', async () => {
      const { clock, source } = opened(() => new Response(body));

      const results = await clock.settle(collect(source, clock));

      for (const result of results) expectPoll(result, source);
    });

    it('cut in half, the same answer is a failure or a shorter list', async () => {
      const { clock, source } = opened(() => new Response(body.slice(0, body.length / 2)));

      const results = await clock.settle(collect(source, clock));

      for (const result of results) expectPollOrFailure(result, source);
    });

    it.each(possible)('answered with %s, it yields values and throws nothing', async (_, answer) => {
      const { clock, source } = opened(answer);

      const results = await clock.settle(collect(source, clock));

      for (const result of results) expectPollOrFailure(result, source);
    });

    it.each(possible)('answered with %s, a look-up gives a value or an OutsideError', async (_, answer) => {
      const { clock, source } = opened(answer);

      const found = await clock.settle(outcome(source.find?.('2603.01234')));
      const listed = await clock.settle(outcome(source.search?.('sparse attention', 5)));
      const described = await clock.settle(outcome(source.describe?.(['2603.01234', '2603.01235'])));

      if (found) expectPoll(found, source);
      if (listed) expectPoll(listed, source);
      expect(described ?? []).toBeInstanceOf(Array);
    });

    it('a look-up ends with its asker: at once, with an OutsideError, and nothing more is asked', async () => {
      const { clock, source, asked } = opened(silence);
      const gone = new AbortController();
      const lookUps = [
        outcome(source.find?.('2603.01234', gone.signal)),
        outcome(source.search?.('sparse attention', 5, gone.signal)),
      ];

      gone.abort();

      expect(await Promise.all(lookUps)).toEqual([null, null]);
      const before = asked.length;
      await clock.advance(3600_000);
      expect(asked).toHaveLength(before);
    });

    it('asks again at the next poll for what failed', async () => {
      let down = true;
      const { clock, source } = opened(() => (down ? new Response('', { status: 502 }) : new Response(body)));
      const failed = await clock.settle(collect(source, clock));
      down = false;
      await clock.advance(3600_000);

      const results = await clock.settle(collect(source, clock));

      const missed = failed.filter((result) => 'failed' in result).map(({ list, key }) => `${list} ${key}`);
      const seen = results.filter((result) => !('failed' in result)).map(({ list, key }) => `${list} ${key}`);
      expect(seen).toEqual(expect.arrayContaining(missed));
    });
  });
}

async function collect(source: Source, clock: FakeClock): Promise<(Poll | PollFailure)[]> {
  const results = [];
  for await (const result of source.poll(clock.now())) results.push(result);
  return results;
}

/** The value, or null for a missing method and for the one error that look-ups may throw. */
async function outcome<T>(work: Promise<T> | undefined): Promise<T | null> {
  try {
    return (await work) ?? null;
  } catch (error) {
    expect(error).toBeInstanceOf(OutsideError);
    return null;
  }
}

function expectPollOrFailure(result: Poll | PollFailure, source: Source): void {
  if (!('failed' in result)) {
    expectPoll(result, source);
    return;
  }
  expect(result.source).toBe(source.name);
  expect(result.reason.startsWith(labelOf(source.name))).toBe(true);
  expect(Number.isInteger(result.at)).toBe(true);
}

/** Fails unless the poll is as src/paper/sighting.ts says. */
export function expectPoll(result: Poll | PollFailure, source: Pick<Source, 'name'>): void {
  expect(result).not.toHaveProperty('failed');
  const poll = result as Poll;
  expect(poll.source).toBe(source.name);
  expect(Number.isInteger(poll.seenAt)).toBe(true);
  if (poll.list === 'daily') expect(poll.key).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expectPlaces(poll);
  for (const { paper } of poll.sightings) expectPaper(paper);
}

function expectPlaces(poll: Poll): void {
  const places = poll.sightings.map(({ place }) => place);
  expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
  expect(places.every((place) => Number.isInteger(place) && place >= 1)).toBe(true);
  expect(places.at(-1) ?? 0).toBeLessThanOrEqual(poll.sightings.length + poll.malformed);
  expect(new Set(poll.sightings.map(({ paper }) => paper.id)).size).toBe(poll.sightings.length);
  for (const { votes, batchDay } of poll.sightings) {
    expect(votes ?? 0).toBeGreaterThanOrEqual(0);
    expect(batchDay ?? '2026-01-01').toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
}

const ONE_LINE = /^\S(.*\S)?$/;

function expectPaper(paper: Poll['sightings'][number]['paper']): void {
  expect(exactPaperId(paper.id)).toBe(paper.id);
  expect(paper.title).toMatch(ONE_LINE);
  for (const text of [...paper.authors, ...paper.categories, ...paper.keywords])
    expect(text).toMatch(ONE_LINE);
  if (paper.organization !== null) expect(paper.organization).toMatch(ONE_LINE);
  if (paper.repository !== null) expect(paper.repository).toMatch(/^[\w-]+\/[\w.-]+$/);
  if (paper.projectPage !== null) expect(paper.projectPage).toMatch(/^https?:\/\/\S+$/);
  if (paper.thumbnail !== null) expect(paper.thumbnail).toMatch(/^https:\/\/\S+\.(png|jpe?g|gif|webp)/i);
  if (paper.publishedAt !== null) expect(Number.isInteger(paper.publishedAt)).toBe(true);
}
