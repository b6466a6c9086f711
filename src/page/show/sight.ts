import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { may, permissionsOf } from '#src/sandbox/permissions/permissions.ts';
import type { Channel } from '#src/sandbox/world/channel.ts';
import type { Guild } from '#src/sandbox/world/guild.ts';
import type { Mentions, Message } from '#src/sandbox/world/message.ts';
import type { User } from '#src/sandbox/world/user.ts';
import type { World } from '#src/sandbox/world/world.ts';
import type { Person } from '../protocol.ts';

/** Who looks, from which server (null: a direct message), and whom the text calls (null: nobody, as embeds do). */
export type Sight = {
  world: World;
  viewerId: string;
  guild: Guild | null;
  calls: Mentions | null;
};

/** What somebody sees from a channel. */
export function sightIn(world: World, channel: Channel, viewerId: string): Sight {
  return { world, viewerId, guild: world.guilds.get(channel.guildId ?? '') ?? null, calls: null };
}

/** Whether the channel is in the viewer's list. */
export function seesPlace(world: World, channel: Channel, viewerId: string): boolean {
  if (channel.guildId === null) return channel.recipientIds.includes(viewerId);
  const mine = permissionsOf(world, channel, viewerId);
  if (!may(mine, PermissionFlagsBits.ViewChannel)) return false;
  if (channel.type !== ChannelType.PrivateThread) return true;
  return (
    channel.thread?.memberIds.has(viewerId) === true ||
    channel.thread?.ownerId === viewerId ||
    may(mine, PermissionFlagsBits.ManageThreads)
  );
}

/** Whether the message is for the viewer: those in a channel that they see, but other people's ephemeral ones. */
export function seesMessage(world: World, message: Message, viewerId: string): boolean {
  const channel = world.channels.get(message.channelId);
  if (!channel || !seesPlace(world, channel, viewerId)) return false;
  return message.onlyFor === null || message.onlyFor === viewerId;
}

/** Somebody by the id, when the viewer meets them: here, in another server, or in a direct message. */
export function whomTheViewerMeets({ world, viewerId }: Sight, id: string): User | null {
  const user = world.users.get(id);
  if (!user) return null;
  if (id === viewerId || id === world.bot.id) return user;
  const guilds = [...world.guilds.values()];
  const meet = guilds.some(({ members }) => members.has(id) && members.has(viewerId));
  const write = [...world.dms.values()].some(
    ({ recipientIds }) => recipientIds.includes(id) && recipientIds.includes(viewerId),
  );
  return meet || write ? user : null;
}

/** A user as the page names them. */
export function showPerson(user: User): Person {
  return { id: user.id, name: user.displayName, isBot: user.bot };
}
