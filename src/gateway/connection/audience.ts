import type { Guild, GuildBasedChannel, Role } from 'discord.js';
import { ChannelType, OverwriteType } from 'discord-api-types/v10';
import type { Audience, LastKnown, Seer, ShownTo } from '#src/pipeline/postman.ts';
import type { MemberRights } from './member-permissions.ts';
import { BITS, isAdministrator, isModerator, maySee } from './permissions.ts';

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
    const isMember = overwrite.type === OverwriteType.Member && namesPeople(overwrite, guild);
    if (isMember && maySee(overwrite.allow.bitfield)) seers.push({ id: overwrite.id, manages: false });
  }
  return seers;
}

/** Whom the channel's settings show it to, or hide it from; a thread's are its parent's. */
export function namedIn(channel: GuildBasedChannel): ShownTo {
  const holder = channel.isThread() ? channel.parent : channel;
  const view = BITS.viewChannel;
  const named = [...(holder?.permissionOverwrites.cache.values() ?? [])].filter(
    (overwrite) =>
      namesPeople(overwrite, channel.guild) && (overwrite.allow.bitfield | overwrite.deny.bitfield) & view,
  );
  return Object.fromEntries(named.map(({ id, allow }) => [id, (allow.bitfield & view) !== 0n]));
}

/** Whether somebody could see a channel that is no more, by the roles they have now; administrators could anyway. */
export function couldSee(
  { audience, named = {} }: LastKnown,
  member: Pick<MemberRights, 'userId' | 'roleIds'>,
): boolean {
  const { userId, roleIds } = member;
  const own = named[userId];
  if (own !== undefined) return own;
  const byRoles = roleIds.flatMap((id) => named[id] ?? []);
  if (byRoles.length > 0) return byRoles.includes(true);
  return audience === 'everybody' || audience.some(({ id }) => id === userId || roleIds.includes(id));
}

function overwritten(held: bigint, by: Overwrite | undefined): bigint {
  return by ? (held & ~by.deny.bitfield) | by.allow.bitfield : held;
}

/** Not this bot, and no role that `isOfPeople` leaves out. */
function namesPeople({ type, id }: Pick<Overwrite, 'type' | 'id'>, guild: Guild): boolean {
  if (type === OverwriteType.Member) return id !== guild.client.user.id;
  const role = guild.roles.cache.get(id);
  return role !== undefined && isOfPeople(role, guild);
}

/** Not @everyone, not the role that a bot brought with it, and not administrators, who see all. */
function isOfPeople(role: Role, guild: Guild): boolean {
  const isBots =
    role.managed && (role.tags?.botId !== undefined || guild.members.me?.roles.cache.has(role.id));
  return role.id !== guild.id && !isBots && !isAdministrator(role.permissions.bitfield);
}
