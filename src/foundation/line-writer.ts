import type { Writable } from 'node:stream';

/** Where log lines go. Nobody waits for whoever reads them. */
export type LineWriter = {
  /** Never throws, never waits. The line ends with its own line break. */
  write(line: string): void;
  /** Resolves when everything is handed over, or after `ms`, or when nobody reads any more. */
  flush(ms: number): Promise<void>;
};

/** UTF-8 bytes that may wait for a reader who stands still. */
const MOST_WAITING = 2 ** 20;

/**
 * Lines for a stream whose reader may be slow, stand still or be gone. Beyond a mebibyte lines are dropped;
 * `onDropped` hears how many as soon as the reader goes on. The bot goes on in any case.
 */
export function createLineWriter(stream: Writable, onDropped: (count: number) => void): LineWriter {
  let dropped = 0;
  let isGone = false;
  // Other errors (a full disk, a terminal that is away) cost the lines of that moment.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    isGone ||= error.code === 'EPIPE';
  });
  stream.on('drain', () => {
    if (dropped === 0) return;
    const count = dropped;
    dropped = 0;
    onDropped(count);
  });
  return {
    write(line) {
      if (isGone) return;
      if (stream.writableLength + Buffer.byteLength(line) > MOST_WAITING) dropped++;
      else stream.write(line);
    },
    async flush(ms) {
      if (isGone || stream.writableLength === 0) return;
      const handedOver = Promise.withResolvers<void>();
      const enough = setTimeout(handedOver.resolve, ms);
      // Called after all lines before it, and with an error when they are lost.
      stream.write('', () => handedOver.resolve());
      await handedOver.promise;
      clearTimeout(enough);
    },
  };
}
