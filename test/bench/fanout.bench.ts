/**
 * Many channels due at once, against a Discord in another process that enforces the limits, 120 ms away with 30 ms of
 * jitter, in each way in which Discord may count its 50 requests a second; beside plain `channel.send` of discord.js,
 * run at the same time against a Discord of its own. Meanwhile a member asks something that is deferred and then edited.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BenchLine, type BenchOptions, quantile } from './bench.ts';
import type { BotPlan, BotReport } from './fanout/bot-process.ts';
import type { DiscordPlan, DiscordReady, DiscordReport } from './fanout/discord-process.ts';

const SETTLE_S = 3;
const DISCIPLINES = ['sliding', 'aligned', 'bucket'] as const;

export async function* run({ quick }: BenchOptions): AsyncIterable<BenchLine> {
  yield* backlog(quick ? 1_000 : 100_000);
  const seconds = quick ? 6 : 33;
  for (const channels of quick ? [100] : [1_000, 10_000]) {
    for (const discipline of quick ? (['sliding'] as const) : DISCIPLINES) {
      yield* fanOut(discipline, channels, seconds);
    }
  }
}

type Fleet = { bot: ChildProcess; discord: ChildProcess };
type Measured = { rate: number; limited: number; idle: number[]; loaded: number[]; failed: number };

async function* fanOut(
  discipline: DiscordPlan['discipline'],
  channels: number,
  seconds: number,
): AsyncIterable<BenchLine> {
  const [ours, plain] = await Promise.all(
    (['paperboy', 'discord.js'] as const).map((bot) => measure(bot, discipline, channels, seconds)),
  );
  const what = `${channels} channels, ${discipline}`;
  const note = `${seconds - SETTLE_S} s after ${SETTLE_S} s; ${ours.failed} failed`;
  const rivals = (figure: (of: Measured) => number) => ({ 'discord.js': figure(plain) });
  const rate = (of: Measured) => of.rate;
  yield {
    case: what,
    metric: 'requests_per_second',
    value: rate(ours),
    rivals: rivals(rate),
    goal: { min: 48.5 },
    note,
  };
  const limited = (of: Measured) => of.limited;
  yield {
    case: what,
    metric: 'answers_429',
    value: limited(ours),
    rivals: rivals(limited),
    goal: { max: 0 },
  };
  const late = ({ loaded, idle }: Measured) => quantile(loaded, 0.95) - quantile(idle, 0.95);
  yield {
    case: what,
    metric: 'deferred_answer_ms_p95_over_idle',
    value: late(ours),
    rivals: rivals(late),
    goal: { max: 20 },
    note: `idle p95 ${quantile(ours.idle, 0.95).toFixed(0)} ms: two round trips`,
  };
}

async function measure(
  bot: BotPlan['bot'],
  discipline: DiscordPlan['discipline'],
  channels: number,
  seconds: number,
): Promise<Measured> {
  const perChannel = Math.ceil((seconds * 60) / channels);
  const fleet = await start(
    bot,
    { discipline, latencyMs: 120, jitterMs: 30, servers: 100, channels },
    perChannel,
  );
  const idle = (await asking(fleet, 5)).answers;
  fleet.bot.send('go');
  const { answers: loaded, limited } = await asking(fleet, seconds);
  const { arrivedAt, failed } = await report<BotReport>(fleet.bot);
  stop(fleet);
  const counted = arrivedAt.filter((at) => at >= SETTLE_S * 1000 && at < seconds * 1000).length;
  return { rate: counted / (seconds - SETTLE_S), limited, idle, loaded, failed };
}

/** A member asks four times a second. */
async function asking({ discord }: Fleet, seconds: number): Promise<DiscordReport> {
  discord.send('reset');
  const timer = setInterval(() => discord.send('ask'), 250);
  await sleep(seconds * 1000);
  clearInterval(timer);
  return report<DiscordReport>(discord);
}

/** Bytes that waiting messages take: the process's memory with them, less that before. */
async function* backlog(messages: number): AsyncIterable<BenchLine> {
  const grown = async (bot: BotPlan['bot']): Promise<number> => {
    const fleet = await start(
      bot,
      { discipline: 'sliding', latencyMs: 120, jitterMs: 30, servers: 100, channels: 1_000 },
      messages / 1_000,
    );
    const { rssMB: before } = await report<BotReport>(fleet.bot);
    fleet.bot.send('go');
    await sleep(5_000);
    const { rssMB: after } = await report<BotReport>(fleet.bot);
    stop(fleet);
    return after - before;
  };
  const ours = await grown('paperboy');
  const plain = await grown('discord.js');
  yield {
    case: `backlog of ${messages} messages`,
    metric: 'rss_mb_more_than_before',
    value: ours,
    rivals: { 'discord.js': plain },
    goal: { max: 130 },
    note: 'all in the queue at once; in Paperboy the outbox hands them over by the page',
  };
}

async function start(
  bot: BotPlan['bot'],
  { channels, ...plan }: Omit<DiscordPlan, 'channelsPerServer'> & { channels: number },
  perChannel: number,
): Promise<Fleet> {
  const full: DiscordPlan = { ...plan, channelsPerServer: channels / plan.servers };
  const discord = fork(new URL('./fanout/discord-process.ts', import.meta.url), [JSON.stringify(full)]);
  const ready = await heard<DiscordReady>(discord);
  const process = fork(new URL('./fanout/bot-process.ts', import.meta.url));
  process.send({ ...ready, bot, perChannel } satisfies BotPlan);
  await heard<'ready'>(process);
  // The commands are registered meanwhile.
  await sleep(2_000);
  return { bot: process, discord };
}

function stop({ bot, discord }: Fleet): void {
  bot.kill();
  discord.kill();
}

function report<T>(from: ChildProcess): Promise<T> {
  from.send('report');
  return heard<T>(from);
}

function heard<T>(from: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    from.once('message', (message) => {
      from.off('exit', reject);
      // Both ends are in this folder.
      resolve(message as T);
    });
    from.once('exit', reject);
  });
}
