/**
 * How far apart a server receives arXiv's requests: while the bot's event loop is held at bad moments, connections are new,
 * answers slow, and askers go. The server is a process of its own, whose clock nobody holds.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { systemClock } from '#src/foundation/clock.ts';
import { createHttp } from '#src/foundation/http/http.ts';
import { silentLog } from '#src/foundation/log.ts';
import { ARXIV_MANNERS } from '#src/source/arxiv.ts';
import type { BenchLine, BenchOptions } from './bench.ts';

const KINDS = ['quick', 'slow', 'close'];
const HELD_MS = 500;
const GONE_MS = 300;

export async function* run({ quick }: BenchOptions): AsyncIterable<BenchLine> {
  const requests = quick ? 2 : 24;
  const server = fork(fileURLToPath(new URL('./politeness/server.ts', import.meta.url)));
  const [{ port }] = await once(server, 'message');
  const http = createHttp({ fetch, clock: systemClock, log: silentLog, userAgent: 'Paperboy/bench' });
  const host = http.host(ARXIV_MANNERS);
  const holding = setInterval(() => Math.random() < 0.35 && holdTheLoop(), 300);
  for (let number = 0; number < requests; number++) {
    const signal = number % 5 === 4 ? AbortSignal.timeout(GONE_MS) : undefined;
    const url = `http://127.0.0.1:${port}/${KINDS[number % KINDS.length]}?${number}`;
    // Those whose asker goes fail: that is meant.
    const going = host.get(url, (body) => body, { signal }).catch(() => null);
    if (number % 3 === 0) setImmediate(holdTheLoop);
    await going;
  }
  clearInterval(holding);
  server.send('tell');
  const [{ gaps }] = await once(server, 'message');
  server.disconnect();
  const note = `${gaps.length + 1} requests received`;
  yield {
    ...{ case: 'smallest time between two requests to arXiv, as received', metric: 'ms', note },
    ...{ value: Math.min(...gaps), goal: { min: 2950 } },
  };
}

function holdTheLoop(): void {
  const until = performance.now() + HELD_MS;
  while (performance.now() < until);
}
