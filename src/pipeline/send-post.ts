import { type Clock, lagOf } from '#src/foundation/clock.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { FatalError } from '#src/foundation/failure.ts';
import type { Happenings } from '#src/foundation/happenings.ts';
import { channelOfDestination } from '#src/outbox/destination.ts';
import type { Unsettled } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import { type ChannelHold, LEAVES_WITHIN } from '#src/outbox/post-states.ts';
import type { InstantSpan, PostPlace, ReadBack } from '#src/outbox/receipt.ts';
import type { Settled } from '#src/outbox/settlement.ts';
import { phrase } from '#src/wording/phrase.ts';
import { type ComposeDeps, compose, entriesOfPost, headingOf } from './compose.ts';
import type { Parcel, Postman } from './postman.ts';
import { tellPosted } from './tell-posts.ts';

/** After so long what could not be written is tried again. */
const WRITTEN_AGAIN_MS = 3_600_000;

export type Sending = ComposeDeps & {
  db: Database;
  postman: Postman;
  clock: Clock;
  happenings: Happenings;
  /** The channel takes nothing: pauses its subscriptions and tells the moderators. */
  onHold(place: PostPlace, hold: ChannelHold): Promise<void>;
  /** The channel takes posts again. */
  onRecovered(place: PostPlace): Promise<void>;
};

type Going = {
  /** Asked in the very transaction in which the post counts as attempted: it may have waited for that. */
  mayGo(): boolean;
  /** Of one in doubt: how long its nonce guards it, by Discord's clock. */
  guardedUntil?: number;
};

/** Sends a packed post, or one in doubt again while its nonce guards it. */
export async function send(deps: Sending, postId: number, { mayGo, guardedUntil }: Going): Promise<void> {
  const { db, outbox, clock, postman } = deps;
  const there = thereFor(deps);
  const post = await db.transaction(async () =>
    mayGo() ? await outbox.attempt(postId, clock.now(), there) : null,
  );
  if (!post) return;
  const parcel = await composedOrNull(deps, post);
  if (!parcel) {
    const at = clock.now() + WRITTEN_AGAIN_MS;
    await outbox.settle(post.id, { kind: 'later', at, reason: phrase('post.notWritten') }, clock.now());
    return;
  }
  if (parcel.mentions.length > 0 && !parcel.isSilent) await outbox.notePinged(post.id, clock.now());
  const sendBefore = Math.min(there.until + LEAVES_WITHIN, guardedUntil ?? Number.POSITIVE_INFINITY);
  const receipt = await postman.post({ ...parcel, sendBefore });
  const by = guardedUntil === undefined ? 'sending' : 'resending';
  await settled(deps, post, by, await outbox.settle(post.id, receipt, clock.now()));
}

/** What time it is there while the post leaves: in a scene that hurries, hours may pass meanwhile. */
function thereFor({ clock, postman }: Sending): InstantSpan {
  const { from, until } = postman.time();
  return { from, until: until + Math.max(0, lagOf(clock) - LEAVES_WITHIN) };
}

/** What cannot be written, through a fault of ours, is kept, and holds up nobody. */
async function composedOrNull(deps: Sending, post: Post): Promise<Parcel | null> {
  try {
    return await compose(deps, await withHeading(deps, post));
  } catch (error) {
    if (error instanceof FatalError) throw error;
    deps.log.error({ post: post.id, err: error }, 'a post cannot be written');
    return null;
  }
}

/** A digest's heading is kept from its first attempt on: its pages go on saying what was posted. */
async function withHeading(deps: Sending, post: Post): Promise<Post> {
  if (post.note !== null || (post.kind !== 'digest' && post.kind !== 'catch-up')) return post;
  const heading = await headingOf(deps, post, await entriesOfPost(deps.outbox, post));
  await deps.outbox.noteHeading(post.id, heading);
  return { ...post, note: heading };
}

/** Looks for a post in doubt in its place. Where the gateway knows that the place is closed, Discord is not asked. */
export async function readBack(deps: Sending, { post, check }: Unsettled): Promise<void> {
  if (check.kind !== 'read-back') return;
  const { place, mark, nonce } = post;
  const obstacle = deps.servers.obstacle(place, post.kind === 'notice' ? 'words' : 'papers');
  const found: ReadBack = obstacle
    ? { kind: 'refused', ...obstacle, asked: false }
    : await deps.postman.find(place, { mark, nonce, written: check.written, readTo: check.readTo });
  const result = await deps.outbox.settleReadBack(post.id, found, deps.clock.now());
  await settled(deps, post, 'reading back', result);
}

async function settled(
  deps: Sending,
  post: Post,
  by: 'sending' | 'resending' | 'reading back',
  result: Settled | null,
): Promise<void> {
  deps.log.debug(
    { post: post.id, channel: channelOfDestination(post.place), by, state: result?.state },
    'a post was settled',
  );
  if (result?.state === 'sent') await tellPosted(deps, post);
  if (result?.hold) await deps.onHold(post.place, result.hold);
  if (result?.recovered) await deps.onRecovered(post.place);
}
