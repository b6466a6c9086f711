import type { Clock } from '#src/foundation/clock.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { FatalError } from '#src/foundation/failure.ts';
import { channelOf } from '#src/outbox/destination.ts';
import type { Unsettled } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import { type Hold, LEAVES_WITHIN } from '#src/outbox/post-states.ts';
import type { Found, Place } from '#src/outbox/receipt.ts';
import type { Settled } from '#src/outbox/settlement.ts';
import { type Composing, compose, headingOf, promisesOf } from './compose.ts';
import type { Parcel, Postman } from './postman.ts';

/** After so long what could not be written is tried again. */
const WRITTEN_AGAIN_MS = 3_600_000;

export type Sending = Composing & {
  db: Database;
  postman: Postman;
  clock: Clock;
  /** The channel takes nothing: pauses its subscriptions and tells the moderators. */
  onHold(place: Place, hold: Hold): Promise<void>;
  /** The channel takes posts again. */
  onRecovered(place: Place): Promise<void>;
};

export type Going = {
  /** Asked in the very transaction in which the post counts as attempted: it may have waited for that. */
  mayGo(): boolean;
  /** Of one in doubt: how long its nonce guards it, by Discord's clock. */
  guardedUntil?: number;
};

/** Sends a packed post, or one in doubt again while its nonce guards it. */
export async function send(rooms: Sending, postId: number, { mayGo, guardedUntil }: Going): Promise<void> {
  const { db, outbox, clock, postman } = rooms;
  const there = postman.time();
  const post = await db.transaction(async () =>
    mayGo() ? await outbox.attempt(postId, clock.now(), there) : null,
  );
  if (!post) return;
  const parcel = await composedOrNull(rooms, post);
  if (!parcel) {
    const at = clock.now() + WRITTEN_AGAIN_MS;
    await outbox.settle(post.id, { kind: 'later', at, reason: 'It could not be written' }, clock.now());
    return;
  }
  const sendBefore = Math.min(there.until + LEAVES_WITHIN, guardedUntil ?? Number.POSITIVE_INFINITY);
  const receipt = await postman.post({ ...parcel, sendBefore });
  const by = guardedUntil === undefined ? 'sending' : 'resending';
  await settled(rooms, post, by, await outbox.settle(post.id, receipt, clock.now()));
}

/** What cannot be written, through a fault of ours, is kept, and holds up nobody. */
async function composedOrNull(rooms: Sending, post: Post): Promise<Parcel | null> {
  try {
    return await compose(rooms, await withHeading(rooms, post));
  } catch (error) {
    if (error instanceof FatalError) throw error;
    rooms.log.error({ post: post.id, err: error }, 'a post cannot be written');
    return null;
  }
}

/** A digest's heading is kept from its first attempt on: its pages go on saying what was posted. */
async function withHeading(rooms: Sending, post: Post): Promise<Post> {
  if (post.note !== null || post.kind === 'card' || post.kind === 'notice') return post;
  const heading = await headingOf(rooms, post, await promisesOf(rooms.outbox, post));
  await rooms.outbox.noteHeading(post.id, heading);
  return { ...post, note: heading };
}

/** Looks for a post in doubt in its place. Where the gateway knows that the place is closed, Discord is not asked. */
export async function readBack(rooms: Sending, { post, check }: Unsettled): Promise<void> {
  if (check.kind !== 'read-back') return;
  const { place, mark, nonce } = post;
  const obstacle = rooms.servers.obstacle(place, post.kind === 'notice' ? 'words' : 'papers');
  const found: Found = obstacle
    ? { kind: 'refused', ...obstacle, asked: false }
    : await rooms.postman.find(place, { mark, nonce, written: check.written, readTo: check.readTo });
  const result = await rooms.outbox.settleReadBack(post.id, found, rooms.clock.now());
  await settled(rooms, post, 'reading back', result);
}

async function settled(
  rooms: Sending,
  post: Post,
  by: 'sending' | 'resending' | 'reading back',
  result: Settled | null,
): Promise<void> {
  rooms.log.debug(
    { post: post.id, channel: channelOf(post.place), by, state: result?.state },
    'a post was settled',
  );
  if (result?.hold) await rooms.onHold(post.place, result.hold);
  if (result?.recovered) await rooms.onRecovered(post.place);
}
