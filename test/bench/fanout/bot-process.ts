/** A bot in a process of its own that has messages for many channels at once: Paperboy, or plain discord.js. */
import { Client, Events, GatewayIntentBits, SlashCommandBuilder } from 'discord.js';
import { systemClock } from '#src/foundation/clock.ts';
import { silentLog } from '#src/foundation/log.ts';
import { openGateway } from '#src/gateway/gateway.ts';
import type { Services } from '#src/service/services.ts';
import type { DiscordReady } from './discord-process.ts';

export type BotPlan = DiscordReady & { bot: 'paperboy' | 'discord.js'; perChannel: number };

/** When each message was known to have arrived, ms since the start of the fan-out. */
export type BotReport = { arrivedAt: number[]; failed: number; rssMB: number };

export function card(number: number) {
  const description = `Paper ${number} of the fan-out. ${'An abstract of some length says what is new. '.repeat(8)}`;
  return { title: `Paper ${number}`, url: `https://arxiv.org/abs/2501.${10000 + number}`, description };
}

type Send = (place: { serverId: string; channelId: string }, number: number) => Promise<boolean>;

async function startPaperboy({ token, url }: DiscordReady): Promise<Send> {
  const ping = {
    data: { name: 'ping', description: 'answers' },
    slow: true,
    answer: () => ({ content: 'pong' }),
  };
  const nothing = () => undefined;
  const gateway = await openGateway({
    token,
    apiUrl: url,
    clock: systemClock,
    log: silentLog,
    commands: [ping],
    components: [],
    events: { onServerLeft: nothing, onChannelGone: nothing, onPermissionsChanged: nothing },
  });
  gateway.serve({} as Services);
  return async (place, number) => {
    const receipt = await gateway.postman.post({
      place: { ...place, kind: 'message' },
      body: { embeds: [card(number)] },
      nonce: `fan-out-${number}`,
      promisedAt: systemClock.now(),
    });
    return receipt.kind === 'delivered';
  };
}

async function startPlain({ token, url }: DiscordReady): Promise<Send> {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: url } });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  client.on(Events.InteractionCreate, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply({ flags: 'Ephemeral' });
    await interaction.editReply('pong');
  });
  await client.login(token);
  await ready;
  await client.application?.commands.set([
    new SlashCommandBuilder().setName('ping').setDescription('answers'),
  ]);
  return async ({ channelId }, number) => {
    const channel = client.channels.cache.get(channelId);
    if (!channel?.isSendable()) return false;
    await channel.send({ embeds: [card(number)] });
    return true;
  };
}

process.on('message', async (message: BotPlan | 'go' | 'report') => {
  if (message === 'go') return fanOut();
  if (message === 'report') return report();
  plan = message;
  send = plan.bot === 'paperboy' ? await startPaperboy(plan) : await startPlain(plan);
  process.send?.('ready');
});
process.on('disconnect', () => process.exit(0));

let plan: BotPlan | null = null;
let send: Send | null = null;
const arrivedAt: number[] = [];
let failed = 0;

async function fanOut(): Promise<void> {
  if (!plan || !send) throw new Error('Not started.');
  const from = performance.now();
  let number = 0;
  for (let round = 0; round < plan.perChannel; round++) {
    for (const place of plan.channels) {
      send(place, number++).then(
        (arrived) => (arrived ? arrivedAt.push(performance.now() - from) : failed++),
        () => failed++,
      );
    }
  }
}

function report(): void {
  const rssMB = process.memoryUsage().rss / 1e6;
  process.send?.({ arrivedAt, failed, rssMB } satisfies BotReport);
}
