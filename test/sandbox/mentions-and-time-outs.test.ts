import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox } from '#src/sandbox/sandbox.ts';
import { createFakeClock, type FakeClock } from '../fakes/fake-clock.ts';
import { type Caller, callerOf } from './discord-caller.ts';
import { BOT_PERMISSIONS, connect, someServer } from './some-server.ts';

let place: Awaited<ReturnType<typeof someServer>>;
let clock: FakeClock;
let call: Caller;

beforeEach(async () => {
  clock = createFakeClock();
  place = await someServer({ clock, limits: { global: 'off', routes: false } }, startSandbox);
  place.driver.setRolePermissions(place.server, place.server, ['ViewChannel', 'UseApplicationCommands']);
  call = callerOf(place.sandbox);
});
afterEach(() => place.sandbox.close());

const pingedBy = async (role: string) => {
  const body = { content: `<@&${role}>`, allowed_mentions: { parse: [], roles: [role] } };
  const answer = await call('POST', `/channels/${place.channel}/messages`, body);
  return (answer.body as { mention_roles: string[] }).mention_roles;
};

describe('a mention of a role', () => {
  test('pings where everybody may mention it, or where the writer has Mention Everyone', async () => {
    const { driver, server, channel, role } = place;
    const readers = driver.createRole(server, { name: 'readers' }).id;
    expect(await pingedBy(readers)).toEqual([]);
    driver.setMentionable(server, readers, true);
    expect(await pingedBy(readers)).toEqual([readers]);
    driver.setMentionable(server, readers, false);
    driver.setOverwrite(channel, { id: role, allow: ['MentionEveryone'] });
    expect(await pingedBy(readers)).toEqual([readers]);
  });

  test('pings nobody when it names @everyone’s role or one that is gone', async () => {
    const { driver, server, role } = place;
    driver.setRolePermissions(server, role, [...BOT_PERMISSIONS, 'MentionEveryone']);
    const readers = driver.createRole(server, { name: 'readers', mentionable: true }).id;
    driver.deleteRole(server, readers);
    expect(await pingedBy(readers)).toEqual([]);
    expect(await pingedBy(server)).toEqual([]);
  });

  test('is told to the bot as possible or not', async () => {
    const { driver, sandbox, server } = place;
    const readers = driver.createRole(server, { name: 'readers', mentionable: true }).id;
    const client = await connect(sandbox);
    const known = () => client.guilds.cache.get(server)?.roles.cache.get(readers);
    expect(known()?.mentionable).toBe(true);
    driver.setMentionable(server, readers, false);
    await expect.poll(() => known()?.mentionable).toBe(false);
    driver.deleteRole(server, readers);
    await expect.poll(known).toBeUndefined();
    await client.destroy();
  });
});

describe('a bot that was timed out', () => {
  const post = () => call('POST', `/channels/${place.channel}/messages`, { content: 'a' });

  test('may read and not write until the time is over, or was ended', async () => {
    const { driver, sandbox, server, channel } = place;
    const until = clock.now() + 60_000;
    driver.timeOut(server, sandbox.world.bot.id, until);
    expect(await post()).toMatchObject({ status: 403, body: { code: 50013 } });
    expect(await call('GET', `/channels/${channel}/messages`)).toMatchObject({ status: 200 });
    const member = await call('GET', `/guilds/${server}/members/@me`);
    expect(member.body).toMatchObject({ communication_disabled_until: new Date(until).toISOString() });
    await clock.advance(60_000);
    expect(await post()).toMatchObject({ status: 200 });
    driver.timeOut(server, sandbox.world.bot.id, clock.now() + 60_000);
    driver.timeOut(server, sandbox.world.bot.id, null);
    expect(await post()).toMatchObject({ status: 200 });
  });

  test('does not mind where it is an administrator', async () => {
    const { driver, sandbox, server, role } = place;
    driver.setRolePermissions(server, role, ['Administrator']);
    driver.timeOut(server, sandbox.world.bot.id, clock.now() + 60_000);
    expect(await post()).toMatchObject({ status: 200 });
  });
});
