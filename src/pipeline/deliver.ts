import { setImmediate } from 'node:timers/promises';
import { lagOf } from '#src/foundation/clock.ts';
import type { Destination } from '#src/outbox/destination.ts';
import type { Unsettled } from '#src/outbox/outbox.ts';
import type { PostPlace } from '#src/outbox/receipt.ts';
import { type Packing, packDue, staysPacked } from './pack-due.ts';
import { readBack, type Sending, send } from './send-post.ts';
import { takeStep } from './take-step.ts';

/** So many posts are handed to the postman at once; its pacer needs some ten to fill Discord's 50 a second. */
const IN_HAND = 128;
/** So many places are read back at once, one a server: a reading asks much, and delays nobody's post. */
const READ_AT_ONCE = 8;
/** So many posts are packed before others on this thread have their turn. */
const PACKED_AT_ONCE = 8;
/** While places are read back, what falls due is looked for so often. */
const LOOK_AGAIN_MS = 1000;
/** What is due for longer than this was missed: it goes as one digest for each channel. */
const MISSED_AFTER = 30 * 60_000;

export type Delivery = {
  /** Sends all that is due; returns when nothing more can be sent now. One run at a time. */
  run(): Promise<void>;
  /** Takes no new post; what is in hand is finished by the run under way. */
  stop(): void;
};

export type DeliverDeps = Sending &
  Packing & {
    /** Tells the moderators of what began in this pass; true when there is something to deliver. */
    notifyBegun(): Promise<boolean>;
  };

/**
 * Keeps the outbox's entries: what may have been sent is made sure of first, then what is left to do to posts that are there,
 * then what is packed, then what is due.
 * A channel has one post in hand at a time, so that posts come in order and an outage leaves at most one in doubt.
 */
export function createDelivery(deps: DeliverDeps): Delivery {
  const { outbox, clock, postman } = deps;
  const inHand = new Map<Destination, Promise<void>>();
  /** Servers of which a place is being read back. */
  const reading = new Set<string>();
  /** What went wrong with one that was in hand: the run ends with it. */
  let failure: { error: unknown } | null = null;
  /** How many were taken in hand so far. */
  let taken = 0;
  let stopped = false;
  let running: Promise<void> | null = null;

  const take = (place: PostPlace, work: () => Promise<void>): void => {
    taken++;
    const done = work()
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => inHand.delete(place.destination));
    inHand.set(place.destination, done);
  };
  const isFree = (destination: Destination) => inHand.size < IN_HAND && !inHand.has(destination);
  const mayGo = () => !stopped;
  const mayRead = (serverId: string) => reading.size < READ_AT_ONCE && !reading.has(serverId);

  const read = async (unsettled: Unsettled): Promise<void> => {
    const { serverId } = unsettled.post.place;
    reading.add(serverId);
    await readBack(deps, unsettled).finally(() => reading.delete(serverId));
  };
  const takeDoubted = async (now: number): Promise<void> => {
    for (const unsettled of await outbox.unsettled(now, IN_HAND * 2, postman.time())) {
      const { post, check } = unsettled;
      if (stopped || !isFree(post.place.destination)) continue;
      if (check.kind === 'resend')
        take(post.place, () => send(deps, post.id, { mayGo, guardedUntil: check.before }));
      else if (mayRead(post.place.serverId)) take(post.place, () => read(unsettled));
      await setImmediate();
    }
  };
  /** True when something was put off or taken back: then the channel's next may be due. */
  const packAllDue = async (now: number): Promise<boolean> => {
    let putOff = false;
    for (let seen = 0; seen < IN_HAND && !stopped; ) {
      const some = await outbox.due(now, IN_HAND, PACKED_AT_ONCE);
      if (some.length === 0) return putOff;
      for (const all of some) {
        if (!inHand.has(all.destination)) putOff = (await packDue(deps, all)) || putOff;
      }
      seen += some.length;
      await setImmediate();
    }
    return putOff;
  };
  const takeSteps = async (now: number): Promise<void> => {
    for (const step of await outbox.steps(now, IN_HAND)) {
      if (stopped || !isFree(step.post.place.destination)) continue;
      take(step.post.place, () => takeStep(deps, step));
      await setImmediate();
    }
  };
  /** True when a post was taken apart: then its papers are due. */
  const takePacked = async (now: number): Promise<boolean> => {
    let takenApart = false;
    for (const post of await outbox.ready(now, IN_HAND * 2)) {
      if (stopped || !isFree(post.place.destination)) continue;
      const isAsAsked = await staysPacked(deps, post);
      if (isAsAsked) take(post.place, () => send(deps, post.id, { mayGo: () => mayGo() && isAsAsked() }));
      else takenApart = true;
      await setImmediate();
    }
    return takenApart;
  };
  const oneIsDone = async (): Promise<void> => {
    if (reading.size === 0) return Promise.race(inHand.values());
    const enough = new AbortController();
    const again = clock.sleep(LOOK_AGAIN_MS, enough.signal).catch(() => {});
    await Promise.race([...inHand.values(), again]);
    enough.abort('one is done');
  };

  const throwFailure = (): void => {
    const failed = failure;
    failure = null;
    if (failed) throw failed.error;
  };

  const drain = async (): Promise<void> => {
    const missedAt = clock.now();
    const missedAfter = Math.max(MISSED_AFTER, lagOf(clock));
    await bitByBit(() => outbox.gather(missedAt - missedAfter, missedAt));
    for (;;) {
      const now = clock.now();
      const takenBefore = taken;
      let putOff = false;
      // Refilled by halves: asking the outbox after each single post would cost more than the posts.
      if (!stopped && inHand.size <= IN_HAND / 2) {
        await bitByBit(() => outbox.goOn(now));
        await takeDoubted(now);
        await takeSteps(now);
        putOff = await packAllDue(now);
        putOff = (await takePacked(now)) || putOff;
      }
      // Some may be done already, and their channels' next be due.
      if (inHand.size === 0 && taken === takenBefore && !putOff) {
        throwFailure();
        if (!(await deps.notifyBegun())) return;
      }
      if (inHand.size > 0) await oneIsDone();
      throwFailure();
    }
  };

  return {
    run() {
      running ??= drain().finally(() => {
        running = null;
      });
      return running;
    },
    stop() {
      stopped = true;
    },
  };
}

/** Repeats what does a bit of its work and tells whether there is more, with a turn for others in between. */
async function bitByBit(work: () => Promise<boolean>): Promise<void> {
  while (await work()) await setImmediate();
}
