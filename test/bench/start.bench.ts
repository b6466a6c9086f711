/**
 * From the start of the process until the bot is ready, and its memory then, in 1 server and in 2,500 with 30 channels
 * each, beside a bare discord.js client started in turn with it on the same local Discord.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchLine, type BenchOptions, median } from './bench.ts';
import type { DiscordPlan, DiscordReady } from './fanout/discord-process.ts';
import { type BotKind, runBot } from './start/run-bot.ts';

export async function* run({ quick }: BenchOptions): AsyncIterable<BenchLine> {
  yield* compare(1, quick ? 1 : 5);
  yield* compare(quick ? 20 : 2_500, quick ? 1 : 3);
}

async function* compare(servers: number, rounds: number): AsyncIterable<BenchLine> {
  const plan: DiscordPlan = { discipline: 'off', latencyMs: 0, jitterMs: 0, servers, channelsPerServer: 30 };
  const process = fork(new URL('./fanout/discord-process.ts', import.meta.url), [JSON.stringify(plan)]);
  const discord = await ready(process);
  const starts: Record<BotKind, number[]> = { paperboy: [], bare: [] };
  const sizes: Record<BotKind, number[]> = { paperboy: [], bare: [] };
  for (let round = 0; round < rounds; round++) {
    for (const kind of ['bare', 'paperboy'] as const) {
      const folder = mkdtempSync(join(tmpdir(), 'paperboy-start-'));
      const bot = await runBot(kind, discord, join(folder, 'paperboy.db'));
      starts[kind].push(bot.startMs);
      sizes[kind].push(bot.rssMB);
      await bot.stop();
      rmSync(folder, { recursive: true });
    }
  }
  process.kill();
  const what = `${servers} server${servers === 1 ? '' : 's'} x 30 channels`;
  const [start, bareStart] = [median(starts.paperboy), median(starts.bare)];
  const note = servers > 2_000 ? 'two shards, which may identify 5 s apart' : undefined;
  yield {
    case: what,
    metric: 'start_ms',
    value: start,
    rivals: { 'bare discord.js': bareStart },
    goal: { max: 1.5 * bareStart },
    note,
  };
  const [size, bareSize] = [median(sizes.paperboy), median(sizes.bare)];
  yield {
    case: what,
    metric: 'rss_mb_when_ready',
    value: size,
    rivals: { 'bare discord.js': bareSize },
    goal: { max: bareSize + 40 },
  };
}

function ready(discord: ChildProcess): Promise<DiscordReady> {
  return new Promise((resolve, reject) => {
    discord.once('message', (message) => resolve(message as DiscordReady));
    discord.once('exit', reject);
  });
}
