import * as guilds from '../changes/guilds.ts';
import type { PermissionSet } from '../permissions/permission-bits.ts';
import type { GuildCommandPermission } from '../world/guild.ts';
import type { World } from '../world/world.ts';
import { knownGuild, memberOf, roleOf, userOf } from './known.ts';

export type NamedRole = { id: string; name: string };
type UserTraits = { acceptsDms?: boolean; hasInstalledApp?: boolean; locale?: string };
type MemberInput = {
  name: string;
  /** An existing user's id; a new one where absent. */
  user?: string;
  roles?: readonly string[];
  /** Given by a role of their own. */
  permissions?: PermissionSet;
};

/** Servers, the people in them, and the bot's coming and going. */
export type DriverServers = {
  createUser(name: string, traits?: UserTraits): NamedRole;
  setUser(user: string, traits: UserTraits): void;
  /** A server and its owner. The role @everyone has the server's id. */
  createServer(input: { name: string; owner?: string }): NamedRole & { ownerId: string };
  renameServer(server: string, name: string): void;
  /** The channels that the server names for Discord's words; the first text channel of a server is its system channel. */
  setOwnRooms(server: string, rooms: Partial<guilds.OwnRooms>): void;
  /** AutoMod: messages with one of these words are refused with 200000. */
  forbidWords(server: string, words: readonly string[]): void;
  /** `mentionable`: by everybody; otherwise a mention takes Mention Everyone. */
  createRole(
    server: string,
    input: { name: string; permissions?: PermissionSet; mentionable?: boolean },
  ): NamedRole;
  setRolePermissions(server: string, role: string, permissions: PermissionSet): void;
  setMentionable(server: string, role: string, mentionable: boolean): void;
  deleteRole(server: string, role: string): void;
  addMember(server: string, input: MemberInput): NamedRole;
  removeMember(server: string, user: string): void;
  setMemberRoles(server: string, user: string, roles: readonly string[]): void;
  /** Times a member out until then, UTC ms, the bot too; null ends it. */
  timeOut(server: string, user: string, until: number | null): void;
  /** Sets on the Integrations page who may use a command; null: all of the bot's. An empty list takes it back. */
  setCommandPermissions(
    server: string,
    command: string | null,
    permissions: readonly GuildCommandPermission[],
  ): void;
  /** Adds the bot with a role that has these permissions, as one that was invited a year ago unless told (UTC ms); returns the role's id. */
  inviteBot(server: string, permissions: PermissionSet, joinedAt?: number): string;
  kickBot(server: string): void;
  /** An outage of this server alone. */
  setServerAvailable(server: string, available: boolean): void;
};

const YEAR = 365 * 86_400_000;

/** The driver's part for servers. */
export function createDriverServers(world: World): DriverServers {
  const guild = (id: string) => knownGuild(world, id);
  const changeRole = (server: string, role: string, change: guilds.RoleChange) =>
    guilds.changeRole(world, guild(server), roleOf(guild(server), role), change);
  return {
    createUser: (name, traits) => ({ id: guilds.createUser(world, name, traits).id, name }),
    setUser: (user, traits) => {
      guilds.changeUser(world, userOf(world, user), traits);
    },
    createServer: ({ name, owner }) => {
      const founder = owner ? userOf(world, owner) : guilds.createUser(world, `owner of ${name}`);
      return { id: guilds.createGuild(world, name, founder).id, name, ownerId: founder.id };
    },
    renameServer: (server, name) => guilds.renameGuild(world, guild(server), name),
    setOwnRooms: (server, rooms) => guilds.setOwnRooms(world, guild(server), rooms),
    forbidWords: (server, words) => {
      guild(server).forbiddenWords = [...words];
    },
    createRole: (server, { name, permissions, mentionable }) => {
      const role = guilds.createRole(world, guild(server), name, permissions ?? 0n, mentionable);
      return { id: role.id, name };
    },
    setRolePermissions: (server, role, permissions) => changeRole(server, role, { permissions }),
    setMentionable: (server, role, mentionable) => changeRole(server, role, { mentionable }),
    deleteRole: (server, role) => guilds.deleteRole(world, guild(server), roleOf(guild(server), role)),
    addMember: (server, input) => addMember(world, server, input),
    removeMember: (server, user) => {
      guilds.leaveGuild(world, guild(server), user);
    },
    setMemberRoles: (server, user, roles) =>
      guilds.changeMember(world, guild(server), memberOf(guild(server), user), { roleIds: [...roles] }),
    timeOut: (server, user, timedOutUntil) =>
      guilds.changeMember(world, guild(server), memberOf(guild(server), user), { timedOutUntil }),
    setCommandPermissions: (server, command, permissions) =>
      guilds.setCommandPermissions(world, guild(server), command ?? world.applicationId, permissions),
    inviteBot: (server, permissions, joinedAt = world.now() - YEAR) =>
      guilds.inviteBot(world, guild(server), permissions, joinedAt).id,
    kickBot: (server) => guilds.kickBot(world, guild(server)),
    setServerAvailable: (server, available) => guilds.setAvailable(world, guild(server), available),
  };
}

function addMember(world: World, server: string, input: MemberInput): NamedRole {
  const guild = knownGuild(world, server);
  const user = input.user ? userOf(world, input.user) : guilds.createUser(world, input.name);
  const roles = [...(input.roles ?? [])];
  if (input.permissions !== undefined)
    roles.push(guilds.createRole(world, guild, input.name, input.permissions).id);
  guilds.joinGuild(world, guild, user, roles);
  return { id: user.id, name: user.username };
}
