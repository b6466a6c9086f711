import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '#src/foundation/database/database.ts';
import { FatalError } from '#src/foundation/failure.ts';
import { type Pages, servePages } from '#src/foundation/http-server.ts';
import { untilAllWait } from '#test/fakes/held-writer.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';

describe('the pages at HTTP_ADDRESS', () => {
  const log = createKeptLog();
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  const serve = async (pages: Pages, port = 0, hosts: readonly string[] = [], host = '127.0.0.1') => {
    const served = await servePages({ host, port }, pages, log, hosts);
    open.push(served);
    return served.port;
  };
  const get = async (port: number, path: string, method = 'GET') => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    return { status: answer.status, text: await answer.text() };
  };

  const askedAs = (port: number, host: string, method = 'GET', path = '/healthz') =>
    new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const asking = request({ port, path, method, host: '127.0.0.1', headers: { host } }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk) => {
          text += chunk;
        });
        answer.on('end', () => resolve({ status: answer.statusCode, text }));
      });
      asking.on('error', reject).end();
    });

  it('are shown, and everything else is not found', async () => {
    const port = await serve({ '/healthz': () => ({ status: 200, type: 'text/plain', text: 'well' }) });
    expect(await get(port, '/healthz?x=1')).toEqual({ status: 200, text: 'well' });
    for (const path of ['/', '/other', '/constructor', '/__proto__'])
      expect((await get(port, path)).status).toBe(404);
  });

  it('are closed once nobody reads what is stored for them any more: the database may be closed then', async () => {
    const db = await openDatabase(':memory:');
    const asked = Promise.withResolvers<void>();
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const page = async () => {
      asked.resolve();
      await held;
      const row = await db.get<{ text: string }>("SELECT 'well' AS text");
      return { status: 200, type: 'text/plain', text: row?.text ?? '' };
    };
    const kept = createKeptLog();
    const { port, close } = await servePages({ host: '127.0.0.1', port: 0 }, { '/healthz': page }, kept);
    const cut = expect(get(port, '/healthz')).rejects.toThrow();
    await asked.promise;
    const closing = close().then(() => db.close());
    await cut;
    await untilAllWait();
    release();
    await closing;
    await untilAllWait();
    expect(kept.lines).toEqual([]);
  });

  it('hear what is asked behind the question mark', async () => {
    const port = await serve({
      '/healthz': (asked) => ({ status: 200, type: 'text/plain', text: `strict: ${asked.has('strict')}` }),
    });
    expect((await get(port, '/healthz?strict')).text).toBe('strict: true');
    expect((await get(port, '/healthz')).text).toBe('strict: false');
  });

  it('leave every other path to who stands behind them, in any method, under the same host names', async () => {
    const pages: Pages = { '/healthz': () => ({ status: 200, type: 'text/plain', text: 'well' }) };
    const elsewhere = vi.fn((_: IncomingMessage, response: ServerResponse) => void response.end('elsewhere'));
    const served = await servePages({ host: '127.0.0.1', port: 0 }, pages, log, [], elsewhere);
    open.push(served);
    const { port } = served;
    expect((await get(port, '/healthz?strict')).text).toBe('well');
    expect((await get(port, '/healthz', 'POST')).status).toBe(405);
    for (const [path, method] of [
      ['/', 'GET'],
      ['/constructor', 'GET'],
      ['/healthz/', 'POST'],
    ])
      expect(await get(port, path, method)).toEqual({ status: 200, text: 'elsewhere' });
    expect(elsewhere).toHaveBeenCalledTimes(3);
    expect((await askedAs(port, 'evil.example', 'GET', '/')).status).toBe(421);
    expect(elsewhere).toHaveBeenCalledTimes(3);
  });

  it('answer HEAD as GET, without the text', async () => {
    const port = await serve({ '/healthz': () => ({ status: 503, type: 'text/plain', text: 'Müde' }) });
    const [full, head] = await Promise.all(
      ['GET', 'HEAD'].map((method) => fetch(`http://127.0.0.1:${port}/healthz`, { method })),
    );
    expect(head.status).toBe(503);
    expect(await head.text()).toBe('');
    expect(await full.text()).toBe('Müde');
    for (const name of ['content-type', 'content-length'])
      expect(head.headers.get(name)).toBe(full.headers.get(name));
    expect(head.headers.get('content-length')).toBe('5');
    expect((await get(port, '/other', 'HEAD')).status).toBe(404);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    'refuse %s, and say what they take',
    async (method) => {
      const shown = vi.fn(() => ({ status: 200, type: 'text/plain', text: 'well' }));
      const port = await serve({ '/healthz': shown });
      const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { method });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe('GET, HEAD');
      expect(await answer.text()).toBe('This page can only be read: ask with GET or HEAD.\n');
      expect(shown).not.toHaveBeenCalled();
    },
  );

  describe('under a host name', () => {
    const well: Pages = { '/healthz': () => ({ status: 200, type: 'text/plain', text: 'well' }) };
    it.each([
      'localhost',
      'LOCALHOST:8080',
      'localhost.',
      '127.0.0.1:1',
      '127.0.0.2',
      '[::1]:8080',
      '[::ffff:127.0.0.1]',
    ])('%s, which is this machine, are shown', async (host) => {
      expect((await askedAs(await serve(well), host)).status).toBe(200);
    });

    it.each([
      'evil.example',
      'evil.example:8080',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      '10.0.0.5',
    ])('%s are not shown, and say what to do', async (host) => {
      const port = await serve(well);
      expect(await askedAs(port, host)).toEqual({
        status: 421,
        text: 'Paperboy is not known by this host name. Ask by the address in HTTP_ADDRESS, or add the name to HTTP_HOSTS.\n',
      });
      expect((await askedAs(port, host, 'HEAD')).status).toBe(421);
      expect((await askedAs(port, host, 'POST')).status).toBe(421);
      expect((await askedAs(port, host, 'GET', '/other')).status).toBe(421);
    });

    it.each(['a b', 'localhost/x', 'user@localhost', 'localhost?', '[::1', ':8080'])(
      '“%s”, which is none, are not shown',
      async (host) => {
        expect((await askedAs(await serve(well), host)).status).toBeGreaterThanOrEqual(400);
      },
    );

    it('that the operator lists are shown, in any case and at any port', async () => {
      const port = await serve(well, 0, ['papers.example', 'fd00::5']);
      for (const host of ['papers.example', 'Papers.Example:443', '[fd00::5]:8080', '[FD00:0::5]'])
        expect((await askedAs(port, host)).status).toBe(200);
      expect((await askedAs(port, 'www.papers.example')).status).toBe(421);
    });

    it('that is the address the request came to are shown, also when the server listens on all of them', async () => {
      const port = await serve(well, 0, [], '0.0.0.0');
      expect((await askedAs(port, '127.0.0.1')).status).toBe(200);
      expect((await askedAs(port, 'evil.example')).status).toBe(421);
    });
  });

  it.each([
    [
      'at once',
      () => {
        throw new FatalError('The database is closed.');
      },
    ],
    ['later', () => Promise.reject(new Error('database is not open'))],
  ])('answer 503 when a page fails %s, and the next request is answered', async (_, broken) => {
    const port = await serve({
      '/broken': broken,
      '/well': () => ({ status: 200, type: 'text/plain', text: 'well' }),
    });
    const { status, text } = await get(port, '/broken');
    expect(status).toBe(503);
    expect(text).not.toContain('database');
    expect((await get(port, '/well')).status).toBe(200);
    expect(log.lines.at(-1)).toMatchObject({
      message: 'A page could not be shown',
      fields: { path: '/broken' },
    });
  });

  it('end with a sentence when the address is taken', async () => {
    const port = await serve({});
    await expect(serve({}, port)).rejects.toThrow(/^HTTP_ADDRESS .* cannot be used .*Choose another one\.$/);
  });
});
