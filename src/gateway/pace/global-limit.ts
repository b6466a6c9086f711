/**
 * Discord's limit over everything: 50 requests in a second (topics/rate-limits.mdx), counted where they arrive and
 * in a way that is not published. So that no second sees a 51st, a request's place is free again only when a second
 * has passed since it can have arrived at the latest: a second after it left, and as much as its answer took longer
 * than the fastest of late. (The answer may have been slow for other reasons; then a little is given away.)
 * Fewer than 50 in every second pass a sliding log, aligned seconds and a token bucket alike.
 */
import { Soonest } from './soonest.ts';

export type GlobalLimitOptions = {
  count: number;
  windowMs: number;
  /** For whole-millisecond clocks at both ends, and a fastest trip that was not the fastest possible. */
  marginMs: number;
};

/** After so many answers the fastest of them is taken for the fastest possible; before, an answer proves only itself. */
const ENOUGH_ANSWERS = 100;

export class GlobalLimit {
  readonly #options: GlobalLimitOptions;
  readonly #returning = new Soonest<true>();
  #left: number;
  #answers = 0;
  #fastest = Number.POSITIVE_INFINITY;
  #fastestBefore = Number.POSITIVE_INFINITY;

  constructor(options: GlobalLimitOptions) {
    this.#options = options;
    this.#left = options.count;
  }

  /** When the next request may leave: `now`, later, or Infinity when only an answer can tell. */
  freeAt(now: number): number {
    for (; this.#returning.first <= now; this.#returning.pop()) this.#left++;
    return this.#left > 0 ? now : this.#returning.first;
  }

  take(): void {
    this.#left--;
  }

  /** Discord's answer to a request that left at `departedAt` came at `answeredAt` (elapsed both). */
  answered(departedAt: number, answeredAt: number): void {
    this.#learn(answeredAt - departedAt);
    const isKnown = this.#answers >= ENOUGH_ANSWERS || this.#fastestBefore < Number.POSITIVE_INFINITY;
    const fastestMs = isKnown ? Math.min(this.#fastest, this.#fastestBefore) : 0;
    this.#freeAfter(answeredAt - fastestMs);
  }

  /** A request ended at `endedAt` without an answer that could teach how long the way is. */
  ended(endedAt: number): void {
    this.#freeAfter(endedAt);
  }

  /** A request was not sent after all. */
  unsent(): void {
    this.#left++;
  }

  #freeAfter(latestArrival: number): void {
    const { windowMs, marginMs } = this.#options;
    this.#returning.push(latestArrival + windowMs + marginMs, true);
  }

  /** The fastest of the last one to two hundred answers: a way that grew longer is noticed after a while. */
  #learn(tripMs: number): void {
    this.#fastest = Math.min(this.#fastest, tripMs);
    this.#answers++;
    if (this.#answers < 2 * ENOUGH_ANSWERS) return;
    this.#fastestBefore = this.#fastest;
    this.#fastest = Number.POSITIVE_INFINITY;
    this.#answers = 0;
  }
}
