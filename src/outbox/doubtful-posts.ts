import type { Database } from '#src/foundation/database/database.ts';
import type { KeptPhrase } from '#src/wording/kept-phrase.ts';
import { openDoubtRounds } from './doubt-round.ts';
import { type Post, postOf } from './post.ts';
import { afterDecision, afterReadBack, checkOf, type DoubtCheck, type Patience } from './post-states.ts';
import type { PostStore } from './post-store.ts';
import type { InstantSpan, ReadBack } from './receipt.ts';
import type { Settled, Settlement } from './settlement.ts';

/** A post in doubt, and how to make sure of it. */
export type Unsettled = { post: Post; check: DoubtCheck };

/** What is done about posts of which nobody knows whether they were sent. Each is one transaction. */
export type DoubtfulPosts = {
  /**
   * Posts that may have been sent, also by a process that crashed, whose time for a check has come: at most `limit`, in
   * turns between servers; none of a channel on hold.
   */
  unsettled(now: number, limit: number, there?: InstantSpan): Promise<Unsettled[]>;
  /** What reading a place back showed. */
  settleReadBack(postId: number, found: ReadBack, now: number): Promise<Settled | null>;
  /** Posts that have been in doubt since before that instant, of which moderators were not told, in pages by id. */
  longDoubted(before: number, limit: number, afterId: number): Promise<Post[]>;
  noteNotified(postId: number, now: number): Promise<void>;
  /** Moderators' word on a post in doubt: it goes again, or it is left. Null when it is not in doubt any more. */
  decide(postId: number, choice: 'again' | 'leave', reason: KeptPhrase, now: number): Promise<Settled | null>;
};

type Deps = { db: Database; posts: PostStore; settlement: Settlement };

export function openDoubtfulPosts({ db, posts, settlement }: Deps, patience: Patience): DoubtfulPosts {
  const nextDoubts = openDoubtRounds(db);
  let turn = '';

  return {
    async unsettled(at, limit, there = { from: at, until: at }) {
      const { rows, last } = await nextDoubts(at, limit, turn);
      turn = last;
      return rows.map(postOf).flatMap((post) => {
        const check = checkOf(post, at, there, patience);
        return check ? [{ post, check }] : [];
      });
    },
    settleReadBack: (postId, found, at) =>
      db.transaction(async () => {
        const post = await posts.get(postId);
        if (post?.state !== 'unknown') return null;
        return settlement.apply(post, afterReadBack(post, found, at), at);
      }, 'soon'),
    longDoubted: posts.longDoubted,
    noteNotified: posts.noteNotified,
    decide: (postId, choice, reason, at) =>
      db.transaction(async () => {
        const post = await posts.get(postId);
        if (post?.state !== 'unknown') return null;
        return settlement.apply(post, afterDecision(post, choice, reason), at);
      }),
  };
}
