import type { KeptPhrase } from '#src/wording/kept-phrase.ts';
import type { Destination } from './destination.ts';
/** Where in a channel a post goes. */
export type PostPlace = {
  serverId: string;
  destination: Destination;
  kind: 'message' | 'thread' | 'forum';
};

/** What became of one attempt at a post. */
export type Receipt =
  /** `channelId` is where the message is (a forum post's own id; for a thread its parent, the thread itself has the message's id). */
  | { kind: 'delivered'; messageId: string; channelId: string }
  /** Not sent for certain; try again at the given instant. */
  | { kind: 'later'; at: number; reason: KeptPhrase }
  /** Not sent, and will not be until something changes there. */
  | { kind: 'refused'; code: PostRefusal; reason: KeptPhrase }
  /** May or may not have been sent: read back before a resend once the nonce window has passed. */
  | { kind: 'unknown'; reason: KeptPhrase };

/** Two instants (UTC ms) between which the true one lies. */
export type InstantSpan = { from: number; until: number };

/** What is sought where a place is read back. */
export type Sought = {
  /** The custom id in one of its components. */
  mark: string;
  nonce: string;
  /** When it may have been written, by Discord's clock. */
  written: InstantSpan;
  /** How far an earlier reading came, as `Found` told; null for the first. */
  readTo: string | null;
};

/** What reading a place back showed. `readTo`: how far this reading came; the next goes on there. */
export type ReadBack =
  | { kind: 'found'; messageId: string; channelId: string }
  /** Proven: all that was written in the time was read, by one who may read there. */
  | { kind: 'absent' }
  /** There is more to read than one reading takes. */
  | { kind: 'partly'; readTo: string | null }
  /** Nobody can tell. `silent`: Discord gave no answer at all, as in an outage. */
  | { kind: 'unreadable'; reason: KeptPhrase; readTo: string | null; silent?: true }
  /** May be asked at the given instant. `asked`: Discord answered, but nothing is sure by that. */
  | { kind: 'later'; at: number; reason: KeptPhrase; readTo: string | null; asked?: true }
  /** The channel takes no questions. `asked`: Discord said so; otherwise the gateway knew. */
  | { kind: 'refused'; code: PostRefusal; reason: KeptPhrase; asked: boolean };

export type PostRefusal =
  | 'channel-gone'
  | 'server-left'
  | 'permission-missing'
  | 'thread-locked'
  | 'timed-out'
  | 'tag-required'
  /** AutoMod or the harmful-link filter refused this content; the channel itself is fine. */
  | 'content-refused'
  /** Discord calls the request malformed: our fault, reported, this post only. */
  | 'malformed'
  | 'message-gone';
