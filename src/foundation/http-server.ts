import { createServer, type IncomingMessage, type Server } from 'node:http';
import { FatalError } from './failure.ts';
import type { Log } from './log.ts';
import { settled } from './settled.ts';

export type Page = { status: number; type: string; text: string };

export type Pages = Record<string, (() => Page | Promise<Page>) | undefined>;

const NOT_FOUND: Page = { status: 404, type: 'text/plain', text: 'Not found\n' };
const NOT_NOW: Page = {
  status: 503,
  type: 'text/plain',
  text: 'This cannot be told at the moment. The log says why.\n',
};

/**
 * Answers GET requests on a few fixed paths, everything else with 404; with 503 where a page throws.
 * Throws FatalError with a sentence when the address cannot be had.
 */
export async function servePages(
  address: { host: string; port: number },
  pages: Pages,
  log: Log,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    // Never rejects.
    void pageFor(request, pages, log).then(({ status, type, text }) =>
      response.writeHead(status, { 'content-type': type }).end(text),
    );
  });
  await listen(server, address);
  server.on('error', (error) => log.error({ err: error }, 'HTTP_ADDRESS has trouble'));
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function pageFor({ url = '', method }: IncomingMessage, pages: Pages, log: Log): Promise<Page> {
  const path = url.split('?', 1)[0];
  const page = method === 'GET' && Object.hasOwn(pages, path) ? pages[path] : undefined;
  if (!page) return NOT_FOUND;
  const shown = await settled(page);
  if (shown.status === 'fulfilled') return shown.value;
  log.error({ path, err: shown.reason }, 'A page could not be shown');
  return NOT_NOW;
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
