import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Sandbox } from '#src/sandbox/sandbox.ts';
import type { Holds } from '../stalls/hold-watch.ts';
import { runBot } from '../start/run-bot.ts';

/** So many seconds one after the other in which it used less than one of the processor. */
const IDLE_LOOKS = 3;

/** The bot as a process of its own, whose thread can be watched for a while. `holdsFile`: where it leaves what was seen. */
export async function runWatchedBot(discord: Sandbox, file: string, holdsFile: string) {
  const watcher = new URL('./watch-inside.ts', import.meta.url).href;
  const settings = { HOLDS_FILE: holdsFile, NODE_OPTIONS: `--import=${watcher}` };
  const bot = await runBot('paperboy', discord, file, [], settings);
  await discord.driver.untilCommand('subscribe');
  const signal = () => process.kill(bot.pid, 'SIGUSR2');
  return {
    untilIdle: () => untilIdle(bot.pid),
    watch: signal,
    /** To be asked once. */
    async watched(): Promise<Holds> {
      signal();
      while (!existsSync(holdsFile)) await pause(50);
      const holds = JSON.parse(readFileSync(holdsFile, 'utf8'));
      rmSync(holdsFile);
      return holds;
    },
    stop: bot.stop,
  };
}

/** After a start a bot looks through its archive: who should hear of what, and how its titles are spelled. */
async function untilIdle(pid: number): Promise<void> {
  let spent = -1;
  for (let idle = 0; idle < IDLE_LOOKS; ) {
    await pause(1_000);
    const now = Number(spawnSync('ps', ['-o', 'cputimes=', '-p', String(pid)], { encoding: 'utf8' }).stdout);
    idle = now === spent ? idle + 1 : 0;
    spent = now;
  }
}
