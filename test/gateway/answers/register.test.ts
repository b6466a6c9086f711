import { afterEach, describe, expect, it } from 'vitest';
import { commands } from '#commands/index.ts';
import { registerCommands, sameCommands } from '#src/gateway/answers/register.ts';
import { type CallDeps, type CallPlan, callDiscord } from '#src/gateway/connection/discord-call.ts';
import { createDiscordTime } from '#src/gateway/connection/discord-time.ts';
import { createPostRest } from '#src/gateway/connection/rest.ts';
import { Pacer } from '#src/gateway/pace/pacer.ts';
import type { RequestFault, SandboxRequest } from '#src/sandbox/http/faults.ts';
import { startSandbox } from '#src/sandbox/sandbox.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';
import { type BotInSandbox, connect, startBot } from '../bot.ts';

const HOUR = 3_600_000;

describe('registering commands', () => {
  const open: BotInSandbox[] = [];
  afterEach(async () => {
    for (const bot of open.splice(0)) await bot.close();
  });

  it('all of Paperboy’s commands are taken by Discord, and found unchanged at the next start', async () => {
    const first = await startBot({ commands });
    open.push(first);
    const { driver } = first.discord;
    await driver.untilCommand('help');
    expect(driver.commandNames().toSorted()).toEqual(commands.map(({ data }) => data.name).toSorted());
    expect(driver.traffic().byRoute['PUT /applications/{application_id}/commands']).toBe(1);
    await first.gateway.close(1_000);
    first.gateway = await connect(first.discord, { commands });
    await expect.poll(() => driver.traffic().byRoute['GET /applications/{application_id}/commands']).toBe(2);
    expect(driver.traffic().byRoute['PUT /applications/{application_id}/commands']).toBe(1);
  });

  /** Registers on a clock that only moves when it has to, while Discord answers with faults. */
  const registering = async (faultFor: (request: SandboxRequest) => RequestFault | null) => {
    const discord = await startSandbox();
    open.push({ close: discord.close } as BotInSandbox);
    const clock = createFakeClock();
    const log = createKeptLog();
    const closing = new AbortController();
    discord.driver.setFaults(faultFor);
    const outside = {
      clock,
      log,
      pacer: new Pacer(clock, log),
      time: createDiscordTime(clock),
      rest: createPostRest({ token: discord.token, apiUrl: discord.url }),
    };
    const call: CallDeps = { ...outside, onTokenRefused: () => {} };
    const ask = (plan: CallPlan) => callDiscord(call, plan);
    const learn = () => {};
    const done = registerCommands(
      { ask, clock, log, learn },
      discord.applicationId,
      commands,
      closing.signal,
    );
    const count = (method: string) =>
      discord.driver.traffic().byRoute[`${method} /applications/{application_id}/commands`] ?? 0;
    return { discord, clock, log, closing, done, count };
  };
  const refusal = (status: number, body: object): RequestFault => ({ kind: 'status', status, body });

  it('goes on until Discord takes them, after six hours of 503 too, and tells of it now and then', async () => {
    let isDown = true;
    const { clock, log, discord, done, count } = await registering(() =>
      isDown ? { kind: 'status', status: 503 } : null,
    );
    const start = clock.elapsed();
    while (clock.elapsed() - start < 6 * HOUR) await clock.settle(clock.sleep(HOUR / 4), 2);
    isDown = false;
    expect(await clock.settle(done, 2)).toBe('changed');
    expect(discord.driver.commandNames()).toHaveLength(commands.length);
    const told = log.lines.filter(({ message }) => message.startsWith('The commands could not'));
    expect(told.length).toBeGreaterThan(3);
    expect(told.length).toBeLessThan(12);
    // Pauses grow to ten minutes: no storm, and no long wait once Discord is back.
    expect(count('GET')).toBeGreaterThan(30);
    expect(count('GET')).toBeLessThan(60);
  });

  it.each([
    ['a bare 404', { kind: 'status', status: 404, body: {} }],
    ['a 500', { kind: 'status', status: 500 }],
    ['a page of somebody in between', { kind: 'status', status: 200, body: 'Welcome' }],
    [
      'a list of something else',
      { kind: 'status', status: 200, body: [{ name: 'x', options: [null, 7] }, 3] },
    ],
    ['silence', { kind: 'cut-before' }],
  ] as const)('writes them where the question for the old ones meets %s', async (_, fault) => {
    const { clock, done, discord } = await registering(({ method }) => (method === 'GET' ? fault : null));
    expect(await clock.settle(done, 2)).toBe('changed');
    expect(discord.driver.commandNames()).toHaveLength(commands.length);
  });

  it.each([
    ['an empty object', {}],
    ['an empty list', []],
    ['a text', 'Welcome'],
  ])('writes them again where the writing was answered by somebody in between: %s', async (_, body) => {
    let times = 2;
    const { clock, done, discord } = await registering(({ method }) =>
      method === 'PUT' && times-- > 0 ? { kind: 'status', status: 200, body } : null,
    );
    expect(await clock.settle(done, 2)).toBe('changed');
    expect(discord.driver.commandNames()).toHaveLength(commands.length);
  });

  it('tries hourly what Discord refuses as it stands, and says so', async () => {
    const malformed = refusal(400, { code: 50035, message: 'Invalid Form Body' });
    const { clock, log, closing, done, count } = await registering(({ method }) =>
      method === 'PUT' ? malformed : null,
    );
    await clock.settle(clock.sleep(3 * HOUR + 60_000), 2);
    expect(count('PUT')).toBe(4);
    expect(log.lines.filter(({ level }) => level === 'error')[0].fields).toMatchObject({
      reason: 'Invalid Form Body (50035)',
    });
    closing.abort('closing');
    expect(await done).toBe('stopped');
  });

  it('asks nothing more once the token is refused', async () => {
    const { clock, closing, done, count } = await registering(() =>
      refusal(401, { code: 0, message: '401: Unauthorized' }),
    );
    await clock.settle(clock.sleep(5_000), 2);
    expect(count('PUT')).toBe(0);
    closing.abort('closing');
    expect(await done).toBe('stopped');
  });

  it('defaults that Discord fills in make no difference', () => {
    const wanted = [{ name: 'a', description: 'd', options: [{ type: 3, name: 'o', description: 'x' }] }];
    const known = [
      {
        ...wanted[0],
        id: '1',
        version: '2',
        type: 1,
        contexts: null,
        nsfw: false,
        integration_types: [0],
        default_member_permissions: null,
        options: [{ ...wanted[0].options[0], required: false }],
      },
    ];
    expect(sameCommands(known, wanted)).toBe(true);
  });

  it.each([
    ['description', { description: 'other' }],
    ['permission', { default_member_permissions: '16' }],
    ['option', { options: [{ type: 3, name: 'o', description: 'x', required: true }] }],
    ['place', { contexts: [0] }],
    ['translation', { description_localizations: { de: 'd' } }],
  ])('a changed %s is a change', (_, change) => {
    const known = { name: 'a', description: 'd', options: [{ type: 3, name: 'o', description: 'x' }] };
    expect(sameCommands([known], [{ ...known, ...change }])).toBe(false);
  });
});
