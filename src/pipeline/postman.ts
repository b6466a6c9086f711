/** The port through which everything reaches Discord. gateway/discord-postman.ts implements it. */
export type Postman = {
  /**
   * Sends one post. Never throws for what Discord answers: every outcome is a Receipt.
   * Repeating a post with the same nonce within the nonce window makes no second message.
   */
  post(parcel: Parcel): Promise<Receipt>;
  /**
   * Reads the place back: the message that carries `mark` (a custom id in one of its components) or `nonce`,
   * among the bot's own messages since `since` (UTC ms). Forum posts and threads are looked for among active threads.
   */
  find(place: Place, mark: string, nonce: string, since: number): Promise<Found>;
  /** Replaces a message's body in place. `refused` when it is gone. */
  edit(channelId: string, messageId: string, body: MessageBody): Promise<Receipt>;
  /** Publishes an announcement message to the followers of its channel. */
  publish(channelId: string, messageId: string): Promise<Receipt>;
};

/** Where in a channel a post goes. */
export type Place = {
  serverId: string;
  channelId: string;
  kind: 'message' | 'thread' | 'forum';
};

/** Discord's own JSON for a message: embeds, components, allowed_mentions, flags. Built by render/. */
export type MessageBody = Record<string, unknown>;

export type Parcel = {
  place: Place;
  body: MessageBody;
  /** At most 25 characters, the same for every attempt at this post. */
  nonce: string;
  /** A thread's or forum post's name (1 to 100 characters) and tag ids (at most 5). */
  threadName?: string;
  tagIds?: readonly string[];
  /** When the post was promised: the pacer lets older ones overtake. */
  promisedAt: number;
};

export type Receipt =
  /** `channelId` is where the message is (a thread's own id for thread and forum posts). */
  | { kind: 'delivered'; messageId: string; channelId: string }
  /** Not sent for certain; try again at the given instant. */
  | { kind: 'later'; at: number; reason: string }
  /** Not sent, and will not be until something changes there. */
  | { kind: 'refused'; code: Refusal; reason: string }
  /** May or may not have been sent: read back before a resend once the nonce window has passed. */
  | { kind: 'unknown'; reason: string };

export type Found = { kind: 'found'; messageId: string; channelId: string } | { kind: 'absent' } | { kind: 'unreadable'; reason: string };

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
