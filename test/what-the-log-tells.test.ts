import { spawn } from 'node:child_process';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Sandbox, startSandbox } from '#src/sandbox/sandbox.ts';
import { type LoopbackServer, openLoopbackServer } from './fakes/loopback-server.ts';
import { type RunningBot, runBot, settingsOf } from './running-bot.ts';

type Line = { level: string; msg: string } & Record<string, unknown>;

const SECRET = 'aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OlhZWg';
const TOKEN_REFUSED =
  'Discord refuses the token. Copy it anew from the developer portal into DISCORD_TOKEN.\n';

describe('what an operator reads', () => {
  const open: { close(): Promise<unknown> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });

  const discord = async (): Promise<Sandbox> => {
    const sandbox = await startSandbox();
    open.push(sandbox);
    return sandbox;
  };
  const running = async (sandbox: Sandbox, settings: Record<string, string> = {}): Promise<RunningBot> => {
    const bot = await runBot(sandbox, settings);
    open.push({ close: () => stopped(bot) });
    return bot;
  };
  const stopped = (bot: RunningBot): Promise<number | null> => {
    bot.signal('SIGTERM');
    return bot.ended;
  };
  /** A bot that is not ready yet. */
  const starting = (sandbox: Sandbox, token: string) => {
    const env = settingsOf({ ...sandbox, token }, {});
    const bot = spawn(process.execPath, ['src/main.ts'], { stdio: ['ignore', 'pipe', 'pipe'], env });
    const told = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      bot[stream].on('data', (chunk) => {
        told[stream] += chunk;
      });
    const ended = new Promise<number | null>((resolve) => bot.once('close', resolve));
    open.push({
      close: () => {
        bot.kill('SIGKILL');
        return ended;
      },
    });
    return { bot, told, ended };
  };
  const linesOf = (text: string): Line[] =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  const source = async (): Promise<LoopbackServer> => {
    const server = await openLoopbackServer(() => ({ body: '[]' }));
    open.push(server);
    return server;
  };

  it('of a start and a stop is a few lines, none above info, and none says that a connection is lost', async () => {
    const bot = await running(await discord());
    await vi.waitFor(() => expect(bot.stdout()).toContain('Commands registered'), 10_000);
    expect(await stopped(bot)).toBe(0);
    const lines = linesOf(bot.stdout()).filter(({ source }) => source === undefined);
    expect(lines.map(({ level, msg }) => [level, msg]).sort()).toEqual([
      ['info', 'Commands registered'],
      ['info', 'Paperboy is ready'],
      ['info', 'stopping'],
    ]);
    expect(bot.stderr()).toBe('');
  });

  it('of a stop in the middle of a reading is nothing above info', async () => {
    const hanging = await source();
    hanging.fail('', 'hang');
    const urls = { HUGGING_FACE_URL: hanging.url, ARXIV_API_URL: hanging.url, ARXIV_RSS_URL: hanging.url };
    const bot = await running(await discord(), urls);
    await vi.waitFor(() => expect(hanging.requests.length).toBeGreaterThan(1), 10_000);
    expect(await stopped(bot)).toBe(0);
    const levels = linesOf(bot.stdout()).map(({ level }) => level);
    expect(new Set(levels)).toEqual(new Set(['info']));
    expect(bot.stderr()).toBe('');
  });

  it('of a reading is one line, also when every list fails', async () => {
    const broken = await source();
    broken.fail('', { status: 400 });
    const bot = await running(await discord(), { HUGGING_FACE_URL: broken.url });
    const readings = () => linesOf(bot.stdout()).filter(({ source }) => source === 'hugging-face');
    await vi.waitFor(() => expect(readings()).not.toEqual([]), 10_000);
    await stopped(bot);
    expect(readings()).toEqual([
      expect.objectContaining({
        ...{ level: 'warn', msg: 'a source could not be read', lists: 0, checked: 0, matched: 0, queued: 0 },
        ...{ failed: expect.any(Number), problem: expect.stringMatching(/^Hugging Face: [^;]*$/) },
      }),
    ]);
  });

  it('of a wrong token is one sentence without a stack', async () => {
    const { told, ended } = starting(await discord(), 'a-token-that-is-wrong');
    expect(await ended).toBe(1);
    expect(told.stderr).toBe(TOKEN_REFUSED);
    const [line, ...more] = linesOf(told.stdout);
    expect(more).toEqual([]);
    expect(line).toEqual({
      ...{ level: 'error', time: expect.any(String), msg: 'Paperboy ends' },
      sentence: TOKEN_REFUSED.trim(),
    });
  });

  it('of session starts that are used up is how many there are and when, and a stop ends the wait', async () => {
    const sandbox = await discord();
    const limit = { total: 1000, remaining: 0, reset_after: 7_200_000, max_concurrency: 1 };
    const body = { url: 'ws://127.0.0.1:9', shards: 1, session_start_limit: limit };
    sandbox.driver.setFaults(({ path }) =>
      path === '/gateway/bot' ? { kind: 'status', status: 200, body } : null,
    );
    const { bot, told, ended } = starting(sandbox, sandbox.token);
    await vi.waitFor(() => expect(told.stdout).toContain('session starts'), 10_000);
    expect(linesOf(told.stdout).at(-1)).toMatchObject({ level: 'warn', left: 0, of: 1000 });
    bot.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(told.stderr).toBe('');
  });

  it('of Node’s warnings is a line without secrets, and nothing on stderr', async () => {
    const mistakes = `process.on('SIGUSR2', () => process.emitWarning('odd /webhooks/1/${SECRET}'))`;
    const bot = await running(await discord(), {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(mistakes)}`,
    });
    bot.signal('SIGUSR2');
    await vi.waitFor(() => expect(bot.stdout()).toContain('Node warns'), 10_000);
    expect(bot.stdout()).not.toContain(SECRET);
    expect(bot.stderr()).toBe('');
  });

  it.each([
    ['an error', `Object.assign(new Error('at /webhooks/1/${SECRET}'), { requestBody: '${SECRET}' })`],
    ['several', `new AggregateError([new Error('x /interactions/1/${SECRET}')], '${SECRET}')`],
    ['a text', `'token=${SECRET}'`],
    ['nothing', 'undefined'],
    ['what refuses every question', `new Proxy({}, { get() { throw new Error('${SECRET}') } })`],
  ])('of the end by an exception that nobody caught is a sentence: %s', async (_, thrown) => {
    const mistakes = `process.on('SIGUSR2', () => { setTimeout(() => { throw ${thrown} }) })`;
    const bot = await running(await discord(), {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(mistakes)}`,
    });
    bot.signal('SIGUSR2');
    expect(await bot.ended).toBe(1);
    expect(bot.stderr()).toMatch(/^Paperboy stopped because of an error that it does not know\. [^\n]*\n$/);
    expect(linesOf(bot.stdout()).at(-1)).toMatchObject({ level: 'error', err: { name: expect.any(String) } });
    expect(bot.stdout()).not.toContain(SECRET);
  });

  it('at level debug holds no token either', async () => {
    const sandbox = await discord();
    const bot = await running(sandbox, { LOG_LEVEL: 'debug', HUGGING_FACE_TOKEN: 'own-secret-of-no-shape' });
    await vi.waitFor(() => expect(bot.stdout()).toContain('Commands registered'), 10_000);
    expect(await stopped(bot)).toBe(0);
    expect(bot.stdout()).not.toContain(sandbox.token);
    expect(bot.stdout()).not.toContain('own-secret-of-no-shape');
  });
});
