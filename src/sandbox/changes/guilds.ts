import { type PermissionSet, toBits, USUAL_PERMISSIONS } from '../permissions/permission-bits.ts';
import { commandPermissionsView } from '../view/command-view.ts';
import { guildCreateView, guildView, roleView } from '../view/guild-view.ts';
import { memberView } from '../view/user-view.ts';
import type { Guild, GuildCommandPermission, Member, Role } from '../world/guild.ts';
import { tellPeople } from '../world/heard.ts';
import type { User } from '../world/user.ts';
import { botIsIn, type World } from '../world/world.ts';

/** A server with its @everyone role and its owner as the only member. The bot is not in it yet. */
export function createGuild(world: World, name: string, owner: User): Guild {
  const id = world.nextId();
  const everyone: Role = {
    id,
    name: '@everyone',
    permissions: USUAL_PERMISSIONS,
    position: 0,
    managed: false,
    mentionable: false,
  };
  const guild: Guild = {
    id,
    name,
    ownerId: owner.id,
    roles: new Map([[id, everyone]]),
    members: new Map(),
    channelIds: new Set(),
    threadIds: new Set(),
    forbiddenWords: [],
    systemChannelId: null,
    publicUpdatesChannelId: null,
    locale: 'en-US',
    unavailable: false,
    commandPermissions: new Map(),
  };
  world.guilds.set(id, guild);
  joinGuild(world, guild, owner);
  return guild;
}

/** A person nobody has met yet. */
export function createUser(world: World, name: string, more: Partial<User> = {}): User {
  const user: User = {
    id: world.nextId(),
    username: name,
    displayName: name,
    bot: false,
    acceptsDms: true,
    hasInstalledApp: false,
    locale: 'en-US',
    ...more,
  };
  world.users.set(user.id, user);
  return user;
}

/** Tells the people, and the bot when it is in the guild. */
export function tellGuild(world: World, guild: Guild, event: string, payload: Record<string, unknown>): void {
  if (botIsIn(world, guild)) world.dispatch({ event, guildId: guild.id, payload });
  tellPeople(world, { kind: 'place', guildId: guild.id });
}

/** A role; its id is new. */
export function createRole(
  world: World,
  guild: Guild,
  name: string,
  permissions: PermissionSet,
  mentionable = false,
): Role {
  const role: Role = {
    id: world.nextId(),
    name,
    permissions: toBits(permissions),
    position: guild.roles.size,
    managed: false,
    mentionable,
  };
  guild.roles.set(role.id, role);
  tellGuild(world, guild, 'GUILD_ROLE_CREATE', { guild_id: guild.id, role: roleView(role) });
  return role;
}

export type RoleChange = { permissions?: PermissionSet; mentionable?: boolean };

export function changeRole(world: World, guild: Guild, role: Role, change: RoleChange): void {
  if (change.permissions !== undefined) role.permissions = toBits(change.permissions);
  role.mentionable = change.mentionable ?? role.mentionable;
  tellGuild(world, guild, 'GUILD_ROLE_UPDATE', { guild_id: guild.id, role: roleView(role) });
}

export function deleteRole(world: World, guild: Guild, role: Role): void {
  guild.roles.delete(role.id);
  for (const member of guild.members.values()) member.roleIds = member.roleIds.filter((id) => id !== role.id);
  tellGuild(world, guild, 'GUILD_ROLE_DELETE', { guild_id: guild.id, role_id: role.id });
}

/** Joining tells the bot nothing: that takes the members intent. */
export function joinGuild(
  world: World,
  guild: Guild,
  user: User,
  roleIds: string[] = [],
  joinedAt = world.now(),
): Member {
  const member: Member = { userId: user.id, roleIds, joinedAt, timedOutUntil: null };
  guild.members.set(user.id, member);
  tellPeople(world, { kind: 'place', guildId: guild.id });
  return member;
}

/** Leaving too takes the members intent to be heard of. */
export function leaveGuild(world: World, guild: Guild, userId: string): void {
  guild.members.delete(userId);
  tellPeople(world, { kind: 'place', guildId: guild.id });
}

/** What somebody set for themselves; bots are not told. */
export function changeUser(world: World, user: User, change: Partial<User>): void {
  Object.assign(user, change);
  tellPeople(world, { kind: 'place', guildId: null });
}

/** Changes a member's roles or time-out. The bot hears of its own only: others take the members intent. */
export function changeMember(
  world: World,
  guild: Guild,
  member: Member,
  change: Partial<Pick<Member, 'roleIds' | 'timedOutUntil'>>,
): void {
  Object.assign(member, change);
  if (member.userId === world.bot.id)
    tellGuild(world, guild, 'GUILD_MEMBER_UPDATE', { guild_id: guild.id, ...memberView(member, world.bot) });
  else tellPeople(world, { kind: 'place', guildId: guild.id });
}

/** Adds the bot with a role of its own, as an invite link with these permissions does. */
export function inviteBot(world: World, guild: Guild, permissions: PermissionSet, joinedAt: number): Role {
  const role: Role = {
    id: world.nextId(),
    name: world.bot.username,
    permissions: toBits(permissions),
    position: guild.roles.size,
    managed: true,
    mentionable: false,
  };
  guild.roles.set(role.id, role);
  joinGuild(world, guild, world.bot, [role.id], joinedAt);
  tellGuild(world, guild, 'GUILD_CREATE', guildCreateView(world, guild));
  return role;
}

/** Removes the bot and its role: GUILD_DELETE without `unavailable`. */
export function kickBot(world: World, guild: Guild): void {
  const member = guild.members.get(world.bot.id);
  if (!member) return;
  guild.members.delete(world.bot.id);
  guild.commandPermissions.clear();
  for (const id of member.roleIds) if (guild.roles.get(id)?.managed) guild.roles.delete(id);
  world.dispatch({ event: 'GUILD_DELETE', guildId: guild.id, payload: { id: guild.id } });
  tellPeople(world, { kind: 'place', guildId: guild.id });
}

/** An outage of one guild: GUILD_DELETE with `unavailable`, and GUILD_CREATE when it is back. */
export function setAvailable(world: World, guild: Guild, available: boolean): void {
  guild.unavailable = !available;
  if (available) tellGuild(world, guild, 'GUILD_CREATE', guildCreateView(world, guild));
  else tellGuild(world, guild, 'GUILD_DELETE', { id: guild.id, unavailable: true });
}

export type OwnRooms = Pick<Guild, 'systemChannelId' | 'publicUpdatesChannelId'>;

export function setOwnRooms(world: World, guild: Guild, rooms: Partial<OwnRooms>): void {
  Object.assign(guild, rooms);
  tellGuild(world, guild, 'GUILD_UPDATE', guildView(guild));
}

/** What somebody sets on the Integrations page for one command, or under the application's id for all; none: as it was at first. */
export function setCommandPermissions(
  world: World,
  guild: Guild,
  id: string,
  permissions: readonly GuildCommandPermission[],
): void {
  if (permissions.length > 0) guild.commandPermissions.set(id, permissions);
  else guild.commandPermissions.delete(id);
  const payload = commandPermissionsView(world, guild, id);
  tellGuild(world, guild, 'APPLICATION_COMMAND_PERMISSIONS_UPDATE', payload);
}

export function renameGuild(world: World, guild: Guild, name: string): void {
  guild.name = name;
  tellGuild(world, guild, 'GUILD_UPDATE', guildView(guild));
}
