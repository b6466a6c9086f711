import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { FatalError } from './failure.ts';
import { isOurs } from './http/http-hosts.ts';
import type { Log } from './log.ts';
import { own } from './own.ts';
import { settled } from './settled.ts';

export type Page = { status: number; type: string; text: string; headers?: Record<string, string> };

/** By path. `asked`: what stands behind the question mark. */
export type Pages = Record<string, ((asked: URLSearchParams) => Page | Promise<Page>) | undefined>;

const said = (status: number, text: string, headers?: Record<string, string>): Page => ({
  ...{ status, type: 'text/plain; charset=utf-8', text: `${text}\n` },
  ...(headers ? { headers } : {}),
});

const NOT_FOUND = said(404, 'Not found');
const NOT_NOW = said(503, 'This cannot be told at the moment. The log says why.');
const NOT_SO = said(405, 'This page can only be read: ask with GET or HEAD.', { allow: 'GET, HEAD' });
const NOT_HERE = said(
  421,
  'Paperboy is not known by this host name. Ask by the address in HTTP_ADDRESS, or add the name to HTTP_HOSTS.',
);

/**
 * Answers GET and HEAD on a few fixed paths: 404 elsewhere, 405 for other methods, 421 under a host name that is neither
 * loopback, the bound address nor one of `hosts`, 503 where a page throws.
 * Throws FatalError with a sentence when the address cannot be had.
 */
export async function servePages(
  address: { host: string; port: number },
  pages: Pages,
  log: Log,
  hosts: readonly string[] = [],
): Promise<{ port: number; close(): Promise<void> }> {
  const names = [address.host, ...hosts];
  const inHand = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const answering = pageFor(request, pages, names, log)
      .then((page) => send(response, page))
      .finally(() => inHand.delete(answering));
    inHand.add(answering);
  });
  await listen(server, address);
  server.on('error', (error) => log.error({ err: error }, 'HTTP_ADDRESS has trouble'));
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : address.port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      // Nobody reads them any more, but they still read what is stored.
      await Promise.all([closed, ...inHand]);
    },
  };
}

async function pageFor(
  { url = '', method = '', headers, socket }: IncomingMessage,
  pages: Pages,
  names: readonly string[],
  log: Log,
): Promise<Page> {
  if (!isOurs(headers.host, socket.localAddress, names)) return NOT_HERE;
  const [path, query = ''] = url.split('?', 2);
  const page = own(pages, path);
  if (!page) return NOT_FOUND;
  if (method !== 'GET' && method !== 'HEAD') return NOT_SO;
  const shown = await settled(() => page(new URLSearchParams(query)));
  if (shown.status === 'fulfilled') return shown.value;
  log.error({ path, err: shown.reason }, 'A page could not be shown');
  return NOT_NOW;
}

/** Node leaves the body out of an answer to HEAD. */
function send(response: ServerResponse, { status, type, text, headers = {} }: Page): void {
  const own = {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  response.writeHead(status, { ...own, ...headers }).end(text);
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const problem = `HTTP_ADDRESS ${host}:${port} cannot be used (${cause.message}). Choose another one.`;
      reject(new FatalError(problem, { cause }));
    });
    server.listen(port, host, resolve);
  });
}
