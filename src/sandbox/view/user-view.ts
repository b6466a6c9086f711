import { permissionsInGuild } from '../permissions/permissions.ts';
import type { Guild, Member } from '../world/guild.ts';
import type { Json } from '../world/json.ts';
import type { User } from '../world/user.ts';

/** https://discord.com/developers/docs/resources/user#user-object */
export function userView(user: User): Json {
  return {
    id: user.id,
    username: user.username,
    global_name: user.displayName,
    discriminator: '0',
    avatar: null,
    bot: user.bot,
    public_flags: 0,
  };
}

/** https://discord.com/developers/docs/resources/guild#guild-member-object */
export function memberView(member: Member, user: User): Json {
  return {
    user: userView(user),
    nick: null,
    avatar: null,
    roles: member.roleIds,
    joined_at: new Date(member.joinedAt).toISOString(),
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until:
      member.timedOutUntil === null ? null : new Date(member.timedOutUntil).toISOString(),
  };
}

/** https://discord.com/developers/docs/resources/user#get-current-user-guilds */
export function ownGuildView(guild: Guild, userId: string): Json {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    owner: guild.ownerId === userId,
    permissions: permissionsInGuild(guild, userId).toString(),
    features: [],
  };
}
