import { ChannelType, OverwriteType } from 'discord-api-types/v10';
import * as channels from '../changes/channels.ts';
import { addMessage } from '../changes/messages.ts';
import { createThread, setThread, type ThreadChange } from '../changes/threads.ts';
import { type PermissionSet, toBits } from '../permissions/permission-bits.ts';
import type { Overwrite } from '../world/channel.ts';
import type { Guild } from '../world/guild.ts';
import type { World } from '../world/world.ts';
import { knownChannel, knownGuild, userOf } from './known.ts';
import { channelSeenBy } from './people.ts';
import { type PinInput, pinAs } from './pinning.ts';
import { type SeenMessage, seen } from './seen-message.ts';
import type { NamedRole } from './servers.ts';
import { type VoteInput, voteIn } from './voting.ts';
import { type WriteInput, writeAs } from './writing.ts';

/** `kind` is needed only for members: an id that is a role of the server is one. */
type OverwriteInput = {
  id: string;
  kind?: 'role' | 'member';
  allow?: PermissionSet;
  deny?: PermissionSet;
};
type ChannelInput = {
  name: string;
  /** Default: text. */
  type?: keyof typeof TYPES;
  parent?: string;
  topic?: string;
  overwrites?: readonly OverwriteInput[];
  /** Names of a forum's tags. */
  tags?: readonly string[];
  requiresTag?: boolean;
};
type ThreadInput = {
  name: string;
  user: string;
  /** Starts the thread from this message. */
  message?: string;
  tags?: readonly string[];
  /** The first message. */
  content?: string;
};

/** Channels, threads and what people write there. */
export type DriverPlaces = {
  createChannel(server: string, input: ChannelInput): NamedRole & { tags: NamedRole[] };
  setOverwrite(channel: string, overwrite: OverwriteInput): void;
  renameChannel(channel: string, name: string): void;
  changeChannel(channel: string, change: Pick<ChannelInput, 'type' | 'requiresTag'>): void;
  deleteChannel(channel: string): void;
  /** A thread, or a forum post, made by a member. */
  createThread(channel: string, input: ThreadInput): NamedRole;
  setThread(thread: string, change: ThreadChange): void;
  /** A member writes. */
  write(input: WriteInput): SeenMessage;
  /** A member pins a message, or takes the pin away. */
  pin(input: PinInput): void;
  /** A member votes in a poll. */
  vote(input: VoteInput): void;
  /** The DM channel of a user and the bot. */
  openDm(user: string): string;
};

const TYPES = {
  text: ChannelType.GuildText,
  announcement: ChannelType.GuildAnnouncement,
  forum: ChannelType.GuildForum,
  category: ChannelType.GuildCategory,
  voice: ChannelType.GuildVoice,
} as const;

/** The driver's part for places. */
export function createPlaces(world: World): DriverPlaces {
  return {
    createChannel: (server, input) => createChannel(world, server, input),
    setOverwrite: (id, overwrite) => {
      const channel = knownChannel(world, id);
      const guild = knownGuild(world, channel.guildId ?? '');
      channels.setOverwrite(world, channel, overwriteOf(guild, overwrite));
    },
    renameChannel: (id, name) => {
      const channel = knownChannel(world, id);
      if (channel.thread) setThread(world, channel, { name });
      else channels.renameChannel(world, channel, name);
    },
    changeChannel: (id, { type, ...change }) =>
      channels.changeChannel(world, knownChannel(world, id), {
        ...change,
        ...(type === undefined ? {} : { type: TYPES[type] }),
      }),
    deleteChannel: (id) => channels.deleteChannel(world, knownChannel(world, id)),
    createThread: (id, input) => startThread(world, id, input),
    setThread: (id, change) => setThread(world, knownChannel(world, id), change),
    write: (input) => seen(world, writeAs(world, input), input.user),
    pin: (input) => pinAs(world, input),
    vote: (input) => voteIn(world, input),
    openDm: (user) => channels.dmChannel(world, world.bot.id, userOf(world, user).id).id,
  };
}

function createChannel(world: World, server: string, input: ChannelInput): NamedRole & { tags: NamedRole[] } {
  const guild = knownGuild(world, server);
  const tags = (input.tags ?? []).map((name) => ({ id: world.nextId(), name, moderated: false }));
  const channel = channels.createChannel(world, guild, {
    name: input.name,
    type: TYPES[input.type ?? 'text'],
    parentId: input.parent ?? null,
    topic: input.topic ?? null,
    tags,
    requiresTag: input.requiresTag ?? false,
    overwrites: (input.overwrites ?? []).map((one) => overwriteOf(guild, one)),
  });
  return { id: channel.id, name: channel.name, tags };
}

function startThread(world: World, id: string, input: ThreadInput): NamedRole {
  const parent = channelSeenBy(world, input.user, id);
  const guild = knownGuild(world, parent.guildId ?? '');
  const from = input.message ? parent.messages.get(input.message) : undefined;
  const wanted = { name: input.name, ownerId: input.user, appliedTags: [...(input.tags ?? [])] };
  const thread = createThread(world, guild, parent, wanted, from);
  if (input.content) addMessage(world, thread, { authorId: input.user, body: { content: input.content } });
  return { id: thread.id, name: thread.name };
}

function overwriteOf(guild: Guild, { id, kind, allow, deny }: OverwriteInput): Overwrite {
  const isRole = kind ? kind === 'role' : guild.roles.has(id);
  return {
    id,
    type: isRole ? OverwriteType.Role : OverwriteType.Member,
    allow: toBits(allow ?? 0n),
    deny: toBits(deny ?? 0n),
  };
}
