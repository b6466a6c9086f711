import { Client, Events, GatewayIntentBits } from 'discord.js';
import { afterEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '#src/sandbox/sandbox.ts';

let sandbox: Sandbox;
let client: Client;

afterEach(async () => {
  await client.destroy();
  await sandbox.close();
});

async function connect() {
  sandbox = await startSandbox();
  client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: sandbox.url } });
  const { driver } = sandbox;
  const server = driver.createServer({ name: 'Lab' });
  const channel = driver.createChannel(server.id, { name: 'papers' });
  const alice = driver.addMember(server.id, { name: 'alice' });
  driver.inviteBot(server.id, [
    'ViewChannel',
    'SendMessages',
    'EmbedLinks',
    'AttachFiles',
    'ReadMessageHistory',
  ]);
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(sandbox.token);
  await ready;
  return { driver, server, channel, alice };
}

test('a bot is ready and knows the channels of its server', async () => {
  const { channel } = await connect();
  expect(client.channels.cache.get(channel.id)).toMatchObject({ name: 'papers' });
});

test('a member types a slash command and sees the answer', async () => {
  const { driver, channel, alice } = await connect();
  await client.application?.commands.set([
    {
      name: 'paper',
      description: 'Show one paper',
      options: [{ name: 'query', description: 'Which', type: 3, required: true }],
    },
  ]);
  client.on(Events.InteractionCreate, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply({ flags: 64 });
    await interaction.editReply({ content: `You asked for ${interaction.options.getString('query')}` });
  });

  const life = driver.slash({
    user: alice.id,
    channel: channel.id,
    name: 'paper',
    options: { query: 'attention' },
  });

  expect(await life.answered()).toMatchObject({ kind: 'deferred', ephemeral: true });
  expect(await life.message()).toMatchObject({ content: 'You asked for attention', ephemeral: true });
});
