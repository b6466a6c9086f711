import type { MessageLog } from './message-log.ts';

/** `role` or `member`, as in Discord's overwrite types 0 and 1. */
export type Overwrite = { id: string; type: 0 | 1; allow: bigint; deny: bigint };

type ForumTag = { id: string; name: string; moderated: boolean };

type ThreadState = {
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

export function isThread(channel: Channel): boolean {
  return (
    channel.type === ChannelType.announcementThread ||
    channel.type === ChannelType.publicThread ||
    channel.type === ChannelType.privateThread
  );
}
