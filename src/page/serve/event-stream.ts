import type { ServerResponse } from 'node:http';
import { PAGE_HEADERS } from './page-headers.ts';

/** Bytes that may wait for a reader; whoever is further behind is cut off, and begins again. */
const MOST_WAITING = 16 * 1024 * 1024;

/** Server-sent events to one reader. https://html.spec.whatwg.org/multipage/server-sent-events.html */
export type EventStream = {
  tell(event: object): void;
  /** Says that the server is still there. */
  sayAlive(): void;
  /** Resolves when what was told is on its way, or nobody reads any more. */
  taken(): Promise<void>;
  readonly isOpen: boolean;
  onEnd(listener: () => void): void;
  end(): void;
};

/** Begins the answer. `mostWaiting` in bytes. */
export function openEventStream(response: ServerResponse, mostWaiting = MOST_WAITING): EventStream {
  response.writeHead(200, { ...PAGE_HEADERS, 'content-type': 'text/event-stream' });
  response.flushHeaders();
  const isOpen = () => !response.destroyed && !response.writableEnded;
  const write = (text: string) => {
    if (!isOpen()) return;
    response.write(text);
    if (response.writableLength > mostWaiting) response.destroy();
  };
  return {
    // A text in JSON has no line ends of its own.
    tell: (event) => write(`data: ${JSON.stringify(event)}\n\n`),
    sayAlive: () => write(':\n\n'),
    taken: () =>
      new Promise((resolve) => {
        if (!isOpen() || !response.writableNeedDrain) return resolve();
        const done = () => {
          response.off('drain', done).off('close', done);
          resolve();
        };
        response.on('drain', done).on('close', done);
      }),
    get isOpen() {
      return isOpen();
    },
    onEnd(listener) {
      if (response.closed) listener();
      else response.once('close', listener);
    },
    end() {
      // A stream that is cut stands as an error in the browser's console.
      response.end();
    },
  };
}
