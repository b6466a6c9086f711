import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
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
 * loopback, the bound address nor one of `hosts`, 503 where a page throws. `elsewhere` answers on all other paths instead of
 * the 404, under the same host names alone.
 * Throws FatalError with a sentence when the address cannot be had.
 */
export async function servePages(
  address: { host: string; port: number },
  pages: Pages,
  log: Log,
  hosts: readonly string[] = [],
  elsewhere: RequestListener | null = null,
): Promise<{ port: number; close(): Promise<void> }> {
  const names = [address.host, ...hosts];
  const inHand = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const isMeant = isOurs(request.headers.host, request.socket.localAddress, names);
    if (isMeant && elsewhere && !own(pages, pathOf(request))) return elsewhere(request, response);
    const answering = (isMeant ? pageFor(request, pages, log) : Promise.resolve(NOT_HERE))
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

async function pageFor(request: IncomingMessage, pages: Pages, log: Log): Promise<Page> {
  const { url = '', method = '' } = request;
  const path = pathOf(request);
  const page = own(pages, path);
  if (!page) return NOT_FOUND;
  if (method !== 'GET' && method !== 'HEAD') return NOT_SO;
  const shown = await settled(() => page(new URLSearchParams(url.split('?', 2)[1] ?? '')));
  if (shown.status === 'fulfilled') return shown.value;
  log.error({ path, err: shown.reason }, 'A page could not be shown');
  return NOT_NOW;
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0];
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
