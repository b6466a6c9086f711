/** A local Discord in a process of its own, with the network's latency, enforcing its limits in one discipline. */
import { INVITED_WITH } from '#src/gateway/connection/permissions.ts';
import type { GlobalDiscipline } from '#src/sandbox/http/limits.ts';
import { startSandbox } from '#src/sandbox/sandbox.ts';

export type DiscordPlan = {
  discipline: GlobalDiscipline;
  latencyMs: number;
  jitterMs: number;
  servers: number;
  channelsPerServer: number;
};

export type DiscordReady = {
  url: string;
  token: string;
  channels: { serverId: string; channelId: string }[];
};

export type DiscordReport = {
  limited: number;
  requests: number;
  /** ms from typing `/ping` to its answer, which takes a deferral and an edit. */
  answers: number[];
};

const plan: DiscordPlan = JSON.parse(process.argv[2]);
const discord = await startSandbox({
  latencyMs: plan.latencyMs,
  jitterMs: plan.jitterMs,
  limits: { global: plan.discipline },
});
const { driver } = discord;
const channels = Array.from({ length: plan.servers }, (_, s) => {
  const server = driver.createServer({ name: `server ${s}` });
  driver.inviteBot(server.id, INVITED_WITH);
  return Array.from({ length: plan.channelsPerServer }, (_, c) => ({
    serverId: server.id,
    channelId: driver.createChannel(server.id, { name: `channel-${c}` }).id,
  }));
}).flat();
const member = driver.addMember(channels[0].serverId, {
  name: 'Mia',
  permissions: INVITED_WITH | (1n << 31n),
});

let answers: number[] = [];

/** An answer that is not there after the sandbox's patience counts with the time it was waited for. */
async function ask(): Promise<void> {
  const from = performance.now();
  const life = driver.slash({ user: member.id, channel: channels[0].channelId, name: 'ping' });
  await life.message().catch(() => null);
  answers.push(performance.now() - from);
}

process.on('message', async (message: 'ask' | 'reset' | 'report') => {
  if (message === 'ask') await ask();
  if (message === 'reset') {
    driver.resetTraffic();
    answers = [];
  }
  if (message === 'report') {
    const { limited, requests } = driver.traffic();
    process.send?.({ limited, requests, answers } satisfies DiscordReport);
  }
});
process.on('disconnect', () => process.exit(0));

process.send?.({ url: discord.url, token: discord.token, channels } satisfies DiscordReady);
