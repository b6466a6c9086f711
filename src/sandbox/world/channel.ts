import { ChannelType, type OverwriteType } from 'discord-api-types/v10';
import type { MessageLog } from './message-log.ts';

export type Overwrite = { id: string; type: OverwriteType; allow: bigint; deny: bigint };

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

const WRITABLE: readonly number[] = [
  ChannelType.GuildText,
  ChannelType.DM,
  ChannelType.GuildVoice,
  ChannelType.GuildAnnouncement,
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];

/** Whether messages stand in it, and not threads or channels alone. */
export function takesMessages(channel: Channel): boolean {
  return WRITABLE.includes(channel.type);
}

export function isThread(channel: Channel): boolean {
  return (
    channel.type === ChannelType.AnnouncementThread ||
    channel.type === ChannelType.PublicThread ||
    channel.type === ChannelType.PrivateThread
  );
}
