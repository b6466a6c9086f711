import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from '#config/config.ts';
import { volatileCursors } from '#src/foundation/cursors.ts';
import { createHttp } from '#src/foundation/http/http.ts';
import { silentLog } from '#src/foundation/log.ts';
import { huggingFace } from '#src/source/hugging-face.ts';
import { defineSource, type Source } from '#src/source/source.ts';
import { createSources, pageOf, SOURCE_SETTINGS, SOURCES, userAgent } from '#src/source/sources.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createScriptedFetch } from '#test/fakes/scripted-fetch.ts';
import { sourcesAt } from '#test/fakes/sources-at.ts';
import { atomEntry, atomFeed, rssFeed } from './bodies.ts';

const URL = 'http://127.0.0.1:1001';
const SETTINGS = { ARXIV_RSS_URL: 'http://127.0.0.1:1003', ARXIV_CATEGORIES: 'cs.LG,cs.CL' };

async function readAll(source: Source, now: number): Promise<void> {
  for await (const result of source.poll(now)) expect(result).not.toHaveProperty('failed');
}

describe('the sources together', () => {
  it('keep three seconds between any two requests to arXiv, API and RSS, wherever they are', async () => {
    const clock = createFakeClock('2026-03-10T15:00:00Z');
    const started: number[] = [];
    const { fetch } = createScriptedFetch((url) => {
      started.push(clock.now());
      return new Response(url.port === '1003' ? rssFeed([]) : atomFeed([atomEntry()]));
    });
    const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'x' });
    const [, rss, api] = sourcesAt(URL, { http, clock, log: silentLog }, SETTINGS);

    const polled = readAll(rss, clock.now());
    const described = api.describe?.(['2603.01234']);
    await clock.settle(Promise.all([polled, described]));

    expect(started.map((at) => at - started[0])).toEqual([0, 3000, 6000]);
  });

  it('tell no token in the reasons that are kept and shown when a list fails', async () => {
    const clock = createFakeClock('2026-03-10T15:00:00Z');
    const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'x' });
    // Copied with a sign that no header may carry: the error of fetch quotes the whole header.
    const settings = { HUGGING_FACE_URL: URL, HUGGING_FACE_TOKEN: 'a-token\u0000of-no-shape' };
    const parts = { host: http.host, clock, log: silentLog, cursors: volatileCursors() };
    const source = huggingFace.open({ ...parts, settings });

    const reasons: string[] = [];
    const reading = (async () => {
      for await (const poll of source?.poll(clock.now()) ?? [])
        if ('failed' in poll) reasons.push(poll.reason);
    })();
    await clock.settle(reading);

    expect(reasons[0]).toMatch(/invalid header value/);
    expect(reasons.join()).not.toContain('of-no-shape');
  });

  it('ask Hugging Face, the arXiv feeds and the arXiv API', () => {
    const clock = createFakeClock();
    const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'x' });

    const sources = sourcesAt(URL, { http, clock, log: silentLog }, SETTINGS);

    expect(sources.map(({ name }) => name)).toEqual(['hugging-face', 'arxiv-rss', 'arxiv-api']);
  });

  it('have names that fit a column and a cursor, and share no variable but where they mean the same', () => {
    const names = SOURCES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);

    const variables = SOURCES.flatMap(({ settings }) => Object.entries(settings));
    const kinds = new Map(variables);
    for (const [name, kind] of variables) expect(kinds.get(name)).toBe(kind);
  });

  it('are opened with their own variables alone, and one that is off is not there', () => {
    const seen: object[] = [];
    const facts = { label: 'X', list: 'latest', quietFor: 0, ranksByVotes: false, authorityOn: [] } as const;
    const on = defineSource({
      ...{ ...facts, name: 'x', settings: { ARXIV_RSS_URL: z.string() } },
      open({ settings }) {
        seen.push(settings);
        return { name: 'x', poll: async function* () {} };
      },
    });
    const off = defineSource({ ...facts, name: 'off', settings: {}, open: () => null });
    const clock = createFakeClock();
    const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'x' });
    const read = readConfig({ HUGGING_FACE_TOKEN: 'secret' }, SOURCE_SETTINGS);
    if (!read.ok) throw new Error(read.message);

    const sources = createSources(read.config, { http, clock, log: silentLog }, [off, on]);

    expect(sources.map(({ name }) => name)).toEqual(['x']);
    expect(seen).toEqual([{ ARXIV_RSS_URL: 'https://rss.arxiv.org' }]);
  });

  it('lead to the most telling page of a paper: Hugging Face’s where it was shown there, else arXiv’s', () => {
    expect(pageOf('2603.00001', ['arxiv-rss', 'hugging-face'])).toBe(
      'https://huggingface.co/papers/2603.00001',
    );
    expect(pageOf('2603.00001', ['arxiv-rss', 'gone'])).toBe('https://arxiv.org/abs/2603.00001');
  });

  it('say who asks, and whom to write to when the operator told', () => {
    expect(userAgent('0.1.0', null)).toBe('Paperboy/0.1.0');
    expect(userAgent('0.1.0', 'ops@example.org')).toBe('Paperboy/0.1.0 (ops@example.org)');
  });

  it('over a restart: arXiv is asked three seconds after the last life asked, and not while it rests', async () => {
    const cursors = volatileCursors();
    const times: number[] = [];
    let refuses = false;
    const live = async (at: number) => {
      const clock = createFakeClock(at);
      const { fetch } = createScriptedFetch(() => {
        times.push(clock.now());
        const headers = { 'retry-after': '600' };
        return refuses ? new Response('', { status: 429, headers }) : new Response(atomFeed([]));
      });
      const http = createHttp({ fetch, clock, log: silentLog, userAgent: 'x' });
      const [, , api] = sourcesAt(URL, { http, clock, log: silentLog, cursors }, SETTINGS);
      const asked = await clock.settle(
        (api.find?.('2603.00001') ?? Promise.reject()).catch((error) => error),
      );
      return { asked, at: clock.now() };
    };
    const first = await live(Date.parse('2026-03-10T12:00:00Z'));
    refuses = true;
    await live(first.at + 1000);
    refuses = false;

    const resting = await live(first.at + 10_000);
    const rested = await live(first.at + 700_000);

    expect(times.map((at) => at - times[0])).toEqual([0, 3000, 700_000]);
    expect(resting.asked).toMatchObject({ hold: { kind: 'rest' } });
    expect(rested.asked).toBeNull();
  });
});
