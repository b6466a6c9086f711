import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startSandbox } from '#src/sandbox/sandbox.ts';
import { blocksOf } from '#test/read-message.ts';
import { settingsOf } from './running-bot.ts';
import { someServer } from './sandbox/some-server.ts';

type Scene = Awaited<ReturnType<typeof someServer>>;

/** Fills any pipe: some four mebibytes as soon as it is told to. */
const TALKATIVE = `process.on('SIGUSR2', () => {
  for (let line = 0; line < 10_000; line++) process.emitWarning('x'.repeat(900));
})`;

describe('whoever reads the log', () => {
  let scene: Scene;
  let bot: ChildProcess;
  let ended: Promise<number | null>;

  const open = async (stdout: 'pipe' | number, mistakes: string) => {
    scene = await someServer({}, startSandbox);
    const options = `--import=data:text/javascript,${encodeURIComponent(mistakes)}`;
    const env = settingsOf(scene.sandbox, { LOG_LEVEL: 'debug', NODE_OPTIONS: options });
    bot = spawn(process.execPath, ['src/main.ts'], { stdio: ['ignore', stdout, 'pipe'], env });
    ended = new Promise((resolve) => bot.once('exit', resolve));
    await scene.driver.untilCommand('help', 20_000);
  };
  /** Asked again where a busy machine took longer than Discord waits. */
  const answers = () =>
    vi.waitFor(async () => {
      const { alice: user, channel } = scene;
      const help = await scene.driver.slash({ user, channel, name: 'help', options: {} }).message();
      expect(blocksOf(help)).not.toEqual([]);
    }, 30_000);
  afterEach(async () => {
    bot.kill('SIGKILL');
    await ended;
    await scene.sandbox.close();
  });

  it('may stand still: the bot answers, says later what it dropped, and ends when it is asked to', async () => {
    await open('pipe', TALKATIVE);
    bot.kill('SIGUSR2');
    await answers();
    await answers();
    let read = '';
    bot.stdout?.on('data', (chunk) => {
      read += chunk;
    });
    await vi.waitFor(() => expect(read).toMatch(/"count":\d+,"msg":"Log lines were dropped/), 10_000);
    for (const line of read.split('\n').slice(0, -1)) JSON.parse(line);
    bot.stdout?.pause();
    bot.kill('SIGUSR2');
    await answers();
    bot.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('may be gone: the bot goes on', async () => {
    await open('pipe', TALKATIVE);
    bot.stdout?.destroy();
    bot.stderr?.destroy();
    bot.kill('SIGUSR2');
    await answers();
    await answers();
    bot.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('may have a full disk: the bot goes on', async () => {
    await open(openSync('/dev/full', 'w'), '');
    await answers();
    bot.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});
