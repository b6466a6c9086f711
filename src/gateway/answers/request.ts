import { ApplicationCommandOptionType, ChannelType } from 'discord-api-types/v10';
import type { Request, RequestChannel, RequestFile, RequestRole } from '#commands/command.ts';
import { visible } from '#src/foundation/visible-text.ts';
import type { Rights } from '#src/service/rights.ts';
import { mayMentionAll } from '../connection/permissions.ts';
import type { ServerChannel } from '../connection/servers.ts';
import {
  type InteractionOption,
  isOfCommand,
  isThreadType,
  type ModalField,
  type ReceivedInteraction,
} from './interaction.ts';

/** Discord's interaction as a command sees it. `now` is when it arrived, UTC ms; `known`: what the gateway knows of a channel. */
export function toRequest(
  interaction: ReceivedInteraction,
  now: number,
  rights: Rights,
  known: (channelId: string) => ServerChannel | null,
): Request {
  const { data = {}, member } = interaction;
  const { values = [] } = data;
  const { subcommand, options } = flatten(data.options ?? []);
  const [prefix = '', ...args] = data.custom_id?.split(':') ?? [];
  // What is chosen in a select stands under the select's own prefix.
  const chosen: Named[] = values.length > 0 ? [[prefix, values[0]]] : [];
  const asker = member?.user ?? interaction.user;
  const answers = new Map([...optionValues(options), ...fieldValues(data.components ?? []), ...chosen]);
  const focused = options.find((option) => option.focused);
  return {
    name: data.name ?? prefix,
    subcommand,
    focused: focused ? { name: focused.name, value: asText(focused.value) } : null,
    arg: (index) => args[index] ?? '',
    values,
    value: values[0] ?? '',
    text: (name) => asText(answers.get(name)),
    number: (name) => asNumber(answers.get(name)),
    flag: (name) => asFlag(answers.get(name)),
    channel: (name) => channelNamed(interaction, asText(answers.get(name))),
    role: (name) => roleNamed(interaction, asText(answers.get(name))),
    file: (name) => fileNamed(interaction, asText(answers.get(name))),
    userId: asker?.id ?? '',
    locale: interaction.locale ?? '',
    serverId: interaction.guild_id ?? null,
    here: hereOf(interaction, known),
    botIn: (id) => {
      const botPermissions = known(id)?.botPermissions ?? null;
      return { botPermissions, mentionsAll: mayMentionAll(botPermissions ?? 0n) };
    },
    rights,
    now,
  };
}

/** The command's name, or the custom id's part before the first colon. */
export function nameOf(interaction: ReceivedInteraction): string {
  const { data } = interaction;
  return (isOfCommand(interaction) ? data?.name : data?.custom_id?.split(':', 1)[0]) ?? '';
}

type Value = string | number | boolean | undefined;

/** Subcommand groups and subcommands are options that hold the real ones. */
function flatten(options: readonly InteractionOption[]): {
  subcommand: string | null;
  options: readonly InteractionOption[];
} {
  const [first] = options;
  if (first?.type === ApplicationCommandOptionType.SubcommandGroup) return flatten(first.options ?? []);
  if (first?.type === ApplicationCommandOptionType.Subcommand)
    return { subcommand: first.name, options: first.options ?? [] };
  return { subcommand: null, options };
}

type Named = [name: string, value: Value];

function optionValues(options: readonly InteractionOption[]): Named[] {
  return options.map(({ name, value }) => [name, value]);
}

function fieldValues(fields: readonly ModalField[]): Named[] {
  return fields.flatMap(({ custom_id, value, values, component, components }) => {
    const own: Named[] = custom_id ? [[custom_id, value ?? values?.[0]]] : [];
    return [...own, ...fieldValues([...(component ? [component] : []), ...(components ?? [])])];
  });
}

function asText(value: Value): string {
  return value === undefined ? '' : visible(String(value));
}

function asNumber(value: Value): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

function asFlag(value: Value): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

function channelNamed({ data }: ReceivedInteraction, id: string): RequestChannel | null {
  const found = data?.resolved?.channels?.[id];
  if (!found) return null;
  const { name, type, permissions, app_permissions } = found;
  return { id, name: name ?? '', type, ...rightsOf(bits(app_permissions), bits(permissions)) };
}

function roleNamed({ data }: ReceivedInteraction, id: string): RequestRole | null {
  if (id === '') return null;
  return { id, mentionable: data?.resolved?.roles?.[id]?.mentionable ?? false };
}

function fileNamed({ data }: ReceivedInteraction, id: string): RequestFile | null {
  const found = data?.resolved?.attachments?.[id];
  return found ? { name: visible(found.filename), bytes: found.size, url: found.url } : null;
}

/** Subscriptions belong to channels: inside a thread or forum post, "here" is its parent where the bot knows it. */
function hereOf(
  { channel, channel_id, member, app_permissions }: ReceivedInteraction,
  known: (channelId: string) => ServerChannel | null,
): RequestChannel {
  const asker = bits(member?.permissions);
  const parent = isThreadType(channel?.type) ? known(channel?.parent_id ?? '') : null;
  if (parent) {
    const { id, name, type, botPermissions } = parent;
    return { id, name, type, ...rightsOf(botPermissions, asker) };
  }
  return {
    id: channel?.id ?? channel_id ?? '',
    name: channel?.name ?? '',
    type: channel?.type ?? ChannelType.GuildText,
    ...rightsOf(bits(app_permissions), asker),
  };
}

function rightsOf(
  bot: bigint | null,
  asker: bigint | null,
): Pick<RequestChannel, 'botPermissions' | 'mentionsAll'> {
  return {
    botPermissions: bot,
    mentionsAll: { byBot: mayMentionAll(bot ?? 0n), byAsker: mayMentionAll(asker ?? 0n) },
  };
}

function bits(permissions: string | undefined): bigint | null {
  return permissions === undefined ? null : BigInt(permissions);
}
