/** Answers, and tells how far apart its requests were, in ms. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const SLOW_MS = 1200;
const received: number[] = [];

const server = createServer((request, response) => {
  received.push(performance.now());
  if (request.url?.startsWith('/close')) response.setHeader('connection', 'close');
  setTimeout(() => response.end('{}'), request.url?.startsWith('/slow') ? SLOW_MS : 0);
});
// Shorter than the time between two requests: some connections are new.
server.keepAliveTimeout = 500;
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));

process.on('message', () =>
  process.send?.({ gaps: received.slice(1).map((at, index) => at - received[index]) }),
);
process.on('disconnect', () => process.exit());
