import type { Database } from '#src/foundation/database/database.ts';
import type { PutRight } from '#src/foundation/instants.ts';
import { openBulkMoves } from './bulk-moves.ts';
import type { Addressee, Destination } from './destination.ts';
import { type DestinationFigures, openDestinationFigures } from './destination-figures.ts';
import { type DestinationHolds, openDestinationHolds } from './destination-holds.ts';
import { openDoubtRounds } from './doubt-round.ts';
import { FIRST_TURN } from './due-round.ts';
import { type Episodes, openEpisodes } from './episodes.ts';
import { ahead, planAnew, putRight } from './instants.ts';
import { type LedgerEntry, type LedgerQuery, readLedger } from './ledger.ts';
import { MIGRATIONS } from './migrations.ts';
import { nonceOf } from './nonce.ts';
import { type Post, type PostKind, postOf, type Step } from './post.ts';
import { openPostBook } from './post-book.ts';
import {
  afterCrash,
  afterDecision,
  afterReadBack,
  afterReceipt,
  type Check,
  checkOf,
  type Hold,
  PATIENCE,
} from './post-states.ts';
import type { Lane, NewPromise } from './promise.ts';
import { openPromiseBook } from './promise-book.ts';
import type { Due } from './promises-due.ts';
import { type LedgerPruning, openLedgerPruning } from './prune-ledger.ts';
import type { Found, Place, Receipt, Span } from './receipt.ts';
import { openSecondSteps, type SecondSteps } from './second-steps.ts';
import { readDestinations, readServers } from './server-list.ts';
import { openSettlement, type Settled } from './settlement.ts';

// Nothing lost, nothing twice. Two kinds of rows: a PROMISE (this paper, this destination, why) is made once for ever, and a
// POST is one message with its papers, fixed before it is first attempted. Every arrow is one transaction.
//
// PROMISE
//   promise() --> waiting --due--> due --pack()--> packed --post sent--> SENT
//                    |  ^defer()    |                |  |
//                    |              |                |  +--post refused--> REFUSED  (also refuse(), abandon(), while open;
//                    |              |                |                             what was taken back may be promised again)
//                    +----hold()----+--> held <------+ channel refuses: post dissolved
//                                         |
//                                         +--release()--> due, as catch-up
//
// POST                                 later (surely unsent); refused, content: once more, plain
//                         +------------------------------------------+
//                         v                                          |
//   pack() --> packed --attempt()--> attempted --delivered--> SENT   |
//     ^           ^                   |  ^   |--refused, content, though plain--> REFUSED (one paper), else two halves
//     |           |                   |  |   |--refused, channel--> DISSOLVED: papers held, channel on hold
//     |           |      outcome not  |  |   +----------------------+
//     |           |   known, or crash v  | attempt() again, same nonce, within the nonce window
//     |           +------absent------ unknown --found--> SENT
//     |           |(read back: proven)   |
//     |           +--decide() "again"----+--decide() "leave", abandon()--> REFUSED
//     +-- gather(), hold(), unpack(): a packed post is DISSOLVED and its papers packed anew
//
// A post in doubt (an earlier attempt may have been sent) never dissolves, and Discord's word alone never refuses it: it
// stays unknown until it is delivered under its nonce, its place has been read back, moderators, told after a day, have
// decided, or its channel is gone.
//
// Moves of many rows (a hold, a release ...) begin in one transaction and end bit by bit: goOn().

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
export type Outbox = DestinationHolds &
  DestinationFigures &
  LedgerPruning &
  SecondSteps & {
    /**
     * Promises a paper to a destination, once for ever; again only where it was taken back by `refuse`. In a channel on hold the
     * promise is held at once. What waits for its hour comes sooner where another subscription wants it sooner. All of them or
     * none; returns how many are promised now that were not before.
     */
    promise(...promises: readonly NewPromise[]): Promise<number>;
    isPromised(destination: Destination, paper: string): Promise<boolean>;
    /** Whether it is promised for an hour after that instant only: `promise` brings it forward for another subscription. */
    waitsBeyond(destination: Destination, paper: string, at: number): Promise<boolean>;
    /**
     * What is due, fair between servers and each channel once: at most `limit`, less the posts that are packed and ready,
     * so that whose turn it is is decided late. A channel with a post packed or under way waits. Pack each, or it comes again.
     * `atOnce`: no more than so many are returned.
     */
    due(now: number, limit: number, atOnce?: number): Promise<Due[]>;
    /**
     * Fixes which papers a message holds, in that order, before it is attempted. Papers that are not open any more are left
     * out; null when none is left. `steps`: what is done to it once it is there.
     */
    pack(
      place: Place,
      kind: Exclude<PostKind, 'notice'>,
      papers: readonly string[],
      now: number,
      steps?: readonly Step[],
    ): Promise<Post | null>;
    /**
     * A word to moderators, once for ever under its key and place; null when it was packed before. `about`: the nonce of a
     * post in doubt; moderators choose what becomes of it.
     */
    packNotice(place: Place, key: string, text: string, now: number, about?: string): Promise<Post | null>;
    /** Packed posts whose time has come, at most `limit`, one a channel; none of a channel on hold. */
    ready(now: number, limit: number): Promise<Post[]>;
    /**
     * Must be called before the post is handed to Discord. Null when it must not be sent (any more). `there`: what time it is
     * by Discord's clock, by which the post is sought should its fate be unknown; ours where it is absent.
     */
    attempt(postId: number, now: number, there?: Span): Promise<Post | null>;
    /** What became of the attempt. A post that is not under way is left as it is. */
    settle(postId: number, receipt: Receipt, now: number): Promise<Settled | null>;
    /**
     * Posts that may have been sent, also by a process that crashed, whose time for a check has come: at most `limit`, in
     * turns between servers; none of a channel on hold.
     */
    unsettled(now: number, limit: number, there?: Span): Promise<Unsettled[]>;
    /** What reading a place back showed. */
    settleReadBack(postId: number, found: Found, now: number): Promise<Settled | null>;
    /** Posts that have been in doubt since before that instant, of which moderators were not told, in pages by id. */
    longDoubted(before: number, limit: number, afterId: number): Promise<Post[]>;
    noteTold(postId: number, now: number): Promise<void>;
    /** Moderators' word on a post in doubt: it goes again, or it is left. Null when it is not in doubt any more. */
    decide(postId: number, choice: 'again' | 'leave', reason: string, now: number): Promise<Settled | null>;

    /** The channel takes nothing for now: what is open waits. */
    hold(addressee: Addressee, hold: Hold, now: number): Promise<void>;
    /** What was held goes as one catch-up. Returns how many papers that are. */
    release(destination: Destination, now: number): Promise<number>;
    /** Into the channel's digest, or that lane, at `dueAt`; false when the promise is not open any more. */
    defer(destination: Destination, paper: string, dueAt: number, lane?: Lane): Promise<boolean>;
    /** Who wants an open promise by now, and what it is decided from. */
    tellAnew(
      destination: Destination,
      paper: string,
      subscriptions: readonly string[],
      why: unknown,
    ): Promise<void>;
    /** Takes a packed post apart, which surely was not sent: its papers are due again, in their lanes. */
    unpack(postId: number, reason: string, now: number): Promise<void>;
    /** Takes an open promise back: nobody there wants it. False when it is not open any more. */
    refuse(destination: Destination, paper: string, reason: string, now: number): Promise<boolean>;
    /** The channel is no more, and nothing is owed to it: what is open or in doubt there is refused for that reason. */
    abandon(addressee: Addressee, reason: string, now: number): Promise<void>;
    /**
     * After an outage: what should have gone before that instant goes as one catch-up for each channel. Does a bit; true while
     * there is more: call it again.
     */
    gather(before: number, now: number): Promise<boolean>;
    /** Does a bit of what holds, releases and the like left to do, and of waking what is due. True while there is more. */
    goOn(now: number): Promise<boolean>;

    /** The different instants of what happened that lie ahead of `now`. */
    ahead(now: number): Promise<number[]>;
    /** Puts them right. Returns how many rows had one. */
    putRight(now: number, right: PutRight): Promise<number>;
    /** Once the clock was set back: what was planned by it does not wait for it. Returns how many plans that were. */
    planAnew(now: number): Promise<number>;

    /** Cards sent to the channel since that instant, or packed and on their way. */
    sentSince(destination: Destination, at: number): Promise<number>;
    /** Cards sent at or after that instant, the oldest first, in pages: `after` is the last of the page before. */
    living(since: number, limit: number, after?: Post): Promise<Post[]>;
    /** Keeps a digest's heading. */
    noteHeading(postId: number, heading: string): Promise<void>;
    /** Notes what a living card shows now. */
    noteShown(postId: number, shown: string): Promise<void>;
    /** The post whose button carries this nonce. */
    postByNonce(nonce: string): Promise<Post | null>;
    post(postId: number): Promise<Post | null>;
    ledger(query: LedgerQuery): Promise<LedgerEntry[]>;
    backlog(): Promise<Backlog>;
    /** Whether anything is under way, or could go or be made sure of now. What waits for a held channel is not. */
    isBusy(now: number): Promise<boolean>;
    /** Whether something has been due since before that instant that nothing hinders from going now. */
    isOverdue(before: number, now: number): Promise<boolean>;
    /** Every server that something was posted in, or that has a channel on hold: what waits for the first time has a subscription. */
    servers(): Promise<string[]>;
    /** The server's channels that something was posted in, or that are on hold. */
    destinationsOf(serverId: string): Promise<Destination[]>;
    /** Forgets everything about a server. */
    purgeServer(serverId: string): Promise<void>;
    /** The troubles of channels; a post of papers that arrives ends its channel's. */
    episodes: Episodes;
  };

/**
 * Opens the outbox of the one process that sends. Whatever the process before it was sending when it stopped may have
 * been sent: it is in doubt from now on.
 */
export async function openOutbox(db: Database, now: number, patience = PATIENCE): Promise<Outbox> {
  await db.migrate('outbox', MIGRATIONS);
  const promises = openPromiseBook(db);
  const posts = openPostBook(db);
  const moves = openBulkMoves(db, promises, posts);
  const episodes = openEpisodes(db);
  const settlement = openSettlement(db, promises, posts, moves, episodes);
  const nextDoubts = openDoubtRounds(db);
  let turn = FIRST_TURN;
  let doubtTurn = '';

  await db.transaction(async () => {
    await posts.askAnew(now);
    for (const post of await posts.underWay())
      await settlement.apply(post, afterCrash(post, now, patience), now);
  });

  return {
    promise: (...given) => promises.add(given),
    isPromised: promises.has,
    waitsBeyond: promises.waitsBeyond,
    async due(at, limit, atOnce = limit) {
      const round = await db.transaction(async () => {
        await moves.goOn(at);
        const room = limit - (await posts.readyCount(at, limit));
        return promises.due(Math.min(room, atOnce), turn);
      }, 'soon');
      turn = round.last;
      return round.due;
    },
    pack: (place, kind, papers, at, steps = []) =>
      db.transaction(async () => settlement.pack(place, kind, papers, at, steps), 'soon'),
    packNotice: (place, key, text, at, about) =>
      db.transaction(async () => {
        if (await posts.byNonce(nonceOf(place.destination, 'notice', key))) return null;
        return await posts.add(
          { place, kind: 'notice', key, papers: [], note: text, promisedAt: at, about },
          at,
        );
      }),
    ready: posts.ready,
    attempt: (postId, at, there = { from: at, until: at }) =>
      db.transaction(async () => ((await posts.attempt(postId, at, there)) ? await posts.get(postId) : null)),
    settle: (postId, receipt, at) =>
      db.transaction(async () => {
        const post = await posts.get(postId);
        if (post?.state !== 'attempted') return null;
        return settlement.apply(post, afterReceipt(post, receipt, at, patience), at);
      }, 'soon'),
    async unsettled(at, limit, there = { from: at, until: at }) {
      const { rows, last } = await nextDoubts(at, limit, doubtTurn);
      doubtTurn = last;
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
    noteTold: posts.noteTold,
    decide: (postId, choice, reason, at) =>
      db.transaction(async () => {
        const post = await posts.get(postId);
        if (post?.state !== 'unknown') return null;
        return settlement.apply(post, afterDecision(post, choice, reason), at);
      }),

    hold: ({ destination, serverId }, hold, at) =>
      db.transaction(async () => settlement.hold({ destination, serverId }, hold, at)),
    release: (destination, at) =>
      db.transaction(async () => {
        await db.run('DELETE FROM hold WHERE destination = ?', destination);
        const papers = await promises.heldIn(destination);
        await moves.release(destination, at);
        return papers;
      }),
    ...openDestinationHolds(db),
    ...openDestinationFigures(db),
    ...openLedgerPruning(db),
    ...openSecondSteps(db, posts.get),
    abandon: (addressee, reason, at) =>
      db.transaction(async () => {
        const sql =
          "UPDATE hold SET code = 'channel-gone', reason = ? WHERE destination = ? AND code <> 'server-left'";
        await db.run(sql, reason, addressee.destination);
        await moves.abandon(addressee, reason, at);
      }),
    defer: promises.defer,
    tellAnew: promises.tellAnew,
    unpack: (postId, reason, at) =>
      db.transaction(async () => {
        if ((await posts.get(postId))?.state === 'packed')
          await moves.dissolve(postId, 'due', null, reason, at);
      }, 'soon'),
    refuse: promises.refuse,
    gather: (before, at) => db.transaction(async () => moves.gather(before, at), 'soon'),
    goOn: (at) => db.transaction(async () => moves.goOn(at), 'soon'),

    ahead: (at) => ahead(db, at),
    putRight: (at, right) => putRight(db, at, right),
    planAnew: (at) => planAnew(db, at),

    sentSince: posts.cardsSince,
    living: (since, limit, after) => posts.living(after?.settledAt ?? since, after?.id ?? 0, limit),
    noteHeading: posts.noteHeading,
    noteShown: posts.noteShown,
    postByNonce: posts.byNonce,
    post: posts.get,
    ledger: (query) => readLedger(db, query),
    backlog: async () => (await db.get<Backlog>(BACKLOG)) as Backlog,
    isBusy: async (at) => (await posts.isBusy(at)) || (await promises.isDue()),
    isOverdue: async (before, at) =>
      (await posts.isOverdue(before)) || (await promises.isOverdue(before, at)),
    servers: () => readServers(db),
    destinationsOf: (serverId) => readDestinations(db, serverId),
    purgeServer: (serverId) =>
      db.transaction(async () => {
        await db.run('DELETE FROM hold WHERE server = ?', serverId);
        await db.run('DELETE FROM episode WHERE server = ?', serverId);
        await moves.purge(serverId);
      }),
    episodes,
  };
}

const BACKLOG = `SELECT
  (SELECT count(*) FROM promise WHERE state = 'waiting') AS waiting,
  (SELECT count(*) FROM promise WHERE state = 'due') AS due,
  (SELECT count(*) FROM hold JOIN promise ON promise.destination = hold.destination WHERE promise.state = 'held') AS held,
  (SELECT count(*) FROM post WHERE state = 'packed') AS packed,
  (SELECT count(*) FROM post WHERE state = 'attempted') AS attempted,
  (SELECT count(*) FROM post WHERE state = 'unknown') AS unknown`;
