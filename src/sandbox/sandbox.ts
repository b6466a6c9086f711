import { createServer } from 'node:http';
import { type Clock, systemClock } from '#src/foundation/clock.ts';
import { createDriver, type Driver } from './driver/driver.ts';
import { openSandboxGateway, type SandboxGatewayOptions } from './gateway/gateway.ts';
import type { FaultHook, SandboxOutage } from './http/faults.ts';
import { createLimits, type LimitOptions } from './http/limits.ts';
import { listen, stopListening } from './http/listen.ts';
import { createRouter } from './http/router.ts';
import { serveAttachment } from './http/serve-attachment.ts';
import { type RestOptions, serveRest } from './http/serve-rest.ts';
import { createTraffic } from './http/traffic.ts';
import { routesOf } from './rest/routes.ts';
import { createWorld, type World } from './world/world.ts';

/*
 * A small local Discord: REST v10 and gateway v10 on loopback, enough for discord.js and an operator's Paperboy.
 * It refuses what Discord's documented limits refuse. It knows no papers: nothing of ours but foundation is imported.
 * world/ is what there is, permissions/ who may what, rules/ what Discord refuses, view/ the JSON it shows; changes/ alter the
 * world and tell the bot; gateway/, http/ and rest/ are Discord's two lines, driver/ the people's hands.
 */

export type SandboxOptions = RestOptions &
  SandboxGatewayOptions & {
    /** 0, the default: any free port. */
    port?: number;
    /** Its `now()` for ids and times, its `elapsed()` for the nonce window and the 3 s and 15 min rules. Rate limits go by real time. */
    clock?: Clock;
    token?: string;
    limits?: LimitOptions;
    /** Default: 180,000. */
    nonceWindowMs?: number;
    /** Default: false. */
    showNonce?: boolean;
    /** How long the first answer to an interaction may take. Default: Discord's 3000. */
    firstAnswerMs?: number;
    faults?: FaultHook;
  };

export type Sandbox = {
  /** For `DISCORD_API_URL` and discord.js' `rest.api`: `http://127.0.0.1:PORT/api`. */
  readonly url: string;
  readonly token: string;
  readonly applicationId: string;
  readonly driver: Driver;
  /** Everything there is in it, for looking at and for changing what no member can. */
  readonly world: World;
  /** Throws when a request met a fault of the sandbox itself, or what `inspect` threw. */
  close(): Promise<void>;
};

const TOKEN = 'c2FuZGJveA.sandbox.only-works-on-this-machine';

/** Starts the server; resolves when it listens. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const world = worldFor(options);
  const weather: Weather = { outage: 'none', faults: options.faults ?? null };
  const traffic = createTraffic();
  const bugs: unknown[] = [];
  // discord.js keeps connections for a while: closing earlier than it does resets requests in flight.
  const server = createServer({ keepAliveTimeout: 75_000 });
  const gateway = openSandboxGateway(world, server, options, () => weather.outage === 'none');
  const rest = {
    world,
    router: createRouter(routesOf(world, () => Math.max(0, 1000 - gateway.identifies))),
    traffic,
    options,
    limits: createLimits(options.limits),
    faultFor: (request: Parameters<FaultHook>[0]) => weather.faults?.(request) ?? null,
    isUnavailable: () => weather.outage !== 'none',
  };

  server.on('request', (request, response) => {
    if (request.url?.startsWith('/attachments/')) return serveAttachment(world, request.url, response);
    serveRest(rest, request, response).catch((bug: unknown) => {
      bugs.push(bug);
      response.writeHead(500).end();
    });
  });
  const port = await listen(server, options.port ?? 0);
  world.origin = `http://127.0.0.1:${port}`;

  const outage = async (kind: SandboxOutage): Promise<void> => {
    const wasRefused = weather.outage === 'refused';
    weather.outage = kind;
    if (kind !== 'none') gateway.cut();
    if (kind === 'refused' && !wasRefused) await stopListening(server);
    if (kind !== 'refused' && wasRefused) await listen(server, port);
  };
  const setFaults = (hook: FaultHook | null): void => {
    weather.faults = hook;
  };
  const answerPatience = world.settings.firstAnswerMs + 500;

  return {
    url: `${world.origin}/api`,
    token: world.token,
    applicationId: world.applicationId,
    world,
    driver: createDriver({ world, gateway, traffic, setFaults, outage, answerPatience }),
    close: async () => {
      gateway.stop();
      if (server.listening) await stopListening(server);
      if (bugs.length > 0) throw new AggregateError(bugs, `The sandbox failed: ${String(bugs[0])}`);
    },
  };
}

type Weather = { outage: SandboxOutage; faults: FaultHook | null };

function worldFor(options: SandboxOptions): World {
  return createWorld(options.clock ?? systemClock, options.token ?? TOKEN, {
    nonceWindowMs: options.nonceWindowMs ?? 180_000,
    showNonce: options.showNonce ?? false,
    firstAnswerMs: options.firstAnswerMs ?? 3000,
  });
}
