import { type ChildProcess, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

let folder: string;
let npm: ChildProcess;
let written: string;
beforeEach(() => {
  // The project as it is, in a folder of its own: so it has a .env of its own.
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  for (const name of readdirSync('.'))
    if (!name.startsWith('.')) symlinkSync(join(process.cwd(), name), join(folder, name));
  written = '';
});
afterEach(async () => {
  await endAll();
  rmSync(folder, { recursive: true, force: true });
});

async function start(env: Record<string, string> = {}, ...words: string[]): Promise<void> {
  const { npm_lifecycle_event: _, DISCORD_TOKEN: __, ...ours } = process.env;
  npm = spawn('npm', ['start', ...(words.length > 0 ? ['--', ...words] : [])], {
    cwd: folder,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...ours, HTTP_ADDRESS: '127.0.0.1:0', ...env },
  });
  for (const stream of [npm.stdout, npm.stderr])
    stream?.on('data', (chunk) => {
      written += chunk;
    });
}

const until = (words: string) =>
  vi.waitFor(() => expect(written).toContain(words), { timeout: 25_000, interval: 50 });
const ended = () => new Promise<number | null>((resolve) => npm.once('exit', resolve));

const addressesIn = (text: string): string[] =>
  [...text.matchAll(/Open (http:\S+),/g)].map(([, address]) => address);

/** Of everything that npm started, by the group that it leads. */
function members(): number[] {
  return readdirSync('/proc').flatMap((pid) => {
    const stat = /^\d+$/.test(pid) ? statOf(pid) : null;
    // A zombie has ended: nobody has asked for its exit code yet.
    return stat && stat.group === npm.pid && stat.state !== 'Z' ? [Number(pid)] : [];
  });
}

function statOf(pid: string): { state: string; group: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, , group] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state, group: Number(group) };
  } catch {
    return null;
  }
}

async function endAll(): Promise<void> {
  for (const pid of members()) process.kill(pid, 'SIGKILL');
  // What was on its way when it ended belongs to no later start.
  for (const stream of [npm.stdout, npm.stderr]) stream?.removeAllListeners('data');
}

const nobodyIsLeft = () => vi.waitFor(() => expect(members()).toEqual([]), { timeout: 10_000, interval: 50 });

/** Of a line that tells a trend event; the bot's first words name it too. */
const TRENDED = '  newly trending  ';

describe.skipIf(process.platform !== 'linux')('npm start (needs Linux, whose /proc lists processes)', () => {
  it.each([
    ['SIGTERM to npm', () => npm.kill('SIGTERM')],
    ['SIGINT to npm', () => npm.kill('SIGINT')],
    ['SIGTERM to npm twice', () => npm.kill('SIGTERM') && npm.kill('SIGTERM')],
    ['Ctrl+C, which everybody in the terminal hears', () => process.kill(-(npm.pid ?? 0), 'SIGINT')],
    [
      'Ctrl+C twice',
      () => process.kill(-(npm.pid ?? 0), 'SIGINT') && process.kill(-(npm.pid ?? 0), 'SIGINT'),
    ],
  ])('%s: ends with 0, and nothing is left running', async (_, stop) => {
    await start();
    await until('answered');
    const end = ended();
    stop();
    expect(await end).toBe(0);
    await nobodyIsLeft();
  });

  it.each(['SIGHUP', 'SIGKILL'] as const)('%s to npm alone: Paperboy does not stay behind', async (name) => {
    await start();
    await until('answered');
    npm.kill(name);
    await nobodyIsLeft();
  });

  it('ends when nobody reads the sandbox any more', async () => {
    await start();
    await until('answered');
    const end = ended();
    npm.stdout?.destroy();
    expect(await end).toBe(0);
    await nobodyIsLeft();
  });

  it('tells what the sandbox is and then a line an event, in plain words', async () => {
    await start();
    await until(TRENDED);
    const lines = written.slice(written.indexOf('Paperboy without')).split('\n');
    expect(lines[0]).toBe('Paperboy without a token: a small Discord to try it in.');
    expect(lines[1]).toMatch(/^Open http:\/\/127\.0\.0\.1:\d+, or type a command here: \/search diffusion$/);
    expect(lines.find((line) => line.includes(TRENDED))).toMatch(
      /^\d\d:\d\d:\d\d {2}newly trending {2}\S.* {2}.*\d upvotes?\b.* {2}→ #[\w-]+$/,
    );
    for (const line of lines.slice(2)) expect(line).toMatch(/^(\d\d:\d\d:\d\d {2}.*|)$/);
  });

  it('takes commands typed at the terminal, and starts again', async () => {
    await start();
    await until(TRENDED);
    npm.stdin?.write('/search diffusion\n');
    await until('papers · diffusion · best match first');
    npm.stdin?.write('/serch x\n');
    await until('There is no such command. There are');
    npm.stdin?.write('hello\n');
    await until('Type a command that begins with /');
    const before = written.length;
    npm.stdin?.write('r\n');
    await vi.waitFor(() => expect(written.slice(before)).toContain('Paperboy without'), { timeout: 25_000 });
    await vi.waitFor(() => expect(addressesIn(written)).toHaveLength(2), { timeout: 25_000 });
    expect(addressesIn(written)[1]).toBe(addressesIn(written)[0]);
    await vi.waitFor(() => expect(written.slice(before)).toContain(TRENDED), { timeout: 25_000 });
  });

  it('shows its page, and with --no-page the terminal alone', async () => {
    await start();
    await until('Open http');
    const page = await fetch(addressesIn(written)[0]);
    expect(await page.text()).toContain('<title>Paperboy');
    await endAll();
    written = '';
    await start({}, '--no-page');
    await until('answered');
    expect(written).not.toContain('Open http');
    expect(written).toContain('Type a command here: /search diffusion');
  });

  it('says where its page is when the port is taken', async () => {
    await start();
    await until('Open http');
    const port = Number(new URL(addressesIn(written)[0]).port);
    const first = npm;
    written = '';
    await start({ HTTP_ADDRESS: `127.0.0.1:${port}` });
    await until(`Port ${port} is taken, so the page is at the next free one.`);
    await until('Open http');
    expect(Number(new URL(addressesIn(written)[0]).port)).toBeGreaterThan(port);
    process.kill(-(first.pid ?? 0), 'SIGKILL');
  });

  it('shows no page to other machines', async () => {
    await start({ HTTP_ADDRESS: '0.0.0.0:0' });
    await until('There is no page, because HTTP_ADDRESS is not of this machine alone');
    expect(written).not.toContain('Open http');
  });

  it('names a word that it does not know', async () => {
    await start({}, '--page=no');
    expect(await ended()).toBe(1);
    expect(written).toContain('--page=no is not known. There is --no-page: the terminal alone.');
  });

  it('reads .env and says so; an empty token there is explained', async () => {
    writeFileSync(join(folder, '.env'), 'DISCORD_TOKEN=\nLOG_LEVEL=loud\n');
    await start();
    expect(await ended()).toBe(1);
    expect(written).toContain('LOG_LEVEL must be debug, info, warn or error');
    expect(written).toContain('.env was read: it sets LOG_LEVEL.');
    writeFileSync(join(folder, '.env'), 'DISCORD_TOKEN=\n');
    await start();
    await until('DISCORD_TOKEN= in .env is empty, which means the sandbox');
  });

  it('takes the token of .env: there is no sandbox then', async () => {
    writeFileSync(join(folder, '.env'), 'DISCORD_TOKEN="wrong"\r\nDATABASE_URL=sqlite::memory:\r\n');
    await start({ DISCORD_API_URL: 'http://127.0.0.1:9' });
    await until('settings were read from .env');
    expect(written).toContain('it sets DISCORD_TOKEN and DATABASE_URL');
    expect(written).not.toContain('small Discord');
  });

  it('says that .env cannot be read', async () => {
    mkdirSync(join(folder, '.env'));
    await start();
    expect(await ended()).toBe(1);
    expect(written).toContain('.env cannot be read: it is a folder. Mend it, or move it away.');
  });
});
