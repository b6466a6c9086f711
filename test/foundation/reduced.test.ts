import { DiscordAPIError, HTTPError, RateLimitError } from '@discordjs/rest';
import { describe, expect, it } from 'vitest';
import { FatalError, OutsideError } from '#src/foundation/failure.ts';
import { reduced } from '#src/foundation/reduced.ts';

const TOKEN = 'aW50ZXJhY3Rpb246c2VjcmV0';
const ADDRESS = `https://discord.com/api/v10/interactions/1/${TOKEN}/callback`;
const sent = { files: undefined, body: { content: `my words ${TOKEN}` } };
const refusal = {
  code: 50035,
  message: 'Invalid Form Body',
  errors: { content: { _errors: [{ code: 'X', message: `Not ${TOKEN}` }] } },
};

describe('what is logged of an error', () => {
  it.each([
    ['Discord’s refusal', new DiscordAPIError(refusal, 50035, 400, 'POST', ADDRESS, sent)],
    ['a 5xx', new HTTPError(503, 'Service Unavailable', 'POST', ADDRESS, sent)],
    [
      'a limit',
      new RateLimitError({
        ...{
          timeToReset: 1,
          limit: 1,
          method: 'POST',
          hash: 'h',
          url: ADDRESS,
          route: '/webhooks/:id/:token',
        },
        ...{ majorParameter: TOKEN, global: false, retryAfter: 1, sublimitTimeout: 0, scope: 'user' },
      }),
    ],
    ['an address in its words', new TypeError(`fetch failed for ${ADDRESS}?x=${TOKEN}`)],
    ['a route in its words', new Error(`POST /webhooks/123/${TOKEN}/messages/@original`)],
    ['a user in an address', new Error(`connect to postgres://me:${TOKEN}@db.example:5432/papers`)],
    ['something behind it', new OutsideError('X', 'failed', { retryable: true, cause: new Error(ADDRESS) })],
    [
      'several behind it',
      new AggregateError([new Error(ADDRESS)], 'all failed', { cause: new Error(ADDRESS) }),
    ],
    ['no error at all', ADDRESS],
    ['an object', { url: ADDRESS }],
  ])('tells no secret: %s', (_, error) => {
    const told = JSON.stringify(reduced(error));
    expect(told).not.toContain(TOKEN);
    expect(told).not.toContain('my words');
  });

  it('tells name, code, status, sentence and where', () => {
    const error = new DiscordAPIError(refusal, 50035, 400, 'POST', ADDRESS, sent);
    expect(reduced(error)).toMatchObject({
      ...{ name: 'DiscordAPIError', code: 50035, status: 400, sentence: 'Invalid Form Body' },
      at: expect.arrayContaining([expect.stringContaining('reduced.test.ts')]),
    });
  });

  it('tells a sentence of ours as it is, and what was behind it', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    expect(
      reduced(new FatalError('See https://discordstatus.com. Then start again.', { cause })),
    ).toMatchObject({
      ...{ name: 'FatalError', sentence: 'See https://discordstatus.com. Then start again.' },
      cause: { sentence: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
    });
  });

  it('comes to an end when errors stand behind each other in a ring', () => {
    const error = new Error('one');
    error.cause = error;
    expect(JSON.stringify(reduced(error)).length).toBeLessThan(10_000);
  });
});
