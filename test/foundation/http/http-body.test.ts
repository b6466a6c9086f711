import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '#src/foundation/clock.ts';
import type { Manners } from '#src/foundation/http/host-rate.ts';
import { createHttp } from '#src/foundation/http/http.ts';
import { BodyBudget, readBody } from '#src/foundation/http/http-body.ts';
import { silentLog } from '#src/foundation/log.ts';
import { createScriptedFetch, json } from '#test/fakes/scripted-fetch.ts';
import { openRawServer } from './raw-server.ts';

const MANNERS: Manners = {
  system: 'Somewhere',
  connections: 8,
  spacing: 0,
  budget: null,
  refusals: [],
  rest: { first: 5000, most: 60_000 },
};

/** A body that sends 1,000 bytes whenever somebody reads, and never ends. */
function endless() {
  let sent = 0;
  const body = new ReadableStream({
    pull(stream) {
      sent += 1000;
      stream.enqueue(new Uint8Array(1000).fill(32));
    },
  });
  return { body, sent: () => sent };
}

describe('bodies that are read at the same time', () => {
  it('have one bound together, and a body of another system is read as soon as they ended', async () => {
    const bodies: ReturnType<typeof endless>[] = [];
    let isEndless = true;
    const { fetch } = createScriptedFetch(() => {
      if (!isEndless) return json(['there']);
      const one = endless();
      bodies.push(one);
      return new Response(one.body);
    });
    const limits = { body: 100_000, bodies: 150_000, retries: 0 };
    const http = createHttp({ fetch, clock: systemClock, log: silentLog, userAgent: 'x', limits });
    const [host, other] = [http.host(MANNERS), http.host({ ...MANNERS, system: 'Elsewhere' })];

    const failures = await Promise.all(
      [host, host, other, other].map((one) =>
        one.get('https://somewhere.example/', String).catch((error) => String(error)),
      ),
    );

    for (const failure of failures)
      expect(failure).toMatch(/too much is being read at once|longer than 100000/);
    const sent = bodies.reduce((sum, body) => sum + body.sent(), 0);
    expect(sent).toBeLessThan(170_000);
    isEndless = false;
    expect(await other.get('https://somewhere.example/', String)).toMatchObject({ value: '["there"]' });
  });

  it('give back their share when their asker goes', async () => {
    const budget = new BodyBudget(1000);
    const share = budget.open();
    share.take(900);
    expect(() => budget.open().take(200)).toThrow('too much is being read at once');
    share.giveBack();
    budget.open().take(1000);
    expect(() => share.take(1)).toThrow('nobody waits for it any more');
  });
});

describe('one body', () => {
  let close = async () => {};
  afterEach(() => close());
  const share = () => new BodyBudget(2 ** 30).open();

  it('that says how long it is is not begun when that is too long', async () => {
    const { body, sent } = endless();
    const response = new Response(body, { headers: { 'content-length': '5000000' } });
    await expect(readBody(response, 100_000, share())).rejects.toThrow('longer than 100000 bytes');
    expect(sent()).toBeLessThan(5000);
  });

  it('is whole, also where a chunk ends inside a letter', async () => {
    const bytes = new TextEncoder().encode('\ufeffMüller 𝛼');
    const body = new ReadableStream({
      start(stream) {
        for (const byte of bytes) stream.enqueue(Uint8Array.of(byte));
        stream.close();
      },
    });
    expect(await readBody(new Response(body), 100, share())).toBe('Müller 𝛼');
  });

  const XML = '<?xml version="1.0" encoding="ENCODING"?><a>Müller</a>';
  it.each([
    ['the document says', 'latin1', 'ISO-8859-1', 'application/xml'],
    ['the header says', 'latin1', 'UTF-8', 'application/xml; charset="iso-8859-1"'],
    ['its mark says', 'utf16le', 'UTF-8', 'application/xml; charset=utf-8'],
    ['nothing says otherwise', 'utf8', 'UTF-8', ''],
    ['nobody knows', 'utf8', 'X-KLINGON', 'application/xml; charset=x-klingon'],
  ] as const)('is read in the encoding that %s', async (_, encoding, declared, type) => {
    const text = XML.replace('ENCODING', declared);
    const bytes = Buffer.from(encoding === 'utf16le' ? `\ufeff${text}` : text, encoding);

    expect(await readBody(new Response(bytes, { headers: { 'content-type': type } }), 1000, share())).toBe(
      text,
    );
  });

  it('that is packed counts as long as it is unpacked, and its line is closed', async () => {
    const closed = vi.fn();
    const packed = gzipSync(Buffer.alloc(20_000_000, 32));
    const server = await openRawServer((response) => {
      response.on('close', closed);
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed);
    });
    close = server.close;
    const limits = { body: 100_000, retries: 0 };
    const http = createHttp({ fetch, clock: systemClock, log: silentLog, userAgent: 'x', limits });
    expect(packed.length).toBeLessThan(100_000);
    await expect(http.host(MANNERS).get(server.url, String)).rejects.toThrow('longer than 100000 bytes');
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  });
});
