import { type PermissionSet, toBits } from '../permission-bits.ts';
import { createChannel, deleteChannel, dmChannel, setOverwrite, tellChannel } from '../state/channels.ts';
import {
  createGuild,
  createRole,
  createUser,
  deleteRole,
  inviteBot,
  joinGuild,
  kickBot,
  renameGuild,
  setAvailable,
  setMemberRoles,
  setRolePermissions,
} from '../state/guilds.ts';
import { addMessage } from '../state/messages.ts';
import { createThread, setThread } from '../state/threads.ts';
import { type Channel, ChannelType, type Guild, type Json, type Role, type User } from '../state/words.ts';
import type { World } from '../state/world.ts';
import { channelSeenBy, userOf } from './people.ts';
import { type SeenMessage, seen } from './seen-message.ts';

export type OverwriteInput = {
  id: string;
  kind?: 'role' | 'member';
  allow?: PermissionSet;
  deny?: PermissionSet;
};
export type ChannelInput = {
  name: string;
  type?: 'text' | 'announcement' | 'forum' | 'category' | 'voice';
  parent?: string;
  topic?: string;
  overwrites?: readonly OverwriteInput[];
  /** Names of a forum's tags. */
  tags?: readonly string[];
  requiresTag?: boolean;
};
export type ThreadInput = {
  name: string;
  user: string;
  message?: string;
  tags?: readonly string[];
  content?: string;
};
export type Named = { id: string; name: string };

/** Everything that people do to a Discord apart from talking to the bot. Ids go in and out; unknown ones throw. */
export type Building = {
  createUser(
    name: string,
    more?: { acceptsDms?: boolean; hasInstalledApp?: boolean; locale?: string },
  ): Named;
  setUser(user: string, change: { acceptsDms?: boolean; hasInstalledApp?: boolean; locale?: string }): void;
  /** A server and its owner. The role `everyone` has the server's id. */
  createServer(input: { name: string; owner?: string }): Named & { ownerId: string };
  renameServer(server: string, name: string): void;
  /** AutoMod: messages with one of these words are refused with 200000. */
  forbidWords(server: string, words: readonly string[]): void;
  createRole(server: string, input: { name: string; permissions?: PermissionSet }): Named;
  setRolePermissions(server: string, role: string, permissions: PermissionSet): void;
  deleteRole(server: string, role: string): void;
  /** A member; `permissions` are given by a role of their own. */
  addMember(
    server: string,
    input: { name: string; user?: string; roles?: readonly string[]; permissions?: PermissionSet },
  ): Named;
  removeMember(server: string, user: string): void;
  setMemberRoles(server: string, user: string, roles: readonly string[]): void;
  /** Adds the bot with a role that has these permissions; returns the role's id. */
  inviteBot(server: string, permissions: PermissionSet): string;
  kickBot(server: string): void;
  setServerAvailable(server: string, available: boolean): void;
  createChannel(server: string, input: ChannelInput): Named & { tags: Named[] };
  setOverwrite(channel: string, overwrite: OverwriteInput): void;
  renameChannel(channel: string, name: string): void;
  deleteChannel(channel: string): void;
  /** A thread, or a forum post, made by a member. */
  createThread(channel: string, input: ThreadInput): Named;
  setThread(thread: string, change: { archived?: boolean; locked?: boolean }): void;
  /** A member writes. */
  write(input: { user: string; channel: string; content: string; body?: Json }): SeenMessage;
  /** The DM channel of a user and the bot. */
  openDm(user: string): string;
};

const TYPES = {
  text: ChannelType.text,
  announcement: ChannelType.announcement,
  forum: ChannelType.forum,
  category: ChannelType.category,
  voice: ChannelType.voice,
} as const;

/** The building part of the driver. */
export function createBuilding(world: World): Building {
  const addMember: Building['addMember'] = (server, input) => {
    const guild = guildOf(world, server);
    const user = input.user ? userOf(world, input.user) : createUser(world, input.name);
    const own =
      input.permissions === undefined ? [] : [createRole(world, guild, input.name, input.permissions).id];
    joinGuild(world, guild, user, [...(input.roles ?? []), ...own]);
    return named(user);
  };

  const startThread: Building['createThread'] = (id, input) => {
    const parent = channelSeenBy(world, input.user, id);
    const guild = guildOf(world, parent.guildId ?? '');
    const from = input.message ? parent.messages.get(input.message) : undefined;
    const wanted = { name: input.name, ownerId: input.user, appliedTags: [...(input.tags ?? [])] };
    const thread = createThread(world, guild, parent, wanted, from);
    if (input.content) addMessage(world, thread, { authorId: input.user, body: { content: input.content } });
    return { id: thread.id, name: thread.name };
  };

  return {
    createUser: (name, more) => named(createUser(world, name, more)),
    setUser: (user, change) => {
      Object.assign(userOf(world, user), change);
    },
    createServer: ({ name, owner }) => {
      const guild = createGuild(
        world,
        name,
        owner ? userOf(world, owner) : createUser(world, `owner of ${name}`),
      );
      return { id: guild.id, name, ownerId: guild.ownerId };
    },
    renameServer: (server, name) => renameGuild(world, guildOf(world, server), name),
    forbidWords: (server, words) => {
      guildOf(world, server).forbiddenWords = [...words];
    },
    createRole: (server, { name, permissions }) => {
      const role = createRole(world, guildOf(world, server), name, permissions ?? 0n);
      return { id: role.id, name };
    },
    setRolePermissions: (server, role, permissions) => {
      const guild = guildOf(world, server);
      setRolePermissions(world, guild, roleOf(guild, role), permissions);
    },
    deleteRole: (server, role) => {
      const guild = guildOf(world, server);
      deleteRole(world, guild, roleOf(guild, role));
    },
    addMember,
    removeMember: (server, user) => {
      guildOf(world, server).members.delete(user);
    },
    setMemberRoles: (server, user, roles) => {
      const guild = guildOf(world, server);
      const member = guild.members.get(user);
      if (!member) throw new Error(`The user ${user} is no member of ${server}.`);
      setMemberRoles(world, guild, member, [...roles]);
    },
    inviteBot: (server, permissions) => inviteBot(world, guildOf(world, server), permissions).id,
    kickBot: (server) => kickBot(world, guildOf(world, server)),
    setServerAvailable: (server, available) => setAvailable(world, guildOf(world, server), available),
    createChannel: (server, input) => {
      const guild = guildOf(world, server);
      const tags = (input.tags ?? []).map((name) => ({ id: world.nextId(), name, moderated: false }));
      const channel = createChannel(world, guild, {
        name: input.name,
        type: TYPES[input.type ?? 'text'],
        parentId: input.parent ?? null,
        topic: input.topic ?? null,
        tags,
        requiresTag: input.requiresTag ?? false,
        overwrites: (input.overwrites ?? []).map((one) => overwriteOf(guild, one)),
      });
      return { id: channel.id, name: channel.name, tags };
    },
    setOverwrite: (id, overwrite) => {
      const channel = channelOf(world, id);
      setOverwrite(world, channel, overwriteOf(guildOf(world, channel.guildId ?? ''), overwrite));
    },
    renameChannel: (id, name) => {
      const channel = channelOf(world, id);
      channel.name = name;
      tellChannel(world, channel, channel.thread ? 'THREAD_UPDATE' : 'CHANNEL_UPDATE');
    },
    deleteChannel: (id) => deleteChannel(world, channelOf(world, id)),
    createThread: startThread,
    setThread: (id, change) => setThread(world, channelOf(world, id), change),
    write: ({ user, channel, content, body }) => {
      const place = channelSeenBy(world, user, channel);
      return seen(world, addMessage(world, place, { authorId: user, body: { ...body, content } }));
    },
    openDm: (user) => dmChannel(world, world.bot.id, userOf(world, user).id).id,
  };
}

function named(user: User): Named {
  return { id: user.id, name: user.username };
}

function guildOf(world: World, id: string): Guild {
  const guild = world.guilds.get(id);
  if (!guild) throw new Error(`There is no server ${id} in the sandbox.`);
  return guild;
}

function channelOf(world: World, id: string): Channel {
  const channel = world.channels.get(id);
  if (!channel) throw new Error(`There is no channel ${id} in the sandbox.`);
  return channel;
}

function roleOf(guild: Guild, id: string): Role {
  const role = guild.roles.get(id);
  if (!role) throw new Error(`There is no role ${id} in the server ${guild.name}.`);
  return role;
}

function overwriteOf(guild: Guild, { id, kind, allow, deny }: OverwriteInput) {
  const isRole = kind ? kind === 'role' : guild.roles.has(id);
  return {
    id,
    type: isRole ? (0 as const) : (1 as const),
    allow: toBits(allow ?? 0n),
    deny: toBits(deny ?? 0n),
  };
}
