import type { Json } from './json.ts';
import type { MessagePoll } from './message-poll.ts';

export type Attachment = {
  id: string;
  filename: string;
  description: string | null;
  contentType: string;
  content: Uint8Array;
};

export type Message = {
  id: string;
  channelId: string;
  authorId: string;
  content: string;
  embeds: Json[];
  components: Json[];
  attachments: Attachment[];
  poll: MessagePoll | null;
  flags: number;
  type: number;
  nonce: string | number | null;
  tts: boolean;
  createdAt: number;
  editedAt: number | null;
  mentions: Mentions;
  reference: Json | null;
  /** Set on answers to interactions: the interaction's id. */
  interactionId: string | null;
  /** Ephemeral: the only user who sees it. */
  onlyFor: string | null;
  threadId: string | null;
  /** UTC ms; null while it is not pinned. */
  pinnedAt: number | null;
};

/** Who a message pings, after allowed_mentions. */
export type Mentions = { userIds: string[]; roleIds: string[]; everyone: boolean };

/** A file as it came with a request. */
export type DraftFile = { index: number; name: string; contentType: string; content: Uint8Array };

/** What a server without boosts takes for one file, in bytes; interactions tell it as attachment_size_limit. */
export const LARGEST_FILE = 10 * 1024 * 1024;
