import { InteractionType } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#src/foundation/clock.ts';
import { silentLog } from '#src/foundation/log.ts';
import { createResponder } from '#src/gateway/answers/responder.ts';
import { callDiscord } from '#src/gateway/connection/discord-call.ts';
import { createDiscordTime } from '#src/gateway/connection/discord-time.ts';
import { createCallbackRest, createPostRest, createWebhookRest } from '#src/gateway/connection/rest.ts';
import { Pacer } from '#src/gateway/pace/pacer.ts';
import { type LoopbackServer, openLoopbackServer, type Served } from '#test/fakes/loopback-server.ts';

const DAY = 86_400_000;
const json = { 'content-type': 'application/json' };
const limited = (headers: Record<string, string>): Served => ({ status: 429, headers, body: '{}' });

describe('a limit as nobody but somebody in between tells it', () => {
  let server: LoopbackServer;
  let settings: { token: string; apiUrl: string };
  beforeEach(async () => {
    server = await openLoopbackServer(() => ({ headers: json, body: '{"id":"1","channel_id":"2"}' }));
    settings = { token: 't', apiUrl: `${server.url}/api` };
  });
  afterEach(() => server.close());

  const calls = () => {
    const pacer = new Pacer(systemClock, silentLog);
    const time = createDiscordTime(systemClock);
    const outside = { rest: createPostRest(settings), pacer, clock: systemClock, time, onTokenRefused() {} };
    const path = '/channels/123456789012345678/messages' as const;
    const plan = { bucket: 'papers', server: '', queuedAt: 0, method: 'POST', path, json: '{}' } as const;
    return { pacer, call: () => callDiscord(outside, plan) };
  };

  it.each([
    ['no time', { 'content-type': 'text/html' }],
    ['nothing to wait', { ...json, 'retry-after': '0' }],
    ['a time before now', { ...json, 'retry-after': '-5' }],
  ])('with %s: a post is not sent again at once', async (_, headers) => {
    server.fail('messages', limited(headers));
    const { call, pacer } = calls();
    void call();
    await systemClock.sleep(700);
    await pacer.close(0);
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['a date', 'Wed, 21 Oct 2026 07:28:00 GMT'],
    ['an age', '1e308'],
  ])('with %s: a post has an instant to wait for', async (_, retryAfter) => {
    server.fail('messages', limited({ ...json, 'retry-after': retryAfter }), 1);
    const outcome = await calls().call();
    // A second is waited out; an age is cut to a day.
    if (outcome.ok) return;
    expect(outcome.receipt).toMatchObject({ kind: 'later', at: expect.any(Number) });
    const at = 'at' in outcome.receipt ? outcome.receipt.at : Number.NaN;
    expect(at).toBeLessThanOrEqual(Date.now() + DAY);
  });

  it.each(['soon', '1e308', '-1'])(
    'a bucket that is whole again in %s ends nothing for good',
    async (after) => {
      const headers = { ...json, 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': after };
      server.fail('messages', { headers, body: '{}' });
      const { call } = calls();
      await call();
      await systemClock.sleep(1);
      const outcome = await call();
      if (outcome.ok) return;
      const at = 'at' in outcome.receipt ? outcome.receipt.at : Number.NaN;
      // Two clocks of one machine differ by parts of a millisecond.
      expect(at).toBeLessThanOrEqual(Date.now() + DAY + 1000);
    },
  );

  const answers = () => {
    const lines = { callbacks: createCallbackRest(settings), webhooks: createWebhookRest(settings) };
    const to = {
      id: '123456789012345678',
      application_id: '123456789012345679',
      token: 'tok',
      type: InteractionType.ApplicationCommand,
    };
    const responder = createResponder(lines, silentLog);
    return {
      'first response': () => responder.reply(to, { content: 'done' }, true),
      edit: () => responder.edit(to, { content: 'done' }),
      'follow-up': () => responder.followUp(to, { content: 'done' }, true),
      removal: () => responder.remove(to),
    };
  };

  describe.each(['first response', 'edit', 'follow-up', 'removal'] as const)('a %s', (which) => {
    it.each([
      ['no time', { 'content-type': 'text/html' }],
      ['nothing to wait', { ...json, 'retry-after': '0' }],
      ['a time before now', { ...json, 'retry-after': '-5' }],
      ['a date', { ...json, 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }],
      ['an age', { ...json, 'retry-after': '1e308' }],
      ['an hour', { ...json, 'retry-after': '3600' }],
    ])('that is limited with %s is given up after one try', async (_, headers) => {
      server.fail('tok', limited(headers));
      await expect(answers()[which]()).rejects.toMatchObject({ name: 'NoAnswer' });
      expect(server.requests).toHaveLength(1);
    });

    it('that is limited for a second waits for it', async () => {
      server.fail('tok', limited({ ...json, 'retry-after': '1' }), 1);
      await answers()[which]();
      expect(server.requests).toHaveLength(2);
    });
  });
});
