import { spawn } from 'node:child_process';

/** The bot as a process of its own, as an operator starts it. */
export type RunningBot = {
  /** What it wrote so far. */
  stdout(): string;
  stderr(): string;
  /** Where its pages are: `http://127.0.0.1:PORT`. */
  pages: string;
  isRunning(): boolean;
  signal(name: NodeJS.Signals): void;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
};

/** Nothing listens there: the bot's sources are down, as far as it knows. */
const NOWHERE = 'http://127.0.0.1:9';

/** The environment of a bot of its own. */
export function settingsOf(
  discord: { url: string; token: string },
  settings: Record<string, string>,
): NodeJS.ProcessEnv {
  return {
    ...{ PATH: process.env.PATH, DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.url },
    ...{ HUGGING_FACE_URL: NOWHERE, ARXIV_API_URL: NOWHERE, ARXIV_RSS_URL: NOWHERE },
    ...{ POLL_CRON: '0 0 1 1 *', HTTP_ADDRESS: '127.0.0.1:0', DATABASE_URL: 'sqlite::memory:' },
    ...settings,
  };
}

/** Starts `src/main.ts`; resolves when it says that it is ready, rejects with what it wrote to stderr when it ends before. */
export async function runBot(
  discord: { url: string; token: string },
  settings: Record<string, string> = {},
): Promise<RunningBot> {
  const bot = spawn(process.execPath, ['src/main.ts'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: settingsOf(discord, settings),
  });
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    bot[stream].on('data', (chunk) => {
      written[stream] += chunk;
    });
  const kill = () => bot.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<number | null>((resolve) =>
    bot.once('exit', (code) => {
      process.off('exit', kill);
      resolve(code);
    }),
  );
  const ready = new Promise<void>((resolve) =>
    bot.stdout.on('data', () => written.stdout.includes('"Paperboy is ready"') && resolve()),
  );
  await Promise.race([
    ready,
    ended.then((code) => {
      throw new Error(`The bot ended with ${code}: ${written.stderr}`);
    }),
  ]);
  return {
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    pages: `http://127.0.0.1:${written.stdout.match(/"port":(\d+)/)?.[1]}`,
    isRunning: () => bot.exitCode === null && bot.signalCode === null,
    signal: (name) => bot.kill(name),
    ended,
  };
}
