import { ChannelType, MessageFlags } from 'discord-api-types/v10';
import type { Channel } from '../world/channel.ts';
import type { Guild } from '../world/guild.ts';
import { tellPeople } from '../world/heard.ts';
import type { Message } from '../world/message.ts';
import type { World } from '../world/world.ts';
import { blankChannel, tellChannel } from './channels.ts';

export type NewThread = {
  name: string;
  ownerId: string;
  autoArchiveMinutes?: number;
  appliedTags?: string[];
  isPrivate?: boolean;
};

/** A thread in a channel; a thread made from a message has the message's id. */
export function createThread(
  world: World,
  guild: Guild,
  parent: Channel,
  wanted: NewThread,
  from?: Message,
): Channel {
  const channel = blankChannel(from?.id ?? world.nextId(), threadType(parent, wanted), guild.id);
  channel.name = wanted.name;
  channel.parentId = parent.id;
  channel.thread = {
    ownerId: wanted.ownerId,
    archived: false,
    locked: false,
    autoArchiveMinutes: wanted.autoArchiveMinutes ?? 4320,
    archivedAt: world.now(),
    appliedTags: wanted.appliedTags ?? [],
    memberIds: new Set([wanted.ownerId]),
  };
  world.channels.set(channel.id, channel);
  guild.threadIds.add(channel.id);
  if (from) {
    from.threadId = channel.id;
    from.flags |= MessageFlags.HasThread;
  }
  tellChannel(world, channel, 'THREAD_CREATE', { newly_created: true });
  if (from) tellPeople(world, { kind: 'touched', channelId: from.channelId, messageId: from.id });
  return channel;
}

function threadType(parent: Channel, wanted: NewThread): number {
  if (wanted.isPrivate) return ChannelType.PrivateThread;
  return parent.type === ChannelType.GuildAnnouncement
    ? ChannelType.AnnouncementThread
    : ChannelType.PublicThread;
}

export type ThreadChange = { name?: string; archived?: boolean; locked?: boolean };

/** Renames, archives, unarchives, locks or unlocks; says so when something changed. */
export function setThread(world: World, channel: Channel, change: ThreadChange): void {
  const thread = channel.thread;
  if (!thread) return;
  const { name = channel.name, archived = thread.archived, locked = thread.locked } = change;
  if (name === channel.name && archived === thread.archived && locked === thread.locked) return;
  if (archived !== thread.archived) thread.archivedAt = world.now();
  channel.name = name;
  Object.assign(thread, { archived, locked });
  tellChannel(world, channel, 'THREAD_UPDATE');
}
