import PQueue from 'p-queue';
import type { Clock } from './clock.ts';
import { OutsideError } from './failure.ts';
import { readBody } from './http-body.ts';
import { nextLink } from './http-headers.ts';
import { type Manners, Pace } from './http-pace.ts';
import type { Log } from './log.ts';

/** The only place that fetches. */
export type Http = {
  /** Opens a queue for one outside system. Share the result among everything that asks it. */
  host(manners: Manners): HttpHost;
};

export type HttpHost = {
  /**
   * GETs `url` politely, in turn, with time-out and bounded retries. `read` turns the body into a value; what it throws
   * counts as a broken answer and is asked again. Throws OutsideError and nothing else: `retryable` when a later try may help.
   */
  get<T>(url: string, read: (body: string, status: number) => T, options?: GetOptions): Promise<Answer<T>>;
};

export type GetOptions = {
  headers?: Record<string, string>;
  /** Statuses besides 2xx whose body is an answer. */
  answers?: readonly number[];
  /** Somebody is waiting for it: overtakes what merely polls. */
  urgent?: boolean;
};

export type Answer<T> = {
  status: number;
  value: T /** Absolute address of the next page. */;
  next: string | null;
};

export type HttpLimits = {
  /** Milliseconds for one try, body included. */
  timeout: number;
  /** Further tries after the first. */
  retries: number;
  /** Milliseconds before the first retry; doubled for each, less a random half. */
  backoff: number;
  /** Longest wait in milliseconds for a system that asks to wait; beyond it the request fails at once. */
  patience: number;
  /** Bytes. */
  body: number;
};

const LIMITS: HttpLimits = {
  timeout: 20_000,
  retries: 2,
  backoff: 1000,
  patience: 20_000,
  body: 32 * 2 ** 20,
};

/** Bodies kept for conditional requests. */
const KEPT_BODIES = 32;

type Outside = {
  fetch: typeof globalThis.fetch;
  clock: Clock;
  log: Log;
  userAgent: string;
  limits?: Partial<HttpLimits>;
  /** Aborting it ends what is under way. */
  closing?: AbortSignal;
  random?: () => number;
};

export function createHttp(outside: Outside): Http {
  return { host: (manners) => new PoliteHost(manners, outside) };
}

type Kept = { etag: string; body: string };

// Retries and time-outs are written out here because they must run on Clock: ky's run on the machine's timers.
class PoliteHost implements HttpHost {
  readonly #system: string;
  readonly #pace: Pace;
  readonly #queue: PQueue;
  readonly #outside: Outside;
  readonly #limits: HttpLimits;
  readonly #kept = new Map<string, Kept>();

  constructor(manners: Manners, outside: Outside) {
    this.#system = manners.system;
    this.#pace = new Pace(manners);
    this.#queue = new PQueue({ concurrency: manners.connections });
    this.#outside = outside;
    this.#limits = { ...LIMITS, ...outside.limits };
  }

  async get<T>(
    url: string,
    read: (body: string, status: number) => T,
    options: GetOptions = {},
  ): Promise<Answer<T>> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#queue.add(() => this.#try(url, read, options), {
          priority: options.urgent ? 1 : 0,
        });
      } catch (error) {
        const failure = this.#failure('the request failed', error);
        if (!this.#worthAnother(failure, attempt, options)) throw failure;
        this.#outside.log.warn({ url, attempt, reason: failure.message }, 'asking again');
        await this.#pause(attempt);
      }
    }
  }

  #worthAnother(failure: OutsideError, attempt: number, options: GetOptions): boolean {
    if (!failure.retryable || attempt >= this.#limits.retries || this.#outside.closing?.aborted) return false;
    return this.#pace.wait(this.#outside.clock.now(), options.urgent ?? false) <= this.#limits.patience;
  }

  #pause(attempt: number): Promise<void> {
    const { random = Math.random } = this.#outside;
    return this.#sleep(Math.round(this.#limits.backoff * 2 ** attempt * (1 - random() / 2)));
  }

  async #try<T>(
    url: string,
    read: (body: string, status: number) => T,
    options: GetOptions,
  ): Promise<Answer<T>> {
    await this.#waitForTurn(options.urgent ?? false);
    const late = this.#failure(`no answer within ${this.#limits.timeout / 1000} s`);
    return this.#within(this.#limits.timeout, late, async (signal) => {
      const response = await this.#fetch(url, options, signal);
      const body = await this.#body(url, response, options);
      return {
        status: response.status,
        value: this.#read(url, body, response.status, read),
        next: nextLink(response.headers, url),
      };
    });
  }

  async #waitForTurn(urgent: boolean): Promise<void> {
    const { clock } = this.#outside;
    for (let wait = this.#wait(urgent); wait > 0; wait = this.#wait(urgent)) {
      if (wait > this.#limits.patience) {
        throw this.#failure(`resting until ${new Date(clock.now() + wait).toISOString()}`);
      }
      await this.#sleep(wait);
    }
    this.#pace.started(clock.now());
  }

  #wait(urgent: boolean): number {
    return this.#pace.wait(this.#outside.clock.now(), urgent);
  }

  async #fetch(url: string, options: GetOptions, signal: AbortSignal): Promise<Response> {
    const { fetch, clock, log, userAgent } = this.#outside;
    const started = clock.now();
    const etag = this.#kept.get(url)?.etag;
    const headers = {
      ...options.headers,
      'user-agent': userAgent,
      ...(etag ? { 'if-none-match': etag } : {}),
    };
    try {
      const response = await fetch(url, { headers, signal });
      this.#pace.answered(clock.now(), response.status, response.headers);
      log.debug({ url, status: response.status, ms: clock.now() - started }, 'asked');
      return response;
    } catch (cause) {
      throw this.#failure('could not be reached', cause);
    }
  }

  async #body(url: string, response: Response, options: GetOptions): Promise<string> {
    if (response.status === 304) return this.#keptBody(url);
    if (!response.ok && !options.answers?.includes(response.status)) throw await this.#refusal(response);
    const body = await readBody(response, this.#limits.body).catch((cause) => {
      throw this.#failure('the answer broke off', cause);
    });
    this.#keep(url, response, body);
    return body;
  }

  #keptBody(url: string): string {
    const kept = this.#kept.get(url);
    if (!kept) throw this.#failure('answered 304 to an unconditional request');
    return kept.body;
  }

  #keep(url: string, response: Response, body: string): void {
    this.#kept.delete(url);
    const etag = response.headers.get('etag');
    if (!etag || response.status !== 200) return;
    this.#kept.set(url, { etag, body });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_BODIES) this.#kept.delete(oldest);
  }

  async #refusal(response: Response): Promise<OutsideError> {
    const { status, headers } = response;
    // An unread body would hold its connection.
    await response.body?.cancel();
    const reason = headers.get('x-error-message');
    const retryable = status >= 500 || status === 408 || status === 429;
    return new OutsideError(this.#system, `answered ${status}${reason ? ` (${reason.slice(0, 200)})` : ''}`, {
      retryable,
    });
  }

  #read<T>(url: string, body: string, status: number, read: (body: string, status: number) => T): T {
    try {
      return read(body, status);
    } catch (error) {
      // What could not be read must not be kept as unchanged.
      this.#kept.delete(url);
      throw this.#failure('answered something unreadable', error);
    }
  }

  #failure(message: string, cause?: unknown): OutsideError {
    if (cause instanceof OutsideError) return cause;
    const detail = cause instanceof Error ? `${message}: ${cause.message}` : message;
    return new OutsideError(this.#system, detail, { retryable: true, cause });
  }

  async #within<T>(ms: number, late: OutsideError, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { clock, closing } = this.#outside;
    const request = new AbortController();
    const timer = new AbortController();
    const signal = closing ? AbortSignal.any([request.signal, closing]) : request.signal;
    const expiry = clock
      .sleep(ms, closing ? AbortSignal.any([timer.signal, closing]) : timer.signal)
      .then(() => {
        request.abort(late);
        throw late;
      });
    try {
      return await Promise.race([work(signal), expiry]);
    } finally {
      timer.abort();
    }
  }

  async #sleep(ms: number): Promise<void> {
    try {
      await this.#outside.clock.sleep(ms, this.#outside.closing);
    } catch (cause) {
      throw new OutsideError(this.#system, 'not asked, because Paperboy is closing', {
        retryable: true,
        cause,
      });
    }
  }
}
