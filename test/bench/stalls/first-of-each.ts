import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchLine } from '../bench.ts';
import { openMemberHarness } from '../member-harness.ts';
import { fillArchive } from '../workbench/archive-of.ts';
import { runWatchedBot } from '../workbench/watched-bot.ts';
import { idIn } from './answers-meanwhile.ts';

type Question = { name: string; options?: Record<string, string>; focused?: string };

/** A bot hears the signal to watch before what comes a moment later. */
const HEARD_MS = 200;
const MOST_MS = 50;

const questions = (paper: string): readonly Question[] => [
  { name: 'subscribe' },
  { name: 'subscribe', options: { keywords: 'diffusion -survey' } },
  { name: 'subscribe', options: { topic: 'llm' } },
  { name: 'subscribe', options: { keywords: 'transf' }, focused: 'keywords' },
  { name: 'search', options: { query: '"language model" robot*' } },
  { name: 'search', options: { query: 'topic:llm' } },
  { name: 'paper', options: { query: paper } },
  { name: 'paper', options: { query: 'language mo' }, focused: 'query' },
  { name: 'trending' },
  { name: 'status' },
  { name: 'subscriptions' },
  { name: 'why', options: { paper } },
  { name: 'doctor' },
  { name: 'filter test', options: { filter: 'diffusion OR transformer' } },
  { name: 'filter export' },
  { name: 'help' },
  { name: 'privacy' },
];

/** Each question as the first that is asked of a bot, which has come up and looked through its 20,000 papers. */
export async function* firstOfEach(folder: string, quick: boolean): AsyncIterable<BenchLine> {
  const size = quick ? 800 : 20_000;
  const file = join(folder, 'first.db');
  await fillArchive(file, size, Date.now());
  const paper = await idIn(file);
  const { discord, user, channel } = await openMemberHarness(['ManageChannels']);
  const { driver } = discord;
  const opened = () => runWatchedBot(discord, file, join(folder, 'holds.json'));

  const first = await opened();
  await first.untilIdle();
  const preview = await driver
    .slash({ user, channel, name: 'subscribe', options: { keywords: 'model' } })
    .message();
  await driver.click({ user, channel, message: preview.id, label: 'Subscribe' }).message();
  await first.stop();

  for (const { name, options = {}, focused } of questions(paper).slice(0, quick ? 2 : undefined)) {
    const what = [`/${name}`, ...Object.entries(options).map(([key, value]) => `${key}:${value}`)].join(' ');
    const bot = await opened();
    await bot.untilIdle();
    bot.watch();
    await pause(HEARD_MS);
    const question = { user, channel, name, options };
    if (focused) await driver.autocomplete({ ...question, focused }).choices();
    else await driver.slash(question).message();
    const held = await bot.watched();
    await bot.stop();
    yield {
      case: `the first question of a process: ${what}`,
      metric: 'highest_hold_ms',
      value: held.highestMs,
      goal: { max: MOST_MS },
      note: `${held.withGcMs.toFixed(0)} ms with garbage collection`,
    };
  }
  await discord.close();
}
