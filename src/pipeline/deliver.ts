import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Unsettled } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import type { Hold } from '#src/outbox/post-states.ts';
import type { Due } from '#src/outbox/promise-book.ts';
import type { Place } from '#src/outbox/receipt.ts';
import type { Settled } from '#src/outbox/settlement.ts';
import { type Composing, compose } from './compose.ts';
import type { Postman } from './postman.ts';
import { stillWanted } from './still-wanted.ts';

/** So many posts are handed to the postman at once; its pacer needs some ten to fill Discord's 50 a second. */
const IN_HAND = 128;
/** What is due for longer than this was missed: it goes as one digest for each channel. */
export const MISSED_AFTER = 30 * 60_000;

export type Delivery = {
  /** Sends all that is due; returns when nothing more can be sent now. One run at a time. */
  run(): Promise<void>;
  /** Takes no new post; what is in hand is finished by the run under way. */
  stop(): void;
};

export type Delivering = Composing & {
  postman: Postman;
  clock: Clock;
  log: Log;
  /** Where and how a channel's subscriptions want their posts. */
  placeOf(serverId: string, channelId: string): Place;
  /** True when a channel has had its cards for today: then the card is deferred to the returned instant. */
  deferredUntil(due: Due, now: number): number | null;
  /** The channel takes nothing: pauses its subscriptions and tells the moderators. */
  onHold(place: Place, hold: Hold): Promise<void>;
};

/**
 * Keeps the outbox's promises: what may have been sent is made sure of first, then what is packed, then what is due.
 * A channel has one post in hand at a time, so that posts come in order and an outage leaves at most one in doubt.
 */
export function createDelivery(rooms: Delivering): Delivery {
  const { outbox, clock } = rooms;
  const inHand = new Map<string, Promise<void>>();
  let stopped = false;
  let running: Promise<void> | null = null;

  const take = (place: Place, work: () => Promise<void>): void => {
    const done = work().finally(() => inHand.delete(place.channelId));
    inHand.set(place.channelId, done);
  };
  const isFree = (channelId: string) => !stopped && inHand.size < IN_HAND && !inHand.has(channelId);

  // Each post is a durable write or two before it goes. What changes while others have a turn is asked again by then.
  const breathe = takeBreaths(clock);

  const takeDoubted = async (now: number): Promise<void> => {
    for (const unsettled of outbox.unsettled(now, IN_HAND * 2)) {
      await breathe();
      if (isFree(unsettled.post.place.channelId)) {
        take(unsettled.post.place, () => makeSure(rooms, unsettled));
      }
    }
  };
  /** True when something was put off or taken back: then the channel's next may be due. */
  const packDue = async (now: number): Promise<boolean> => {
    let putOff = false;
    for (const all of outbox.due(now, IN_HAND)) {
      await breathe();
      if (inHand.has(all.channelId)) continue;
      const due = stillWanted(rooms, all, now);
      if (!due) {
        putOff = true;
        continue;
      }
      const until = due.lane === 'card' ? rooms.deferredUntil(due, now) : null;
      if (until === null) pack(rooms, due, now);
      else putOff = outbox.defer(due.channelId, due.promises[0].paper, until) || putOff;
    }
    return putOff;
  };
  const takePacked = async (now: number): Promise<void> => {
    for (const post of outbox.ready(now, IN_HAND * 2)) {
      await breathe();
      if (isFree(post.place.channelId)) take(post.place, () => send(rooms, post.id));
    }
  };

  const drain = async (): Promise<void> => {
    outbox.gather(clock.now() - MISSED_AFTER, clock.now());
    for (;;) {
      const now = clock.now();
      let putOff = false;
      // Refilled by halves: asking the outbox after each single post would cost more than the posts.
      if (!stopped && inHand.size <= IN_HAND / 2) {
        await takeDoubted(now);
        putOff = await packDue(now);
        await takePacked(now);
      }
      if (inHand.size > 0) await Promise.race(inHand.values());
      else if (!putOff) return;
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

function pack(rooms: Delivering, { serverId, channelId, lane, promises }: Due, now: number): void {
  const place = rooms.placeOf(serverId, channelId);
  const papers = promises.map(({ paper }) => paper);
  const kind = papers.length === 1 ? 'card' : lane;
  // A digest in a text channel is a message, also where cards get threads.
  const at: Place = kind !== 'card' && place.kind === 'thread' ? { ...place, kind: 'message' } : place;
  rooms.outbox.pack(at, kind, papers, now);
}

async function send(rooms: Delivering, postId: number, sendBefore?: number): Promise<void> {
  const { outbox, clock, postman } = rooms;
  const post = outbox.attempt(postId, clock.now());
  if (!post) return;
  const { parcel, publish } = compose(rooms, post);
  const receipt = await postman.post(sendBefore === undefined ? parcel : { ...parcel, sendBefore });
  const by = sendBefore === undefined ? 'sending' : 'resending';
  await settled(rooms, post, by, outbox.settle(post.id, receipt, clock.now()));
  if (publish && receipt.kind === 'delivered') {
    const published = await postman.publish(receipt.channelId, receipt.messageId);
    if (published.kind !== 'delivered') {
      rooms.log.warn({ post: post.id, reason: published.reason }, 'a digest was posted but not published');
    }
  }
}

async function makeSure(rooms: Delivering, { post, check }: Unsettled): Promise<void> {
  if (check.kind === 'resend') return send(rooms, post.id, check.before);
  const found = await rooms.postman.find(post.place, post.mark, post.nonce, check.since);
  const result = rooms.outbox.settleReadBack(post.id, found, rooms.clock.now());
  await settled(rooms, post, 'reading back', result);
}

async function settled(
  rooms: Delivering,
  post: Post,
  by: 'sending' | 'resending' | 'reading back',
  result: Settled | null,
): Promise<void> {
  rooms.log.debug(
    { post: post.id, channel: post.place.channelId, by, state: result?.state },
    'a post was settled',
  );
  if (result?.hold) await rooms.onHold(post.place, result.hold);
}
