import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  type LocalizationMap,
} from 'discord-api-types/v10';
import type { OfferedCommand, OfferedOption } from '../protocol.ts';
import { placeKinds } from './place-kinds.ts';

const COMMAND_KINDS: Partial<Record<ApplicationCommandType, OfferedCommand['kind']>> = {
  [ApplicationCommandType.ChatInput]: 'slash',
  [ApplicationCommandType.Message]: 'message',
  [ApplicationCommandType.User]: 'user',
};

const OPTION_KINDS = {
  [ApplicationCommandOptionType.String]: 'text',
  [ApplicationCommandOptionType.Integer]: 'integer',
  [ApplicationCommandOptionType.Number]: 'number',
  [ApplicationCommandOptionType.Boolean]: 'boolean',
  [ApplicationCommandOptionType.User]: 'user',
  [ApplicationCommandOptionType.Role]: 'role',
  [ApplicationCommandOptionType.Channel]: 'channel',
  [ApplicationCommandOptionType.Mentionable]: 'mentionable',
  [ApplicationCommandOptionType.Attachment]: 'attachment',
} as const;

/** What a client offers, in its order, told in the viewer's language; each subcommand is one of its own. */
export function showCommands(commands: readonly APIApplicationCommand[], locale: string): OfferedCommand[] {
  return commands.flatMap((command) => {
    const kind = COMMAND_KINDS[command.type];
    if (!kind) return [];
    const { id } = command;
    return leavesOf(command.name, command, command.options ?? []).map(({ name, told, options }) => {
      const description = said(told.description, told.description_localizations, locale);
      return { id, name, description, kind, options: options.map((one) => showOption(one, locale)) };
    });
  });
}

type Told = { description: string; description_localizations?: LocalizationMap | null };
type Leaf = { name: string; told: Told; options: APIApplicationCommandBasicOption[] };

function leavesOf(name: string, told: Told, options: readonly APIApplicationCommandOption[]): Leaf[] {
  const inner = options.flatMap((one) => (isGroup(one) ? one : []));
  if (inner.length === 0)
    return [{ name, told, options: options.flatMap((one) => (isBasic(one) ? one : [])) }];
  return inner.flatMap((one) => leavesOf(`${name} ${one.name}`, one, one.options ?? []));
}

type Group = Exclude<APIApplicationCommandOption, APIApplicationCommandBasicOption>;

function isGroup(option: APIApplicationCommandOption): option is Group {
  return (
    option.type === ApplicationCommandOptionType.Subcommand ||
    option.type === ApplicationCommandOptionType.SubcommandGroup
  );
}

function isBasic(option: APIApplicationCommandOption): option is APIApplicationCommandBasicOption {
  return Object.hasOwn(OPTION_KINDS, option.type);
}

function showOption(option: APIApplicationCommandBasicOption, locale: string): OfferedOption {
  const { type } = option;
  const isNumber =
    type === ApplicationCommandOptionType.Integer || type === ApplicationCommandOptionType.Number;
  const isText = type === ApplicationCommandOptionType.String;
  const choices = (isNumber || isText) && 'choices' in option ? (option.choices ?? []) : [];
  return {
    name: option.name,
    description: said(option.description, option.description_localizations, locale),
    kind: OPTION_KINDS[type],
    isRequired: option.required === true,
    choices: choices.map(({ name, name_localizations: names, value }) => ({
      name: said(name, names, locale),
      value,
    })),
    completes: (isNumber || isText) && option.autocomplete === true,
    min: isNumber ? (option.min_value ?? null) : null,
    max: isNumber ? (option.max_value ?? null) : null,
    shortest: isText ? (option.min_length ?? null) : null,
    longest: isText ? (option.max_length ?? null) : null,
    channelKinds: type === ApplicationCommandOptionType.Channel ? placeKinds(option.channel_types) : null,
  };
}

function said(text: string, localized: LocalizationMap | null | undefined, locale: string): string {
  const own = Object.entries(localized ?? {}).find(([language]) => language === locale)?.[1];
  return own ?? text;
}
