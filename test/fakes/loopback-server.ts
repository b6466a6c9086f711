import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server says. Status 200 and an empty body unless told otherwise. */
export type Served = { status?: number; headers?: Record<string, string>; body?: string };

/** Ways in which a server goes wrong. `cut`: half the body, politely ended; `reset`: half the body, then the line drops. */
export type Fault = 'hang' | 'reset' | 'cut' | 'html' | Served;

export type LoopbackServer = {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** What was asked so far, in order. */
  requests: { path: string; headers: IncomingHttpHeaders }[];
  /** From now on, requests whose path and query contain `part` go wrong, `times` times. */
  fail(part: string, fault: Fault, times?: number): void;
  /** Ends all faults. */
  heal(): void;
  close(): Promise<void>;
};

type Plan = { part: string; fault: Fault; left: number };

/** A real HTTP server on loopback that answers what `answer` says, except where a test makes it fail. */
export async function openLoopbackServer(
  answer: (url: URL, headers: IncomingHttpHeaders) => Served | Promise<Served>,
): Promise<LoopbackServer> {
  const requests: LoopbackServer['requests'] = [];
  let plans: Plan[] = [];

  const takeFault = (path: string): Fault | null => {
    const plan = plans.find(({ part, left }) => left > 0 && path.includes(part));
    if (!plan) return null;
    plan.left--;
    return plan.fault;
  };

  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    requests.push({ path, headers: request.headers });
    const fault = takeFault(path);
    if (typeof fault === 'object' && fault) return send(response, fault);
    if (fault === 'html')
      return send(response, { body: '<!DOCTYPE html><html><body>Be right back</body></html>' });
    if (fault === 'hang') return;
    const served = await answer(new URL(path, 'http://loopback'), request.headers);
    if (fault === 'cut') return send(response, { ...served, body: half(served.body) });
    if (fault === 'reset') return breakOff(response, served);
    send(response, served);
  });

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    fail: (part, fault, times = Number.POSITIVE_INFINITY) => plans.push({ part, fault, left: times }),
    heal: () => {
      plans = [];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const half = (body = ''): string => body.slice(0, Math.floor(body.length / 2));

function send(response: ServerResponse, { status = 200, headers = {}, body = '' }: Served): void {
  response.writeHead(status, headers).end(body);
}

function breakOff(response: ServerResponse, { status = 200, headers = {}, body = '' }: Served): void {
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
  response.write(half(body), () => response.destroy());
}
