import { once } from 'node:events';
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openEventStream } from '#src/page/serve/event-stream.ts';

const MEGABYTE = 'x'.repeat(1024 * 1024);

/** A stream to a reader who has not read anything yet. */
async function streamTo(mostWaiting: number) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const asking = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' }).end();
  asking.on('error', () => {});
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
  const stream = openEventStream(response, mostWaiting);
  const [reader] = await once(asking, 'response');
  return { stream, reader };
}

describe('a stream of events', () => {
  it('is cut off for a reader who is too far behind, and takes no more', async () => {
    const { stream, reader } = await streamTo(8 * 1024 * 1024);
    const ended = new Promise<void>((resolve) => stream.onEnd(resolve));
    let told = 0;
    while (stream.isOpen && told < 100) {
      stream.tell({ MEGABYTE });
      told++;
      await new Promise(setImmediate);
    }
    await ended;
    expect(told).toBeLessThan(100);
    stream.tell({ more: true });
    await stream.taken();
    await new Promise<void>((resolve) => stream.onEnd(resolve));
    reader.on('error', () => {}).resume();
  });

  it('goes on for a reader who is slow, when what was told is taken before more is told', async () => {
    const { stream, reader } = await streamTo(2 * 1024 * 1024);
    let bytes = 0;
    reader.on('data', (part: Buffer) => {
      bytes += part.length;
    });
    for (let told = 0; told < 20; told++) {
      stream.tell({ MEGABYTE });
      await stream.taken();
    }
    expect(stream.isOpen).toBe(true);
    await expect.poll(() => bytes).toBeGreaterThan(20 * MEGABYTE.length);
  });

  it('has each event in one line, whatever the words in it are', async () => {
    const { stream, reader } = await streamTo(1000);
    stream.tell({ text: 'a\n\ndata: b\r\u2028' });
    const [part] = await once(reader.setEncoding('utf8'), 'data');
    expect(part).toBe('data: {"text":"a\\n\\ndata: b\\r\u2028"}\n\n');
  });
});
