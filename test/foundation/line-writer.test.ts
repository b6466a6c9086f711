import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLineWriter } from '#src/foundation/line-writer.ts';

const LINE = `${'x'.repeat(1023)}\n`;

describe('log lines', () => {
  it('are dropped and counted while nobody reads them, and written again afterwards', async () => {
    const stream = new PassThrough();
    const dropped: number[] = [];
    const lines = createLineWriter(stream, (count) => dropped.push(count));
    for (let i = 0; i < 3000; i++) lines.write(LINE);
    expect(stream.writableLength).toBeLessThanOrEqual(2 ** 20);
    expect(dropped).toEqual([]);
    let read = 0;
    stream.on('data', (chunk: Buffer) => {
      read += chunk.length;
    });
    await lines.flush(5_000);
    await expect.poll(() => dropped).toHaveLength(1);
    expect(dropped[0] * LINE.length + read).toBe(3000 * LINE.length);
    lines.write('again\n');
    await expect.poll(() => read % LINE.length).toBe('again\n'.length);
  });

  it('hold up the end no longer than allowed', async () => {
    const lines = createLineWriter(new Writable({ write: () => undefined }), () => undefined);
    lines.write(LINE);
    await lines.flush(50);
  });

  it('go nowhere when the reader is gone', async () => {
    let tries = 0;
    const stream = new Writable({
      write: (_, __, done) => {
        tries++;
        done(Object.assign(new Error('gone'), { code: 'EPIPE' }));
      },
    });
    const lines = createLineWriter(stream, () => undefined);
    lines.write(LINE);
    await lines.flush(5_000);
    lines.write(LINE);
    await lines.flush(5_000);
    expect(tries).toBe(1);
  });
});
