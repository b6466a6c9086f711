import { describe, expect, it } from 'vitest';
import { rawly, somePage } from './some-page.ts';

const SPEED = JSON.stringify({ ask: 'speed', speed: 0 });

describe('every answer of the page', () => {
  it.each(['/', '/browser/main.ts', '/messages', '/commands', '/nothing', '/pictures/1/2/x.png', '/live'])(
    'is told to hold no script, to be in no frame and to be read by no other page: %s',
    async (path) => {
      const { origin } = await somePage();
      const { headers, body } = await fetch(origin + path);
      await body?.cancel();
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; " +
          "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('permissions-policy')).toContain('camera=()');
    },
  );
});

describe('another page that a browser here has open', () => {
  it.each(['https://evil.example', 'http://127.0.0.1.evil.example', 'http://127.0.0.1:1', 'null', ''])(
    'is refused by its origin: “%s”',
    async (origin) => {
      const { post, alice, state } = await somePage();
      const answer = await post({ as: alice, ask: 'speed', speed: 0 }, { origin });
      expect(answer.status).toBe(403);
      expect(await answer.json()).toEqual({
        answer: 'failed',
        sentence: 'Only the page itself may ask this. Open it by the address that the terminal shows.',
      });
      expect(state.speed).toBe(60);
    },
  );

  it('is refused by its origin where it reads, too', async () => {
    const { origin } = await somePage();
    for (const path of ['/live', '/messages', '/'])
      expect((await fetch(origin + path, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
  });

  it('is refused where it names no origin, unless the browser says that the page itself asks', async () => {
    const { port, alice, done } = await somePage();
    const body = JSON.stringify({ as: alice, ask: 'again' });
    const asked = (site?: string) =>
      rawly(port, {
        ...{ path: '/ask', method: 'POST', body },
        headers: {
          host: `127.0.0.1:${port}`,
          'content-type': 'application/json',
          ...(site && { 'sec-fetch-site': site }),
        },
      });
    for (const site of [undefined, 'cross-site', 'same-site']) expect((await asked(site)).status).toBe(403);
    expect(done).toEqual([]);
    for (const site of ['same-origin', 'none']) expect((await asked(site)).status).toBe(200);
    expect(done).toEqual(['again', 'again']);
  });

  it.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'])(
    'cannot ask by a form: %s',
    async (type) => {
      const { post, state } = await somePage();
      expect((await post(SPEED, { 'content-type': type })).status).toBe(403);
      expect(state.speed).toBe(60);
    },
  );

  it('cannot make its own name lead here', async () => {
    const { port } = await somePage();
    for (const path of ['/', '/live', '/browser/main.ts', '/ask']) {
      const answer = await rawly(port, { path, headers: { host: `evil.example:${port}` } });
      expect(answer.status).toBe(421);
    }
  });

  it('cannot ask by an address alone', async () => {
    const { origin, done } = await somePage();
    const answer = await fetch(`${origin}/ask?ask=again`);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
    expect(done).toEqual([]);
  });
});

describe('the page itself', () => {
  it('may ask by any name of this machine', async () => {
    const { port, alice } = await somePage();
    const body = JSON.stringify({ as: alice, ask: 'speed', speed: 1 });
    const host = `localhost:${port}`;
    const headers = { host, origin: `http://${host}`, 'content-type': 'application/json' };
    const answer = await rawly(port, { path: '/ask', method: 'POST', body, headers });
    expect(answer.text).toBe('{"answer":"done"}');
  });

  it('is told what to do where it sends too much, or what nobody knows', async () => {
    const { post, alice } = await somePage();
    const large = await post({
      as: alice,
      ask: 'write',
      channelId: '1',
      content: 'x'.repeat(17 * 1024 * 1024),
    });
    expect(large.status).toBe(413);
    expect(await large.json()).toMatchObject({
      sentence: 'The files are too large together. Choose less than 12 MB.',
    });
    for (const body of [
      '',
      '{',
      'null',
      '[]',
      '{"ask":"dance"}',
      SPEED,
      '{"as":"1","ask":"speed","speed":-1}',
    ]) {
      const answer = await post(body);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toEqual({
        answer: 'failed',
        sentence: 'The page asked for what its server does not know. Reload the page.',
      });
    }
  });
});
