import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServedSandbox, serveSandbox } from './remote-driver.ts';
import { connect } from './some-server.ts';

let served: ServedSandbox;
beforeAll(async () => {
  served = await serveSandbox('--servers', '2', '--channels', '3');
});
afterAll(() => served.close());

test('a sandbox in another process is driven like one in this', async () => {
  const { driver, servers } = served;
  const [{ id, channels }] = servers;
  const client = await connect(served);
  await client.application.commands.set([{ name: 'ping', description: 'd' }]);
  client.on(
    'interactionCreate',
    (interaction) => interaction.isChatInputCommand() && interaction.reply('pong'),
  );
  const alice = await driver.addMember(id, { name: 'alice' });

  const asked = await driver.slash({ user: alice.id, channel: channels[0], name: 'ping' });

  expect(await asked.message()).toMatchObject({ content: 'pong' });
  expect(await driver.read(alice.id, channels[0])).toHaveLength(1);
  await client.destroy();
});

test('faults are asked for as plain data, and drawn the same from the same seed', async () => {
  const { driver } = served;
  const plan = { seed: 7, faults: [{ share: 0.5, fault: { kind: 'status', status: 502 } as const }] };
  const ask = async () =>
    (await fetch(`${served.url}/v10/gateway`, { headers: HEADERS(served.token) })).status;
  const round = async () => {
    await driver.setFaultPlan(plan);
    return [await ask(), await ask(), await ask(), await ask(), await ask(), await ask()];
  };
  const first = await round();
  expect(new Set(first)).toEqual(new Set([200, 502]));
  expect(await round()).toEqual(first);
  await driver.setFaultPlan(null);
});

test('a command that is none is answered with a sentence', async () => {
  await expect(served.command('juggle')).rejects.toThrow('no command "juggle"');
});

const HEADERS = (token: string) => ({
  authorization: `Bot ${token}`,
  'user-agent': 'DiscordBot (https://example.org, 1)',
});
