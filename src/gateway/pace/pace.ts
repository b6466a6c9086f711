/**
 * When may the next request leave, and which one is it? Decides only; pacer.ts waits and sends. Its instants are elapsed
 * time (`Clock.elapsed`): Discord's windows pass whatever the wall clock is set to.
 *
 * Rules (Discord, topics/rate-limits.mdx):
 * - over everything: never more than 50 requests in any second, counted where they arrive (allowance.ts), and never
 *   two within 20 ms: 50 at once would only wait for each other on the way, and their lateness costs allowance.
 * - a lane (what shares one bucket of Discord's: a channel's messages) has one request under way at a time, so that a
 *   channel reads in order, and rests when its answer says that nothing remains.
 * - requests that may wait for ever (edits of old cards) leave only when nothing else may, ten a second at most.
 * - a 429 stops its lane, or everything, for as long as it says; the request goes back to the head of its lane.
 */
import { Allowance, type AllowanceOptions } from './allowance.ts';
import { Fifo } from './fifo.ts';
import { Soonest } from './soonest.ts';
import { Turns } from './turns.ts';

/** Something that wants one request sent. */
export type Errand = {
  /** What shares one of Discord's buckets: a channel's id, `edit:` and a channel's id ... */
  readonly lane: string;
  /** Fairness is between servers. */
  readonly server: string;
  /** UTC ms: older ones overtake. */
  readonly promisedAt: number;
  /** Waits for everything else. */
  readonly spare: boolean;
};

/** How an errand that was given out came back. */
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

export type Step<E> =
  | { kind: 'go'; errand: E }
  | { kind: 'wait' /** Infinity: until an answer or an errand comes. */; until: number };

export type PaceOptions = AllowanceOptions & {
  spacingMs: number;
  /** Requests under way at once: 50 a second at 600 ms each. */
  atOnce: number;
  sparePerSecond: number;
};

export const DISCORD_PACE: PaceOptions = {
  count: 50,
  windowMs: 1000,
  marginMs: 4,
  spacingMs: 20,
  atOnce: 30,
  sparePerSecond: 10,
};

const CATCH_UP_MS = 100;

type Lane<E> = {
  readonly key: string;
  readonly server: string;
  readonly turns: Turns<Lane<E>>;
  readonly errands: Fifo<E>;
  waitingSince: number;
  /** When its last request left. */
  departedAt: number;
  /** Nothing may leave before. */
  restsUntil: number;
};

/**
 * A lane is known while it is in line for a turn, under way, or at rest; an empty one that owes Discord no rest is
 * forgotten. Every errand that `next` gives must come back through `settle`.
 */
export class Pace<E extends Errand> {
  readonly #options: PaceOptions;
  readonly #lanes = new Map<string, Lane<E>>();
  readonly #resting = new Soonest<Lane<E>>();
  readonly #alerts = new Turns<Lane<E>>();
  readonly #spares = new Turns<Lane<E>>();
  readonly #allowance: Allowance;
  #nextAt = Number.NEGATIVE_INFINITY;
  #nextSpareAt = Number.NEGATIVE_INFINITY;
  #underWay = 0;
  #waiting = 0;
  #stoppedUntil = Number.NEGATIVE_INFINITY;

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#allowance = new Allowance(options);
  }

  /** Errands that have not left yet. */
  get waiting(): number {
    return this.#waiting;
  }

  get underWay(): number {
    return this.#underWay;
  }

  add(errand: E): void {
    this.#waiting++;
    const known = this.#lanes.get(errand.lane);
    if (known) {
      known.errands.push(errand);
      return;
    }
    const lane: Lane<E> = {
      key: errand.lane,
      server: errand.server,
      turns: errand.spare ? this.#spares : this.#alerts,
      errands: new Fifo(),
      waitingSince: errand.promisedAt,
      departedAt: Number.NEGATIVE_INFINITY,
      restsUntil: Number.NEGATIVE_INFINITY,
    };
    lane.errands.push(errand);
    this.#lanes.set(lane.key, lane);
    lane.turns.offer(lane);
  }

  /** The next errand to send at `now` (the caller then owes `settle`), or how long to wait. */
  next(now: number): Step<E> {
    while (this.#resting.first <= now) this.#goOn(this.#resting.pop(), now);
    for (;;) {
      const turns = this.#alerts.size > 0 ? this.#alerts : this.#spares;
      const until = this.#freeAt(turns, now);
      // A resting lane may have something more urgent than an errand that is spare.
      if (until > now)
        return { kind: 'wait', until: Math.min(until, this.#alerts.size > 0 ? until : this.#resting.first) };
      const errand = this.#takeFrom(turns, now);
      if (errand) return { kind: 'go', errand };
    }
  }

  /** An errand that `next` gave came back at `now`. A limited one goes first again in its lane. */
  settle(errand: E, back: Return, now: number): void {
    const lane = this.#lanes.get(errand.lane);
    if (!lane) throw new Error('Settled an errand that was not under way.');
    this.#underWay--;
    this.#returnAllowance(lane, back, now);
    if (back.kind === 'limited') {
      lane.errands.putBack(errand);
      this.#waiting++;
      if (back.everything) this.stop(now + back.waitMs);
      else lane.restsUntil = now + back.waitMs;
    } else if (back.kind === 'answered' && back.remaining === 0 && back.resetAfterMs !== undefined) {
      // One more millisecond, as the clock cuts its fractions off.
      lane.restsUntil = now + Math.ceil(back.resetAfterMs) + 1;
    }
    this.#goOn(lane, now);
  }

  /** Nothing leaves before `until`. */
  stop(until: number): void {
    this.#stoppedUntil = Math.max(this.#stoppedUntil, until);
  }

  /** Until when a lane rests; long past when it does not. */
  restsUntil(lane: string): number {
    return this.#lanes.get(lane)?.restsUntil ?? Number.NEGATIVE_INFINITY;
  }

  /** Takes out everything that has not left. */
  giveUp(): E[] {
    this.#waiting = 0;
    return [...this.#lanes.values()].flatMap((lane) => lane.errands.takeAll());
  }

  /** Takes out what has not left of one lane. */
  giveUpLane(key: string): E[] {
    const errands = this.#lanes.get(key)?.errands.takeAll() ?? [];
    this.#waiting -= errands.length;
    return errands;
  }

  /** When the next of these may leave; Infinity when only an answer or a new errand can tell. */
  #freeAt(turns: Turns<Lane<E>>, now: number): number {
    if (turns.size === 0) return this.#resting.first;
    if (this.#underWay >= this.#options.atOnce) return Number.POSITIVE_INFINITY;
    const spare = turns === this.#spares ? this.#nextSpareAt : this.#nextAt;
    return Math.max(this.#stoppedUntil, this.#nextAt, spare, this.#allowance.freeAt(now));
  }

  #returnAllowance(lane: Lane<E>, back: Return, now: number): void {
    if (back.kind === 'answered') this.#allowance.answered(lane.departedAt, now);
    else if (back.kind === 'unsent') this.#allowance.unsent();
    else this.#allowance.ended(now);
  }

  #takeFrom(turns: Turns<Lane<E>>, now: number): E | undefined {
    const lane = turns.take();
    const errand = lane?.errands.shift();
    // Given up while its lane stood in line.
    if (!lane || !errand) return this.#goOn(lane, now);
    this.#underWay++;
    this.#waiting--;
    this.#allowance.take();
    // A late timer is caught up with.
    this.#nextAt = Math.max(this.#nextAt, now - CATCH_UP_MS) + this.#options.spacingMs;
    if (turns === this.#spares) this.#nextSpareAt = now + 1000 / this.#options.sparePerSecond;
    lane.departedAt = now;
    return errand;
  }

  /** Where a lane stands after its turn or its rest. */
  #goOn(lane: Lane<E> | undefined, now: number): undefined {
    if (!lane) return;
    const head = lane.errands.peek();
    if (lane.restsUntil > now) {
      this.#resting.push(lane.restsUntil, lane);
    } else if (head) {
      lane.waitingSince = head.promisedAt;
      lane.turns.offer(lane);
    } else {
      this.#lanes.delete(lane.key);
    }
  }
}
