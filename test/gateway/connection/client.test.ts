import { ChannelType } from 'discord-api-types/v10';
import { afterEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '#src/foundation/clock.ts';
import { FatalError } from '#src/foundation/failure.ts';
import { type Log, silentLog } from '#src/foundation/log.ts';
import { connectDiscord, type DiscordConnection } from '#src/gateway/connection/client.ts';
import { createDiscordTime } from '#src/gateway/connection/discord-time.ts';
import { type Sandbox, startSandbox } from '#src/sandbox/sandbox.ts';
import { createKeptLog, type KeptLog } from '#test/fakes/kept-log.ts';
import { createShiftedClock } from '#test/fakes/shifted-clock.ts';

describe('the connection to Discord', () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });

  const sandbox = async (): Promise<Sandbox> => {
    const discord = await startSandbox();
    open.push(discord);
    return discord;
  };
  const connect = async (
    discord: { url: string; token: string },
    more: {
      token?: string;
      clock?: Clock;
      log?: Log;
      loginTimeoutMs?: number;
      left?: string[];
      gone?: string[];
    } = {},
  ): Promise<DiscordConnection> => {
    const connection = await connectDiscord({
      token: more.token ?? discord.token,
      apiUrl: discord.url,
      clock: more.clock ?? systemClock,
      time: createDiscordTime(systemClock),
      log: more.log ?? silentLog,
      loginTimeoutMs: more.loginTimeoutMs,
      onInteraction: () => undefined,
      events: {
        onServerLeft: (id) => more.left?.push(id),
        onChannelGone: (_, id) => more.gone?.push(id),
        onPermissionsChanged: () => undefined,
      },
    });
    open.push(connection);
    return connection;
  };

  it('is ready when its servers, their channels and its own permissions are known', async () => {
    const discord = await sandbox();
    const server = discord.driver.createServer({ name: 'Lab' });
    const channel = discord.driver.createChannel(server.id, { name: 'papers', type: 'forum', tags: ['llm'] });
    discord.driver.inviteBot(server.id, ['ViewChannel', 'SendMessages']);
    const { servers } = await connect(discord);
    expect(servers.presence(server.id)).toBe('here');
    const told = servers.channel(channel.id);
    expect(told).toMatchObject({
      name: 'papers',
      type: ChannelType.GuildForum,
      serverId: server.id,
      tags: channel.tags.map(({ id, name }) => ({ id, name })),
    });
    expect((told?.botPermissions ?? 0n) & (1n << 11n)).not.toBe(0n);
  });

  it('is closed also in the very moment in which Discord begins a new session', {
    timeout: 20_000,
  }, async () => {
    const closing = Array.from({ length: 8 }, async () => {
      const discord = await sandbox();
      const connection = await connect(discord);
      const { gateway } = discord.driver;
      const { identifies } = gateway;
      gateway.invalidate(false);
      await expect
        .poll(() => gateway.identifies, { timeout: 15_000, interval: 2 })
        .toBeGreaterThan(identifies);
      await connection.close();
      return 'closed';
    });
    expect(await Promise.all(closing)).toEqual(closing.map(() => 'closed'));
  });

  it('ends with a sentence when the token is refused', async () => {
    const discord = await sandbox();
    await expect(connect(discord, { token: 'wrong' })).rejects.toThrow(/refuses the token.*DISCORD_TOKEN/);
  });

  it('ends with a sentence when the gateway refuses the login', async () => {
    const discord = await sandbox();
    discord.driver.gateway.refuseNextIdentify(4014);
    await expect(connect(discord)).rejects.toThrow(/intents/);
  });

  it.each([
    [4004, 'token'],
    [4010, 'one Paperboy'],
    [4011, 'more servers'],
    [4012, 'version'],
    [4013, 'intents'],
    [4014, 'intents'],
  ])(
    'ends with a sentence when the gateway closes with %i, which discord.js passes over',
    async (code, words) => {
      const discord = await sandbox();
      const { lost } = await connect(discord);
      discord.driver.gateway.close(code);
      const error = await lost.catch((reason) => reason);
      expect(error).toBeInstanceOf(FatalError);
      expect(error.message).toContain(words);
    },
  );

  it('comes back by itself after a lost connection, and hears what happened meanwhile', async () => {
    const discord = await sandbox();
    const server = discord.driver.createServer({ name: 'Lab' });
    const channel = discord.driver.createChannel(server.id, { name: 'papers' });
    discord.driver.inviteBot(server.id, ['ViewChannel']);
    const gone: string[] = [];
    await connect(discord, { gone });
    discord.driver.gateway.cut();
    discord.driver.deleteChannel(channel.id);
    await expect.poll(() => gone, { timeout: 10_000 }).toEqual([channel.id]);
  });

  it('waits for a Discord that is down at the start', async () => {
    const discord = await sandbox();
    await discord.driver.outage('refused');
    const connecting = connect(discord);
    setTimeout(() => discord.driver.outage('none'), 200);
    expect((await connecting).botId).toMatch(/^\d+$/);
  });

  it('gives up with a sentence when Discord does not let it in within the time allowed', async () => {
    const discord = await sandbox();
    await discord.driver.outage('unavailable');
    await expect(connect(discord, { loginTimeoutMs: 500 })).rejects.toThrow(FatalError);
  });

  it('gives up in time also when the clock is set back an hour meanwhile', async () => {
    const discord = await sandbox();
    await discord.driver.outage('unavailable');
    const clock = createShiftedClock('2026-03-10T12:00:00Z');
    setTimeout(() => clock.step(-3_600_000), 100);
    await expect(connect(discord, { clock, loginTimeoutMs: 1500 })).rejects.toThrow(FatalError);
  });

  it('waits until Discord allows session starts again, says how many there are and when, and goes on', async () => {
    const discord = await sandbox();
    const { body, heal } = noStartsLeft(discord, 3 * 3_600_000);
    const shifted = createShiftedClock('2026-03-10T12:00:00Z');
    const hours = Promise.withResolvers<void>();
    const sleep: Clock['sleep'] = (ms, signal) =>
      ms > 3_600_000 ? hours.promise : shifted.sleep(ms, signal);
    const log = createKeptLog();
    const connecting = connect(discord, { clock: { ...shifted, sleep }, log });
    await expect
      .poll(() => log.lines, { timeout: 10_000 })
      .toContainEqual({
        level: 'warn',
        message: expect.stringMatching(/session starts/),
        fields: {
          left: 0,
          of: 1000,
          needed: body.shards,
          resetsAt: expect.stringMatching(/^2026-03-10T15:00:/),
        },
      });
    heal();
    // Far beyond the time allowed for a login.
    shifted.leap(3 * 3_600_000);
    hours.resolve();
    expect((await connecting).botId).toMatch(/^\d+$/);
    expect(log.lines.filter(({ level }) => level === 'warn' || level === 'error')).toHaveLength(1);
    expect(discord.driver.gateway.identifies).toBe(1);
  });

  it('is not lost when it is left', async () => {
    const discord = await sandbox();
    const log = createKeptLog();
    const connection = await connect(discord, { log });
    discord.driver.gateway.cut();
    await expect.poll(() => messagesOf(log), { timeout: 10_000 }).toContain('Gateway connection resumed');
    expect(messagesOf(log)).toContain('Gateway connection lost; reconnecting');
    const before = log.lines.filter(({ level }) => level !== 'debug').length;
    await connection.close();
    expect(log.lines.filter(({ level }) => level !== 'debug')).toHaveLength(before);
  });

  it('hears of a server that it was removed from while it was not connected', async () => {
    const discord = await sandbox();
    const { driver } = discord;
    const [stays, leaves] = ['A', 'B'].map((name) => driver.createServer({ name }).id);
    for (const id of [stays, leaves]) driver.inviteBot(id, ['ViewChannel']);
    const left: string[] = [];
    const { servers } = await connect(discord, { left });
    driver.gateway.invalidate(false);
    driver.kickBot(leaves);
    await expect.poll(() => left, { timeout: 15_000 }).toEqual([leaves]);
    expect([servers.presence(stays), servers.presence(leaves)]).toEqual(['here', 'left']);
  });

  it.each([true, false])(
    'outlives events that nobody can read (also before it is ready: %s)',
    async (early) => {
      const discord = await sandbox();
      const { driver, world } = discord;
      const server = driver.createServer({ name: 'Lab' });
      driver.inviteBot(server.id, ['ViewChannel']);
      const channel = driver.createChannel(server.id, { name: 'papers' });
      // Discord cannot reach it: until it is back, or five seconds are over, the bot is not ready.
      if (early) driver.setServerAvailable(server.id, false);
      const gone: string[] = [];
      const connecting = connect(discord, { gone });
      if (early) await driver.untilConnected();
      else await connecting;
      for (const event of [
        'GUILD_UPDATE',
        'CHANNEL_UPDATE',
        'CHANNEL_DELETE',
        'THREAD_UPDATE',
        'INTERACTION_CREATE',
      ])
        for (const payload of [null, 7, {}, { id: channel.id, guild_id: server.id }])
          world.dispatch({ event, guildId: server.id, payload: payload as Record<string, unknown> });
      if (early) driver.setServerAvailable(server.id, true);
      await connecting;
      const other = driver.createChannel(server.id, { name: 'more' }).id;
      driver.deleteChannel(other);
      await expect.poll(() => gone, { timeout: 10_000 }).toContain(other);
    },
  );
});

const messagesOf = ({ lines }: KeptLog): string[] => lines.map(({ message }) => message);

/** Discord's answer to a bot that has started a thousand sessions today. */
function noStartsLeft({ driver, url }: Sandbox, resetAfter: number) {
  const body = {
    url: `${url.replace('http', 'ws').replace(/\/api$/, '')}/gateway`,
    shards: 1,
    session_start_limit: { total: 1000, remaining: 0, reset_after: resetAfter, max_concurrency: 1 },
  };
  driver.setFaults(({ path }) => (path === '/gateway/bot' ? { kind: 'status', status: 200, body } : null));
  return { body, heal: () => driver.setFaults(null) };
}
