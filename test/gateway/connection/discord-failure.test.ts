import { DiscordAPIError, HTTPError, RateLimitError } from '@discordjs/rest';
import { describe, expect, it } from 'vitest';
import { readFailure } from '#src/gateway/connection/discord-failure.ts';

const NOW = 1_000_000;

describe('what a failed request means for its post', () => {
  it.each([
    [403, 50001, { kind: 'refused', code: 'permission-missing' }],
    [403, 50013, { kind: 'refused', code: 'permission-missing' }],
    [403, 50007, { kind: 'refused', code: 'permission-missing' }],
    [403, 50278, { kind: 'refused', code: 'permission-missing' }],
    [403, 12345, { kind: 'refused', code: 'permission-missing' }],
    [404, 10003, { kind: 'refused', code: 'channel-gone' }],
    [404, 10004, { kind: 'refused', code: 'server-left' }],
    [404, 10008, { kind: 'refused', code: 'message-gone' }],
    [400, 50083, { kind: 'refused', code: 'thread-locked' }],
    [403, 160005, { kind: 'refused', code: 'thread-locked' }],
    [400, 40067, { kind: 'refused', code: 'tag-required' }],
    [400, 200000, { kind: 'refused', code: 'content-refused' }],
    [400, 200001, { kind: 'refused', code: 'content-refused' }],
    [400, 240000, { kind: 'refused', code: 'content-refused' }],
    [400, 50035, { kind: 'refused', code: 'malformed' }],
    [400, 50006, { kind: 'refused', code: 'malformed' }],
    [400, 50008, { kind: 'refused', code: 'malformed' }],
    [413, 40005, { kind: 'refused', code: 'malformed' }],
    [400, 30046, { kind: 'later', at: NOW + 3_600_000 }],
    [400, 160006, { kind: 'later', at: NOW + 3_600_000 }],
    [401, 0, { kind: 'later' }],
  ] as const)('Discord’s answer %i with code %i', (status, code, receipt) => {
    const failure = readFailure(refusal(status, code), NOW);
    expect(failure.receipt).toMatchObject(receipt);
    expect(failure).toMatchObject({ answered: true, invalid: status === 401 || status === 403 });
  });

  it('says what Discord said, with its code', () => {
    expect(readFailure(refusal(400, 50035), NOW).receipt.reason).toBe('Something is wrong (50035)');
  });

  it('a refused token is told apart: the process cannot go on', () => {
    expect(readFailure(refusal(401, 0), NOW).tokenRefused).toBe(true);
  });

  it('a block page that is not Discord’s own changes no setting', () => {
    const page = new DiscordAPIError({} as never, undefined as never, 403, 'POST', 'u', {});
    expect(readFailure(page, NOW)).toMatchObject({ receipt: { kind: 'later' }, invalid: true });
  });

  it.each([500, 502, 503, 504])('after a %i nobody knows whether it was sent', (status) => {
    const failure = readFailure(new HTTPError(status, 'x', 'POST', 'u', {}), NOW);
    expect(failure).toMatchObject({ receipt: { kind: 'unknown' }, answered: false, invalid: false });
  });

  it.each([
    ['ECONNREFUSED', 'later'],
    ['ENOTFOUND', 'later'],
    ['EAI_AGAIN', 'later'],
    ['ENETUNREACH', 'later'],
    ['UND_ERR_CONNECT_TIMEOUT', 'later'],
    ['ECONNRESET', 'unknown'],
    ['EPIPE', 'unknown'],
    ['UND_ERR_SOCKET', 'unknown'],
    ['UND_ERR_HEADERS_TIMEOUT', 'unknown'],
  ])('after %s it is %s', (code, kind) => {
    const failure = readFailure(Object.assign(new Error('x'), { code }), NOW);
    expect(failure).toMatchObject({ receipt: { kind }, answered: false });
    const wrapped = readFailure(
      new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) }),
      NOW,
    );
    expect(wrapped.receipt.kind).toBe(kind);
  });

  it('after a time-out nobody knows', () => {
    expect(readFailure(new DOMException('aborted', 'AbortError'), NOW).receipt.kind).toBe('unknown');
    expect(readFailure('odd', NOW).receipt.kind).toBe('unknown');
  });

  it('a 429 names the wait, for its bucket or for everything; a shared one does not count towards the ban', () => {
    expect(readFailure(limit({ retryAfter: 700 }), NOW)).toMatchObject({
      receipt: { kind: 'later', at: NOW + 700 },
      limited: { everything: false, waitMs: 700 },
      invalid: true,
    });
    expect(readFailure(limit({ global: true, scope: 'global' }), NOW).limited?.everything).toBe(true);
    expect(readFailure(limit({ scope: 'shared' }), NOW).invalid).toBe(false);
  });
});

function refusal(status: number, code: number): DiscordAPIError {
  return new DiscordAPIError({ code, message: 'Something is wrong' }, code, status, 'POST', 'u', {});
}

function limit(more: {
  global?: boolean;
  scope?: 'user' | 'global' | 'shared';
  retryAfter?: number;
}): RateLimitError {
  return new RateLimitError({
    timeToReset: 0,
    limit: 5,
    method: 'POST',
    hash: 'h',
    url: 'u',
    route: '/channels/:id/messages',
    majorParameter: '1',
    global: false,
    retryAfter: 100,
    sublimitTimeout: 0,
    scope: 'user',
    ...more,
  });
}
