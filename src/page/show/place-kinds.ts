import { ChannelType } from 'discord-api-types/v10';
import type { Place } from '../protocol.ts';

const KINDS: Partial<Record<ChannelType, Place['kind']>> = {
  [ChannelType.GuildText]: 'text',
  [ChannelType.GuildAnnouncement]: 'announcement',
  [ChannelType.GuildForum]: 'forum',
  [ChannelType.GuildCategory]: 'category',
  [ChannelType.GuildVoice]: 'voice',
  [ChannelType.PublicThread]: 'thread',
  [ChannelType.PrivateThread]: 'thread',
  [ChannelType.AnnouncementThread]: 'thread',
  [ChannelType.DM]: 'direct',
};

/** What the page calls a type of channels; null for those that it does not show. */
export function placeKind(type: ChannelType): Place['kind'] | null {
  return KINDS[type] ?? null;
}

/** The kinds that may be picked; null: all. */
export function placeKinds(types: readonly ChannelType[] | undefined): Place['kind'][] | null {
  if (!types || types.length === 0) return null;
  return [...new Set(types.flatMap((type) => placeKind(type) ?? []))];
}
