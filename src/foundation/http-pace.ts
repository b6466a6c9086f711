import { quotaRefill, retryAfter } from './http-headers.ts';

/** How one outside system wants to be treated. All hosts that share a limit share one `Manners`. */
export type Manners = {
  /** For messages: 'arXiv'. */
  system: string;
  /** Requests under way at once. */
  connections: number;
  /** Milliseconds from one request's start to the next one's. */
  spacing: number;
  /** At most `requests` starts in any `per` milliseconds; the last `reserved` of them are for urgent requests. */
  budget: { requests: number; per: number; reserved: number } | null;
  /** Statuses by which the system tells us, not the request, to wait: all its requests then rest. */
  refusals: readonly number[];
  /** Milliseconds to rest after a refusal that names no time: doubled with each in a row, up to `most`. */
  rest: { first: number; most: number };
};

// No system means longer; a mistaken header must not silence it for weeks.
const LONGEST_REST = 24 * 3600_000;

/** Decides when the next request to a system may start. Reads no clock: `now` comes in, instants go out. */
export class Pace {
  readonly #manners: Manners;
  #starts: number[] = [];
  #rest = { from: 0, until: 0 };
  #refusals = 0;

  constructor(manners: Manners) {
    this.#manners = manners;
  }

  /** Milliseconds from `now` until the system's own demands and our budget let a request start; 0 = at once. */
  rest(now: number, urgent: boolean): number {
    return Math.max(0, this.#restLeft(now), this.#budgetLeft(now, urgent));
  }

  /** Milliseconds from `now` until the last start is far enough away. */
  spacing(now: number): number {
    const last = this.#starts.at(-1);
    return last === undefined || last > now ? 0 : Math.max(0, last + this.#manners.spacing - now);
  }

  started(now: number): void {
    const kept = this.#manners.budget?.per ?? this.#manners.spacing;
    // A start in the future is from before the clock was set back: it must not block for as long as that.
    this.#starts = this.#starts.filter((start) => start <= now && now - start < kept);
    this.#starts.push(now);
  }

  answered(now: number, status: number, headers: Headers): void {
    if (this.#manners.refusals.includes(status)) {
      this.#refused(now, headers);
      return;
    }
    this.#refusals = 0;
    const refill = quotaRefill(headers, now);
    if (refill !== null) this.#restUntil(now, refill);
  }

  #refused(now: number, headers: Headers): void {
    const { first, most } = this.#manners.rest;
    const rest = Math.min(most, first * 2 ** this.#refusals);
    this.#refusals++;
    this.#restUntil(now, quotaRefill(headers, now) ?? retryAfter(headers, now) ?? now + rest);
  }

  #restUntil(now: number, until: number): void {
    this.#rest = { from: now, until: Math.min(until, now + LONGEST_REST) };
  }

  #restLeft(now: number): number {
    // Before its own beginning: the clock was set back, and the rest says nothing about this time.
    return now < this.#rest.from ? 0 : this.#rest.until - now;
  }

  #budgetLeft(now: number, urgent: boolean): number {
    const budget = this.#manners.budget;
    if (!budget) return 0;
    const allowed = urgent ? budget.requests : budget.requests - budget.reserved;
    const recent = this.#starts.filter((start) => start <= now && now - start < budget.per);
    return recent.length < allowed ? 0 : recent[recent.length - allowed] + budget.per - now;
  }
}
