import { ChannelType, type Guild, type GuildBasedChannel, OverwriteType, type Role } from 'discord.js';
import type { Audience, Seer } from '#src/pipeline/postman.ts';
import { isAdministrator, isModerator, maySee } from './permissions.ts';

type Overwrite = { type: OverwriteType; id: string; allow: { bitfield: bigint }; deny: { bitfield: bigint } };

/** Who can see a channel, by Discord's algorithm (topics/permissions.mdx); a thread by its parent, a private one nobody. */
export function audienceOf(channel: GuildBasedChannel): Audience {
  const holder = channel.isThread() ? channel.parent : channel;
  if (!holder || channel.type === ChannelType.PrivateThread) return [];
  const { guild } = channel;
  const overwrites = holder.permissionOverwrites.cache;
  const everyone = guild.roles.everyone.permissions.bitfield;
  const seenBy = (held: bigint, ...by: (Overwrite | undefined)[]) => maySee(by.reduce(overwritten, held));
  const common = overwrites.get(guild.id);
  if (seenBy(everyone, common)) return 'everybody';
  const roles = guild.roles.cache.filter((role) => isOfPeople(role, guild));
  const seers: Seer[] = [];
  for (const { id, permissions } of roles.values()) {
    const held = permissions.bitfield | everyone;
    if (seenBy(held, common, overwrites.get(id))) seers.push({ id, manages: isModerator(held) });
  }
  for (const overwrite of overwrites.values()) {
    const isMember = overwrite.type === OverwriteType.Member && overwrite.id !== guild.client.user.id;
    if (isMember && maySee(overwrite.allow.bitfield)) seers.push({ id: overwrite.id, manages: false });
  }
  return seers;
}

function overwritten(held: bigint, by: Overwrite | undefined): bigint {
  return by ? (held & ~by.deny.bitfield) | by.allow.bitfield : held;
}

/** Not @everyone, not the role that a bot brought with it, and not administrators, who see all. */
function isOfPeople(role: Role, guild: Guild): boolean {
  const isBots =
    role.managed && (role.tags?.botId !== undefined || guild.members.me?.roles.cache.has(role.id));
  return role.id !== guild.id && !isBots && !isAdministrator(role.permissions.bitfield);
}
