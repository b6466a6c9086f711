import { ChannelType, OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10';
import { may, permissionsInChannel } from '#src/sandbox/permissions/permissions.ts';
import { type Channel, isThread } from '#src/sandbox/world/channel.ts';
import type { World } from '#src/sandbox/world/world.ts';

type Right = { name: string; bit: bigint };

const VIEW: Right = { name: 'View Channel', bit: PermissionFlagsBits.ViewChannel };
const SEND: Right = { name: 'Send Messages', bit: PermissionFlagsBits.SendMessages };
const SEND_IN_THREADS: Right = {
  name: 'Send Messages in Threads',
  bit: PermissionFlagsBits.SendMessagesInThreads,
};
const EMBED: Right = { name: 'Embed Links', bit: PermissionFlagsBits.EmbedLinks };
const READ: Right = { name: 'Read Message History', bit: PermissionFlagsBits.ReadMessageHistory };

/**
 * What the bot lacks in a channel to post there, by Discord's names. Each right is judged as if it had the others: who may not
 * view a channel has none of them, and would be told to give back what nobody took.
 */
export function botLacks(world: World, channel: Channel): string[] {
  const guild = world.guilds.get(channel.guildId ?? '');
  const needed = neededIn(channel);
  if (!guild) return [];
  const holder = (isThread(channel) && world.channels.get(channel.parentId ?? '')) || channel;
  const lacking = needed.filter(({ bit }) => {
    const others = needed.reduce((sum, one) => sum | one.bit, 0n) & ~bit;
    return !may(permissionsInChannel(guild, channel, given(holder, world.bot.id, others), world.bot.id), bit);
  });
  return lacking.map(({ name }) => name);
}

/** Announcements and cards are posts; in a forum each has its own thread. */
function neededIn(channel: Channel): readonly Right[] {
  if (isThread(channel)) return [VIEW, SEND_IN_THREADS, EMBED, READ];
  if (channel.type === ChannelType.GuildForum) return [VIEW, SEND, SEND_IN_THREADS, EMBED, READ];
  const isWrittenIn =
    channel.type === ChannelType.GuildText || channel.type === ChannelType.GuildAnnouncement;
  return isWrittenIn ? [VIEW, SEND, EMBED, READ] : [];
}

/** The channel as it were if these rights were given there to the member. */
function given(channel: Channel, userId: string, rights: bigint): Channel {
  const own = channel.overwrites.get(userId) ?? {
    id: userId,
    type: OverwriteType.Member,
    allow: 0n,
    deny: 0n,
  };
  const more = { ...own, allow: own.allow | rights, deny: own.deny & ~rights };
  return { ...channel, overwrites: new Map(channel.overwrites).set(userId, more) };
}
