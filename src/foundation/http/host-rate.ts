import { quotaRefill, retryAfter } from './http-headers.ts';

/** How one outside system wants to be treated. All hosts that share a limit share one `Manners`. */
export type Manners = {
  /** For messages: 'arXiv'. */
  system: string;
  /** Requests under way at once. */
  connections: number;
  /**
   * Milliseconds between two requests as the system receives them: from the answer to one, or its end where none came, to
   * the start of the next. Between two starts they may arrive closer, where the first one's connection was new.
   */
  spacing: number;
  /** At most `requests` starts in any `per` milliseconds; `reserved` of them are members', the rest is everybody else's. */
  budget: { requests: number; per: number; reserved: number } | null;
  /** Statuses by which the system tells us, not the request, to wait: all its requests then rest. */
  refusals: readonly number[];
  /** Milliseconds to rest after a refusal that names no time: doubled with each in a row, up to `most`. */
  rest: { first: number; most: number };
  /** Bytes of its longest good answer, with room; absent: the limit of all. */
  body?: number;
};

/** What must outlast a restart. Instants are UTC ms, 0 for never; between `restFrom` and `restUntil` the system rests. */
export type HostRateRecord = { contactAt: number; restFrom: number; restUntil: number };

/** Keeps the record of one system. */
export type HostRateStore = { read(): Promise<HostRateRecord>; write(record: HostRateRecord): Promise<void> };

/** A system that names a time itself is believed; a mistaken header must not silence it for days. */
const LONGEST_REST = 4 * 3600_000;

/** Decides when the next request to a system may start. Reads no clock: instants are Clock.elapsed(), in and out. */
export class HostRate {
  readonly #manners: Manners;
  #starts: { at: number; isMember: boolean }[] = [];
  #contact = Number.NEGATIVE_INFINITY;
  #restFrom = 0;
  #restUntil = 0;
  #refusals = 0;

  constructor(manners: Manners) {
    this.#manners = manners;
  }

  /** Milliseconds until what the system itself asked for is over. */
  rest(at: number): number {
    return Math.max(0, this.#restUntil - at);
  }

  /** Milliseconds until our own budget has room. Each side has its part: neither can use up the other's. */
  budget(at: number, isMember: boolean): number {
    const budget = this.#manners.budget;
    if (!budget) return 0;
    const allowed = isMember ? budget.reserved : budget.requests - budget.reserved;
    const recent = this.#starts.filter((start) => start.isMember === isMember && at - start.at < budget.per);
    return recent.length < allowed ? 0 : recent[recent.length - allowed].at + budget.per - at;
  }

  /** Milliseconds until the last request is far enough away. */
  spacing(at: number): number {
    return Math.max(0, this.#contact + this.#manners.spacing - at);
  }

  /** How many requests may be under way: after a refusal one alone tries whether it is over. */
  connections(): number {
    return this.#refusals > 0 ? 1 : this.#manners.connections;
  }

  started(at: number, isMember: boolean): void {
    const kept = this.#manners.budget?.per ?? this.#manners.spacing;
    this.#starts = this.#starts.filter((start) => at - start.at < kept);
    this.#starts.push({ at, isMember });
    this.#contact = at;
  }

  /** A request was just sent on, answered, or given up: the system may have received it up to now. */
  touched(at: number): void {
    this.#contact = at;
  }

  /**
   * What the life before left, `now` by the wall clock. A record from ahead of now is of a clock that was wrong: its waits
   * begin now, and are no longer than they were.
   */
  resume(at: number, now: number, { contactAt, restFrom, restUntil }: HostRateRecord): void {
    if (contactAt > 0) this.#contact = at - Math.max(0, now - contactAt);
    const rest = Math.min(restUntil - Math.max(now, restFrom), LONGEST_REST);
    if (rest <= 0) return;
    this.#restFrom = at;
    this.#restUntil = at + rest;
    this.#refusals = 1;
  }

  /** For the next life; `now` by the wall clock. */
  record(at: number, now: number): HostRateRecord {
    const wall = (instant: number) => Math.round(now + instant - at);
    return {
      // Where nothing is spaced, nobody asks for it.
      contactAt: this.#manners.spacing > 0 && Number.isFinite(this.#contact) ? wall(this.#contact) : 0,
      restFrom: this.#restUntil > at ? wall(this.#restFrom) : 0,
      restUntil: this.#restUntil > at ? wall(this.#restUntil) : 0,
    };
  }

  /** `now`: the wall clock, for what headers say of instants. */
  answered(at: number, now: number, status: number, headers: Headers): void {
    this.touched(at);
    const refill = quotaRefill(headers);
    if (this.#manners.refusals.includes(status)) {
      this.#restFor(at, refill ?? retryAfter(headers, now) ?? this.#growingRest());
      this.#refusals++;
      return;
    }
    this.#refusals = 0;
    if (refill !== null) this.#restFor(at, refill);
  }

  #growingRest(): number {
    const { first, most } = this.#manners.rest;
    return Math.min(most, first * 2 ** this.#refusals);
  }

  #restFor(at: number, ms: number): void {
    this.#restFrom = at;
    this.#restUntil = at + Math.min(ms, LONGEST_REST);
  }
}
