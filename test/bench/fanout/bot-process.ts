/** A bot in a process of its own that has messages for many channels at once: Paperboy, or plain discord.js. */

import { setImmediate, setTimeout } from 'node:timers/promises';
import {
  type ChatInputCommandInteraction,
  Client,
  Events,
  GatewayIntentBits,
  SlashCommandBuilder,
} from 'discord.js';
import { systemClock } from '#src/foundation/clock.ts';
import { silentLog } from '#src/foundation/log.ts';
import { openGateway } from '#src/gateway/gateway.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { Receipt } from '#src/pipeline/postman.ts';
import type { Services } from '#src/service/services.ts';
import type { DiscordReady } from './discord-process.ts';

export type BotPlan = DiscordReady & { bot: 'paperboy' | 'discord.js'; perChannel: number };

/** When each message was known to have arrived, ms since the start of the fan-out. */
export type BotReport = { arrivedAt: number[]; failed: number; rssMB: number };

type Place = { serverId: string; channelId: string };

/** Sends one message. What waits for it is as little as can be, so that the queue's memory is measured, not ours. */
type Send = (place: Place, number: number) => void;

function textOf(number: number): string {
  return `Paper ${number} is newly trending: 34 votes in 9 h. <https://arxiv.org/abs/2501.${10000 + number}>`;
}

/** Of a paper that is not kept, its address is posted: a text as long as the other's. */
function idOf(number: number): string {
  return `2501.${10000 + number}#paper-${number}-is-newly-trending-34-votes-in-9-h`;
}

const arrivedAt: number[] = [];
let failed = 0;
let startedAt = 0;

function arrived(): void {
  arrivedAt.push(performance.now() - startedAt);
}

function notArrived(): void {
  failed++;
}

function settled(receipt: Receipt): void {
  if (receipt.kind === 'delivered') arrived();
  else notArrived();
}

async function startPaperboy({ token, url }: DiscordReady): Promise<Send> {
  const ping = {
    data: { name: 'ping', description: 'command.status' as const },
    // Longer than an answer may take without being deferred.
    answer: () => setTimeout(1_600, { content: 'pong' }),
  };
  const gateway = await openGateway({
    token,
    apiUrl: url,
    clock: systemClock,
    log: silentLog,
    commands: [ping],
    components: [],
  });
  gateway.serve({} as Services);
  return ({ serverId, channelId }, number) => {
    const parcel = {
      place: { serverId, destination: toChannel(channelId), kind: 'message' as const },
      letter: { kind: 'card' as const, id: idOf(number), shown: null, mark: `why:fan-out-${number}` },
      ...{ mentions: [], isSilent: false, isPlain: false },
      nonce: `fan-out-${number}`,
      queuedAt: systemClock.now(),
    };
    void gateway.postman.post(parcel).then(settled);
  };
}

async function startPlain({ token, url }: DiscordReady): Promise<Send> {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: url } });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isChatInputCommand()) void pong(interaction);
  });
  await client.login(token);
  await ready;
  await client.application?.commands.set([
    new SlashCommandBuilder().setName('ping').setDescription('answers'),
  ]);
  return ({ channelId }, number) => {
    const channel = client.channels.cache.get(channelId);
    if (!channel?.isSendable()) return notArrived();
    channel.send({ content: textOf(number) }).then(arrived, notArrived);
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

async function fanOut(): Promise<void> {
  if (!plan || !send) throw new Error('Not started.');
  startedAt = performance.now();
  let number = 0;
  for (let round = 0; round < plan.perChannel; round++) {
    for (const place of plan.channels) send(place, number++);
    // As work that comes in pieces does.
    await setImmediate();
  }
}

function report(): void {
  const rssMB = process.memoryUsage().rss / 1e6;
  process.send?.({ arrivedAt, failed, rssMB } satisfies BotReport);
}

async function pong(to: ChatInputCommandInteraction): Promise<void> {
  await to.deferReply({ flags: 'Ephemeral' });
  await setTimeout(100);
  await to.editReply('pong');
}
