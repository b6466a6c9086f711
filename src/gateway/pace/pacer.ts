/**
 * Paperboy's own queue in front of discord.js' REST: a backlog inside REST costs seven times the memory and wakes each
 * waiting channel every second. rate-limiter.ts decides what leaves when; this sends it and waits.
 *
 * What will not leave soon is given back at once (Discord does not answer, a long 429, the invalid-request budget, the
 * process ends): then the outbox, which is durable, holds it, and it was not sent for certain.
 */

import { type Clock, wallIn } from '#src/foundation/clock.ts';
import type { Log } from '#src/foundation/log.ts';
import { inEnglish, type KeptPhrase } from '#src/wording/kept-phrase.ts';
import { phrase } from '#src/wording/phrase.ts';
import { InvalidBudget } from './invalid-budget.ts';
import { OutageWatch } from './outage-watch.ts';
import {
  DISCORD_RATE_LIMITS,
  type QueuedJob,
  RateLimiter,
  type RateLimits,
  type Return,
} from './rate-limiter.ts';

/** One request that the pacer sends when its turn comes. */
export type PacedJob = QueuedJob & {
  /** Sends it, once. Never rejects. A job that was limited (429) is attempted again later. */
  attempt(): Promise<PacedAnswer>;
  /** It was not sent, and may be tried again at `at` (UTC ms). */
  giveBack(at: number, reason: KeptPhrase): void;
};

export type PacedAnswer = Return & {
  /** Counts towards Discord's ban: 401, 403, 429. */
  invalid: boolean;
};

/** `until` in elapsed time, like every instant here: people set the wall clock. */
type Stop = { until: number; reason: KeptPhrase };

/** Longer waits are the outbox's. */
const LONGEST_WAIT_MS = 30_000;
/** A reason of our own: without one each abort makes an error with a stack. */
const NEARER = 'nearer';

export class Pacer {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #invalid = new InvalidBudget();
  readonly #outage = new OutageWatch();
  readonly #pace: RateLimiter<PacedJob>;
  readonly #flights = new Set<Promise<void>>();
  #alarmAt = Number.POSITIVE_INFINITY;
  #alarm = new AbortController();
  #longLimit: Stop | null = null;
  #closed = false;

  constructor(clock: Clock, log: Log, options: RateLimits = DISCORD_RATE_LIMITS) {
    this.#clock = clock;
    this.#log = log;
    this.#pace = new RateLimiter(options);
  }

  /** Sends the job when its turn comes, or gives it back. */
  send(job: PacedJob): void {
    const now = this.#clock.elapsed();
    const stop = this.#stopped(now) ?? this.#bucketStopped(job.bucket, now);
    if (stop) {
      job.giveBack(this.#onTheWall(stop.until), stop.reason);
      return;
    }
    this.#pace.add(job);
    this.#pump();
  }

  /** Gives back what has not left and waits for what is under way, at most `ms`. */
  async close(ms: number): Promise<void> {
    this.#closed = true;
    this.#alarm.abort();
    this.#pump();
    const enough = new AbortController();
    const patience = this.#clock.sleep(ms, enough.signal).catch(() => undefined);
    await Promise.race([Promise.all(this.#flights), patience]);
    enough.abort();
  }

  /** When (UTC ms) that elapsed instant is, as the wall clock stands: what is given back waits by the wall clock. */
  #onTheWall(until: number): number {
    return Math.round(wallIn(this.#clock, until - this.#clock.elapsed()));
  }

  #stopped(now: number): Stop | null {
    if (this.#closed) return { until: now, reason: phrase('post.stopping') };
    if (this.#longLimit && this.#longLimit.until > now) return this.#longLimit;
    const spentUntil = this.#invalid.exhaustedUntil(now);
    if (spentUntil) return { until: spentUntil, reason: phrase('discord.refusedTooMany') };
    const silentUntil = this.#outage.closedUntil(now);
    return silentUntil ? { until: silentUntil, reason: phrase('discord.silent') } : null;
  }

  #bucketStopped(bucket: string, now: number): Stop | null {
    const until = this.#pace.restsUntil(bucket);
    return until - now > LONGEST_WAIT_MS ? { until, reason: phrase('discord.limits') } : null;
  }

  #pump(): void {
    const now = this.#clock.elapsed();
    const stop = this.#stopped(now);
    if (stop) this.#giveBack(this.#pace.giveUp(), stop);
    let step = this.#pace.next(now);
    for (; step.kind === 'go'; step = this.#pace.next(now)) this.#launch(step.job);
    this.#nextAt(step.until, now);
  }

  #launch(job: PacedJob): void {
    const flight = job.attempt().then((answer) => {
      this.#flights.delete(flight);
      this.#learn(job, answer);
      this.#pump();
    });
    this.#flights.add(flight);
  }

  #learn(job: PacedJob, answer: PacedAnswer): void {
    const now = this.#clock.elapsed();
    if (answer.invalid) this.#invalid.note(now);
    if (answer.kind !== 'unsent') this.#outage.note(answer.kind !== 'silent', now);
    this.#pace.settle(job, answer, now);
    if (answer.kind !== 'limited') return;
    const { everything, waitMs } = answer;
    this.#log.warn({ bucket: job.bucket, everything, waitMs }, 'Discord limits requests');
    if (waitMs <= LONGEST_WAIT_MS) return;
    const stop = { until: now + waitMs, reason: phrase('discord.limits') };
    if (everything) this.#longLimit = stop;
    this.#giveBack(this.#pace.giveUpBucket(job.bucket), stop);
  }

  #giveBack(jobs: readonly PacedJob[], { until, reason }: Stop): void {
    if (jobs.length === 0) return;
    const at = this.#onTheWall(until);
    this.#log.warn({ until: at, reason: inEnglish(reason), count: jobs.length }, 'Requests postponed');
    for (const job of jobs) job.giveBack(at, reason);
  }

  #nextAt(at: number, now: number): void {
    const earlyEnough = this.#alarmAt > now && this.#alarmAt <= at;
    if (this.#closed || at === Number.POSITIVE_INFINITY || earlyEnough) return;
    this.#alarm.abort(NEARER);
    this.#alarm = new AbortController();
    this.#alarmAt = at;
    const ring = () => {
      this.#alarmAt = Number.POSITIVE_INFINITY;
      this.#pump();
    };
    // Timers cut fractions off. An alarm that was put off rejects: a nearer one stands in its place.
    this.#clock.sleep(Math.ceil(at - now), this.#alarm.signal).then(ring, () => undefined);
  }
}
