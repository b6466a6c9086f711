import { ApplicationCommandPermissionType } from 'discord-api-types/v10';
import { afterEach, describe, expect, it } from 'vitest';
import { createCommandSettings } from '#src/gateway/answers/command-settings.ts';
import type { CallOutcome, CallPlan } from '#src/gateway/connection/discord-call.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { type BotInSandbox, startBot } from '../bot.ts';

const EVENT = 'APPLICATION_COMMAND_PERMISSIONS_UPDATE';
const allow = (id: string) => [{ id, type: ApplicationCommandPermissionType.Role, permission: true }];
const told = (permissions: object[], server = 's1', id = 'c1') => ({
  ...{ id, application_id: 'app', guild_id: server, permissions },
});
const LATER: CallOutcome = {
  ok: false,
  receipt: { kind: 'later', at: 0, reason: 'Discord does not answer' },
  ...{ code: null, status: null },
};

/** Discord answers what the test says, when it says so. */
const opened = () => {
  const clock = createFakeClock();
  const asked: { plan: CallPlan; answer(outcome: CallOutcome): void }[] = [];
  const ask = (plan: CallPlan) =>
    new Promise<CallOutcome>((resolve) => asked.push({ plan, answer: (outcome) => resolve(outcome) }));
  return { clock, asked, store: createCommandSettings({ ask, clock, applicationId: 'app' }) };
};

describe('what a server has set about commands', () => {
  it('is asked for once, by all who wait for it', async () => {
    const { asked, store } = opened();
    const both = [store.of('s1'), store.of('s1')];
    asked[0].answer({ ok: true, answer: [told(allow('r1'))] });
    for (const settings of await Promise.all(both)) expect(settings?.get('c1')).toEqual(allow('r1'));
    expect((await store.of('s1'))?.get('c1')).toEqual(allow('r1'));
    expect(asked.map(({ plan }) => plan)).toMatchObject([
      { method: 'GET', server: 's1', path: '/applications/app/guilds/s1/commands/permissions' },
    ]);
  });

  it('is as the gateway told last, without asking again', async () => {
    const { asked, store } = opened();
    const first = store.of('s1');
    asked[0].answer({ ok: true, answer: [told(allow('r1')), told(allow('r9'), 's1', 'c2')] });
    await first;
    store.hear(EVENT, told(allow('r2')));
    store.hear(EVENT, told(allow('r3'), 's2'));
    store.hear(EVENT, { odd: true });
    store.hear(EVENT, null);
    const settings = await store.of('s1');
    expect(settings?.get('c1')).toEqual(allow('r2'));
    expect(settings?.get('c2')).toEqual(allow('r9'));
    expect(asked).toHaveLength(1);
  });

  it('is asked for anew when it changed while it was read, or changes may have been missed', async () => {
    const { asked, store } = opened();
    const events: [string, unknown][] = [
      [EVENT, told(allow('r2'))],
      ['READY', {}],
      ['GUILD_CREATE', { id: 's1' }],
      ['GUILD_DELETE', { id: 's1' }],
    ];
    for (const [index, [event, about]] of events.entries()) {
      const before = store.of('s1');
      store.hear(event, about);
      asked[index].answer({ ok: true, answer: [] });
      await before;
    }
    void store.of('s1');
    expect(asked).toHaveLength(5);
  });

  it('is unknown after a second, and known as soon as Discord answers after all', async () => {
    const { clock, asked, store } = opened();
    const early = store.of('s1');
    await clock.advance(1_000);
    expect(await early).toBeNull();
    asked[0].answer({ ok: true, answer: [told(allow('r1'))] });
    expect((await store.of('s1'))?.get('c1')).toEqual(allow('r1'));
    expect(asked).toHaveLength(1);
  });

  it('is unknown when Discord does not tell, and asked for again after half a minute', async () => {
    const { clock, asked, store } = opened();
    for (const outcome of [LATER, { ok: true, answer: { odd: true } } as const]) {
      const first = store.of('s1');
      asked.at(-1)?.answer(outcome);
      expect(await first).toBeNull();
      const count = asked.length;
      expect(await store.of('s1')).toBeNull();
      expect(asked).toHaveLength(count);
      await clock.advance(30_000);
    }
    const again = store.of('s1');
    asked.at(-1)?.answer({ ok: true, answer: [] });
    expect(await again).toEqual(new Map());
    expect(asked).toHaveLength(3);
  });

  it('is kept for the thousand servers asked of last', async () => {
    const { asked, store } = opened();
    const of = async (server: string) => {
      const settings = store.of(server);
      asked.at(-1)?.answer({ ok: true, answer: [] });
      await settings;
    };
    for (let n = 0; n <= 1_000; n++) await of(`s${n}`);
    await of('s1');
    expect(asked).toHaveLength(1_001);
    await of('s0');
    expect(asked).toHaveLength(1_002);
  });
});

describe('the local Discord', () => {
  let bot: BotInSandbox;
  afterEach(() => bot.close());

  it('tells of command permissions by REST and by an event, and lets no bot set them', async () => {
    bot = await startBot();
    const { discord, serverId: server } = bot;
    const path = `/applications/${discord.applicationId}/guilds/${server}/commands`;
    const call = async (method: string, at: string) => {
      const headers = { Authorization: `Bot ${discord.token}`, 'User-Agent': 'DiscordBot (x, 1)' };
      const response = await fetch(`${discord.url}/v10${path}${at}`, { method, headers });
      return { status: response.status, body: await response.json() };
    };
    expect(await call('GET', '/permissions')).toEqual({ status: 200, body: [] });
    discord.driver.setCommandPermissions(server, null, [
      { id: server, type: ApplicationCommandPermissionType.Role, permission: false },
    ]);
    const set = {
      ...{ id: discord.applicationId, application_id: discord.applicationId, guild_id: server },
      permissions: [{ id: server, type: ApplicationCommandPermissionType.Role, permission: false }],
    };
    expect(await call('GET', '/permissions')).toEqual({ status: 200, body: [set] });
    expect(await call('GET', `/${discord.applicationId}/permissions`)).toEqual({ status: 200, body: set });
    expect(await call('GET', '/123/permissions')).toMatchObject({ status: 404, body: { code: 10066 } });
    expect(await call('PUT', '/123/permissions')).toMatchObject({ status: 403, body: { code: 20001 } });
  });
});
