import { PermissionFlagsBits } from 'discord-api-types/v10';
import { type Channel, isThread, type Overwrite } from '../world/channel.ts';
import type { Guild } from '../world/guild.ts';
import type { World } from '../world/world.ts';
import { ALL_PERMISSIONS, toBits } from './permission-bits.ts';

/*
 * Discord's documented algorithm: base permissions from roles, then overwrites of the channel (a thread uses its
 * parent's), then implicit denials. https://discord.com/developers/docs/topics/permissions#permission-overwrites
 */

/** What a member may in the whole server. 0n for somebody who is not in it. */
export function permissionsInGuild(guild: Guild, userId: string): bigint {
  if (guild.ownerId === userId) return ALL_PERMISSIONS;
  const member = guild.members.get(userId);
  if (!member) return 0n;
  const ids = [guild.id, ...member.roleIds];
  const bits = ids.reduce((sum, id) => sum | (guild.roles.get(id)?.permissions ?? 0n), 0n);
  return isAdministrator(bits) ? ALL_PERMISSIONS : bits;
}

/** What a member may in one channel. `holder` is the channel whose overwrites count: a thread's parent. */
export function permissionsInChannel(
  guild: Guild,
  channel: Channel,
  holder: Channel,
  userId: string,
): bigint {
  const base = permissionsInGuild(guild, userId);
  if (isAdministrator(base)) return ALL_PERMISSIONS;
  if (!guild.members.has(userId)) return 0n;
  return implicitlyDenied(overwritten(base, guild, holder, userId), channel);
}

/** What is left to a member who was timed out: looking. Owners and administrators keep everything. */
function whileTimedOut(bits: bigint): bigint {
  return isAdministrator(bits)
    ? bits
    : bits & (PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory);
}

/** Whether all of `wanted` is in `bits`. */
export function may(bits: bigint, wanted: bigint): boolean {
  return (bits & wanted) === wanted;
}

function isAdministrator(bits: bigint): boolean {
  return may(bits, PermissionFlagsBits.Administrator);
}

function overwritten(base: bigint, guild: Guild, holder: Channel, userId: string): bigint {
  const everyone = holder.overwrites.get(guild.id);
  const ofRoles = mergedRoles(guild, holder, userId);
  const own = holder.overwrites.get(userId);
  return [everyone, ofRoles, own].reduce((bits, one) => (one ? (bits & ~one.deny) | one.allow : bits), base);
}

// All role overwrites count at once: an allow of one role beats a deny of another.
function mergedRoles(guild: Guild, holder: Channel, userId: string): Pick<Overwrite, 'allow' | 'deny'> {
  const merged = { allow: 0n, deny: 0n };
  for (const roleId of guild.members.get(userId)?.roleIds ?? []) {
    const one = holder.overwrites.get(roleId);
    if (!one) continue;
    merged.allow |= one.allow;
    merged.deny |= one.deny;
  }
  return merged;
}

// "Implicit permissions": no VIEW_CHANNEL denies everything, no SEND_MESSAGES denies what comes with a message.
function implicitlyDenied(bits: bigint, channel: Channel): bigint {
  if (!may(bits, PermissionFlagsBits.ViewChannel)) return 0n;
  const canSend = may(bits, sendPermission(channel));
  if (canSend) return bits;
  return (
    bits &
    ~(
      PermissionFlagsBits.MentionEveryone |
      PermissionFlagsBits.SendTTSMessages |
      PermissionFlagsBits.AttachFiles |
      PermissionFlagsBits.EmbedLinks
    )
  );
}

/** Threads have a permission of their own for sending. */
export function sendPermission(channel: Channel): bigint {
  return isThread(channel) ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
}

/** A user's permissions in a channel; in a DM everything that DMs have. */
export function permissionsOf(world: World, channel: Channel, userId: string): bigint {
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  if (!guild) return DM_PERMISSIONS;
  const holder = (channel.thread && channel.parentId && world.channels.get(channel.parentId)) || channel;
  const bits = permissionsInChannel(guild, channel, holder, userId);
  const timedOutUntil = guild.members.get(userId)?.timedOutUntil ?? 0;
  return timedOutUntil > world.now() ? whileTimedOut(bits) : bits;
}

export function botPermissionsIn(world: World, channel: Channel): bigint {
  return permissionsOf(world, channel, world.bot.id);
}

// What people and bots have in DMs.
const DM_PERMISSIONS = toBits([
  'AddReactions',
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'MentionEveryone',
  'UseExternalEmojis',
  'UseApplicationCommands',
  'SendPolls',
]);
