import { documentOf } from '#src/archive/stored-paper.ts';
import { hourOf } from '#src/decision/terms.ts';
import { matchFilter } from '#src/match/evaluate/explain.ts';
import type { Parsed } from '#src/match/language/filter.ts';
import { channelOfDestination, toChannel } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Post } from '#src/outbox/post.ts';
import type { PostPlace, ReadBack, Sought } from '#src/outbox/receipt.ts';
import type { ExampleView } from '#src/render/example-page.ts';
import { tellStopped } from '#src/render/hold-notice.ts';
import type { MendedView } from '#src/render/wrong-page.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { KeptPhrase } from '#src/wording/kept-phrase.ts';
import { code, markdown, phrase } from '#src/wording/phrase.ts';
import { GoneError, UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import { type BackTestDeps, type Past, pastOf, postsIn } from './back-test.ts';
import { createDeletePost, type DeletePostDeps } from './delete-post.ts';
import type { HeavyWork } from './heavy-work.ts';
import { moderatorFor, ownSubscription, refuseChange } from './moderate.ts';

type Deps = BackTestDeps &
  DeletePostDeps & {
    outbox: Outbox;
    subscriptionStore: SubscriptionStore;
    heavy: HeavyWork;
    parse(filter: string): Parsed;
    /** Why a channel takes no papers; null: nothing is known to hinder. */
    obstacle(serverId: string, channelId: string): { code: string; reason: KeptPhrase } | null;
    placeOf(serverId: string, channelId: string): PostPlace;
    /** Reads a place back for a message of ours. */
    findMessage(place: PostPlace, sought: Sought): Promise<ReadBack>;
    /** What is packed goes soon. */
    deliver(): void;
  };

export type PostExample = {
  /**
   * Posts a paper of the last days where that subscription posts, as its card: once, until it is deleted. Mentions nobody and
   * counts as no alert. Throws UserError where the channel takes nothing, or no paper matches.
   */
  postExample(asker: Asker & { id: string }): Promise<ExampleView>;
  /** Deletes what `postExample` posted under that nonce. */
  deleteExample(asker: Asker & { nonce: string }): Promise<MendedView>;
};

/** So often an answer looks for the post, and so long it waits in between (ms): ten seconds in all. */
const LOOKS = 50;
const LOOKS_EVERY = 200;

export function createPostExample(deps: Deps): PostExample {
  const { subscriptionStore, outbox, heavy } = deps;
  const deletePost = createDeletePost(deps);
  return {
    async postExample({ id, ...asker }) {
      const moderator = await moderatorFor(asker, 'subscribe');
      const subscription = await ownSubscription(subscriptionStore, moderator, id);
      await refuseStopped(deps, subscription);
      const paper = await heavy.run(asker.userId, () => paperFor(deps, subscription, asker.now));
      const { post, isNew } = await packed(deps, subscription, paper);
      deps.deliver();
      return viewOf(deps, subscription, { post: await arrived(deps, post), isNew, now: asker.now });
    },

    async deleteExample({ nonce, ...asker }) {
      const moderator = await moderatorFor(asker, 'subscribe');
      const post = await outbox.postByNonce(nonce);
      if (post?.kind !== 'example' || post.place.serverId !== moderator.serverId)
        throw new UserError('why.forgottenPost');
      await refuseChange(moderator, channelOfDestination(post.place));
      return deletePost({ ...asker, key: '', nonce, isSure: true });
    },
  };
}

/** It would wait, and come when nobody expects it. */
async function refuseStopped(
  { outbox, obstacle }: Deps,
  { serverId, channelId }: Subscription,
): Promise<void> {
  const stopped = (await outbox.holdOf(toChannel(channelId))) ?? obstacle(serverId, channelId);
  if (stopped) throw new UserError('example.stopped', { problem: tellStopped(stopped, channelId) });
}

/** The newest that it would have posted; where it would have posted none, the newest that matches. Those that came there come last. */
async function paperFor(deps: Deps, subscription: Subscription, now: number): Promise<string> {
  const { channelId, serverId, filter } = subscription;
  const parsed = deps.parse(filter);
  if (!parsed.ok) throw new UserError('example.none', { filter: code(filter) });
  const past = await pastOf(deps, serverId, parsed.filter, now);
  const there: string[] = [];
  for (const paper of inOrder(deps, past, subscription)) {
    const stored = await deps.archive.paper(paper);
    if (!stored || stored.paper.withdrawn) continue;
    if (!(await deps.outbox.has(toChannel(channelId), paper))) return paper;
    there.push(paper);
    if (there.length === LOOKED_AT) break;
  }
  const [first] = there;
  if (first !== undefined) return first;
  const { stories } = await pastOf({ ...deps, mutes: WITHOUT_MUTES }, serverId, parsed.filter, now);
  throw new UserError(stories.length > 0 ? 'example.muted' : 'example.none', { filter: code(filter) });
}

const WITHOUT_MUTES: Deps['mutes'] = { unmuted: (_, filter) => filter };

const LOOKED_AT = 50;

function inOrder(deps: Deps, past: Past, subscription: Subscription): Iterable<string> {
  const posts = postsIn(deps, past, subscription).map(({ paper }) => paper);
  const matching = past.stories.toSorted((a, b) => b.firstSeenAt - a.firstSeenAt).map(({ paper }) => paper);
  return new Set([...posts, ...matching]);
}

async function packed(
  deps: Deps,
  { serverId, channelId, id }: Subscription,
  paper: string,
): Promise<{ post: Post; isNew: boolean }> {
  const { outbox, placeOf, clock } = deps;
  const place = placeOf(serverId, channelId);
  const pack = () =>
    outbox.packExample(place, paper, id, clock.now(), place.kind === 'thread' ? ['thread'] : []);
  const first = await pack();
  if (first.isNew || !(await isDeletedByHand(deps, first.post))) return first;
  await outbox.noteDeleted(first.post.id, clock.now());
  return pack();
}

/** Our clock and Discord's may differ by so much (ms). */
const CLOCKS_DIFFER = 6 * 3_600_000;

/** Somebody deleted it in Discord, of which nobody tells the bot. Where that is not sure it is taken to be there. */
async function isDeletedByHand({ findMessage }: Deps, post: Post): Promise<boolean> {
  const { place, mark, nonce, message, packedAt, settledAt } = post;
  if (message === null || settledAt === null) return false;
  const written = { from: packedAt - CLOCKS_DIFFER, until: settledAt + CLOCKS_DIFFER };
  return (await findMessage(place, { mark, nonce, written, readTo: null })).kind === 'absent';
}

/** The post as it is once it is settled, or when one need not wait any longer. */
async function arrived({ outbox, clock }: Deps, packed: Post): Promise<Post> {
  let post = packed;
  for (let looks = 0; post.settledAt === null && looks < LOOKS; looks++) {
    await clock.sleep(LOOKS_EVERY);
    post = (await outbox.post(post.id)) ?? post;
  }
  return post;
}

async function viewOf(
  deps: Deps,
  subscription: Subscription,
  { post, isNew, now }: { post: Post; isNew: boolean; now: number },
): Promise<ExampleView> {
  const { channelId, serverId, filter } = subscription;
  const { message, nonce, papers, state } = post;
  if (state === 'refused' || state === 'dissolved') throw await whyNotPosted(deps, subscription, post);
  const [paper = ''] = papers;
  const stored = await deps.archive.paper(paper);
  const parsed = deps.parse(filter);
  return {
    ...{ channelId, filter, nonce, isNew, isDigest: hourOf(subscription) !== null },
    // The filter was changed since.
    isEarlier: stored !== null && parsed.ok && !matchFilter(parsed.filter, documentOf(stored), now),
    title: stored?.paper.title || paper,
    url: message && `https://discord.com/channels/${serverId}/${message.channelId}/${message.messageId}`,
  };
}

/** As it is told of the channel, where that is what refuses. */
async function whyNotPosted(
  { outbox, subscriptionStore }: Deps,
  { id, channelId }: Subscription,
  { reason }: Post,
): Promise<UserError> {
  if (!subscriptionStore.byId(id)) return new GoneError('subscriptions.gone');
  const stopped = await outbox.holdOf(toChannel(channelId));
  if (stopped) return new UserError('example.stopped', { problem: tellStopped(stopped, channelId) });
  const told = typeof reason === 'string' ? markdown(reason, 300) : reason;
  return new UserError('example.refused', { reason: told ?? phrase('post.waitedTooLong') });
}
