import {
  type APIApplicationCommand,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord-api-types/v10';
import { mayUseCommand } from '../permissions/command-permissions.ts';
import { commandView } from '../view/command-view.ts';
import { contextOf } from '../view/interaction-view.ts';
import type { Channel } from '../world/channel.ts';
import { type RegisteredCommand, typeOf } from '../world/command.ts';
import { isObject } from '../world/json.ts';
import type { User } from '../world/user.ts';
import { botIsIn, type World } from '../world/world.ts';

/** Slash commands, and those of the menus of messages and members. */
const SHOWN: readonly number[] = [
  ApplicationCommandType.ChatInput,
  ApplicationCommandType.User,
  ApplicationCommandType.Message,
];

/** The commands that a client offers this person here, by the names that it shows them. */
export function offeredCommands(world: World, user: User, channel: Channel): APIApplicationCommand[] {
  const offered = registeredFor(world, channel).filter(
    (one) => SHOWN.includes(typeOf(one.body)) && refusalOf(world, user, channel, one) === null,
  );
  const shown = (one: RegisteredCommand) => shownName(one, user.locale);
  const sorted = offered.sort((a, b) => shown(a).localeCompare(shown(b), user.locale));
  // commandView builds Discord's command object; test/sandbox reads it back with discord.js.
  return sorted.map((one) => commandView(world, one) as unknown as APIApplicationCommand);
}

/**
 * The command that a client offers this person under that name here; guild commands go before global ones.
 * Throws when there is none, or when it is not for them or not for this place.
 */
export function commandFor(
  world: World,
  user: User,
  channel: Channel,
  name: string,
  type: number,
): RegisteredCommand {
  const named = registeredFor(world, channel).filter(
    ({ body }) => body.name === name && typeOf(body) === type,
  );
  const [first, second] = [...named.filter(isOfGuild), ...named.filter((one) => !isOfGuild(one))];
  if (!first) throw new Error(`No command "${name}" is registered here.`);
  const refusal = refusalOf(world, user, channel, first);
  if (refusal === null) return first;
  if (second && refusalOf(world, user, channel, second) === null) return second;
  throw new Error(refusal);
}

function registeredFor(world: World, channel: Channel): RegisteredCommand[] {
  return [...world.commands.values()].filter((one) => !isOfGuild(one) || one.guildId === channel.guildId);
}

function isOfGuild({ guildId }: RegisteredCommand): boolean {
  return guildId !== null;
}

function shownName({ body }: RegisteredCommand, locale: string): string {
  const localized = isObject(body.name_localizations) ? body.name_localizations[locale] : null;
  return String(localized ?? body.name);
}

/** Why a client does not offer it, or null. */
function refusalOf(world: World, user: User, channel: Channel, command: RegisteredCommand): string | null {
  const { body } = command;
  const name = String(body.name);
  const guild = world.guilds.get(channel.guildId ?? '');
  const context = contextOf(world, channel);
  const contexts = Array.isArray(body.contexts) ? body.contexts : [0, 1, 2];
  if (!contexts.includes(context)) return `The command "${name}" is not offered in this kind of channel.`;
  const { GuildInstall, UserInstall } = ApplicationIntegrationType;
  const installs = Array.isArray(body.integration_types) ? body.integration_types : [GuildInstall];
  const isWithBot = guild ? botIsIn(world, guild) : context === InteractionContextType.BotDM;
  const isOfServer = installs.includes(GuildInstall) && isWithBot;
  const isOfUser = installs.includes(UserInstall) && user.hasInstalledApp;
  if (!isOfServer && !isOfUser)
    return `The app is installed neither here nor for this user in a way that offers "${name}".`;
  if (guild && !mayUseCommand(world, guild, channel, user, command))
    return `The member may not use the command "${name}".`;
  return null;
}
