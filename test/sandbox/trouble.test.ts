import { type Client, type Interaction, REST, Routes } from 'discord.js';
import { GatewayCloseCodes } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { populate } from '#src/sandbox/populate.ts';
import { callerOf } from './discord-caller.ts';
import { connect, someServer } from './some-server.ts';

let place: Awaited<ReturnType<typeof someServer>>;
let client: Client<true> | undefined;

beforeEach(async () => {
  place = await someServer();
});
afterEach(async () => {
  await client?.destroy();
  client = undefined;
  await place.sandbox.close();
});

/** Resolves with the next event of that name. */
function next(of: Client<true>, event: 'shardResume' | 'shardReady' | 'shardDisconnect'): Promise<unknown[]> {
  return new Promise((resolve) => of.once(event, (...detail: unknown[]) => resolve(detail)));
}

describe('a connection', () => {
  test('that is cut is resumed, and nothing said meanwhile is lost', async () => {
    const { sandbox, driver, channel, alice } = place;
    client = await connect(sandbox);
    await client.application.commands.set([{ name: 'a', description: 'd' }]);
    const heard: string[] = [];
    client.on('interactionCreate', (interaction: Interaction) => {
      if (interaction.isChatInputCommand()) heard.push(interaction.commandName);
    });
    const resumed = next(client, 'shardResume');

    driver.gateway.cut();
    driver.slash({ user: alice, channel, name: 'a' });
    await resumed;

    expect(heard).toEqual(['a']);
    expect(driver.gateway.identifies).toBe(1);
  });

  test('is resumed after op 7, and made anew after op 9', async () => {
    const { sandbox, driver } = place;
    client = await connect(sandbox);
    const resumed = next(client, 'shardResume');
    driver.gateway.askReconnect();
    await resumed;
    const ready = next(client, 'shardReady');
    driver.gateway.invalidate(false);
    await ready;
    expect(driver.gateway.identifies).toBe(2);
  });

  test('is refused with 4004 for a wrong token and with 4014 for an intent nobody switched on', async () => {
    const { sandbox } = place;
    expect(await closeCodeOf(sandbox.url, { token: 'wrong', intents: 1 })).toBe(
      GatewayCloseCodes.AuthenticationFailed,
    );
    expect(await closeCodeOf(sandbox.url, { token: sandbox.token, intents: 1 << 15 })).toBe(
      GatewayCloseCodes.DisallowedIntents,
    );
    expect(await closeCodeOf(sandbox.url, { token: sandbox.token, intents: 2 ** 30 })).toBe(
      GatewayCloseCodes.InvalidIntents,
    );
    expect(await closeCodeOf(sandbox.url, { token: sandbox.token, intents: 1, shard: [1, 1] })).toBe(
      GatewayCloseCodes.InvalidShard,
    );
  });

  test('needs shards from the 2501st server on', async () => {
    const { sandbox, driver } = place;
    populate(driver, { servers: 2499, channels: 0 });
    expect(await guildsAtReady(sandbox.url, { token: sandbox.token, intents: 1 })).toHaveLength(2500);
    populate(driver, { servers: 1, channels: 0 });
    expect(await closeCodeOf(sandbox.url, { token: sandbox.token, intents: 1 })).toBe(
      GatewayCloseCodes.ShardingRequired,
    );
  });

  test('tells a shard of its own servers only', async () => {
    const { sandbox, server } = place;
    const shard = Number((BigInt(server) >> 22n) % 2n);
    const own = await guildsAtReady(sandbox.url, { token: sandbox.token, intents: 1, shard: [shard, 2] });
    const other = await guildsAtReady(sandbox.url, {
      token: sandbox.token,
      intents: 1,
      shard: [1 - shard, 2],
    });
    expect([own, other]).toEqual([[server], []]);
  });
});

/** Identifies on a bare socket. */
function identify(url: string, detail: object): WebSocket {
  const socket = new WebSocket(
    `${url.replace('http', 'ws').replace('/api', '/gateway')}/?v=10&encoding=json`,
  );
  const properties = { os: 'linux', browser: 'test', device: 'test' };
  socket.onopen = () => socket.send(JSON.stringify({ op: 2, d: { ...detail, properties } }));
  return socket;
}

function closeCodeOf(url: string, detail: object): Promise<number> {
  return new Promise((resolve) => {
    identify(url, detail).onclose = (event) => resolve(event.code);
  });
}

function guildsAtReady(url: string, detail: object): Promise<string[]> {
  return new Promise((resolve) => {
    const socket = identify(url, detail);
    socket.onmessage = (event) => {
      const message = JSON.parse(String(event.data));
      if (message.t !== 'READY') return;
      socket.close();
      resolve(message.d.guilds.map((guild: { id: string }) => guild.id));
    };
  });
}

describe('a fault on demand', () => {
  const send = (rest: REST, nonce?: string) =>
    rest.post(Routes.channelMessages(place.channel), {
      body: { content: 'a', ...(nonce && { nonce, enforce_nonce: true }) },
    });

  test('cut before the commit: nothing was made', async () => {
    place.driver.setFaults(() => ({ kind: 'cut-before' }));
    await expect(
      callerOf(place.sandbox)('POST', `/channels/${place.channel}/messages`, { content: 'a' }),
    ).rejects.toThrow();
    expect(place.driver.allMessages(place.channel)).toHaveLength(0);
  });

  test('cut after the commit: made, and nobody knows', async () => {
    place.driver.setFaults(() => ({ kind: 'cut-after' }));
    await expect(
      callerOf(place.sandbox)('POST', `/channels/${place.channel}/messages`, { content: 'a' }),
    ).rejects.toThrow();
    expect(place.driver.allMessages(place.channel)).toHaveLength(1);
  });

  test.each([
    { nonce: undefined, made: 2 },
    { nonce: 'once', made: 1 },
  ])(
    'discord.js repeats a POST after a 502 that was carried out: $made message(s) with nonce $nonce',
    async ({ nonce, made }) => {
      place.driver.setFaults(({ number }) =>
        number === 0 ? { kind: 'status', status: 502, commit: true } : null,
      );
      await send(new REST({ api: place.sandbox.url }).setToken(place.sandbox.token), nonce);
      expect(place.driver.allMessages(place.channel)).toHaveLength(made);
    },
  );

  test('a request that hangs is given up by the caller', async () => {
    place.driver.setFaults(() => ({ kind: 'hang' }));
    const rest = new REST({ api: place.sandbox.url, timeout: 50, retries: 0 }).setToken(place.sandbox.token);
    await expect(send(rest)).rejects.toThrow();
    expect(place.driver.traffic()).toMatchObject({ requests: 1, byStatus: {} });
  });
});

describe('an outage', () => {
  test('answers 503 to everything, then works again with what was there before', async () => {
    const call = callerOf(place.sandbox);
    await call('POST', `/channels/${place.channel}/messages`, { content: 'a' });
    await place.driver.outage('unavailable');
    expect(await call('GET', '/users/@me')).toMatchObject({ status: 503 });
    await place.driver.outage('none');
    expect((await call('GET', `/channels/${place.channel}/messages`)).body).toHaveLength(1);
  });

  test('with refused connections: the bot comes back by itself', async () => {
    client = await connect(place.sandbox);
    await place.driver.outage('refused');
    await expect(callerOf(place.sandbox)('GET', '/users/@me')).rejects.toThrow();
    const back = Promise.race([next(client, 'shardResume'), next(client, 'shardReady')]);
    await place.driver.outage('none');
    await back;
    await vi.waitFor(async () =>
      expect(await callerOf(place.sandbox)('GET', '/users/@me')).toMatchObject({ status: 200 }),
    );
  });
});
