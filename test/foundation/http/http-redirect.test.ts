import { describe, expect, it } from 'vitest';
import type { OutsideError } from '#src/foundation/failure.ts';
import type { Manners } from '#src/foundation/http/host-rate.ts';
import { createHttp } from '#src/foundation/http/http.ts';
import { readJson } from '#src/foundation/http/http-body.ts';
import { silentLog } from '#src/foundation/log.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createScriptedFetch, json } from '#test/fakes/scripted-fetch.ts';

const MANNERS: Manners = {
  system: 'Somewhere',
  connections: 1,
  spacing: 0,
  budget: null,
  refusals: [429],
  rest: { first: 5000, most: 60_000 },
};

const ADDRESSES = new Map([
  ['inside.example', ['93.184.216.34', '10.0.0.7']],
  ['mapped.example', ['::ffff:127.0.0.1']],
  ['mirror.example', ['93.184.216.34', '2606:4700::1111']],
]);

const resolve = async (host: string) => {
  const addresses = ADDRESSES.get(host);
  if (!addresses) throw new Error(`no such host: ${host}`);
  return addresses;
};

/** A source at `from` that sends its readers to `to` with the first answer, and answers the second request. */
async function ask(from: string, to: string, status = 302) {
  const clock = createFakeClock(0);
  const scripted = createScriptedFetch((_, count) =>
    count === 1 ? new Response(null, { status, headers: { location: to } }) : json({ found: true }),
  );
  const http = createHttp({ fetch: scripted.fetch, clock, log: silentLog, userAgent: 'Paperboy/1', resolve });
  const asking = http.host(MANNERS).get(from, readJson, { headers: { authorization: 'Bearer secret' } });
  const answer = await clock.settle(asking).catch((error: OutsideError) => error);
  return { answer, asked: scripted.asked };
}

describe('a source that sends its readers elsewhere', () => {
  it.each([
    ['/b', 'https://somewhere.example/b'],
    ['https://somewhere.example/b', 'https://somewhere.example/b'],
    ['https://mirror.example/a', 'https://mirror.example/a'],
    ['https://93.184.216.34/a', 'https://93.184.216.34/a'],
  ])('is followed to %s', async (to, end) => {
    const { answer, asked } = await ask('https://somewhere.example/a', to);
    expect(answer).toMatchObject({ status: 200, value: { found: true } });
    expect(asked.map(({ url }) => url)).toEqual(['https://somewhere.example/a', end]);
  });

  it.each([301, 302, 303, 307, 308])('is followed by the status %i', async (status) => {
    const { answer } = await ask('https://somewhere.example/a', '/b', status);
    expect(answer).toMatchObject({ value: { found: true } });
  });

  it.each([
    ...[
      '127.0.0.1',
      '127.1',
      '2130706433',
      'localhost',
      'x.localhost',
      'localhost.',
      '[::1]',
      '[::ffff:127.0.0.1]',
    ],
    ...['10.1.2.3', '192.168.0.1', '169.254.169.254', '[fe80::1]', '[::ffff:169.254.169.254]', '0.0.0.0'],
    ...['inside.example', 'mapped.example', 'mapped.example.'],
  ])('is not followed to %s, and says so', async (host) => {
    const { answer, asked } = await ask('https://somewhere.example/a', `https://${host}/latest/meta-data`);
    expect(answer).toMatchObject({ name: 'OutsideError', retryable: false });
    expect(String(answer)).toContain('which is no public address');
    expect(asked).toHaveLength(1);
  });

  it.each(['file:///etc/passwd', 'ftp://mirror.example/', 'https://', 'https://user:word@mirror.example/'])(
    'is not followed to %s',
    async (to) => {
      const { answer, asked } = await ask('https://somewhere.example/a', to);
      expect(String(answer)).toContain('no web address');
      expect(asked).toHaveLength(1);
    },
  );

  it('is followed from http to https, never back', async () => {
    const up = await ask('http://somewhere.example/a', 'https://somewhere.example/a');
    expect(up.answer).toMatchObject({ value: { found: true } });
    const down = await ask('https://somewhere.example/a', 'http://somewhere.example/a');
    expect(String(down.answer)).toContain('from https to http, at somewhere.example');
    expect(down.asked).toHaveLength(1);
  });

  it('may stay where it is when the operator put it on this machine, and leads nowhere else there', async () => {
    const here = await ask('http://127.0.0.1:8090/a', 'http://127.0.0.1:8090/b');
    expect(here.answer).toMatchObject({ value: { found: true } });
    for (const to of ['http://127.0.0.1:6379/', 'http://[::1]:8090/', 'http://192.168.0.1/'])
      expect((await ask('http://127.0.0.1:8090/a', to)).asked).toHaveLength(1);
  });

  it('does not take the operator’s token along to another host', async () => {
    const stays = await ask('https://somewhere.example/a', '/b');
    expect(stays.asked[1].headers.get('authorization')).toBe('Bearer secret');
    const goes = await ask('https://somewhere.example/a', 'https://mirror.example/a');
    expect(goes.asked[1].headers.get('authorization')).toBeNull();
    expect(goes.asked[1].headers.get('user-agent')).toBe('Paperboy/1');
  });

  it('is given up when it goes round in circles', async () => {
    const clock = createFakeClock(0);
    const scripted = createScriptedFetch((url) =>
      Response.redirect(
        url.href.endsWith('a') ? 'https://somewhere.example/b' : 'https://somewhere.example/a',
      ),
    );
    const http = createHttp({ fetch: scripted.fetch, clock, log: silentLog, userAgent: 'x', resolve });
    const asking = http.host(MANNERS).get('https://somewhere.example/a', readJson);
    const answer = await clock.settle(asking).catch((error) => error);
    expect(String(answer)).toContain('round in circles');
    expect(scripted.asked).toHaveLength(6);
  });
});
