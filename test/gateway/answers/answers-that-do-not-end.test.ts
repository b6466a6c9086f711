import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InteractionType } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#src/foundation/clock.ts';
import { silentLog } from '#src/foundation/log.ts';
import { createResponder } from '#src/gateway/answers/responder.ts';
import { callDiscord } from '#src/gateway/connection/discord-call.ts';
import { createDiscordTime } from '#src/gateway/connection/discord-time.ts';
import { createCallbackRest, createPostRest, createWebhookRest } from '#src/gateway/connection/rest.ts';
import { Pacer } from '#src/gateway/pace/pacer.ts';

describe.concurrent.each([200, 400])('a %i of which no more than the beginning comes', (status) => {
  const server = createServer((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': '50' }).write('{');
  });
  let settings: { token: string; apiUrl: string };
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    settings = { token: 't', apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api` };
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  it.each(['reply', 'edit', 'followUp'] as const)('ends a %s', { timeout: 15_000 }, async (way) => {
    const lines = { callbacks: createCallbackRest(settings), webhooks: createWebhookRest(settings) };
    const to = {
      id: '123456789012345678',
      application_id: '123456789012345679',
      token: way,
      type: InteractionType.ApplicationCommand,
    };
    const said = createResponder(lines, silentLog)[way](to, { content: 'done' }, true);
    await expect(said).rejects.toMatchObject({ name: 'NoAnswer' });
  });

  it('leaves a post in doubt', { timeout: 30_000 }, async () => {
    const time = createDiscordTime(systemClock);
    const pacer = new Pacer(systemClock, silentLog);
    const outside = { rest: createPostRest(settings), pacer, clock: systemClock, time, onTokenRefused() {} };
    const path = '/channels/123456789012345678/messages' as const;
    const plan = { bucket: 'papers', server: '', queuedAt: 0, method: 'POST', path, json: '{}' } as const;
    expect(await callDiscord(outside, plan)).toMatchObject({ ok: false, receipt: { kind: 'unknown' } });
  });
});
