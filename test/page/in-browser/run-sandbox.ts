import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));

/** `npm start` without a token, as a process of its own. */
export type RunningSandbox = {
  /** Where its page is: `http://127.0.0.1:PORT`. */
  url: string;
  /** What a newcomer reads at the terminal. */
  said(): string;
  /** Ends it at once, as when its terminal is closed. */
  kill(): Promise<void>;
};

/** Resolves when its page can be opened. `port` 0: any. `nodeArgs`: what Node is told besides the file. */
export async function runSandbox(port = 0, nodeArgs: readonly string[] = []): Promise<RunningSandbox> {
  const sandbox = spawn(process.execPath, [...nodeArgs, MAIN], {
    // A folder without settings: those of whoever runs the tests may hold a token.
    cwd: import.meta.dirname,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HTTP_ADDRESS: `127.0.0.1:${port}` },
  });
  let said = '';
  const kill = () => sandbox.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) => sandbox.once('exit', () => resolve()));
  const opened = new Promise<string>((resolve) => {
    for (const stream of [sandbox.stdout, sandbox.stderr])
      stream.on('data', (chunk) => {
        said += chunk;
        const url = /Open (http:\/\/\S+),/.exec(said)?.[1];
        if (url !== undefined) resolve(url);
      });
  });
  const url = await Promise.race([opened, ended.then(() => null)]);
  if (url === null) throw new Error(`The sandbox ended before its page was there: ${said}`);
  return {
    url,
    said: () => said,
    async kill() {
      kill();
      await ended;
      process.off('exit', kill);
    },
  };
}
