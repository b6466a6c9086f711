/** Where in a channel a post goes. */
export type Place = {
  serverId: string;
  channelId: string;
  kind: 'message' | 'thread' | 'forum';
};

/** What became of one attempt at a post. */
export type Receipt =
  /** `channelId` is where the message is (a forum post's own id; for a thread its parent, the thread itself has the message's id). */
  | { kind: 'delivered'; messageId: string; channelId: string }
  /** Not sent for certain; try again at the given instant. */
  | { kind: 'later'; at: number; reason: string }
  /** Not sent, and will not be until something changes there. */
  | { kind: 'refused'; code: Refusal; reason: string }
  /** May or may not have been sent: read back before a resend once the nonce window has passed. */
  | { kind: 'unknown'; reason: string };

/** What reading a place back showed. */
export type Found =
  | { kind: 'found'; messageId: string; channelId: string }
  | { kind: 'absent' }
  | { kind: 'unreadable'; reason: string };

export type Refusal =
  | 'channel-gone'
  | 'server-left'
  | 'permission-missing'
  | 'thread-locked'
  | 'tag-required'
  /** AutoMod or the harmful-link filter refused this content; the channel itself is fine. */
  | 'content-refused'
  /** Discord calls the request malformed: our fault, reported, this post only. */
  | 'malformed'
  | 'message-gone';
