import type { Database } from '#src/foundation/database.ts';
import type { PutRight } from '#src/foundation/instants.ts';
import { type ChannelHolds, openChannelHolds } from './channel-holds.ts';
import { FIRST_TURN } from './due-round.ts';
import { ahead, planAnew, putRight } from './instants.ts';
import { type LedgerEntry, type LedgerQuery, readLedger } from './ledger.ts';
import { MIGRATIONS } from './migrations.ts';
import { nonceOf } from './nonce.ts';
import type { Post, PostKind } from './post.ts';
import { openPostBook } from './post-book.ts';
import {
  afterCrash,
  afterReadBack,
  afterReceipt,
  type Check,
  checkOf,
  type Hold,
  PATIENCE,
} from './post-states.ts';
import type { NewPromise } from './promise.ts';
import { type Due, openPromiseBook } from './promise-book.ts';
import { type LedgerPruning, openLedgerPruning } from './prune-ledger.ts';
import type { Found, Place, Receipt } from './receipt.ts';
import { openSettlement, type Settled } from './settlement.ts';

// Nothing lost, nothing twice. Two kinds of rows: a PROMISE (this paper, this channel, why) is made once for ever, and a
// POST is one message with its papers, fixed before it is first attempted. Every arrow is one transaction.
//
// PROMISE
//   promise() --> waiting --due--> due --pack()--> packed --post sent--> SENT
//                    |  ^defer()    |                |  |
//                    |              |                |  +--post refused--> REFUSED  (also refuse(), while open)
//                    +----hold()----+--> held <------+ channel refuses: post dissolved
//                                         |
//                                         +--release()--> due, as catch-up
//
// POST                                 later (surely unsent)
//                         +------------------------------------------+
//                         v                                          |
//   pack() --> packed --attempt()--> attempted --delivered--> SENT   |
//     ^           ^                   |  ^   |--refused, content--> REFUSED (one paper), else two halves
//     |           |                   |  |   |--refused, channel--> DISSOLVED: papers held, channel on hold
//     |           |      outcome not  |  |   +----------------------+
//     |           |   known, or crash v  | attempt() again, same nonce, within the nonce window
//     |           +------absent------ unknown --found--> SENT
//     |           (place read back)
//     +-- gather(), hold(): a packed post is DISSOLVED and its papers packed anew
//
// A post in doubt (an earlier attempt may have been sent) never dissolves and is never refused: it stays unknown until it
// is delivered under its nonce or its place has been read back.

/** A post in doubt, and how to make sure of it. */
export type Unsettled = { post: Post; check: Check };

export type Backlog = {
  waiting: number;
  due: number;
  packed: number;
  attempted: number;
  unknown: number;
  held: number;
};

// A power failure may take back what a receipt told (a post is then in doubt again) or that a post was packed (then it
// was not attempted), never a promise or an attempt.

/**
 * Every method is one transaction, and joins an outer one. Promises and attempts are durable when they return. Instants are UTC milliseconds.
 * Throws FatalError when the database cannot be written; then nothing of the call is kept.
 */
export type Outbox = ChannelHolds &
  LedgerPruning & {
    /** Promises a paper to a channel, once for ever. In a channel on hold the promise is held at once. */
    promise(promise: NewPromise): 'promised' | 'already';
    isPromised(channelId: string, paper: string): boolean;
    /**
     * What is due, fair between servers and each channel once: at most `limit`, less the posts that are packed and ready,
     * so that whose turn it is is decided late. A channel with a post packed or under way waits. Pack each, or it comes again.
     */
    due(now: number, limit: number): Due[];
    /**
     * Fixes which papers a message holds, in that order, before it is attempted. Papers that are not open any more are left
     * out; null when none is left.
     */
    pack(
      place: Place,
      kind: Exclude<PostKind, 'notice'>,
      papers: readonly string[],
      now: number,
    ): Post | null;
    /** A word to moderators, once for ever under its key and place; null when it was packed before. */
    packNotice(place: Place, key: string, text: string, now: number): Post | null;
    /** Packed posts whose time has come, at most `limit`; none of a channel on hold. */
    ready(now: number, limit: number): Post[];
    /** Must be called before the post is handed to Discord. Null when it must not be sent (any more). */
    attempt(postId: number, now: number): Post | null;
    /** The same for many at the price of one. Those that must not be sent are left out. */
    attemptAll(postIds: readonly number[], now: number): Post[];
    /** What became of the attempt. A post that is not under way is left as it is. */
    settle(postId: number, receipt: Receipt, now: number): Settled | null;
    /** Posts that may have been sent, also by a process that crashed, whose time for a check has come. */
    unsettled(now: number, limit: number): Unsettled[];
    /** What reading a place back showed. */
    settleReadBack(postId: number, found: Found, now: number): Settled | null;

    /** The channel takes nothing for now: what is open waits. */
    hold(channel: { channelId: string; serverId: string }, hold: Hold, now: number): void;
    /** What was held goes as one catch-up. Returns how many papers that are. */
    release(channelId: string, now: number): number;
    /** Into the channel's digest at `dueAt`; false when the promise is not open any more. */
    defer(channelId: string, paper: string, dueAt: number): boolean;
    /** Takes an open promise back for good; false when it is not open any more. */
    refuse(channelId: string, paper: string, reason: string, now: number): boolean;
    /** After an outage: what should have gone before that instant goes as one catch-up for each channel. */
    gather(before: number, now: number): void;

    /** The different instants of what happened that lie ahead of `now`. */
    ahead(now: number): number[];
    /** Puts them right. Returns how many rows had one. */
    putRight(now: number, right: PutRight): Promise<number>;
    /** Once the clock was set back: what was planned by it does not wait for it. Returns how many plans that were. */
    planAnew(now: number): number;

    /** Cards sent to the channel since that instant, or packed and on their way. */
    sentSince(channelId: string, at: number): number;
    /** Cards sent at or after that instant, in pages by id. */
    living(since: number, limit: number, afterId?: number): Post[];
    /** Notes what a living card shows now. */
    noteShown(postId: number, shown: string): void;
    /** The post whose button carries this nonce. */
    postByNonce(nonce: string): Post | null;
    post(postId: number): Post | null;
    ledger(query: LedgerQuery): LedgerEntry[];
    backlog(): Backlog;
    /** Forgets everything about a server. */
    purgeServer(serverId: string): void;
  };

/**
 * Opens the outbox of the one process that sends. Whatever the process before it was sending when it stopped may have
 * been sent: it is in doubt from now on.
 */
export function openOutbox(db: Database, now: number, patience = PATIENCE): Outbox {
  db.migrate('outbox', MIGRATIONS);
  const promises = openPromiseBook(db);
  const posts = openPostBook(db);
  const settlement = openSettlement(db, promises, posts);
  let turn = FIRST_TURN;

  db.transaction(() => {
    for (const post of posts.underWay()) settlement.apply(post, afterCrash(post, now, patience), now);
  });

  const attemptAll = (postIds: readonly number[], at: number): Post[] =>
    db.transaction(() => postIds.filter((id) => posts.attempt(id, at)).map((id) => posts.get(id) as Post));

  return {
    promise: (promise) => (promises.add(promise) ? 'promised' : 'already'),
    isPromised: promises.has,
    due(at, limit) {
      const room = limit - posts.readyCount(at);
      const round = db.transaction(() => promises.due(at, room, turn), 'soon');
      turn = round.last;
      return round.due;
    },
    pack: (place, kind, papers, at) => db.transaction(() => settlement.pack(place, kind, papers, at), 'soon'),
    packNotice: (place, key, text, at) =>
      db.transaction(() => {
        if (posts.byNonce(nonceOf(place.channelId, 'notice', key))) return null;
        return posts.get(
          posts.add({ place, kind: 'notice', key, papers: [], note: text, promisedAt: at }, at),
        );
      }),
    ready: posts.ready,
    attempt: (postId, at) => attemptAll([postId], at)[0] ?? null,
    attemptAll,
    settle: (postId, receipt, at) =>
      db.transaction(() => {
        const post = posts.get(postId);
        if (post?.state !== 'attempted') return null;
        return settlement.apply(post, afterReceipt(post, receipt, at, patience), at);
      }, 'soon'),
    unsettled: (at, limit) =>
      posts.unsettled(at, limit).map((post) => ({ post, check: checkOf(post, at, patience) })),
    settleReadBack: (postId, found, at) =>
      db.transaction(() => {
        const post = posts.get(postId);
        if (post?.state !== 'unknown') return null;
        return settlement.apply(post, afterReadBack(post, found, at), at);
      }, 'soon'),

    hold: ({ channelId, serverId }, hold, at) =>
      db.transaction(() => settlement.hold({ channelId, serverId }, hold, at)),
    release: (channelId, at) =>
      db.transaction(() => {
        db.prepare('DELETE FROM hold WHERE channel = ?').run(channelId);
        return promises.release(channelId, at);
      }),
    ...openChannelHolds(db),
    ...openLedgerPruning(db),
    defer: promises.defer,
    refuse: promises.refuse,
    gather: (before, at) => db.transaction(() => settlement.gather(before, at)),

    ahead: (at) => ahead(db, at),
    putRight: (at, right) => putRight(db, at, right),
    planAnew: (at) => planAnew(db, at),

    sentSince: posts.cardsSince,
    living: (since, limit, afterId = 0) => posts.living(since, afterId, limit),
    noteShown: posts.noteShown,
    postByNonce: posts.byNonce,
    post: posts.get,
    ledger: (query) => readLedger(db, query),
    backlog: () => db.prepare<Backlog>(BACKLOG).get() as Backlog,
    purgeServer: (serverId) =>
      db.transaction(() => {
        for (const table of ['promise', 'post', 'hold'])
          db.prepare(`DELETE FROM ${table} WHERE server = ?`).run(serverId);
      }),
  };
}

const BACKLOG = `SELECT
  (SELECT count(*) FROM promise WHERE state = 'waiting') AS waiting,
  (SELECT count(*) FROM promise WHERE state = 'due') AS due,
  (SELECT count(*) FROM hold JOIN promise ON promise.channel = hold.channel WHERE promise.state = 'held') AS held,
  (SELECT count(*) FROM post WHERE state = 'packed') AS packed,
  (SELECT count(*) FROM post WHERE state = 'attempted') AS attempted,
  (SELECT count(*) FROM post WHERE state = 'unknown') AS unknown`;
