import type { IncomingMessage, ServerResponse } from 'node:http';
import { systemClock } from '#src/foundation/clock.ts';
import { DiscordError, refusal } from '../rules/discord-error.ts';
import type { World } from '../world/world.ts';
import type { FaultHook, RequestFault, SandboxRequest } from './faults.ts';
import type { Limits, LimitVerdict } from './limits.ts';
import { type RequestBody, readRequestBody } from './read-body.ts';
import type { createRouter, FoundRoute, RestAnswer } from './router.ts';
import type { Traffic } from './traffic.ts';

export type RestOptions = {
  /** Round trip, half before and half after the work. */
  latencyMs?: number;
  /** Up to this many ms more on the way in, evenly spread. */
  jitterMs?: number;
  /** Hears of every request with a readable body before it is carried out. */
  inspect?: (request: SandboxRequest) => void;
};

type RestDeps = {
  world: World;
  router: ReturnType<typeof createRouter>;
  limits: Limits;
  traffic: Traffic;
  options: RestOptions;
  faultFor: FaultHook;
  isUnavailable: () => boolean;
};

const PREFIX = /^\/api(?:\/v10)?(?=\/)/;
const UNAVAILABLE: RestAnswer = { status: 503, body: { message: '503: Service Unavailable', code: 0 } };

/** Answers one REST request as Discord would, with latency, limits and faults. Never rejects. */
export async function serveRest(
  deps: RestDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { options, traffic } = deps;
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const path = url.pathname.replace(PREFIX, '');
  const read = readRequestBody(request).catch((error: unknown) => error);
  await pause((options.latencyMs ?? 0) / 2 + Math.random() * (options.jitterMs ?? 0));
  const reply = (answer: RestAnswer, headers: Record<string, string> = {}) => {
    traffic.answered(answer.status, deps.world.clock.elapsed());
    const dated = { Date: dateOf(deps.world.now()), ...headers };
    return write(response, answer, dated, (options.latencyMs ?? 0) / 2);
  };

  try {
    if (deps.isUnavailable()) return await reply(UNAVAILABLE);
    if (traffic.isBanned(deps.world.clock.elapsed()))
      return await reply({ status: 429, body: { message: 'banned', code: 0 } });
    const found = deps.router(request.method ?? 'GET', path);
    await serveFound(deps, { request, response, url, path, found, read: await read }, reply);
  } catch (error) {
    if (!(error instanceof DiscordError)) throw error;
    await reply({ status: error.status, body: error.body });
  }
}

type Reply = (answer: RestAnswer, headers?: Record<string, string>) => Promise<void>;
type Arrived = {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  path: string;
  found: FoundRoute;
  read: RequestBody | unknown;
};

async function serveFound(deps: RestDeps, arrived: Arrived, reply: Reply): Promise<void> {
  const { route } = arrived.found;
  const name = `${route.method} ${route.path}`;
  const seen: SandboxRequest = {
    method: route.method,
    path: arrived.path,
    route: route.path,
    body: isRead(arrived.read) ? arrived.read.body : undefined,
    number: deps.traffic.asked(name),
  };
  const fault = deps.faultFor(seen);
  if (fault && !(await survives(fault, arrived, reply))) return;
  deps.options.inspect?.(seen);
  refuseStranger(deps.world, arrived);
  const verdict = deps.limits.take(route.limit ?? null, majorOf(arrived.found), !route.withoutBotToken);
  if (!verdict.passes) return reply(tooMany(verdict), retryHeaders(verdict));
  const answer = carryOut(deps.world, arrived);
  if (fault?.kind === 'cut-after') return void arrived.request.socket.destroy();
  if (fault?.kind === 'hang') return;
  if (fault?.kind === 'status') return reply({ status: fault.status, body: fault.body });
  return reply(answer, verdict.headers);
}

// False when the fault has already ended the request; true when it is to be carried out first.
async function survives(fault: RequestFault, arrived: Arrived, reply: Reply): Promise<boolean> {
  if (fault.kind === 'cut-after') return true;
  if (fault.kind === 'cut-before') arrived.request.socket.destroy();
  else if (fault.commit) return true;
  else if (fault.kind === 'status') await reply({ status: fault.status, body: fault.body });
  return false;
}

function refuseStranger(world: World, { request, found }: Arrived): void {
  const agent = request.headers['user-agent'] ?? '';
  if (!agent.startsWith('DiscordBot (')) throw refusal.userAgent();
  if (found.route.withoutBotToken) return;
  if (request.headers.authorization !== `Bot ${world.token}`) throw refusal.unauthorized();
}

function carryOut(world: World, { found, url, read }: Arrived): RestAnswer {
  if (!isRead(read)) throw read;
  const call = { world, params: found.params, query: url.searchParams, body: read.body, files: read.files };
  try {
    return found.route.answer(call);
  } catch (error) {
    if (error instanceof DiscordError) return { status: error.status, body: error.body };
    throw error;
  }
}

function isRead(read: unknown): read is RequestBody {
  return typeof read === 'object' && read !== null && 'files' in read;
}

// https://discord.com/developers/docs/topics/rate-limits: channel, guild, webhook with its token.
function majorOf({ params }: FoundRoute): string {
  return params.webhook_token ?? params.channel_id ?? params.guild_id ?? '';
}

function tooMany(verdict: LimitVerdict): RestAnswer {
  const message = verdict.isGlobal ? 'You are being rate limited globally.' : 'You are being rate limited.';
  return {
    status: 429,
    body: { message, retry_after: verdict.retryAfterMs / 1000, global: verdict.isGlobal },
  };
}

// The header is in whole seconds, the body's retry_after is exact.
function retryHeaders(verdict: LimitVerdict): Record<string, string> {
  return { ...verdict.headers, 'Retry-After': String(Math.ceil(verdict.retryAfterMs / 1000)) };
}

// A 204 carries no content type: with one, discord.js tries to read JSON from it.
async function write(
  response: ServerResponse,
  answer: RestAnswer,
  headers: Record<string, string>,
  delay: number,
): Promise<void> {
  await pause(delay);
  if (answer.body === undefined) {
    response.writeHead(answer.status, headers).end();
    return;
  }
  response
    .writeHead(answer.status, { ...headers, 'Content-Type': 'application/json' })
    .end(JSON.stringify(answer.body));
}

/** Discord's own clock, as in its ids. */
function dateOf(now: number): string {
  return new Date(now).toUTCString();
}

async function pause(ms: number): Promise<void> {
  if (ms > 0) await systemClock.sleep(ms);
}
