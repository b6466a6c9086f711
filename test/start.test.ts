import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { say } from '#src/render/say.ts';
import { startSandbox } from '#src/sandbox/sandbox.ts';
import { openBeside } from '#test/fakes/beside-the-bot.ts';
import { blocksOf, contentOf } from '#test/read-message.ts';
import { type LoopbackServer, openLoopbackServer } from './fakes/loopback-server.ts';
import { type RunningBot, runBot } from './running-bot.ts';
import { someServer } from './sandbox/some-server.ts';

type Scene = Awaited<ReturnType<typeof someServer>>;

describe('the process', () => {
  let scene: Scene;
  let bot: RunningBot;
  let source: LoopbackServer;

  const open = async (settings: Record<string, string> = {}) => {
    scene = await someServer({}, startSandbox);
    // A source that never answers: what is asked of it takes the bot's whole patience.
    source = await openLoopbackServer(() => ({}));
    source.fail('', 'hang');
    bot = await runBot(scene.sandbox, { ARXIV_API_URL: source.url, ...settings });
    await scene.driver.untilCommand('help');
  };
  afterEach(async () => {
    bot.signal('SIGCONT');
    bot.signal('SIGTERM');
    await bot.ended;
    await source.close();
    await scene.sandbox.close();
  });

  const ask = (name: string, options = {}) =>
    scene.driver.slash({ user: scene.alice, channel: scene.channel, name, options });
  /** Takes some four seconds: the source is waited for. */
  const askSlowly = () => ask('paper', { query: '2603.99999' });
  const answers = async () => expect(blocksOf(await ask('help').message())).not.toEqual([]);
  const everything = () => `${bot.stdout()}${bot.stderr()}`;
  const tokens = () => [...scene.sandbox.world.interactions.values()].map(({ token }) => token);

  it('outlives a "thinking ..." that Discord refuses while the command works', async () => {
    await open();
    const tooLate = { kind: 'status', status: 404, body: { code: 10062, message: 'Unknown' } } as const;
    scene.driver.setFaults(({ path }) => (path.endsWith('/callback') ? tooLate : null));
    const life = askSlowly();
    await vi.waitFor(() => expect(bot.stdout()).toContain(life.id), { timeout: 15_000 });
    scene.driver.setFaults(null);
    await answers();
    expect(bot.isRunning()).toBe(true);
    expect(bot.stderr()).toBe('');
    for (const token of tokens()) expect(everything()).not.toContain(token);
  });

  it('outlives a pause of the machine of over three seconds', async () => {
    await open();
    const life = askSlowly();
    bot.signal('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 3_300));
    bot.signal('SIGCONT');
    await vi.waitFor(() => expect(bot.stdout()).toContain(life.id), { timeout: 15_000 });
    await answers();
    expect(bot.stderr()).toBe('');
  });

  it('outlives events of one server that nobody can read, and hears the others', async () => {
    await open();
    const { world } = scene.sandbox;
    const odd = [null, 7, 'x', [], {}, { id: null }, { guild_id: scene.server }, { id: scene.server }];
    for (const event of ODD_EVENTS)
      for (const payload of odd)
        world.dispatch({ event, guildId: scene.server, payload: payload as Record<string, unknown> });
    await answers();
    expect(bot.isRunning()).toBe(true);
    expect(bot.stderr()).toBe('');
  });

  it('answers 503 on its pages when the database is broken, and goes on', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'paperboy-')), 'p.db');
    await open({ DATABASE_URL: `sqlite:${file}` });
    expect((await fetch(`${bot.pages}/healthz`)).status).toBe(200);
    const db = openBeside(file);
    const tables = db
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'run%'")
      .all();
    for (const { name } of tables) db.exec(`DROP TABLE ${name}`);
    db.close();
    for (const page of ['healthz', 'metrics', 'metrics']) {
      const answer = await fetch(`${bot.pages}/${page}`);
      expect(answer.status).toBe(503);
      expect((await answer.text()).length).toBeLessThan(100);
    }
    await answers();
  });

  it('answers its supervisor, under the names the operator lists, also while Discord does not let it in', async () => {
    scene = await someServer({}, startSandbox);
    source = await openLoopbackServer(() => ({}));
    await scene.driver.outage('unavailable');
    // A port that is free: it was given back just now.
    const free = await openLoopbackServer(() => ({}));
    await free.close();
    const starting = runBot(scene.sandbox, {
      HTTP_ADDRESS: new URL(free.url).host,
      HTTP_HOSTS: 'papers.example',
    });
    const health = (host = 'localhost') =>
      new Promise<number | undefined>((resolve, reject) => {
        const asked = get(`${free.url}/healthz`, { headers: { host } }, (answer) =>
          resolve(answer.statusCode),
        );
        asked.on('error', reject);
      });
    await vi.waitFor(async () => expect(await health()).toBe(200), { timeout: 15_000, interval: 200 });
    expect(await health('papers.example')).toBe(200);
    expect(await health('evil.example')).toBe(421);
    await scene.driver.outage('none');
    bot = await starting;
    expect(await health()).toBe(200);
  });

  it('answers what is in hand when it is asked to stop, and ends with 0', async () => {
    await open();
    const life = askSlowly();
    await life.answered();
    bot.signal('SIGTERM');
    expect(await bot.ended).toBe(0);
    const [answer, ...more] = scene.driver.read(scene.alice, scene.channel);
    expect([contentOf(answer), answer.loading, more]).toEqual([say('answer.stopping'), false, []]);
    expect(bot.stderr()).toBe('');
  });

  it('ends with one sentence when nothing of the start works', async () => {
    await open();
    const file = join(mkdtempSync(join(tmpdir(), 'paperboy-')), 'p.db');
    writeFileSync(file, 'no database at all'.repeat(100));
    const failing = runBot({ ...scene.sandbox, token: 'wrong' }, { DATABASE_URL: `sqlite:${file}` });
    const told = await failing.then(() => 'ready', String);
    expect(told).toMatch(/ended with 1: [^\n]*(?:is not a SQLite database|refuses the token)[^\n]*\n$/);
  });

  it('ends with a sentence when Discord closes the gateway for good', async () => {
    await open();
    scene.driver.gateway.close(4014);
    expect(await bot.ended).toBe(1);
    expect(bot.stderr()).toMatch(/^Discord closed the gateway: .*\(4014\)\.\n$/);
  });

  it('leaves nothing but its database when it ends in the middle of a transaction', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
    const endInside = `import { DatabaseSync } from 'node:sqlite';
      const { exec } = DatabaseSync.prototype;
      process.on('SIGCONT', () => {
        DatabaseSync.prototype.exec = function (sql) {
          exec.call(this, sql);
          if (sql === 'BEGIN IMMEDIATE') process.exit(0);
        };
      });`;
    await open({
      DATABASE_URL: `sqlite:${join(folder, 'p.db')}`,
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(endInside)}`,
    });
    bot.signal('SIGCONT');
    expect(await bot.ended).toBe(0);
    expect(readdirSync(folder).filter((name) => !name.endsWith('.lock'))).toEqual(['p.db']);
  });

  it('goes on after a mistake that only one task met, and ends with a sentence after one that nobody can place', async () => {
    const secret = "new Error('no https://discord.com/api/webhooks/1/' + ['SEC', 'RET'].join(''))";
    const mistakes = `process.on('SIGCONT', () => { Promise.reject(${secret}) });
      process.on('SIGHUP', () => { throw ${secret} });`;
    await open({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(mistakes)}` });
    bot.signal('SIGCONT');
    await vi.waitFor(() => expect(bot.stdout()).toContain('Paperboy goes on'), 10_000);
    await answers();
    bot.signal('SIGHUP');
    expect(await bot.ended).toBe(1);
    expect(bot.stderr()).toMatch(/^Paperboy stopped because of an error that it does not know\..*\n$/);
    expect(everything()).not.toContain('SECRET');
  });
});

const ODD_EVENTS = [
  ...['GUILD_UPDATE', 'GUILD_DELETE', 'GUILD_ROLE_UPDATE', 'GUILD_ROLE_DELETE', 'GUILD_MEMBER_UPDATE'],
  ...['CHANNEL_CREATE', 'CHANNEL_UPDATE', 'CHANNEL_DELETE', 'THREAD_UPDATE', 'THREAD_DELETE'],
  ...['INTERACTION_CREATE', 'GUILD_CREATE', 'THREAD_LIST_SYNC', 'MESSAGE_CREATE', 'NO_SUCH_EVENT'],
];
