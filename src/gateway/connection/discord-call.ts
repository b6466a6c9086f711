import { DiscordAPIError, HTTPError, type REST, type ResponseLike } from '@discordjs/rest';
import type { Clock } from '#src/foundation/clock.ts';
import type { KeptPhrase } from '#src/wording/kept-phrase.ts';
import type { PacedAnswer, PacedJob, Pacer } from '../pace/pacer.ts';
import type { Return } from '../pace/rate-limiter.ts';
import { type DiscordFailure, LONGEST_LIMIT_MS, readFailure } from './discord-failure.ts';
import type { DiscordTime } from './discord-time.ts';
import { WHOLE_MS } from './rest.ts';

/** What every call needs: one object for all of them. */
export type CallDeps = {
  rest: REST;
  pacer: Pacer;
  clock: Clock;
  /** Hears of each answer's date. */
  time: DiscordTime;
  /** Discord refuses the token: the process should end. */
  onTokenRefused(): void;
};

/** One request to Discord, as the caller thinks of it. */
export type CallPlan = {
  /** What shares one of Discord's buckets. */
  bucket: string;
  /** Fairness is between servers; '' for what concerns none. */
  server: string;
  /** UTC ms. */
  queuedAt: number;
  /** Waits for everything else. */
  spare?: boolean;
  method: Method;
  path: DiscordRoute;
  /** JSON, already written. */
  json?: string;
};

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
export type DiscordRoute = `/${string}`;

export type CallOutcome =
  | { ok: true /** Discord's JSON; undefined when there was none. */; answer: unknown }
  | {
      ok: false;
      receipt: DiscordFailure['receipt'] /** Discord's own code, where it gave one. */;
      code: number | null;
      /** HTTP status; null when there was no answer. */
      status: number | null;
    };

/** Sends one request when the pacer lets it. Every outcome is a value; a 429 is waited out. */
export function callDiscord(deps: CallDeps, plan: CallPlan): Promise<CallOutcome> {
  return new Promise((resolve) => deps.pacer.send(new PlannedCall(deps, plan, resolve)));
}

class PlannedCall implements PacedJob {
  readonly #outside: CallDeps;
  readonly #plan: CallPlan;
  readonly #done: (outcome: CallOutcome) => void;

  constructor(deps: CallDeps, plan: CallPlan, done: (outcome: CallOutcome) => void) {
    this.#outside = deps;
    this.#plan = plan;
    this.#done = done;
  }

  get bucket() {
    return this.#plan.bucket;
  }

  get server() {
    return this.#plan.server;
  }

  get queuedAt() {
    return this.#plan.queuedAt;
  }

  get spare() {
    return this.#plan.spare ?? false;
  }

  attempt(): Promise<PacedAnswer> {
    const { method, path, json } = this.#plan;
    return attemptCall(this.#outside, method, path, json, this.#done);
  }

  giveBack(at: number, reason: KeptPhrase): void {
    this.#done(givenBack(at, reason));
  }
}

/** The outcome of what the pacer gave back: not sent, for certain. */
export function givenBack(at: number, reason: KeptPhrase): CallOutcome {
  return { ok: false, receipt: { kind: 'later', at, reason }, code: null, status: null };
}

/** One attempt for the pacer. `done` hears the outcome, unless it is a 429: then the pacer tries again. */
export async function attemptCall(
  { rest, clock, time, onTokenRefused }: CallDeps,
  method: Method,
  path: DiscordRoute,
  json: string | undefined,
  done: (outcome: CallOutcome) => void,
): Promise<PacedAnswer> {
  let limits: Return;
  let answer: unknown;
  try {
    const response = await request(rest, method, path, json);
    limits = readLimits(response);
    time.heard('date', Date.parse(response.headers.get('Date') ?? ''));
    answer = response.status === 204 ? undefined : await response.json();
  } catch (error) {
    const { receipt, code, invalid, answered, limited, tokenRefused } = readFailure(error, clock.now());
    if (limited) return { kind: 'limited', ...limited, invalid };
    if (tokenRefused) onTokenRefused();
    done({ ok: false, receipt, code, status: statusOf(error) });
    return { kind: answered ? 'answered' : 'silent', invalid };
  }
  done({ ok: true, answer });
  return { ...limits, invalid: false };
}

function statusOf(error: unknown): number | null {
  return error instanceof DiscordAPIError || error instanceof HTTPError ? error.status : null;
}

function request(
  rest: REST,
  method: Method,
  fullRoute: DiscordRoute,
  json: string | undefined,
): Promise<ResponseLike> {
  return rest.queueRequest({
    fullRoute,
    // discord.js' own type is an enum of these very words.
    method: method as Parameters<REST['queueRequest']>[0]['method'],
    body: json,
    signal: AbortSignal.timeout(WHOLE_MS.post),
    passThroughBody: true,
    headers: json === undefined ? {} : { 'Content-Type': 'application/json' },
  });
}

/** The bucket's state as the answer tells it (topics/rate-limits.mdx "Header Format"). */
function readLimits({ headers }: ResponseLike): Return {
  const remaining = headers.get('X-RateLimit-Remaining');
  const resetAfter = headers.get('X-RateLimit-Reset-After');
  if (remaining === null || resetAfter === null) return { kind: 'answered' };
  const resetAfterMs = Math.min(Number(resetAfter) * 1000, LONGEST_LIMIT_MS);
  return resetAfterMs >= 0
    ? { kind: 'answered', remaining: Number(remaining), resetAfterMs }
    : { kind: 'answered' };
}
