import { ChannelType } from 'discord-api-types/v10';
import { botPermissionsIn } from '../permissions/permissions.ts';
import { channelView } from '../view/channel-view.ts';
import type { Channel, Overwrite } from '../world/channel.ts';
import type { Guild } from '../world/guild.ts';
import { tellPeople } from '../world/heard.ts';
import { createMessageLog } from '../world/message-log.ts';
import { compareIds } from '../world/snowflakes.ts';
import type { World } from '../world/world.ts';
import { setOwnRooms, tellGuild } from './guilds.ts';

type NewChannel = Partial<Pick<Channel, 'type' | 'parentId' | 'topic' | 'tags' | 'requiresTag'>> & {
  name: string;
  overwrites?: readonly Overwrite[];
};

/** A channel of a guild, announced to the bot. */
export function createChannel(world: World, guild: Guild, wanted: NewChannel): Channel {
  const channel: Channel = {
    ...blankChannel(world.nextId(), wanted.type ?? ChannelType.GuildText, guild.id),
    name: wanted.name,
    parentId: wanted.parentId ?? null,
    topic: wanted.topic ?? null,
    position: guild.channelIds.size,
    overwrites: new Map((wanted.overwrites ?? []).map((one) => [one.id, one])),
    tags: wanted.tags ?? [],
    requiresTag: wanted.requiresTag ?? false,
  };
  // As in a server that Discord has just made.
  if (guild.channelIds.size === 0 && channel.type === ChannelType.GuildText)
    guild.systemChannelId = channel.id;
  world.channels.set(channel.id, channel);
  guild.channelIds.add(channel.id);
  tellChannel(world, channel, 'CHANNEL_CREATE');
  return channel;
}

/** A channel with nothing in it. */
export function blankChannel(id: string, type: number, guildId: string | null): Channel {
  return {
    id,
    type,
    guildId,
    name: '',
    parentId: null,
    topic: null,
    position: 0,
    overwrites: new Map(),
    tags: [],
    requiresTag: false,
    thread: null,
    recipientIds: [],
    messages: createMessageLog(),
  };
}

/** The DM channel of two users; made when there is none. */
export function dmChannel(world: World, one: string, other: string): Channel {
  const key = [one, other].sort(compareIds).join(' ');
  const known = world.dms.get(key);
  if (known) return known;
  const channel = { ...blankChannel(world.nextId(), ChannelType.DM, null), recipientIds: [one, other] };
  world.dms.set(key, channel);
  world.channels.set(channel.id, channel);
  tellPeople(world, { kind: 'place', guildId: null });
  return channel;
}

/** Sets or clears (both 0) one overwrite of a channel. */
export function setOverwrite(world: World, channel: Channel, overwrite: Overwrite): void {
  if (overwrite.allow === 0n && overwrite.deny === 0n) channel.overwrites.delete(overwrite.id);
  else channel.overwrites.set(overwrite.id, overwrite);
  tellChannel(world, channel, 'CHANNEL_UPDATE');
}

export function renameChannel(world: World, channel: Channel, name: string): void {
  channel.name = name;
  tellChannel(world, channel, 'CHANNEL_UPDATE');
}

/** A forum wants tags or does not, a text channel becomes one for announcements or the other way round. */
export function changeChannel(
  world: World,
  channel: Channel,
  change: Partial<Pick<Channel, 'type' | 'requiresTag'>>,
): void {
  Object.assign(channel, change);
  tellChannel(world, channel, 'CHANNEL_UPDATE');
}

/** Removes a channel, and with it its threads; what stood in a category stays. */
export function deleteChannel(world: World, channel: Channel): void {
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  world.channels.delete(channel.id);
  if (!guild) return;
  tellGuild(
    world,
    guild,
    channel.thread ? 'THREAD_DELETE' : 'CHANNEL_DELETE',
    channelView(channel, world.users, world.bot.id),
  );
  guild.channelIds.delete(channel.id);
  closeOwnRoom(world, guild, channel.id);
  openCategory(world, guild, channel.id);
  guild.threadIds.delete(channel.id);
  for (const id of [...guild.threadIds]) {
    if (world.channels.get(id)?.parentId !== channel.id) continue;
    world.channels.delete(id);
    guild.threadIds.delete(id);
  }
}

function openCategory(world: World, guild: Guild, id: string): void {
  for (const one of guild.channelIds) {
    const channel = world.channels.get(one);
    if (channel?.parentId !== id) continue;
    channel.parentId = null;
    tellChannel(world, channel, 'CHANNEL_UPDATE');
  }
}

function closeOwnRoom(world: World, guild: Guild, id: string): void {
  if (guild.systemChannelId === id) setOwnRooms(world, guild, { systemChannelId: null });
  if (guild.publicUpdatesChannelId === id) setOwnRooms(world, guild, { publicUpdatesChannelId: null });
}

/** Tells people and the bot of a channel or thread; not the bot of threads that it cannot see. */
export function tellChannel(
  world: World,
  channel: Channel,
  event: string,
  more: Record<string, unknown> = {},
): void {
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  if (!guild) return;
  const isHidden = channel.thread !== null && botPermissionsIn(world, channel) === 0n;
  if (isHidden) tellPeople(world, { kind: 'place', guildId: guild.id });
  else tellGuild(world, guild, event, { ...channelView(channel, world.users, world.bot.id), ...more });
}
