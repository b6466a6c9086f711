import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type RunningBot = {
  /** From the start of the process until it said that it is ready. */
  startMs: number;
  /** Resident memory at that moment. */
  rssMB: number;
  pid: number;
  stop(): Promise<void>;
};

export type BotKind = 'paperboy' | 'bare';

/** As `npm start` has it. */
const CACHE = new URL('../../../config/compile-cache.mjs', import.meta.url).href;
const PROGRAMS = {
  paperboy: { node: [`--import=${CACHE}`], file: '../../../src/main.ts', says: '"Paperboy is ready"' },
  bare: { node: [], file: './bare-client.ts', says: 'ready' },
} as const;

/** Nothing listens there: the bot's sources are down, as far as it knows. */
const NOWHERE = 'http://127.0.0.1:9';

/** Starts a bot as a process of its own, connected to a Discord at `discord.url`. Resolves when it is ready. */
export async function runBot(
  kind: BotKind,
  discord: { url: string; token: string },
  databaseFile: string,
  args: readonly string[] = [],
  settings: Record<string, string> = {},
): Promise<RunningBot> {
  const { node, file, says } = PROGRAMS[kind];
  const from = performance.now();
  const program = fileURLToPath(new URL(file, import.meta.url));
  const bot = spawn(process.execPath, [...node, program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.url,
      DATABASE_URL: `sqlite:${databaseFile}`,
      HUGGING_FACE_URL: NOWHERE,
      ARXIV_API_URL: NOWHERE,
      ARXIV_RSS_URL: NOWHERE,
      POLL_CRON: '0 0 1 1 *',
      HTTP_ADDRESS: '127.0.0.1:0',
      ...settings,
    },
  });
  // Not left behind when the benchmark fails.
  const kill = () => bot.kill('SIGKILL');
  process.once('exit', kill);
  bot.once('exit', () => process.off('exit', kill));
  await untilSaid(bot, says);
  const startMs = performance.now() - from;
  return { startMs, rssMB: residentMB(bot), pid: bot.pid ?? 0, stop: () => stopped(bot) };
}

function untilSaid(bot: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    bot.stdout?.on('data', (chunk) => {
      said += chunk;
      if (said.includes(words)) resolve();
    });
    bot.once('exit', (code) => reject(new Error(`The bot ended with ${code}: ${said}`)));
  });
}

function residentMB(bot: ChildProcess): number {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(bot.pid)], { encoding: 'utf8' });
  return Number(stdout) / 1000;
}

function stopped(bot: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    bot.once('exit', () => resolve());
    bot.kill('SIGTERM');
  });
}
