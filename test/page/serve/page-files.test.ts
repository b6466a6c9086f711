import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawly, somePage } from './some-page.ts';

// Node warns once a process.
const warned: string[] = [];
const hearWarning = ({ name }: Error) => warned.push(name);
beforeAll(() => void process.on('warning', hearWarning));
afterAll(() => void process.off('warning', hearWarning));

describe('the page', () => {
  it('comes as HTML that loads nothing but this server’s own files', async () => {
    const { origin } = await somePage();
    const answer = await fetch(origin);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const addresses = [...(await answer.text()).matchAll(/(?:src|href)="([^"]*)"/g)].map(([, to]) => to);
    expect(addresses).toContain('/browser/main.ts');
    for (const address of addresses) expect(address).toMatch(/^\/[^/]/);
  });

  it('has every file that it names, and that those name, as scripts without types, styles and pictures', async () => {
    const { origin } = await somePage();
    const types = new Map<string, string | null>();
    const load = async (path: string): Promise<void> => {
      if (types.has(path)) return;
      const answer = await fetch(origin + path);
      types.set(path, answer.status === 200 ? answer.headers.get('content-type') : String(answer.status));
      const text = await answer.text();
      const names = [...text.matchAll(/\s(?:src|href)="([^"]+)"|^(?:import|\}|export).*from '([^']+)';$/gm)];
      for (const [, inPage, inScript] of names)
        await load(new URL(inPage ?? inScript, `http://page${path}`).pathname);
    };

    await load('/');
    const expected = (path: string) =>
      path === '/'
        ? 'text/html; charset=utf-8'
        : path.endsWith('.css')
          ? 'text/css; charset=utf-8'
          : path.endsWith('.svg')
            ? 'image/svg+xml'
            : 'text/javascript; charset=utf-8';
    for (const [path, type] of types) expect(`${path} ${type}`).toBe(`${path} ${expected(path)}`);
    expect([...types.keys()]).toEqual(
      expect.arrayContaining(['/preact.js', '/icon.svg', '/browser/store.ts']),
    );
  });

  it('has its scripts without types, in the lines in which they were written', async () => {
    const { origin } = await somePage();
    const text = await (await fetch(`${origin}/browser/state.ts`)).text();
    expect(text).toContain('export function heard(state       , told      , at        )');
    expect(text).not.toMatch(/import type|: State\b/);
  });

  it('has the one file that draws it, for scripts that import it by its path alone', async () => {
    const { origin } = await somePage();
    expect(await (await fetch(`${origin}/browser/preact.ts`)).text()).toContain("} from '/preact.js';");
    expect(await (await fetch(`${origin}/preact.js`)).text()).toMatch(/export\s*\{/);
  });

  it('says nothing on stderr while it takes the types away, and warns as ever afterwards', async () => {
    const { emitWarning } = process;
    const { origin } = await somePage();
    await (await fetch(`${origin}/browser/live.ts`)).text();
    await new Promise(setImmediate);
    expect(warned).toEqual([]);
    expect(process.emitWarning).toBe(emitWarning);
  });

  it.each([
    '/browser/../protocol.ts',
    '/browser/..%2fprotocol.ts',
    '/browser/..%2f..%2f..%2fpackage.json',
    '/browser/%2e%2e/protocol.ts',
    '/browser/%2e%2e%2f%2e%2e%2fstart.ts',
    '/browser/..%5cprotocol.ts',
    '/browser/tsconfig.json',
    '/browser/',
    '/browser',
    '//etc/passwd',
    '/browser/main.ts%00.css',
    '/serve/page-server.ts',
    '/constructor',
    '/__proto__',
  ])('has no other file: %s', async (path) => {
    const { port } = await somePage();
    const answer = await rawly(port, { path });
    expect(answer).toMatchObject({ status: 404, text: 'This is not here.' });
  });

  it('leaves what stood at the address before where it was', async () => {
    const { origin } = await somePage();
    expect(await (await fetch(`${origin}/healthz`)).text()).toBe('well');
  });
});
