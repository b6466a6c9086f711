import { PermissionFlagsBits } from 'discord-api-types/v10';
import { may, permissionsOf } from '../permissions/permissions.ts';
import type { Channel } from '../world/channel.ts';
import type { Message } from '../world/message.ts';
import type { World } from '../world/world.ts';
import { knownChannel } from './known.ts';

/** The channel of an id, as a person sees it; throws when it is hidden from them. */
export function channelSeenBy(world: World, userId: string, channelId: string): Channel {
  const channel = knownChannel(world, channelId);
  if (isOpenTo(world, channel, userId)) return channel;
  throw new Error(`The user ${userId} cannot see the channel ${channelId}.`);
}

export function isOpenTo(world: World, channel: Channel, userId: string): boolean {
  if (channel.guildId === null) return channel.recipientIds.includes(userId);
  return may(permissionsOf(world, channel, userId), PermissionFlagsBits.ViewChannel);
}

/** Whether the person sees the message: ephemerals are for their asker. */
export function isSeenBy(message: Message, userId: string): boolean {
  return message.onlyFor === null || message.onlyFor === userId;
}

/** The message that this person points at; throws when they do not see it. */
export function messageSeenBy(world: World, at: { user: string; channel: string; message: string }): Message {
  const message = channelSeenBy(world, at.user, at.channel).messages.get(at.message);
  if (message && isSeenBy(message, at.user)) return message;
  throw new Error(`The user ${at.user} sees no message ${at.message} there.`);
}
