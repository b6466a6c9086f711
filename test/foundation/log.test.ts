import { DatabaseSync } from 'node:sqlite';
import { DiscordAPIError, HTTPError, RateLimitError } from '@discordjs/rest';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FatalError, OutsideError } from '#src/foundation/failure.ts';
import { createLog } from '#src/foundation/log.ts';

const INTERACTION = 'aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OlhZWg';
const WEBHOOK = 'xYz123-abcDEF456_ghiJKL789-mnoPQR012stuVWX345-yzA678bcdEFG901hijKLM2';
const BOT = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789AB';
const HUGGING_FACE = 'hf_abcDEFghiJKLmnoPQRstuVWXyz012345';
const PASSWORD = 'p/ss@word';
const OWN = 'own secret, of no shape';
const TIGHT = 'qz-own-secret-of-no-shape';
const WORDS = 'the words of a member';
/** Of no shape: only where it stands tells what it is. */
const SHORT = 'sh0rt-key';
const SECRETS = [SHORT, INTERACTION, WEBHOOK, BOT, HUGGING_FACE, PASSWORD, 'ss@word', OWN, WORDS];

const ADDRESS = `https://discord.com/api/v10/webhooks/123456789012345678/${WEBHOOK}/messages/@original`;
const CALLBACK = `https://discord.com/api/v10/interactions/123456789012345678/${INTERACTION}/callback`;
const sent = { files: undefined, body: { content: WORDS, token: BOT } };

function open(level = 'debug', readable = false) {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  return { lines, log: createLog({ level, readable, secrets: [OWN, TIGHT], write }) };
}

function logged(err: unknown) {
  const { lines, log } = open();
  log.error({ err }, 'It failed');
  expect(lines).toHaveLength(1);
  for (const secret of SECRETS) expect(lines[0]).not.toContain(secret);
  return JSON.parse(lines[0]);
}

/** Each secret in the words of an error, as libraries write them. */
const SAID: readonly [string, string][] = [
  ['an address of an interaction', `Unknown interaction at ${CALLBACK}`],
  ['a route of a webhook', `PATCH /webhooks/123456789012345678/${WEBHOOK} failed`],
  ['an interaction’s token alone', `The token ${INTERACTION} is too old`],
  ['a webhook’s token alone', `Invalid: ${WEBHOOK}`],
  ['a bot’s token alone', `Used ${BOT}, which is no good`],
  ['a header', `authorization: Bot ${BOT}`],
  ['a header in JSON', `{"Authorization":"Bearer ${HUGGING_FACE}"}`],
  ['a header that is refused', `Headers.append: "Bearer ${OWN}" is an invalid header value.`],
  ['a variable', `HUGGING_FACE_TOKEN=${HUGGING_FACE} is wrong`],
  ['Hugging Face’s token alone', `401 for ${HUGGING_FACE}`],
  ['a key in a query', `GET https://example.com/papers?api_key=${HUGGING_FACE}&x=1`],
  ['a key in a query without its host', `GET /papers?key=${BOT}`],
  ['a database’s password', `connect to postgres://me:${PASSWORD}@db.example:5432/papers failed`],
  ['a body in JSON', `Bad request: {"content":"so \\"quoted\\": ${WORDS}","tts":false}`],
  ['a body that is no JSON', `Unexpected token 't', "${WORDS}" is not valid JSON`],
  ['a value that Node refuses', `The argument must be a number. Received '${WORDS}'`],
  ['a value of the environment', `it was ${OWN}, or ${encodeURIComponent(OWN)}`],
  ['a short token in a route', `PATCH /webhooks/1/${SHORT}/messages and /interactions/1/${SHORT} failed`],
  ['a short password by its name', `login failed: password=${SHORT}, Authorization: Bot ${SHORT}`],
  ['a second line', `Failed\n${WORDS} ${CALLBACK}`],
];

describe('no secret comes into the log', () => {
  it.each(SAID)('out of the words of an error: %s', (_, said) => {
    const told = logged(new TypeError(said));
    expect(told).toMatchObject({ level: 'error', msg: 'It failed', err: { name: 'TypeError' } });
    logged(new OutsideError('A source', 'failed', { retryable: true, cause: new Error(said) }));
    logged(new AggregateError([new Error(said)], 'all failed'));
    logged(Object.assign(new Error('x'), { name: said, code: said, stack: said, route: said, url: said }));
    logged(said.split('\n')[0].replace(WORDS, ''));
    logged({ message: said, stack: `Error: ${said}\n    at ${said} (file:///${said})` });
  });

  it.each(SAID.filter(([, said]) => !said.includes(WORDS)))('out of a field: %s', (_, said) => {
    const { lines, log } = open();
    log.warn({ reason: said, deep: { list: [said] }, map: new Map([[said, said]]) }, 'It failed');
    for (const secret of SECRETS) expect(lines[0]).not.toContain(secret);
  });

  it('out of errors that stand under any other name, at any depth', () => {
    const { lines, log } = open();
    const error = new DiscordAPIError({ code: 1, message: 'No' }, 1, 400, 'POST', CALLBACK, sent);
    log.warn({ error, e: { reason: error }, list: [error] }, 'It failed');
    log.warn(error, 'It failed');
    for (const secret of SECRETS) expect(lines.join('')).not.toContain(secret);
    expect(JSON.parse(lines[1]).err).toMatchObject({ name: 'DiscordAPIError', code: 1 });
  });

  it('out of requests, headers and bodies that somebody logs whole', () => {
    const { lines, log } = open();
    const headers = { Authorization: `Bot ${BOT}` };
    const request = new Request(CALLBACK, { method: 'POST', headers, body: WORDS });
    log.warn({ request, requestBody: sent, headers, body: WORDS, config: { DISCORD_TOKEN: OWN } }, 'Odd');
    for (const secret of SECRETS) expect(lines[0]).not.toContain(secret);
  });

  it('leaves what an operator needs', () => {
    const { lines, log } = open();
    const invite =
      'https://discord.com/oauth2/authorize?client_id=1&scope=bot+applications.commands&permissions=3';
    const file = '/var/lib/volumes/0123456789abcdef0123456789abcdef0123456789abcdef/paperboy.db';
    log.info({ invite, file, at: new Date(0), many: 3n }, 'Paperboy is ready');
    expect(JSON.parse(lines[0])).toMatchObject({ invite, file, at: '1970-01-01T00:00:00.000Z', many: '3' });
  });
});

describe('of each kind of error the log tells what it is', () => {
  const refusal = { code: 50035, message: `Invalid Form Body\ncontent: ${WORDS}` };
  const limit = {
    timeToReset: 1,
    limit: 1,
    method: 'PATCH',
    hash: 'h',
    url: ADDRESS,
    majorParameter: WEBHOOK,
  };
  const limited = { route: '/webhooks/:id/:token', global: false, retryAfter: 1, sublimitTimeout: 0 };
  it.each<[string, () => unknown, object]>([
    [
      'Discord’s refusal',
      () => new DiscordAPIError(refusal, 50035, 400, 'POST', CALLBACK, sent),
      {
        ...{ name: 'DiscordAPIError', code: 50035, status: 400, sentence: 'Invalid Form Body' },
        ...{ method: 'POST', route: '/interactions/:id/:token/callback' },
        at: expect.arrayContaining([expect.stringMatching(/^test\/foundation\/log\.test\.ts:\d+:\d+/)]),
      },
    ],
    [
      'a 5xx',
      () => new HTTPError(503, 'Service Unavailable', 'PATCH', ADDRESS, sent),
      { name: 'HTTPError', status: 503, method: 'PATCH', route: '/webhooks/:id/:token/messages/@original' },
    ],
    [
      'a limit',
      () => new RateLimitError({ ...limit, ...limited, scope: 'user' }),
      { name: 'RateLimitError', method: 'PATCH', route: '/webhooks/:id/:token' },
    ],
    [
      'a broken line',
      () => new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) }),
      { name: 'TypeError', sentence: 'fetch failed', cause: { code: 'ECONNRESET' } },
    ],
    [
      'something of another shape',
      () => z.object({ content: z.string(), n: z.number() }).safeParse({ content: 1, n: WORDS }).error,
      { name: 'ZodError', sentence: 'Not of the expected shape: content invalid_type, n invalid_type' },
    ],
    [
      'SQLite’s refusal',
      () => {
        try {
          return new DatabaseSync(':memory:').exec('SELECT * FROM nowhere');
        } catch (error) {
          return error;
        }
      },
      { name: 'Error', code: 'ERR_SQLITE_ERROR', sentence: 'no such table: nowhere' },
    ],
    [
      'several at once',
      () => new AggregateError([new Error('one'), 'two'], 'all failed'),
      { name: 'AggregateError', errors: [{ sentence: 'one' }, { name: 'string', sentence: 'two' }] },
    ],
    [
      'a sentence of ours',
      () => new FatalError('Say "x" to /data/p.db.'),
      { sentence: 'Say "x" to /data/p.db.' },
    ],
    ['a text', () => 'closing', { name: 'string', sentence: 'closing' }],
    ['nothing', () => null, { name: 'object', sentence: 'null' }],
    ['an object', () => ({ odd: BOT }), { sentence: 'Something was thrown that is no error' }],
    ['a symbol', () => Symbol('odd'), { name: 'symbol' }],
    ['a function', () => () => BOT, { sentence: 'Something was thrown that is no error' }],
    ['an object without a prototype', () => Object.create(null), { name: 'unknown' }],
  ])('%s', (_, error, told) => {
    expect(logged(error()).err).toMatchObject(told);
  });

  it('one whose properties throw', () => {
    const error = new Error('hidden');
    for (const name of ['name', 'message', 'stack', 'code', 'status', 'cause', 'errors', 'url', 'issues'])
      Object.defineProperty(error, name, {
        get: () => {
          throw new Error(WORDS);
        },
      });
    expect(logged(error).err).toMatchObject({ name: 'unknown' });
  });

  it('one that refuses every question', () => {
    const refuse = () => {
      throw new Error(WORDS);
    };
    const traps = { get: refuse, has: refuse, getPrototypeOf: refuse, ownKeys: refuse };
    expect(logged(new Proxy(new Error('x'), traps)).err).toMatchObject({ name: 'unknown' });
    const revoked = Proxy.revocable([], {});
    revoked.revoke();
    expect(logged(revoked.proxy).err).toMatchObject({ name: 'unknown' });
    const { lines, log } = open();
    log.warn({ odd: revoked.proxy, odder: new Proxy({}, traps) }, 'Odd');
    expect(JSON.parse(lines[0])).toMatchObject({ odd: '(unreadable)', odder: '(unreadable)' });
  });

  it('rings and giants, in one bounded line', () => {
    const ring: Error & { errors?: unknown } = new Error(`${'long '.repeat(1e6)}${BOT}`);
    ring.cause = ring;
    ring.errors = Array.from({ length: 1000 }, () => ring);
    const { lines, log } = open();
    const fields: Record<string, unknown> = { big: 'x'.repeat(1e7), list: Array(1e5).fill(BOT) };
    fields.self = fields;
    log.error({ ...fields, err: ring }, 'It failed');
    expect(lines[0].length).toBeLessThan(70_000);
    expect(lines[0]).not.toContain(BOT.slice(0, 20));
  });

  it('a secret at the place where a text is cut', () => {
    const { lines, log } = open();
    for (let before = 900; before < 1100; before++)
      log.warn({ text: `${'x '.repeat(before / 2)}${BOT}` }, 'Long');
    expect(lines.join('')).not.toContain(BOT.slice(0, 12));
  });

  it.each([false, true])(
    'a secret without a shape where a sentence or a field is cut, for a person: %s',
    (readable) => {
      const { lines, log } = open('debug', readable);
      for (let before = 150; before < 310; before++) {
        const text = `${'x'.repeat(before % 2)}${' x'.repeat(before >> 1)} ${TIGHT}`;
        log.warn({ text, err: new Error(text) }, 'Long');
      }
      expect(lines.join('')).not.toContain(TIGHT.slice(0, 5));
    },
  );
});

describe('a line of the log', () => {
  it('is JSON with the level as a word, the time as people write it, the fields and the message', () => {
    const { lines, log } = open('info');
    log.debug({}, 'Too much');
    log.info({ count: 2 }, 'Commands registered');
    expect(lines).toHaveLength(1);
    expect(lines[0].endsWith('}\n')).toBe(true);
    const { time, ...rest } = JSON.parse(lines[0]);
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(rest).toEqual({ level: 'info', count: 2, msg: 'Commands registered' });
  });

  it('is short and readable for a person', () => {
    const { lines, log } = open('info', true);
    log.info({ port: 8080 }, 'Paperboy is ready');
    log.warn(
      { err: new OutsideError('arXiv', 'answered 503', { retryable: true }) },
      'A source did not answer',
    );
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d {2}Paperboy is ready {2}port=8080\n$/);
    expect(lines[1]).toMatch(
      /^\d\d:\d\d:\d\d {2}warn {2}A source did not answer {2}OutsideError: arXiv: answered 503 at test\/foundation\/log\.test\.ts:\d+:\d+\S*\n$/,
    );
    expect(lines.join('')).not.toContain('{');
  });

  it.each([false, true])(
    'is one line that steers no terminal, whoever says what is in it; for a person: %s',
    (readable) => {
      const { lines, log } = open('debug', readable);
      const said = 'one\r\u001b[2Jtwo\u2028three\nfour\u202efive\u0085';
      log.warn({ title: said, list: [said], err: new Error(said) }, 'Strange');
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(readable ? /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+\n$/u : /^\P{Cc}+\n$/u);
      expect(lines[0]).toContain('Error: one'.slice(readable ? 0 : 7));
    },
  );
});
