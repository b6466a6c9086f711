import { afterEach, describe, expect, it } from 'vitest';
import { FatalError } from '#src/foundation/failure.ts';
import { type Pages, servePages } from '#src/foundation/http-server.ts';
import { createKeptLog } from '#test/fakes/kept-log.ts';

describe('the pages at HTTP_ADDRESS', () => {
  const log = createKeptLog();
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  const serve = async (pages: Pages, port = 0) => {
    const served = await servePages({ host: '127.0.0.1', port }, pages, log);
    open.push(served);
    return served.port;
  };
  const get = async (port: number, path: string, method = 'GET') => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    return { status: answer.status, text: await answer.text() };
  };

  it('are shown, and everything else is not found', async () => {
    const port = await serve({ '/healthz': () => ({ status: 200, type: 'text/plain', text: 'well' }) });
    expect(await get(port, '/healthz?x=1')).toEqual({ status: 200, text: 'well' });
    for (const path of ['/', '/other', '/constructor', '/__proto__'])
      expect((await get(port, path)).status).toBe(404);
    expect((await get(port, '/healthz', 'POST')).status).toBe(404);
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
