import type { REST, ResponseLike } from '@discordjs/rest';
import type { Clock } from '#src/foundation/clock.ts';
import { type Failure, readFailure } from './discord-failure.ts';
import type { Limits } from './pace.ts';
import type { Answer, PacedErrand } from './pacer.ts';

/** One request to Discord, as the caller thinks of it. */
export type CallPlan = {
  /** What shares one of Discord's buckets. */
  lane: string;
  /** Fairness is between servers; '' for what concerns none. */
  server: string;
  /** UTC ms. */
  promisedAt: number;
  /** Waits for everything else. */
  spare?: boolean;
  method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  path: `/${string}`;
  /** JSON, already written: in a long queue a string is far smaller than the objects it tells of. */
  json?: string;
};

export type Outcome =
  | { ok: true /** Discord's JSON; undefined when there was none. */; answer: unknown }
  | {
      ok: false;
      receipt: Failure['receipt'] /** Discord's own code, where it gave one. */;
      code: number | null;
    };

/** What every call needs: one object for all of them. */
export type CallOutside = {
  rest: REST;
  clock: Clock;
  /** Discord refuses the token: the process should end. */
  onTokenRefused(): void;
};

/** A request on its way through the pacer. `done` hears its outcome once. */
export class DiscordCall implements PacedErrand {
  readonly lane: string;
  readonly server: string;
  readonly promisedAt: number;
  readonly spare: boolean;
  readonly #method: CallPlan['method'];
  readonly #path: CallPlan['path'];
  readonly #json: string | undefined;
  readonly #outside: CallOutside;
  readonly #done: (outcome: Outcome) => void;

  constructor(outside: CallOutside, plan: CallPlan, done: (outcome: Outcome) => void) {
    this.lane = plan.lane;
    this.server = plan.server;
    this.promisedAt = plan.promisedAt;
    this.spare = plan.spare ?? false;
    this.#method = plan.method;
    this.#path = plan.path;
    this.#json = plan.json;
    this.#outside = outside;
    this.#done = done;
  }

  async attempt(): Promise<Answer> {
    let limits: Limits;
    let answer: unknown;
    try {
      const response = await this.#request();
      limits = readLimits(response);
      answer = response.status === 204 ? undefined : await response.json();
    } catch (error) {
      return this.#fail(readFailure(error, this.#outside.clock.now()));
    }
    this.#done({ ok: true, answer });
    return { ...limits, invalid: false, answered: true };
  }

  giveBack(at: number, reason: string): void {
    this.#done({ ok: false, receipt: { kind: 'later', at, reason }, code: null });
  }

  #request(): Promise<ResponseLike> {
    return this.#outside.rest.queueRequest({
      fullRoute: this.#path,
      // discord.js' own type is an enum of these very words.
      method: this.#method as Parameters<REST['queueRequest']>[0]['method'],
      body: this.#json,
      passThroughBody: true,
      headers: this.#json === undefined ? {} : { 'Content-Type': 'application/json' },
    });
  }

  #fail({ receipt, code, invalid, answered, limited, tokenRefused }: Failure): Answer {
    // The pacer tries again.
    if (limited) return { kind: 'limited', ...limited, invalid, answered };
    if (tokenRefused) this.#outside.onTokenRefused();
    this.#done({ ok: false, receipt, code });
    return { kind: 'answered', invalid, answered };
  }
}

/** The bucket's state as the answer tells it (topics/rate-limits.mdx "Header Format"). */
function readLimits({ headers }: ResponseLike): Limits {
  const remaining = headers.get('X-RateLimit-Remaining');
  const resetAfter = headers.get('X-RateLimit-Reset-After');
  if (remaining === null || resetAfter === null) return { kind: 'answered' };
  return { kind: 'answered', remaining: Number(remaining), resetAfterMs: Number(resetAfter) * 1000 };
}
