import { Client, Events, GatewayIntentBits, type RESTOptions } from 'discord.js';
import type { PermissionName } from '#src/sandbox/permissions/permission-bits.ts';
import type { Sandbox, SandboxOptions } from '#src/sandbox/sandbox.ts';
import { startCheckedSandbox } from './openapi.ts';

export const BOT_PERMISSIONS: readonly PermissionName[] = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
];

/** A sandbox with one server: two people, a channel, and the bot invited but not connected. */
export async function someServer(options: SandboxOptions = {}, start = startCheckedSandbox) {
  const sandbox = await start(options);
  const { driver } = sandbox;
  const server = driver.createServer({ name: 'Lab' });
  const channel = driver.createChannel(server.id, { name: 'papers' }).id;
  const alice = driver.addMember(server.id, { name: 'alice' }).id;
  const bob = driver.addMember(server.id, { name: 'bob' }).id;
  const role = driver.inviteBot(server.id, BOT_PERMISSIONS);
  return { sandbox, driver, server: server.id, channel, alice, bob, role };
}

/** A real discord.js client, ready. */
export async function connect(
  sandbox: Pick<Sandbox, 'url' | 'token'>,
  rest: Partial<RESTOptions> = {},
): Promise<Client<true>> {
  const client: Client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: sandbox.url, ...rest },
  });
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(sandbox.token);
  return ready;
}
