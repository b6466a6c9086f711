import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBeside } from '#test/fakes/beside-the-bot.ts';
import { type LoopbackServer, openLoopbackServer } from '#test/fakes/loopback-server.ts';
import { holdElsewhere } from '#test/foundation/database/holder.ts';
import { someServer } from '#test/sandbox/some-server.ts';

let folder: string;
let file: string;
let discord: LoopbackServer;
let bots: ChildProcess[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  file = join(folder, 'paperboy.db');
  discord = await openLoopbackServer(() => ({
    status: 401,
    body: '{"message":"401: Unauthorized","code":0}',
  }));
});
afterEach(async () => {
  for (const bot of bots) bot.kill('SIGKILL');
  bots = [];
  await discord.close();
  rmSync(folder, { recursive: true, force: true });
});

const NOWHERE = 'http://127.0.0.1:9';

/** `npm start` without npm, in a process of its own. */
function startPaperboy(
  database: string,
  { url, token }: { url: string; token: string },
  settings: Record<string, string> = {},
) {
  const bot = spawn(process.execPath, ['src/main.ts'], {
    env: {
      PATH: process.env.PATH,
      DISCORD_TOKEN: token,
      DISCORD_API_URL: url,
      DATABASE_URL: `sqlite:${database}`,
      HUGGING_FACE_URL: NOWHERE,
      ARXIV_API_URL: NOWHERE,
      ARXIV_RSS_URL: NOWHERE,
      POLL_CRON: '0 0 1 1 *',
      HTTP_ADDRESS: '127.0.0.1:0',
      ...settings,
    },
  });
  bots.push(bot);
  return { bot, ended: endOf(bot) };
}

async function endOf(bot: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  let stderr = '';
  bot.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = await once(bot, 'close');
  return { code, stderr };
}

describe('the database file of a running Paperboy', () => {
  it('keeps a second Paperboy out before it has asked Discord anything', async () => {
    const holder = await holdElsewhere(file);
    const { code, stderr } = await startPaperboy(file, { ...discord, token: 'a-token' }).ended;
    await holder.kill();
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^The database .*paperboy\.db is in use by another Paperboy \(process \d+, .*\)\. Stop it/,
    );
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(discord.requests).toEqual([]);
  });

  it.each([
    ['in a folder that cannot be made', '/proc/paperboy/data/paperboy.db', 'cannot be made'],
    ['that is a device', '/dev/full', 'it is no plain file'],
    ['that is a folder', tmpdir(), 'it is a folder'],
  ])('%s ends with a sentence and exit code 1', async (_, database, words) => {
    const { code, stderr } = await startPaperboy(database, { ...discord, token: 'a-token' }).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The .*database .*\.\n$/);
    expect(stderr).toContain(database);
    expect(stderr).toContain(words);
    expect(discord.requests).toEqual([]);
  });

  it('is missed when somebody deletes it, and no search index or log beside it ends anything', async () => {
    for (const name of ['.search', '.search.new']) mkdirSync(file + name);
    const { sandbox, driver } = await someServer();
    const { bot, ended } = startPaperboy(file, sandbox);
    await driver.untilCommand('help');
    expect(bot.exitCode).toBeNull();
    expect(existsSync(`${file}.pid`)).toBe(true);

    rmSync(file);

    const { code, stderr } = await ended;
    await sandbox.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`The database ${file} was deleted, moved or replaced while Paperboy ran.`);
  });
});

describe('whichever way Paperboy ends, its database is closed: no log and no number of its holder stay behind', () => {
  const token = 'a-token';
  const left = () => readdirSync(folder).filter((name) => name !== 'paperboy.db.search');
  const CLOSED = ['paperboy.db', 'paperboy.db.lock'];
  /** The house reads whole lists of migrations first: then the log is there. */
  const untilOpen = () =>
    vi.waitFor(() => expect(readdirSync(folder)).toContain('paperboy.db-wal'), {
      timeout: 20_000,
      interval: 20,
    });

  it('a token that Discord refuses', async () => {
    expect(await startPaperboy(file, { ...discord, token }).ended).toMatchObject({ code: 1 });
    expect(left()).toEqual(CLOSED);
  });

  it('a port that is taken', async () => {
    const { sandbox } = await someServer();
    const HTTP_ADDRESS = new URL(discord.url).host;
    const { code, stderr } = await startPaperboy(file, sandbox, { HTTP_ADDRESS }).ended;
    await sandbox.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^HTTP_ADDRESS 127\.0\.0\.1:\d+ cannot be used/);
    expect(left()).toEqual(CLOSED);
  });

  it('a house that cannot be built', async () => {
    const other = openBeside(file);
    other.exec(
      'CREATE TABLE migration (room TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (room, number)) STRICT',
    );
    other.exec('CREATE TABLE promise (a); CREATE TABLE paper (a)');
    other.close();
    discord.fail('', 'hang');
    const { code, stderr } = await startPaperboy(file, { ...discord, token }).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The database .* cannot be brought up to date \(/);
    expect(left()).toEqual(CLOSED);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('%s while Discord does not answer', async (signal) => {
    discord.fail('', 'hang');
    const { bot, ended } = startPaperboy(file, { ...discord, token });
    await untilOpen();
    bot.kill(signal);
    expect(await ended).toEqual({ code: 0, stderr: '' });
    expect(left()).toEqual(CLOSED);
  });

  it('SIGTERM while session starts are used up', async () => {
    const { sandbox, driver } = await someServer();
    const resetAfter = { total: 1000, remaining: 0, reset_after: 3_600_000, max_concurrency: 1 };
    driver.setFaults(({ path }) =>
      path.endsWith('/gateway/bot')
        ? {
            kind: 'status',
            status: 200,
            body: { url: 'ws://127.0.0.1:9', shards: 1, session_start_limit: resetAfter },
          }
        : null,
    );
    const { bot, ended } = startPaperboy(file, sandbox);
    let said = '';
    bot.stdout?.on('data', (chunk) => {
      said += chunk;
    });
    await vi.waitFor(() => expect(said).toContain('resetsAt'), { timeout: 20_000, interval: 20 });
    bot.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    await sandbox.close();
    expect(left()).toEqual(CLOSED);
  });

  it('a mistake that nobody can place', async () => {
    const { sandbox, driver } = await someServer();
    const mistake = "process.on('SIGUSR2', () => { throw new Error('x'); })";
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(mistake)}`;
    const { bot, ended } = startPaperboy(file, sandbox, { NODE_OPTIONS });
    await driver.untilCommand('help', 20_000);
    bot.kill('SIGUSR2');
    expect((await ended).code).toBe(1);
    await sandbox.close();
    expect(left()).toEqual(CLOSED);
  });

  it('SIGTERM in the midst of its work', async () => {
    const { sandbox, driver } = await someServer();
    const { bot, ended } = startPaperboy(file, sandbox);
    await driver.untilCommand('help', 20_000);
    bot.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    await sandbox.close();
    expect(left()).toEqual(CLOSED);
  });
});
