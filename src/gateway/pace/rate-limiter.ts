/**
 * When may the next request leave, and which one is it? Decides only; pacer.ts waits and sends. Its instants are elapsed
 * time (`Clock.elapsed`): Discord's windows pass whatever the wall clock is set to.
 *
 * Rules (Discord, topics/rate-limits.mdx):
 * - over everything: never more than 50 requests in any second, counted where they arrive (global-limit.ts), and never
 *   two within 20 ms: 50 at once would only wait for each other on the way, and their lateness costs limit.
 * - a bucket (what shares one bucket of Discord's: a channel's messages) has one request under way at a time, so that a
 *   channel reads in order, and rests when its answer says that nothing remains.
 * - requests that may wait for ever (edits of old cards) leave only when nothing else may, ten a second at most.
 * - a 429 stops its bucket, or everything, for as long as it says; the request goes back to the head of its bucket.
 */

import { FairQueue } from './fair-queue.ts';
import { Fifo } from './fifo.ts';
import { GlobalLimit, type GlobalLimitOptions } from './global-limit.ts';
import { Soonest } from './soonest.ts';

/** Something that wants one request sent. */
export type QueuedJob = {
  /** What shares one of Discord's buckets: a channel's id, `edit:` and a channel's id ... */
  readonly bucket: string;
  /** Fairness is between servers. */
  readonly server: string;
  /** UTC ms: older ones overtake. */
  readonly queuedAt: number;
  /** Waits for everything else. */
  readonly spare: boolean;
};

/** How a job that was given out came back. */
export type Return =
  | {
      kind: 'answered' /** What is left of the bucket; absent without headers. */;
      remaining?: number;
      resetAfterMs?: number;
    }
  | { kind: 'limited'; everything: boolean; waitMs: number }
  /** No answer, or none of Discord's own: time-out, cut connection, 5xx. */
  | { kind: 'silent' }
  /** It was not sent after all. */
  | { kind: 'unsent' };

type PaceStep<E> =
  | { kind: 'go'; job: E }
  | { kind: 'wait' /** Infinity: until an answer or a job comes. */; until: number };

export type RateLimits = GlobalLimitOptions & {
  spacingMs: number;
  /** Requests under way at once: 50 a second at 600 ms each. */
  atOnce: number;
  sparePerSecond: number;
};

export const DISCORD_RATE_LIMITS: RateLimits = {
  count: 50,
  windowMs: 1000,
  marginMs: 4,
  spacingMs: 20,
  atOnce: 30,
  sparePerSecond: 10,
};

const CATCH_UP_MS = 100;

type Bucket<E> = {
  readonly key: string;
  readonly server: string;
  readonly turns: FairQueue<Bucket<E>>;
  readonly jobs: Fifo<E>;
  waitingSince: number;
  /** When its last request left. */
  departedAt: number;
  /** Nothing may leave before. */
  restsUntil: number;
};

/**
 * A bucket is known while it is in line for a turn, under way, or at rest; an empty one that owes Discord no rest is
 * forgotten. Every job that `next` gives must come back through `settle`.
 */
export class RateLimiter<E extends QueuedJob> {
  readonly #options: RateLimits;
  readonly #buckets = new Map<string, Bucket<E>>();
  readonly #resting = new Soonest<Bucket<E>>();
  readonly #alerts = new FairQueue<Bucket<E>>();
  readonly #spares = new FairQueue<Bucket<E>>();
  readonly #globalLimit: GlobalLimit;
  #nextAt = Number.NEGATIVE_INFINITY;
  #nextSpareAt = Number.NEGATIVE_INFINITY;
  #underWay = 0;
  #stoppedUntil = Number.NEGATIVE_INFINITY;

  constructor(options: RateLimits) {
    this.#options = options;
    this.#globalLimit = new GlobalLimit(options);
  }

  add(job: E): void {
    const known = this.#buckets.get(job.bucket);
    if (known) {
      known.jobs.push(job);
      return;
    }
    const bucket: Bucket<E> = {
      key: job.bucket,
      server: job.server,
      turns: job.spare ? this.#spares : this.#alerts,
      jobs: new Fifo(),
      waitingSince: job.queuedAt,
      departedAt: Number.NEGATIVE_INFINITY,
      restsUntil: Number.NEGATIVE_INFINITY,
    };
    bucket.jobs.push(job);
    this.#buckets.set(bucket.key, bucket);
    bucket.turns.offer(bucket);
  }

  /** The next job to send at `now` (the caller then owes `settle`), or how long to wait. */
  next(now: number): PaceStep<E> {
    while (this.#resting.first <= now) this.#goOn(this.#resting.pop(), now);
    for (;;) {
      const turns = this.#alerts.size > 0 ? this.#alerts : this.#spares;
      const until = this.#freeAt(turns, now);
      // A resting bucket may have something more urgent than a job that is spare.
      if (until > now)
        return { kind: 'wait', until: Math.min(until, this.#alerts.size > 0 ? until : this.#resting.first) };
      const job = this.#takeFrom(turns, now);
      if (job) return { kind: 'go', job };
    }
  }

  /** A job that `next` gave came back at `now`. A limited one goes first again in its bucket. */
  settle(job: E, back: Return, now: number): void {
    const bucket = this.#buckets.get(job.bucket);
    if (!bucket) throw new Error('Settled a job that was not under way.');
    this.#underWay--;
    this.#returnGlobalLimit(bucket, back, now);
    if (back.kind === 'limited') {
      bucket.jobs.putBack(job);
      if (back.everything) this.stop(now + back.waitMs);
      else bucket.restsUntil = now + back.waitMs;
    } else if (back.kind === 'answered' && back.remaining === 0 && back.resetAfterMs !== undefined) {
      // One more millisecond, as the clock cuts its fractions off.
      bucket.restsUntil = now + Math.ceil(back.resetAfterMs) + 1;
    }
    this.#goOn(bucket, now);
  }

  /** Nothing leaves before `until`. */
  stop(until: number): void {
    this.#stoppedUntil = Math.max(this.#stoppedUntil, until);
  }

  /** Until when a bucket rests; long past when it does not. */
  restsUntil(bucket: string): number {
    return this.#buckets.get(bucket)?.restsUntil ?? Number.NEGATIVE_INFINITY;
  }

  /** Takes out everything that has not left. */
  giveUp(): E[] {
    return [...this.#buckets.values()].flatMap((bucket) => bucket.jobs.takeAll());
  }

  /** Takes out what has not left of one bucket. */
  giveUpBucket(key: string): E[] {
    const jobs = this.#buckets.get(key)?.jobs.takeAll() ?? [];
    return jobs;
  }

  /** When the next of these may leave; Infinity when only an answer or a new job can tell. */
  #freeAt(turns: FairQueue<Bucket<E>>, now: number): number {
    if (turns.size === 0) return this.#resting.first;
    if (this.#underWay >= this.#options.atOnce) return Number.POSITIVE_INFINITY;
    const spare = turns === this.#spares ? this.#nextSpareAt : this.#nextAt;
    return Math.max(this.#stoppedUntil, this.#nextAt, spare, this.#globalLimit.freeAt(now));
  }

  #returnGlobalLimit(bucket: Bucket<E>, back: Return, now: number): void {
    if (back.kind === 'answered') this.#globalLimit.answered(bucket.departedAt, now);
    else if (back.kind === 'unsent') this.#globalLimit.unsent();
    else this.#globalLimit.ended(now);
  }

  #takeFrom(turns: FairQueue<Bucket<E>>, now: number): E | undefined {
    const bucket = turns.take();
    const job = bucket?.jobs.shift();
    // Given up while its bucket stood in line.
    if (!bucket || !job) return this.#goOn(bucket, now);
    this.#underWay++;
    this.#globalLimit.take();
    // A late timer is caught up with.
    this.#nextAt = Math.max(this.#nextAt, now - CATCH_UP_MS) + this.#options.spacingMs;
    if (turns === this.#spares) this.#nextSpareAt = now + 1000 / this.#options.sparePerSecond;
    bucket.departedAt = now;
    return job;
  }

  /** Where a bucket stands after its turn or its rest. */
  #goOn(bucket: Bucket<E> | undefined, now: number): undefined {
    if (!bucket) return;
    const head = bucket.jobs.peek();
    if (bucket.restsUntil > now) {
      this.#resting.push(bucket.restsUntil, bucket);
    } else if (head) {
      bucket.waitingSince = head.queuedAt;
      bucket.turns.offer(bucket);
    } else {
      this.#buckets.delete(bucket.key);
    }
  }
}
