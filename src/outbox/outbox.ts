import type { Database } from '#src/foundation/database/database.ts';
import type { PutRight } from '#src/foundation/instants.ts';
import type { MemberRecords } from '#src/foundation/member-records.ts';
import type { KeptPhrase } from '#src/wording/kept-phrase.ts';
import { openBulkMoves } from './bulk-moves.ts';
import { type ChannelMoves, openChannelMoves } from './channel-moves.ts';
import type { Destination } from './destination.ts';
import { type DestinationFigures, openDestinationFigures } from './destination-figures.ts';
import { type DestinationHolds, openDestinationHolds } from './destination-holds.ts';
import { type DoubtfulPosts, openDoubtfulPosts } from './doubtful-posts.ts';
import type { Due } from './due-entries.ts';
import { FIRST_TURN } from './due-round.ts';
import type { NewEntry, SendMode } from './entry.ts';
import { openEntryStore } from './entry-store.ts';
import { type Episodes, openEpisodes } from './episodes.ts';
import { outboxAhead, planAnew, putOutboxRight } from './instants.ts';
import { type LedgerEntry, type LedgerQuery, readLedger } from './ledger.ts';
import { OUTBOX_MIGRATIONS } from './migrations.ts';
import { type OutgoingPosts, openOutgoingPosts } from './outgoing-posts.ts';
import type { Post } from './post.ts';
import { afterCrash, PATIENCE } from './post-states.ts';
import { openPostStore } from './post-store.ts';
import { type LedgerPruning, openLedgerPruning } from './prune-ledger.ts';
import { openSecondSteps, type SecondSteps } from './second-steps.ts';
import { openSeenMembers } from './seen-members.ts';
import { readDestinations, readServers } from './server-list.ts';
import { readServerRows, type ServerRows } from './server-rows.ts';
import { openSettlement } from './settlement.ts';
import { openWorkload, type Workload } from './workload.ts';

export type { Unsettled } from './doubtful-posts.ts';

// Nothing lost, nothing twice. Two kinds of rows: an ENTRY (this paper, this destination, why) is made once for ever, and a
// POST is one message with its papers, fixed before it is first attempted. Every arrow is one transaction.
//
// ENTRY
//   add() ------> waiting --due--> due --pack()--> packed --post sent--> SENT
//                    |  ^defer()    |                |  |
//                    |              |                |  +--post refused--> REFUSED  (also refuse(), abandon(), while open;
//                    |              |                |                             what was taken back may be queued again)
//                    |              +--settleElsewhere()--> ELSEWHERE  (the server has the paper in another channel)
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

// A power failure may take back what a receipt told (a post is then in doubt again) or that a post was packed (then it
// was not attempted), never an entry or an attempt.

/**
 * Every method is one transaction, and joins an outer one. Entries and attempts are durable when they return. Instants are UTC milliseconds.
 * Throws FatalError when the database cannot be written; then nothing of the call is kept.
 */
export type Outbox = DestinationHolds &
  DestinationFigures &
  LedgerPruning &
  SecondSteps &
  OutgoingPosts &
  DoubtfulPosts &
  ChannelMoves &
  Workload & {
    /**
     * Adds a paper to a destination, once for ever; again only where it was taken back by `refuse`. In a channel on hold the
     * entry is held at once. What waits for its hour comes sooner where another subscription wants it sooner. All of them or
     * none; returns how many are queued now that were not before.
     */
    add(...entries: readonly NewEntry[]): Promise<number>;
    has(destination: Destination, paper: string): Promise<boolean>;
    /** Whether it is queued for an hour after that instant only: `add` brings it forward for another subscription. */
    waitsBeyond(destination: Destination, paper: string, at: number): Promise<boolean>;
    /**
     * What is due, fair between servers and each channel once: at most `limit`, less the posts that are packed and ready,
     * so that whose turn it is is decided late. A channel with a post packed or under way waits. Pack each, or it comes again.
     * `atOnce`: no more than so many are returned.
     */
    due(now: number, limit: number, atOnce?: number): Promise<Due[]>;
    /** Into the channel's digest, or that mode, at `dueAt`; false when the entry is not open any more. */
    defer(destination: Destination, paper: string, dueAt: number, mode?: SendMode): Promise<boolean>;
    /** Who wants an open entry by now, and what it is decided from. */
    decideAnew(
      destination: Destination,
      paper: string,
      subscriptions: readonly string[],
      why: unknown,
    ): Promise<void>;
    /** Takes an open entry back: nobody there wants it. False when it is not open any more. */
    refuse(destination: Destination, paper: string, reason: KeptPhrase, now: number): Promise<boolean>;
    /** Settles an open entry for ever: its server has the paper in another channel. False when it is not open any more. */
    settleElsewhere(
      destination: Destination,
      paper: string,
      reason: KeptPhrase,
      now: number,
    ): Promise<boolean>;

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
    noteHeading(postId: number, heading: KeptPhrase): Promise<void>;
    /** Notes that it mentions somebody, before it is sent. */
    notePinged(postId: number, now: number): Promise<void>;
    /** Whether another post that was sent there, or may have been, mentioned somebody since that instant. */
    wasPinged(post: Pick<Post, 'id' | 'place'>, since: number): Promise<boolean>;
    /** Notes that its message is there no more: nothing is done to it any more. False where that was noted before. */
    noteDeleted(postId: number, now: number): Promise<boolean>;
    /** Notes what a living card shows now. */
    noteShown(postId: number, shown: string): Promise<void>;
    /** The post whose button carries this nonce. */
    postByNonce(nonce: string): Promise<Post | null>;
    post(postId: number): Promise<Post | null>;
    ledger(query: LedgerQuery): Promise<LedgerEntry[]>;
    /** Every server that something was posted in, or that has a channel on hold: what waits for the first time has a subscription. */
    servers(): Promise<string[]>;
    /** The server's channels that something was posted in, or that are on hold. */
    destinationsOf(serverId: string): Promise<Destination[]>;
    /** The troubles of channels; a post of papers that arrives ends its channel's. */
    episodes: Episodes;
    /** What of it names members. */
    members: MemberRecords;
    /** What is kept of a server's papers and posts; `most`: no more than so many of each, the newest. */
    rowsOf(serverId: string, most: number, breathe: () => Promise<void>): Promise<ServerRows>;
  };

/**
 * Opens the outbox of the one process that sends. Whatever the process before it was sending when it stopped may have
 * been sent: it is in doubt from now on.
 */
export async function openOutbox(db: Database, now: number, patience = PATIENCE): Promise<Outbox> {
  await db.migrate('outbox', OUTBOX_MIGRATIONS);
  const entries = openEntryStore(db);
  const posts = openPostStore(db);
  const moves = openBulkMoves(db, entries, posts);
  const episodes = openEpisodes(db);
  const settlement = openSettlement(db, entries, posts, moves, episodes);
  const parts = { db, entries, posts, moves, settlement };
  let turn = FIRST_TURN;

  await db.transaction(async () => {
    await posts.askAnew(now);
    for (const post of await posts.underWay())
      await settlement.apply(post, afterCrash(post, now, patience), now);
  });

  return {
    add: (...given) => entries.add(given),
    has: entries.has,
    waitsBeyond: entries.waitsBeyond,
    async due(at, limit, atOnce = limit) {
      const round = await db.transaction(async () => {
        await moves.goOn(at);
        const room = limit - (await posts.readyCount(at, limit));
        return entries.due(Math.min(room, atOnce), turn);
      }, 'soon');
      turn = round.last;
      return round.due;
    },
    defer: entries.defer,
    decideAnew: entries.tellAnew,
    refuse: entries.refuse,
    settleElsewhere: entries.settleElsewhere,

    ...openDestinationHolds(db),
    ...openDestinationFigures(db),
    ...openLedgerPruning(db),
    ...openSecondSteps(db, posts.get),
    ...openOutgoingPosts(parts, patience),
    ...openDoubtfulPosts(parts, patience),
    ...openChannelMoves(parts),
    ...openWorkload(parts),

    ahead: (at) => outboxAhead(db, at),
    putRight: (at, right) => putOutboxRight(db, at, right),
    planAnew: (at) => planAnew(db, at),

    sentSince: posts.cardsSince,
    living: (since, limit, after) => posts.living(after?.settledAt ?? since, after?.id ?? 0, limit),
    noteHeading: posts.noteHeading,
    notePinged: posts.notePinged,
    wasPinged: posts.wasPinged,
    noteDeleted: posts.noteDeleted,
    noteShown: posts.noteShown,
    postByNonce: posts.byNonce,
    post: posts.get,
    ledger: (query) => readLedger(db, query),
    servers: () => readServers(db),
    destinationsOf: (serverId) => readDestinations(db, serverId),
    episodes,
    members: openSeenMembers(db),
    rowsOf: (serverId, most, breathe) => readServerRows(db, { serverId, most, breathe }),
  };
}
