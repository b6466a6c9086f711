import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { Channel } from '../world/channel.ts';
import { isObject, type Json } from '../world/json.ts';
import type { World } from '../world/world.ts';
import { type Choosable, refuseChoice } from './chosen.ts';
import { type GivenFile, isFile, upload } from './uploads.ts';

type OptionValue = string | number | boolean | GivenFile;
export type OptionValues = Readonly<Record<string, OptionValue>>;

/** What a client makes of typed options: Discord's nested list, and the ids that need resolving. */
type TypedOptions = { options: Json[]; ids: string[]; focusedType: number };

type Place = { world: World; channel: Channel };

const BY_ID: Readonly<Record<number, Choosable>> = {
  [ApplicationCommandOptionType.User]: 'user',
  [ApplicationCommandOptionType.Channel]: 'channel',
  [ApplicationCommandOptionType.Role]: 'role',
  [ApplicationCommandOptionType.Mentionable]: 'mentionable',
};

/**
 * Lays values over a command's definition as a client does. `path` are group and subcommand, if any.
 * Throws an Error for what a client would not let the member send: unknown options, missing ones, wrong choices.
 */
export function typeOptions(
  place: Place,
  command: Json,
  path: readonly string[],
  values: OptionValues,
  focused?: string,
): TypedOptions {
  const definitions = listOf(command.options);
  const nested = definitions.filter(
    (one) =>
      one.type === ApplicationCommandOptionType.Subcommand ||
      one.type === ApplicationCommandOptionType.SubcommandGroup,
  );
  if (nested.length === 0) return typeValues(place, definitions, values, focused);
  const next = nested.find((one) => one.name === path[0]);
  if (!next) throw new Error(`/${String(command.name)} has no subcommand "${path[0] ?? ''}".`);
  const inner = typeOptions(place, next, path.slice(1), values, focused);
  return { ...inner, options: [{ type: next.type, name: next.name, options: inner.options }] };
}

function typeValues(
  place: Place,
  definitions: readonly Json[],
  values: OptionValues,
  focused?: string,
): TypedOptions {
  refuseUnknown(definitions, values);
  const isTyping = focused !== undefined;
  const given = definitions.filter((one) => values[String(one.name)] !== undefined);
  if (!isTyping) refuseMissing(definitions, values);
  const options = given.map((one) => typeOne(place, one, values[String(one.name)], focused));
  const ids = options.filter(({ type }) => isById(type)).map(({ value }) => String(value));
  const focusedType = Number(
    definitions.find((one) => one.name === focused)?.type ?? ApplicationCommandOptionType.String,
  );
  return { options, ids, focusedType };
}

function refuseUnknown(definitions: readonly Json[], values: OptionValues): void {
  const unknown = Object.keys(values).find((name) => !definitions.some((one) => one.name === name));
  if (unknown !== undefined) throw new Error(`The command has no option "${unknown}".`);
}

function refuseMissing(definitions: readonly Json[], values: OptionValues): void {
  const missing = definitions.find((one) => one.required === true && values[String(one.name)] === undefined);
  if (missing) throw new Error(`The option "${String(missing.name)}" is required.`);
}

function typeOne({ world, channel }: Place, definition: Json, given: OptionValue, focused?: string): Json {
  const { name, type } = definition;
  if (name === focused) return { name, type, value: String(given), focused: true };
  if (!isOfType(type, given)) throw new Error(`The option "${String(name)}" takes another kind of value.`);
  if (isFile(given)) return { name, type, value: upload(world, given, definition.file_types) };
  const kind = BY_ID[Number(type)];
  if (kind) refuseChoice(world, channel, kind, String(given), definition.channel_types);
  refuseOther(definition, given);
  return { name, type, value: given };
}

function isById(type: unknown): boolean {
  return type === ApplicationCommandOptionType.Attachment || BY_ID[Number(type)] !== undefined;
}

function isOfType(type: unknown, value: OptionValue): boolean {
  switch (type) {
    case ApplicationCommandOptionType.Attachment:
      return isFile(value);
    case ApplicationCommandOptionType.Integer:
      return Number.isInteger(value);
    case ApplicationCommandOptionType.Number:
      return Number.isFinite(value);
    case ApplicationCommandOptionType.Boolean:
      return typeof value === 'boolean';
    default:
      return typeof value === 'string';
  }
}

function refuseOther(definition: Json, value: string | number | boolean): void {
  const choices = listOf(definition.choices);
  if (choices.length > 0 && !choices.some((choice) => choice.value === value)) {
    throw new Error(`"${String(value)}" is no choice of "${String(definition.name)}".`);
  }
  const size = typeof value === 'string' ? value.length : Number(value);
  const [min, max] =
    typeof value === 'string'
      ? [definition.min_length, definition.max_length]
      : [definition.min_value, definition.max_value];
  const isOutside = (typeof min === 'number' && size < min) || (typeof max === 'number' && size > max);
  if (isOutside) throw new Error(`"${String(value)}" is outside the bounds of "${String(definition.name)}".`);
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
