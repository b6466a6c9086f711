import { PermissionFlagsBits, RESTJSONErrorCodes } from 'discord-api-types/v10';
import { botPermissionsIn, may } from '../permissions/permissions.ts';
import { DiscordError, refusal } from '../rules/discord-error.ts';
import type { Channel } from '../world/channel.ts';
import type { Guild } from '../world/guild.ts';
import type { Message } from '../world/message.ts';
import { isSnowflake } from '../world/snowflakes.ts';
import type { World } from '../world/world.ts';
import { botIsIn } from '../world/world.ts';

/** The channel, when the bot may see it. Throws 10003 when there is none, 50001 when it is hidden or elsewhere. */
export function channelFor(world: World, id: string): Channel {
  refuseNonsense('channel_id', id);
  const channel = world.channels.get(id);
  if (!channel) throw refusal.unknownChannel();
  if (!canSee(world, channel)) throw refusal.missingAccess();
  return channel;
}

function canSee(world: World, channel: Channel): boolean {
  if (channel.guildId === null) return channel.recipientIds.includes(world.bot.id);
  const guild = world.guilds.get(channel.guildId);
  return (
    guild !== undefined &&
    botIsIn(world, guild) &&
    may(botPermissionsIn(world, channel), PermissionFlagsBits.ViewChannel)
  );
}

/** The guild, when the bot is in it. Throws 10004. */
export function guildFor(world: World, id: string): Guild {
  refuseNonsense('guild_id', id);
  const guild = world.guilds.get(id);
  if (!guild || !botIsIn(world, guild)) throw refusal.unknownGuild();
  return guild;
}

/** The channel's guild; throws 50003 in a DM. */
export function guildOf(world: World, channel: Channel): Guild {
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  if (!guild) throw refusal.notOnDm();
  return guild;
}

/** Throws 50013 unless the bot has the permission in the channel. */
export function need(world: World, channel: Channel, permission: bigint): void {
  if (!may(botPermissionsIn(world, channel), permission)) throw refusal.missingPermissions();
}

/** The message that everybody in the channel sees; throws 10008. */
export function messageIn(channel: Channel, id: string): Message {
  refuseNonsense('message_id', id);
  const message = channel.messages.get(id);
  if (!message || message.onlyFor !== null) throw refusal.unknownMessage();
  return message;
}

function refuseNonsense(name: string, id: string): void {
  if (isSnowflake(id)) return;
  const fault = { code: 'NUMBER_TYPE_COERCE', message: `Value "${id}" is not snowflake.` };
  throw new DiscordError(400, RESTJSONErrorCodes.InvalidFormBodyOrContentType, 'Invalid Form Body', {
    errors: { [name]: { _errors: [fault] } },
  });
}
