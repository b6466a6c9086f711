/**
 * Discord bans an address for a time after 10,000 invalid requests (401, 403, 429 but scope `shared`) in 10 minutes
 * (topics/rate-limits.mdx). Paperboy stops at 5 % of that and goes on when the oldest are 10 minutes old. Instants are
 * elapsed time.
 */
import { Fifo } from './fifo.ts';

const SPAN_MS = 10 * 60_000;

export class InvalidBudget {
  readonly #limit: number;
  readonly #instants = new Fifo<number>();

  constructor(limit = 500) {
    this.#limit = limit;
  }

  /** Records one invalid request at `now`. */
  note(now: number): void {
    this.#instants.push(now);
  }

  /** How many there were in the last 10 minutes. */
  spent(now: number): number {
    for (let oldest = this.#instants.peek(); oldest !== undefined; oldest = this.#instants.peek()) {
      if (oldest > now - SPAN_MS) break;
      this.#instants.shift();
    }
    return this.#instants.size;
  }

  /** Until when nothing may be sent; null while there is budget. */
  exhaustedUntil(now: number): number | null {
    if (this.spent(now) < this.#limit) return null;
    return (this.#instants.peek() ?? now) + SPAN_MS;
  }
}
