import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A line of the bot's log. */
export type LogLine = { msg: string; [field: string]: unknown };

/** The real bot, `node src/main.ts`, in a process of its own. */
export type BotProcess = {
  /** Resolves with the exit code, or null when it was killed. */
  ended: Promise<number | null>;
  /** SIGKILL: no farewell. */
  kill(): void;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
};

const MAIN = new URL('../../../src/main.ts', import.meta.url).pathname;

/** Starts it; `hear` gets each line of its log. What it writes to stderr is passed on. */
export function startBot(settings: Record<string, string>, hear: (line: LogLine) => void): BotProcess {
  const child: ChildProcess = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'debug', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.stdout) createInterface(child.stdout).on('line', (line) => hearLine(line, hear));
  const ended = once(child, 'exit').then(([code]): number | null => code);
  return {
    ended,
    kill: () => child.kill('SIGKILL'),
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** A process that is killed may leave half a line. */
function hearLine(line: string, hear: (line: LogLine) => void): void {
  let read: LogLine;
  try {
    read = JSON.parse(line);
  } catch {
    return;
  }
  hear(read);
}
