import type { GuildBasedChannel } from 'discord.js';
import type { DeniedBy } from '#src/render/tell-lacked.ts';

/**
 * What takes a permission from the bot in a channel where it lacks it (topics/permissions.mdx, "Permission Overwrites"): the
 * later of Discord's steps is the one that has to be mended first. Null while that cannot be told.
 */
export function deniedBy(channel: GuildBasedChannel, bit: bigint): DeniedBy | null {
  const { me } = channel.guild.members;
  const holder = channel.isThread() ? channel.parent : channel;
  if (!me || !holder) return null;
  const overwrites = holder.permissionOverwrites.cache;
  const isDenied = (id: string) => ((overwrites.get(id)?.deny.bitfield ?? 0n) & bit) !== 0n;
  if (isDenied(me.id)) return { kind: 'self' };
  const ids = [...me.roles.cache.keys()].filter((id) => id !== channel.guildId && isDenied(id));
  if (ids.length > 0) return { kind: 'roles', ids };
  return { kind: isDenied(channel.guildId) ? 'everyone' : 'nobody' };
}
