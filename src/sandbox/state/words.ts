import type { MessageLog } from './message-log.ts';

/** The words of this room: what a Discord knows. Wire shapes are made from them in view/. */

/** A JSON object whose shape is not known yet. */
export type Json = Record<string, unknown>;

export type User = {
  id: string;
  username: string;
  displayName: string;
  bot: boolean;
  /** False: messages to this user are refused with 50007. */
  acceptsDms: boolean;
  /** Whether the app is installed for this user, so that its commands work everywhere. */
  hasInstalledApp: boolean;
  locale: string;
};

export type Role = {
  id: string;
  name: string;
  permissions: bigint;
  position: number;
  managed: boolean;
  /** Whether everybody may mention it. */
  mentionable: boolean;
};

export type Member = {
  userId: string;
  roleIds: string[];
  joinedAt: number;
  /** UTC ms; until then the member may only look. */
  timedOutUntil: number | null;
};

/** `role` or `member`, as in Discord's overwrite types 0 and 1. */
export type Overwrite = { id: string; type: 0 | 1; allow: bigint; deny: bigint };

export type ForumTag = { id: string; name: string; moderated: boolean };

export type ThreadState = {
  ownerId: string;
  archived: boolean;
  locked: boolean;
  autoArchiveMinutes: number;
  archivedAt: number;
  appliedTags: string[];
  memberIds: Set<string>;
};

export type Channel = {
  id: string;
  type: number;
  guildId: string | null;
  name: string;
  parentId: string | null;
  topic: string | null;
  position: number;
  overwrites: Map<string, Overwrite>;
  tags: ForumTag[];
  requiresTag: boolean;
  thread: ThreadState | null;
  /** The two people of a DM channel; empty elsewhere. */
  recipientIds: string[];
  messages: MessageLog;
};

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
};

/** Who a message pings, after allowed_mentions. */
export type Mentions = { userIds: string[]; roleIds: string[]; everyone: boolean };

export type Guild = {
  id: string;
  name: string;
  ownerId: string;
  roles: Map<string, Role>;
  members: Map<string, Member>;
  channelIds: Set<string>;
  threadIds: Set<string>;
  /** AutoMod: messages with one of these words are refused with 200000. */
  forbiddenWords: string[];
  /** Where Discord greets new members. */
  systemChannelId: string | null;
  /** A community's channel for Discord's words to its moderators. */
  publicUpdatesChannelId: string | null;
  locale: string;
  unavailable: boolean;
  /** What the Integrations page says of commands, by the command's id or, for all of them, the application's. */
  commandPermissions: Map<string, readonly CommandPermission[]>;
};

/** `type`: 1 role, 2 member, 3 channel. The server's id means everyone, the number before it all channels. */
export type CommandPermission = { id: string; type: 1 | 2 | 3; permission: boolean };

export type RegisteredCommand = { id: string; guildId: string | null; version: string; body: Json };

export const ChannelType = {
  text: 0,
  dm: 1,
  voice: 2,
  category: 4,
  announcement: 5,
  announcementThread: 10,
  publicThread: 11,
  privateThread: 12,
  forum: 15,
} as const;

export const MessageFlag = {
  crossposted: 1 << 0,
  suppressEmbeds: 1 << 2,
  hasThread: 1 << 5,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  voice: 1 << 13,
  componentsV2: 1 << 15,
} as const;
