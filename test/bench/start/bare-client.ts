/** The least that a discord.js bot can be: connects, says so, answers `/ping`. */
import { Client, Events, GatewayIntentBits } from 'discord.js';

const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  shards: 'auto',
  rest: { api: process.env.DISCORD_API_URL },
});
client.once(Events.ClientReady, () => process.stdout.write('ready\n'));
client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) void interaction.reply('pong');
});
await client.login(process.env.DISCORD_TOKEN);
if (process.argv[2] === 'ping') {
  await client.application?.commands.set([{ name: 'ping', description: 'answers' }]);
}
