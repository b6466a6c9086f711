import type { Database } from '#src/foundation/database/database.ts';
import type { KeptPhrase } from '#src/wording/kept-phrase.ts';
import type { BulkMoves } from './bulk-moves.ts';
import { nonceOf } from './nonce.ts';
import type { AlertKind, Post, SecondStep } from './post.ts';
import { afterReceipt, type Patience } from './post-states.ts';
import type { PostStore } from './post-store.ts';
import type { InstantSpan, PostPlace, Receipt } from './receipt.ts';
import type { Settled, Settlement } from './settlement.ts';

/** What is done to a post until it is settled; where its fate is unknown, doubtful-posts.ts goes on. Each is one transaction. */
export type OutgoingPosts = {
  /**
   * Fixes which papers a message holds, in that order, before it is attempted. Papers that are not open any more are left
   * out; null when none is left. `steps`: what is done to it once it is there.
   */
  pack(
    place: PostPlace,
    kind: AlertKind,
    papers: readonly string[],
    now: number,
    steps?: readonly SecondStep[],
  ): Promise<Post | null>;
  /**
   * A word to moderators, once for ever under its key and place; null when it was packed before. `about`: the nonce of a
   * post in doubt; moderators choose what becomes of it.
   */
  packNotice(
    place: PostPlace,
    key: string,
    text: KeptPhrase,
    now: number,
    about?: string,
  ): Promise<Post | null>;
  /**
   * A paper as that subscription's card, of no entry: the one that is there, or on its way, where there is one already. What was
   * refused, taken apart or deleted makes room for another.
   */
  packExample(
    place: PostPlace,
    paper: string,
    subscription: string,
    now: number,
    steps?: readonly SecondStep[],
  ): Promise<{ post: Post; isNew: boolean }>;
  /** Packed posts whose time has come, at most `limit`, one a channel; none of a channel on hold. */
  ready(now: number, limit: number): Promise<Post[]>;
  /**
   * Must be called before the post is handed to Discord. Null when it must not be sent (any more). `there`: what time it is
   * by Discord's clock, by which the post is sought should its fate be unknown; ours where it is absent.
   */
  attempt(postId: number, now: number, there?: InstantSpan): Promise<Post | null>;
  /** What became of the attempt. A post that is not under way is left as it is. */
  settle(postId: number, receipt: Receipt, now: number): Promise<Settled | null>;
  /** Takes a packed post apart, which surely was not sent: its papers are due again, in their modes. */
  unpack(postId: number, reason: KeptPhrase, now: number): Promise<void>;
};

type Deps = { db: Database; posts: PostStore; moves: BulkMoves; settlement: Settlement };

export function openOutgoingPosts({ db, posts, moves, settlement }: Deps, patience: Patience): OutgoingPosts {
  return {
    pack: (place, kind, papers, at, steps = []) =>
      db.transaction(async () => settlement.pack(place, kind, papers, at, steps), 'soon'),
    packNotice: (place, key, text, at, about) =>
      db.transaction(async () => {
        if (await posts.byNonce(nonceOf(place.destination, 'notice', key))) return null;
        return await posts.add(
          { place, kind: 'notice', key, papers: [], note: text, queuedAt: at, about },
          at,
        );
      }),
    packExample: (place, paper, about, at, steps = []) =>
      db.transaction(async () => {
        const earlier = await posts.exampleOf(about);
        if (earlier && isThere(earlier)) return { post: earlier, isNew: false };
        // Within minutes Discord takes a nonce for that of the message before.
        const key = `${about} ${earlier?.id ?? 0}`;
        const example = { place, kind: 'example', key, papers: [paper], note: null } as const;
        return { post: await posts.add({ ...example, queuedAt: at, about, steps }, at), isNew: true };
      }, 'soon'),
    ready: posts.ready,
    attempt: (postId, at, there = { from: at, until: at }) =>
      db.transaction(async () => ((await posts.attempt(postId, at, there)) ? await posts.get(postId) : null)),
    settle: (postId, receipt, at) =>
      db.transaction(async () => {
        const post = await posts.get(postId);
        if (post?.state !== 'attempted') return null;
        return settlement.apply(post, afterReceipt(post, receipt, at, patience), at);
      }, 'soon'),
    unpack: (postId, reason, at) =>
      db.transaction(async () => {
        if ((await posts.get(postId))?.state === 'packed')
          await moves.dissolve(postId, 'due', null, reason, at);
      }, 'soon'),
  };
}

/** It is in its channel, or may come to be. */
const isThere = ({ state, deletedAt }: Post): boolean =>
  deletedAt === null && state !== 'refused' && state !== 'dissolved';
