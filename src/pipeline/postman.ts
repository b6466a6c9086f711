import type { Audience, ShownTo } from '#src/outbox/last-known.ts';
import type { InstantSpan, PostPlace, PostRefusal, ReadBack, Receipt, Sought } from '#src/outbox/receipt.ts';
import type { RoleMention } from '#src/subscription/lost.ts';
import type { KeptPhrase } from '#src/wording/kept-phrase.ts';
import type { Value } from '#src/wording/values.ts';
import type { Letter, Renewable } from './letter.ts';

export { channelOfDestination } from '#src/outbox/destination.ts';
export type { Audience, LastKnown, Seer, ShownTo } from '#src/outbox/last-known.ts';
export type { InstantSpan, PostPlace, PostRefusal, ReadBack, Receipt, Sought } from '#src/outbox/receipt.ts';

/** The port through which everything reaches Discord. gateway/posts/discord-postman.ts implements it. */
export type Postman = {
  /**
   * Sends one post. Never throws for what Discord answers: every outcome is a Receipt.
   * Repeating a post with the same nonce within the nonce window makes no second message.
   */
  post(parcel: Parcel): Promise<Receipt>;
  /** What time it is by Discord's clock, which is in all that it writes; ours may be wrong. */
  time(): InstantSpan;
  /**
   * Reads the place back: the message that carries `mark` or `nonce`, among what the bot wrote in the time that is told. A
   * forum's posts are looked for among its threads, archived ones too. `absent` is proven, never guessed.
   */
  find(place: PostPlace, sought: Sought): Promise<ReadBack>;
  /** Writes a message anew in place. `refused` when it is gone. */
  edit(channelId: string, messageId: string, letter: Renewable): Promise<Receipt>;
  /** Deletes a message of the bot's. `refused` with `message-gone` or `channel-gone` when it is there no more. */
  remove(place: PostPlace, message: { channelId: string; messageId: string }): Promise<Receipt>;
  /** Opens a thread under a message. `delivered` also when it has one. */
  openThread(place: PostPlace, messageId: string, name: Value): Promise<Receipt>;
  /** Publishes an announcement message to the followers of its channel. `delivered` also when it is published. */
  publish(channelId: string, messageId: string): Promise<Receipt>;
};

export type Parcel = {
  place: PostPlace;
  letter: Letter;
  /** The roles that are told of it, and nobody else is. */
  mentions: readonly string[];
  /** It rings nowhere. */
  isSilent: boolean;
  /** Without its ornaments: it was refused with them. */
  isPlain: boolean;
  /** At most 25 characters, the same for every attempt at this post. */
  nonce: string;
  /** A thread's or forum post's name (1 to 100 characters) and tag ids (at most 5). */
  threadName?: Value;
  tagIds?: readonly string[];
  /** When the post was queued: the pacer lets older ones overtake. */
  queuedAt: number;
  /** It must leave before this instant of Discord's clock (the nonce guards a resend no longer): `later` when it cannot. */
  sendBefore?: number;
};

/** What the gateway knows of servers and channels without asking; nothing here waits. */
export type Servers = {
  /** Why the bot cannot post such a thing there; null when nothing hinders it or nothing is known. The reason names no channel. */
  obstacle(place: PostPlace, carries?: Carries): { code: PostRefusal; reason: KeptPhrase } | null;
  /** `away`: Discord itself cannot reach the server at the moment; what is known of it may be old. */
  presence(serverId: string): 'here' | 'away' | 'left';
  /** Servers that it can reach and that took the bot in since then; instants are UTC ms. */
  joinedSince(since: number): readonly { serverId: string; joinedAt: number }[];
  channel(channelId: string): KnownChannel | null;
  channels(serverId: string): readonly KnownChannel[];
  /** What a mention of the role by the bot does there; `rings` also where nothing is known. */
  mention(place: { serverId: string; channelId: string }, roleId: string): RoleMention;
  /** Who can see a channel; null when it is not known. */
  audience(channelId: string): Audience | null;
  /** Whom a channel's settings name, apart from everyone; nobody when it is not known. */
  named(channelId: string): ShownTo;
  /**
   * The channels that the server itself named for Discord's words to its moderators and to its members. `chosen`: what the
   * moderators chose for ours, as the settings have it.
   */
  ownRooms(serverId: string): { chosen?: string | null; moderators: string | null; system: string | null };
};

/** What a post needs: `papers` come as embeds and are looked for afterwards, `words` are plain text. */
export type Carries = 'papers' | 'words';

export type KnownChannel = {
  id: string;
  serverId: string;
  name: string;
  /** Discord's channel type number: 0 text, 5 announcement, 15 forum. */
  type: number;
  tags: readonly { id: string; name: string }[];
  /** A forum that takes no post without a tag. */
  requiresTag?: boolean;
};
