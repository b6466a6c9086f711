import { createServer, type Server } from 'node:http';
import { FatalError } from './failure.ts';

export type Page = { status: number; type: string; text: string };

/**
 * Answers GET requests on a few fixed paths, everything else with 404.
 * Throws FatalError with a sentence when the address cannot be had.
 */
export async function servePages(
  address: { host: string; port: number },
  pages: Record<string, (() => Page | Promise<Page>) | undefined>,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const page = pages[(request.url ?? '').split('?')[0]];
    const answer =
      page && request.method === 'GET'
        ? await page()
        : { status: 404, type: 'text/plain', text: 'Not found\n' };
    response.writeHead(answer.status, { 'content-type': answer.type });
    response.end(answer.text);
  });
  await listen(server, address);
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

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const problem = `HTTP_ADDRESS ${host}:${port} cannot be used (${cause.message}). Choose another one.`;
      reject(new FatalError(problem, { cause }));
    });
    server.listen(port, host, resolve);
  });
}
