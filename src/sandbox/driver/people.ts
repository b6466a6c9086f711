import { ApplicationCommandType, PermissionFlagsBits } from 'discord-api-types/v10';
import { mayUseCommand } from '../permissions/command-permissions.ts';
import { may, permissionsOf } from '../permissions/permissions.ts';
import { contextOf } from '../view/interaction-view.ts';
import type { Channel } from '../world/channel.ts';
import { type RegisteredCommand, typeOf } from '../world/command.ts';
import type { Message } from '../world/message.ts';
import type { User } from '../world/user.ts';
import type { World } from '../world/world.ts';
import { botIsIn } from '../world/world.ts';
import { knownChannel } from './known.ts';

/** The channel of an id, as a person sees it; throws when it is hidden from them. */
export function channelSeenBy(world: World, userId: string, channelId: string): Channel {
  const channel = knownChannel(world, channelId);
  const isIn = channel.guildId
    ? may(permissionsOf(world, channel, userId), PermissionFlagsBits.ViewChannel)
    : channel.recipientIds.includes(userId);
  if (!isIn) throw new Error(`The user ${userId} cannot see the channel ${channelId}.`);
  return channel;
}

/** Whether the person sees the message: ephemerals are for their asker. */
export function isSeenBy(message: Message, userId: string): boolean {
  return message.onlyFor === null || message.onlyFor === userId;
}

/** The message that this person points at; throws when they do not see it. */
export function messageSeenBy(world: World, at: { user: string; channel: string; message: string }): Message {
  const message = channelSeenBy(world, at.user, at.channel).messages.get(at.message);
  if (message && isSeenBy(message, at.user)) return message;
  throw new Error(`The user ${at.user} sees no message ${at.message} there.`);
}

/**
 * The command that a client offers this person under that name here; guild commands go before global ones.
 * Throws when there is none, or when it is not for them or not for this place.
 */
export function commandFor(world: World, user: User, channel: Channel, name: string): RegisteredCommand {
  const named = [...world.commands.values()].filter(
    (one) => one.body.name === name && typeOf(one.body) === ApplicationCommandType.ChatInput,
  );
  const fitting = named.filter((one) => one.guildId === null || one.guildId === channel.guildId);
  const command = fitting.find((one) => one.guildId !== null) ?? fitting[0];
  if (!command) throw new Error(`No command "${name}" is registered here.`);
  refusePlace(world, user, channel, command);
  refusePerson(world, user, channel, command);
  return command;
}

function refusePlace(world: World, user: User, channel: Channel, { body }: RegisteredCommand): void {
  const contexts = Array.isArray(body.contexts) ? body.contexts : [0, 1, 2];
  const context = contextOf(world, channel);
  if (!contexts.includes(context))
    throw new Error(`The command "${String(body.name)}" is not offered in this kind of channel.`);
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  const installs = Array.isArray(body.integration_types) ? body.integration_types : [0];
  const byServer = installs.includes(0) && (guild ? botIsIn(world, guild) : context === 1);
  const byUser = installs.includes(1) && user.hasInstalledApp;
  if (!byServer && !byUser)
    throw new Error(
      `The app is installed neither here nor for this user in a way that offers "${String(body.name)}".`,
    );
}

function refusePerson(world: World, user: User, channel: Channel, command: RegisteredCommand): void {
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  if (!guild || mayUseCommand(world, guild, channel, user, command)) return;
  throw new Error(`The member may not use the command "${String(command.body.name)}".`);
}
