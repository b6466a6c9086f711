import { expect, it } from 'vitest';
import { createKeptBodies } from '#src/foundation/http/http-kept.ts';

const MOST = 16 * 2 ** 20;
const tagged = (etag = '"v1"') => new Response(null, { headers: { etag } });

it('a gigabyte of different bodies leaves no more kept than was allowed, the newest', () => {
  const kept = createKeptBodies(MOST);
  const urls = Array.from({ length: 1024 }, (_, number) => `https://example.org/${number}`);

  for (const url of urls) kept.keep(url, tagged(), url.padEnd(2 ** 19, 'x'));

  const bodies = urls.map(kept.body).filter((body) => body !== null);
  const bytes = bodies.reduce((sum, body) => sum + 2 * body.length, 0);
  expect(bytes).toBeLessThanOrEqual(MOST);
  expect(bodies.map((body) => body.slice(0, 24))).toEqual(urls.slice(-15));
});

it('a body that was asked for outlives one that nobody asked for', () => {
  const kept = createKeptBodies(MOST);
  const big = 'x'.repeat(3 * 2 ** 20);

  for (const url of ['first', 'second']) kept.keep(url, tagged(), big);
  kept.etag('first');
  kept.keep('third', tagged(), big);

  expect(['first', 'second', 'third'].map(kept.etag)).toEqual(['"v1"', null, '"v1"']);
});

it('a body that is longer than all that may be kept is not kept, and ends the one before it alone', () => {
  const kept = createKeptBodies(MOST);

  for (const url of ['long', 'other']) kept.keep(url, tagged(), 'short');
  kept.keep('long', tagged('"v2"'), 'x'.repeat(MOST));

  expect([kept.etag('long'), kept.body('other')]).toEqual([null, 'short']);
});
