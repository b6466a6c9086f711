/**
 * What a member may, worked out from the roles and channels that the gateway tells (topics/permissions.mdx, "Permission
 * Overwrites", "Implicit Permissions", "Permissions For Timed Out Members"). The bot keeps no members: who asks comes with
 * each interaction.
 */

import { type Guild, type GuildBasedChannel, PermissionsBitField } from 'discord.js';
import { ChannelType } from 'discord-api-types/v10';
import { ADMINISTRATOR, BITS, MANAGE_THREADS } from './permissions.ts';

export type MemberRights = {
  userId: string;
  roleIds: readonly string[];
  /** Now, by our clock. */
  isTimedOut: boolean;
};

const LEFT_TO_TIMED_OUT = BITS.viewChannel | BITS.readMessageHistory;

/** In the server as a whole: roles alone. */
export function permissionsInServer(server: Guild, member: MemberRights): bigint {
  if (member.userId === server.ownerId) return PermissionsBitField.All;
  const held = [server.id, ...member.roleIds].reduce(
    (bits, id) => bits | (server.roles.cache.get(id)?.permissions.bitfield ?? 0n),
    0n,
  );
  return held & ADMINISTRATOR ? PermissionsBitField.All : timedOutPermissions(held, member);
}

/**
 * In one channel; a thread has its parent's overwrites. A private thread shows itself to its members, whom the bot does not
 * know, and to who manages threads: here to these alone. Null for a thread whose parent is unknown.
 */
export function memberPermissionsIn(channel: GuildBasedChannel, member: MemberRights): bigint | null {
  const held = permissionsInServer(channel.guild, member);
  if (held & ADMINISTRATOR) return held;
  const place = channel.isThread() ? channel.parent : channel;
  if (!place) return null;
  const overwrites = place.permissionOverwrites.cache;
  const everyone = overwrites.get(channel.guildId);
  const ofRoles = member.roleIds.flatMap((id) => overwrites.get(id) ?? []);
  const own = overwrites.get(member.userId);
  const steps = [everyone ? [everyone] : [], ofRoles, own ? [own] : []];
  const bits = steps.reduce(overwritten, held);
  const isHidden = channel.type === ChannelType.PrivateThread && !(bits & MANAGE_THREADS);
  return isHidden || !(bits & BITS.viewChannel) ? 0n : timedOutPermissions(bits, member);
}

/** What the bot itself may there; null while unknown. */
export function ownPermissionsIn(channel: GuildBasedChannel): bigint | null {
  const { me } = channel.guild.members;
  return (me && channel.permissionsFor(me)?.bitfield) ?? null;
}

/** Owners and administrators cannot be timed out. */
export function timedOutPermissions(held: bigint, { isTimedOut }: Pick<MemberRights, 'isTimedOut'>): bigint {
  return isTimedOut && !(held & ADMINISTRATOR) ? held & LEFT_TO_TIMED_OUT : held;
}

type Overwrite = { deny: { bitfield: bigint }; allow: { bitfield: bigint } };

/** All of a step count at once: what one role allows another does not deny. */
function overwritten(held: bigint, step: readonly Overwrite[]): bigint {
  const denied = step.reduce((bits, { deny }) => bits | deny.bitfield, 0n);
  const allowed = step.reduce((bits, { allow }) => bits | allow.bitfield, 0n);
  return (held & ~denied) | allowed;
}
