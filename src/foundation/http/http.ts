import type { Clock } from '../clock.ts';
import { OutsideError, type OutsideFault } from '../failure.ts';
import type { Log } from '../log.ts';
import { sentenceOf } from '../reduced.ts';
import type { HostRateStore, Manners } from './host-rate.ts';
import { BodyBudget, type BodyShare, readBody } from './http-body.ts';
import { nextLink } from './http-headers.ts';
import { createKeptBodies, type KeptBodies } from './http-kept.ts';
import type { Urgency } from './http-line.ts';
import { HttpQueue } from './http-queue.ts';
import { MOST_REDIRECTS, type Resolve, redirectOf, resolveName } from './http-redirect.ts';

/** The only place that fetches. */
export type Http = {
  /**
   * Opens a queue for one outside system. Share the result among everything that asks it. `store`: keeps over restarts
   * when it was asked last, and until when it rests.
   */
  host(manners: Manners, store?: HostRateStore): HttpHost;
};

export type HttpHost = {
  /**
   * GETs `url` politely, in turn, with time-out and bounded retries. `read` turns the body into a value, and may give way
   * while it does, within the same time-out; what it throws counts as a broken answer and is asked again. Throws OutsideError and nothing else: `retryable` when a later try may
   * help, `hold` when it was not asked at all because of our own queue or a rest, `fault` for what it did wrong.
   */
  get<T>(url: string, read: ReadBody<T>, options?: WithDeps<T>): Promise<HttpAnswer<T>>;
};

type ReadBody<T> = (body: string, status: number) => T | Promise<T>;

export type GetOptions = {
  headers?: Record<string, string>;
  /** Statuses besides 2xx whose body is an answer. */
  answers?: readonly number[];
  /** Members take turns with polls, polls go before the background, and what is spare goes last. Default: poll. */
  urgency?: Urgency;
  /** Aborted when nobody waits for it any more: the request leaves the queue, or the line it is on is cut. */
  signal?: AbortSignal;
};

/** Whether what was read is all of it; else its body is not kept, and asked for in full the next time. Default: it is. */
type WithDeps<T> = GetOptions & { isWhole?(value: T): boolean };

type HttpAnswer<T> = {
  status: number;
  value: T /** Absolute address of the next page. */;
  next: string | null;
};

export type HttpLimits = {
  /** Milliseconds for one try, body included. */
  timeout: number;
  /** The same for a member's. */
  membersTimeout: number;
  /** Further tries after the first. */
  retries: number;
  /** Milliseconds before the first retry; doubled for each, less a random half. */
  backoff: number;
  /** Longest wait in milliseconds for a system that asks to wait; beyond it the request fails at once. */
  patience: number;
  /** The same for a member's request, and its longest wait in our own queue. */
  membersPatience: number;
  /** Bytes of one answer, where the manners say nothing. */
  body: number;
  /** Bytes of all answers that are read at the same time. */
  bodies: number;
};

const LIMITS: HttpLimits = {
  timeout: 20_000,
  membersTimeout: 4000,
  retries: 2,
  backoff: 1000,
  patience: 20_000,
  membersPatience: 4000,
  body: 16 * 2 ** 20,
  bodies: 32 * 2 ** 20,
};

const SECOND = 1000;
/** A reason of our own: without one each abort makes an error with a stack. */
const DONE = 'done';

const KEPT_BYTES = 16 * 2 ** 20;

type Deps = {
  fetch: typeof globalThis.fetch;
  clock: Clock;
  log: Log;
  userAgent: string;
  limits?: Partial<HttpLimits>;
  /** Aborting it ends what is under way. */
  closing?: AbortSignal;
  /** 0 to 1, for the jitter of retries. */
  random?: () => number;
  /** What host names mean. Default: what the machine says. */
  resolve?: Resolve;
};

export function createHttp(deps: Deps): Http {
  const bodies = new BodyBudget(deps.limits?.bodies ?? LIMITS.bodies);
  return { host: (manners, store) => new PoliteHost(manners, { ...deps, store }, bodies) };
}

/** What stands behind the path may be a secret: a signature, a token. */
function loggable(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

// Retries and time-outs are written out here because they must run on Clock; ky's run on the machine's timers.
class PoliteHost implements HttpHost {
  readonly #system: string;
  readonly #outside: Deps;
  readonly #limits: HttpLimits;
  readonly #turns: HttpQueue;
  readonly #kept: KeptBodies = createKeptBodies(KEPT_BYTES);
  readonly #bodies: BodyBudget;

  constructor(manners: Manners, deps: Deps & { store?: HostRateStore }, bodies: BodyBudget) {
    this.#system = manners.system;
    this.#outside = deps;
    this.#bodies = bodies;
    this.#limits = { ...LIMITS, ...(manners.body ? { body: manners.body } : {}), ...deps.limits };
    const { patience: others, membersPatience: member } = this.#limits;
    this.#turns = new HttpQueue(manners, { ...deps, patience: { member, others } });
  }

  async get<T>(url: string, read: ReadBody<T>, options: WithDeps<T> = {}): Promise<HttpAnswer<T>> {
    const { urgency = 'poll', signal } = options;
    let answer: OutsideError | null = null;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#turns.take({ urgency, signal }, () => this.#ask(url, read, options));
      } catch (error) {
        const failure = this.#failure('the request failed', error);
        // What the system said the first time tells more than that there was no time for a second.
        if (answer && (failure.hold || signal?.aborted)) throw answer;
        if (signal?.aborted) throw failure;
        if (!this.#worthAnother(failure, attempt, urgency)) throw this.#asTold(failure, urgency);
        this.#outside.log.debug(
          { system: this.#system, url: loggable(url), attempt, err: failure },
          'asking again',
        );
        answer = failure;
        await this.#turns.pause(this.#backoff(attempt), signal);
      }
    }
  }

  #worthAnother(failure: OutsideError, attempt: number, urgency: Urgency): boolean {
    if (failure.hold || !failure.retryable) return false;
    if (attempt >= this.#limits.retries || this.#outside.closing?.aborted) return false;
    // A member has waited long enough for a line on which nothing came.
    if (urgency === 'member' && failure.fault?.kind === 'late') return false;
    return this.#turns.soon(urgency);
  }

  /** A member is told of the pause that a system asks for, not of the number by which it does. */
  #asTold(failure: OutsideError, urgency: Urgency): OutsideError {
    const rest = urgency === 'member' ? this.#turns.restFor(urgency) : null;
    return rest && failure.fault?.kind === 'answered' ? this.#turns.held(rest) : failure;
  }

  /** Doubled with each attempt, less a random half: many bots must not come back at once. */
  #backoff(attempt: number): number {
    const { random = Math.random } = this.#outside;
    return Math.round(this.#limits.backoff * 2 ** attempt * (1 - random() / 2));
  }

  #ask<T>(url: string, read: ReadBody<T>, options: WithDeps<T>): Promise<HttpAnswer<T>> {
    return this.#inTime(options, async (signal) => {
      const share = this.#bodies.open();
      // Whoever gave up waiting does not read on.
      signal.addEventListener('abort', share.giveBack, { once: true });
      try {
        const { response, from } = await this.#follow(url, options, signal);
        const body = await this.#body(url, response, options, share);
        const value = await this.#read(url, body, response.status, read);
        if (options.isWhole?.(value) === false) this.#kept.forget(url);
        return { status: response.status, value, next: nextLink(response.headers, from.href) };
      } finally {
        share.giveBack();
      }
    });
  }

  /** The answer, and who gave it: where `url` sends its readers on, the last of them. */
  async #follow(
    url: string,
    options: GetOptions,
    signal: AbortSignal,
  ): Promise<{ response: Response; from: URL }> {
    const etag = this.#kept.etag(url);
    const own = { 'user-agent': this.#outside.userAgent, ...(etag ? { 'if-none-match': etag } : {}) };
    const { origin } = new URL(url);
    let from = new URL(url);
    for (let redirects = 0; ; redirects++) {
      // What the operator's headers tell is for the source alone.
      const headers = from.origin === origin ? { ...options.headers, ...own } : own;
      const response = await this.#fetch(from.href, headers, signal);
      const redirect = await redirectOf(response, from, this.#outside.resolve ?? resolveName);
      if (redirect === null) return { response, from };
      // An unread body would hold its connection.
      await response.body?.cancel();
      if ('refused' in redirect) throw this.#misled(redirect.refused);
      if (redirects === MOST_REDIRECTS) throw this.#misled('sends its readers round in circles');
      const isSameHost = redirect.to.host === from.host;
      from = redirect.to;
      if (isSameHost) await this.#turns.spaceOut(signal);
    }
  }

  #misled(what: string): OutsideError {
    return new OutsideError(this.#system, what, { retryable: false });
  }

  async #fetch(url: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
    const { fetch, clock, log } = this.#outside;
    const started = clock.elapsed();
    try {
      const response = await fetch(url, { headers, signal, redirect: 'manual' });
      this.#turns.answered(response.status, response.headers);
      const ms = Math.round(clock.elapsed() - started);
      log.debug({ system: this.#system, url: loggable(url), status: response.status, ms }, 'asked');
      return response;
    } catch (cause) {
      this.#turns.unanswered();
      throw this.#failure('could not be reached', cause, { kind: 'unreachable' });
    }
  }

  async #body(url: string, response: Response, options: GetOptions, share: BodyShare): Promise<string> {
    if (response.status === 304) return this.#unchanged(url);
    if (!response.ok && !options.answers?.includes(response.status)) throw await this.#refusal(response);
    const body = await readBody(response, this.#limits.body, share).catch((cause) => {
      throw this.#failure('the answer broke off', cause, { kind: 'broken off' });
    });
    this.#kept.keep(url, response, body);
    return body;
  }

  #unchanged(url: string): string {
    const body = this.#kept.body(url);
    if (body === null) throw this.#failure('answered 304 to an unconditional request');
    return body;
  }

  async #refusal(response: Response): Promise<OutsideError> {
    const { status, headers } = response;
    // An unread body would hold its connection.
    await response.body?.cancel();
    const told = headers.get('x-error-message');
    const retryable = status >= 500 || status === 408 || status === 429;
    return new OutsideError(this.#system, `answered ${status}${told ? ` (${told.slice(0, 200)})` : ''}`, {
      retryable,
      fault: { kind: 'answered', status },
    });
  }

  async #read<T>(url: string, body: string, status: number, read: ReadBody<T>): Promise<T> {
    try {
      return await read(body, status);
    } catch (error) {
      // What could not be read must not come back as unchanged.
      this.#kept.forget(url);
      throw this.#failure('answered something unreadable', error, { kind: 'unreadable' });
    }
  }

  #failure(message: string, cause?: unknown, fault?: OutsideFault): OutsideError {
    if (cause instanceof OutsideError) return cause;
    const detail = cause instanceof Error ? `${message}: ${sentenceOf(behind(cause))}` : message;
    return new OutsideError(this.#system, detail, { retryable: true, cause, fault });
  }

  /** Ends `work` when the time for one try is over or its asker has gone, even if the line ignores its signal. */
  async #inTime<T>(options: GetOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { clock, closing } = this.#outside;
    const { timeout, membersTimeout } = this.#limits;
    const asker = options.signal;
    const startedAt = clock.elapsed();
    const late = new AbortController();
    const done = new AbortController();
    const endings = [late.signal, asker, closing].filter((signal) => signal !== undefined);
    const ended = AbortSignal.any(endings);
    const most = options.urgency === 'member' ? membersTimeout : timeout;
    clock.sleep(most, AbortSignal.any([ended, done.signal])).then(
      () => late.abort(this.#lateBy(most)),
      () => {},
    );
    const cut = Promise.withResolvers<never>();
    const cutOff = () => {
      this.#turns.unanswered();
      const underWay = clock.elapsed() - startedAt;
      const isOver = ended.reason === asker?.reason && !closing?.aborted && underWay >= SECOND;
      cut.reject(isOver ? this.#lateBy(underWay) : this.#failure('the request was given up', ended.reason));
    };
    ended.addEventListener('abort', cutOff, { once: true });
    try {
      return await Promise.race([work(ended), cut.promise]);
    } finally {
      ended.removeEventListener('abort', cutOff);
      done.abort(DONE);
    }
  }

  /** `ms`: for so long it was under way. */
  #lateBy(ms: number): OutsideError {
    const seconds = Math.floor(ms / SECOND);
    const fault = { kind: 'late', seconds } as const;
    return new OutsideError(this.#system, `no answer in ${ms < SECOND ? `${ms} ms` : `${seconds} s`}`, {
      retryable: true,
      fault,
    });
  }
}

/** `fetch` only says that it failed; what hindered it stands behind that. Of several addresses that were tried, the first. */
function behind(error: Error): unknown {
  const { cause } = error;
  if (!(error instanceof TypeError) || !(cause instanceof Error)) return error;
  return cause instanceof AggregateError ? (cause.errors[0] ?? cause) : cause;
}
