import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { linesOf } from '#src/foundation/lines.ts';
import { EARLIER_MS } from './working-day.ts';

/** A line of the bot's log. */
export type LogLine = { msg: string; [field: string]: unknown };

/** The real bot, `node src/main.ts`, in a process of its own. */
export type BotProcess = {
  /** Resolves with the exit code, or null when it was killed. */
  ended: Promise<number | null>;
  /** Sets its wall clock off from the run's by so many milliseconds. */
  setClock(shiftMs: number): void;
  /** SIGKILL: no farewell. */
  kill(): void;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
};

const MAIN = new URL('../../../src/main.ts', import.meta.url).pathname;
const CLOCK = new URL('./stepped-clock.ts', import.meta.url).href;

/** Starts it with its clock set off; `hear` gets each line of its log. What it writes to stderr is passed on. */
export function startBot(
  settings: Record<string, string>,
  shiftMs: number,
  hear: (line: LogLine) => void,
): BotProcess {
  const child: ChildProcess = spawn(process.execPath, ['--import', CLOCK, MAIN], {
    env: {
      PATH: process.env.PATH,
      LOG_LEVEL: 'debug',
      CLOCK_SHIFT_MS: String(shiftMs - EARLIER_MS),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  if (child.stdout) void hearLines(child.stdout.setEncoding('utf8'), hear);
  const ended = once(child, 'exit').then(([code]): number | null => code);
  return {
    ended,
    setClock: (ms) => {
      // A message to a process that is just dying is no failure.
      if (child.connected) child.send(ms - EARLIER_MS, () => {});
    },
    kill: () => child.kill('SIGKILL'),
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

async function hearLines(stdout: AsyncIterable<string>, hear: (line: LogLine) => void): Promise<void> {
  for await (const line of linesOf(stdout)) hearLine(line, hear);
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
