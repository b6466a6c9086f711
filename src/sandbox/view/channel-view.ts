import { ChannelFlags, ChannelType, ThreadMemberFlags } from 'discord-api-types/v10';
import { type Channel, isThread } from '../world/channel.ts';
import type { Json } from '../world/json.ts';
import type { User } from '../world/user.ts';
import { userView } from './user-view.ts';

/** https://discord.com/developers/docs/resources/channel#channel-object; threads and DMs included. */
export function channelView(channel: Channel, users: ReadonlyMap<string, User>, botId: string): Json {
  if (channel.type === ChannelType.DM) return dmView(channel, users, botId);
  if (isThread(channel)) return threadView(channel, botId);
  return {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    name: channel.name,
    parent_id: channel.parentId,
    topic: channel.topic,
    position: channel.position,
    nsfw: false,
    rate_limit_per_user: 0,
    flags: channel.requiresTag ? ChannelFlags.RequireTag : 0,
    last_message_id: channel.messages.last?.id ?? null,
    permission_overwrites: [...channel.overwrites.values()].map((one) => ({
      id: one.id,
      type: one.type,
      allow: one.allow.toString(),
      deny: one.deny.toString(),
    })),
    ...(channel.type === ChannelType.GuildForum && forumParts(channel)),
  };
}

function forumParts(channel: Channel): Json {
  return {
    available_tags: channel.tags.map((tag) => ({ ...tag, emoji_id: null, emoji_name: null })),
    default_reaction_emoji: null,
    default_sort_order: null,
    default_forum_layout: 0,
  };
}

function dmView(channel: Channel, users: ReadonlyMap<string, User>, botId: string): Json {
  const others = channel.recipientIds.filter((id) => id !== botId).flatMap((id) => users.get(id) ?? []);
  return {
    id: channel.id,
    type: channel.type,
    last_message_id: channel.messages.last?.id ?? null,
    flags: 0,
    recipients: others.map(userView),
  };
}

function threadView(channel: Channel, botId: string): Json {
  const thread = channel.thread;
  return {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    parent_id: channel.parentId,
    name: channel.name,
    owner_id: thread?.ownerId,
    last_message_id: channel.messages.last?.id ?? null,
    message_count: channel.messages.size,
    total_message_sent: channel.messages.size,
    member_count: thread?.memberIds.size ?? 0,
    rate_limit_per_user: 0,
    flags: 0,
    applied_tags: thread?.appliedTags ?? [],
    thread_metadata: {
      archived: thread?.archived,
      locked: thread?.locked,
      auto_archive_duration: thread?.autoArchiveMinutes,
      archive_timestamp: new Date(thread?.archivedAt ?? 0).toISOString(),
    },
    ...(thread?.memberIds.has(botId) && { member: threadMemberView(channel, botId) }),
  };
}

/** https://discord.com/developers/docs/resources/channel#thread-member-object */
export function threadMemberView(channel: Channel, userId: string): Json {
  return {
    id: channel.id,
    user_id: userId,
    join_timestamp: new Date(channel.thread?.archivedAt ?? 0).toISOString(),
    flags: ThreadMemberFlags.HasInteracted,
  };
}
