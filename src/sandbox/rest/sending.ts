import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { botPermissionsIn, may, sendPermission } from '../permissions/permissions.ts';
import { refusal } from '../rules/discord-error.ts';
import type { MessageDraft } from '../rules/message-rules.ts';
import { type Channel, takesMessages } from '../world/channel.ts';
import type { Guild } from '../world/guild.ts';
import { isObject } from '../world/json.ts';
import type { World } from '../world/world.ts';
import { botIsIn } from '../world/world.ts';
import { guildOf, need } from './access.ts';

/** Throws when the bot may not write this message into this channel now. */
export function refuseSending(world: World, channel: Channel, draft: MessageDraft): void {
  if (channel.type === ChannelType.GuildForum) throw refusal.sendToForum();
  if (!takesMessages(channel)) throw refusal.nonTextChannel();
  if (channel.type === ChannelType.DM) refuseDm(world, channel);
  else refuseInGuild(world, channel, draft);
}

function refuseInGuild(world: World, channel: Channel, draft: MessageDraft): void {
  need(world, channel, sendPermission(channel));
  refuseLocked(world, channel);
  refuseParts(world, channel, draft);
}

function refuseDm(world: World, channel: Channel): void {
  const other = world.users.get(channel.recipientIds.find((id) => id !== world.bot.id) ?? '');
  if (!other?.acceptsDms) throw refusal.cannotDm();
  const shares = [...world.guilds.values()].some(
    (guild) => botIsIn(world, guild) && guild.members.has(other.id),
  );
  if (!shares && !other.hasInstalledApp) throw refusal.noMutualGuild();
}

// Sending opens an archived thread again, unless it is locked. https://discord.com/developers/docs/topics/threads
function refuseLocked(world: World, channel: Channel): void {
  if (!channel.thread?.locked) return;
  if (!may(botPermissionsIn(world, channel), PermissionFlagsBits.ManageThreads)) throw refusal.threadLocked();
}

/** Embeds, files and answers have permissions of their own. */
export function refuseParts(world: World, channel: Channel, { body, files }: MessageDraft): void {
  if (Array.isArray(body.embeds) && body.embeds.length > 0)
    need(world, channel, PermissionFlagsBits.EmbedLinks);
  if (files.length > 0) need(world, channel, PermissionFlagsBits.AttachFiles);
  if (isObject(body.poll)) need(world, channel, PermissionFlagsBits.SendPolls);
  if (body.message_reference) need(world, channel, PermissionFlagsBits.ReadMessageHistory);
  if (body.tts === true) need(world, channel, PermissionFlagsBits.SendTTSMessages);
}

/** AutoMod reads everything that is shown; throws 200000. DMs have none. */
export function refuseWords(world: World, channel: Channel, body: unknown): void {
  if (channel.guildId === null) return;
  const guild: Guild = guildOf(world, channel);
  if (guild.forbiddenWords.length === 0) return;
  const text = JSON.stringify(body ?? {}).toLowerCase();
  if (guild.forbiddenWords.some((word) => text.includes(word.toLowerCase()))) throw refusal.autoMod();
}
