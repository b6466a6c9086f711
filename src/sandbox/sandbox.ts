import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, systemClock } from '#src/foundation/clock.ts';
import { createDriver, type Driver } from './driver/driver.ts';
import type { FaultHook, Outage } from './faults.ts';
import { addressOf, type GatewayOptions, openGateway } from './gateway/gateway.ts';
import { createRouter } from './http/router.ts';
import { serveAttachment } from './http/serve-attachment.ts';
import { type RestOptions, serveRest } from './http/serve-rest.ts';
import { createLimits, type LimitOptions } from './limits.ts';
import { channelRoutes } from './rest/channel-routes.ts';
import { commandRoutes } from './rest/command-routes.ts';
import { gatewayRoutes } from './rest/gateway-routes.ts';
import { guildRoutes } from './rest/guild-routes.ts';
import { interactionRoutes } from './rest/interaction-routes.ts';
import { messageRoutes } from './rest/message-routes.ts';
import { threadRoutes } from './rest/thread-routes.ts';
import { webhookRoutes } from './rest/webhook-routes.ts';
import { botIsIn } from './state/guilds.ts';
import { createWorld, type World } from './state/world.ts';
import { createTraffic } from './traffic.ts';

/*
 * A small local Discord: REST v10 and gateway v10 on loopback, enough for discord.js and an operator's Paperboy.
 * It refuses what Discord's documented limits refuse. It knows no papers: nothing of ours but foundation is imported.
 */

export type SandboxOptions = RestOptions &
  GatewayOptions & {
    /** 0, the default: any free port. */
    port?: number;
    /** For ids, times, the nonce window and the 3 s and 15 min rules. Rate limits go by real time. */
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
  /** Throws when a request met a fault of the sandbox itself, or what `inspect` threw. */
  close(): Promise<void>;
};

const TOKEN = 'c2FuZGJveA.sandbox.only-works-on-this-machine';

/** Starts the server; resolves when it listens. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const world = createWorld(options.clock ?? systemClock, options.token ?? TOKEN, {
    nonceWindowMs: options.nonceWindowMs ?? 180_000,
    showNonce: options.showNonce ?? false,
    firstAnswerMs: options.firstAnswerMs ?? 3000,
  });
  const state: { outage: Outage; faults: FaultHook | null } = {
    outage: 'none',
    faults: options.faults ?? null,
  };
  const traffic = createTraffic();
  const bugs: unknown[] = [];
  // discord.js keeps connections for a while: closing earlier than it does resets requests in flight.
  const server = createServer({ keepAliveTimeout: 75_000 });
  const gateway = openGateway(world, server, options, () => state.outage === 'none');
  const router = createRouter([
    ...gatewayRoutes(
      () => addressOf(world),
      () => Math.max(1, Math.ceil(guildCount(world) / 2000)),
      () => Math.max(0, 1000 - gateway.identifies),
    ),
    ...messageRoutes,
    ...threadRoutes,
    ...channelRoutes,
    ...guildRoutes,
    ...commandRoutes,
    ...interactionRoutes,
    ...webhookRoutes,
  ]);
  const parts = {
    world,
    router,
    traffic,
    options,
    limits: createLimits(options.limits),
    faultFor: (request: Parameters<FaultHook>[0]) => state.faults?.(request) ?? null,
    isUnavailable: () => state.outage !== 'none',
  };
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/attachments/')) return serveAttachment(world, request.url, response);
    serveRest(parts, request, response).catch((bug: unknown) => {
      bugs.push(bug);
      response.writeHead(500).end();
    });
  });
  const port = await listen(server, options.port ?? 0);
  world.origin = `http://127.0.0.1:${port}`;

  const outage = async (kind: Outage): Promise<void> => {
    const wasRefused = state.outage === 'refused';
    state.outage = kind;
    if (kind !== 'none') gateway.cut();
    if (kind === 'refused' && !wasRefused) await stopListening(server);
    if (kind !== 'refused' && wasRefused) await listen(server, port);
  };

  const driver = createDriver({
    world,
    gateway,
    traffic,
    setFaults: (hook) => {
      state.faults = hook;
    },
    outage,
    answerPatience: world.settings.firstAnswerMs + 500,
  });

  return {
    url: `${world.origin}/api`,
    token: world.token,
    applicationId: world.applicationId,
    driver,
    close: async () => {
      gateway.stop();
      if (server.listening) await stopListening(server);
      if (bugs.length > 0) throw new AggregateError(bugs, `The sandbox failed: ${String(bugs[0])}`);
    },
  };
}

function guildCount(world: World): number {
  return [...world.guilds.values()].filter((guild) => botIsIn(world, guild)).length;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
