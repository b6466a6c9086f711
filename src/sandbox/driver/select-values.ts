import { ComponentType } from 'discord-api-types/v10';
import type { Channel } from '../world/channel.ts';
import { isObject, type Json } from '../world/json.ts';
import type { World } from '../world/world.ts';
import { type Choosable, refuseChoice } from './chosen.ts';

const BY_ID: Readonly<Record<number, Choosable>> = {
  [ComponentType.UserSelect]: 'user',
  [ComponentType.RoleSelect]: 'role',
  [ComponentType.MentionableSelect]: 'mentionable',
  [ComponentType.ChannelSelect]: 'channel',
};

/** Throws for values that a select does not take in this place: too few, too many, or not offered. */
export function refuseValues(world: World, place: Channel, select: Json, values: readonly string[]): void {
  refuseCount(select, values.length, { least: 1, most: 1 });
  if (select.type === ComponentType.StringSelect) refuseUnlisted(select, values);
  const kind = BY_ID[Number(select.type)];
  if (!kind) return;
  for (const value of values) refuseChoice(world, place, kind, value, select.channel_types);
}

/** In a form, what is not `required` may be left empty, whatever its least number. */
export function refuseCount(field: Json, count: number, usual: { least: number; most: number }): void {
  const name = String(field.custom_id);
  if (count === 0 && field.required === false) return;
  const least = Math.max(Number(field.min_values ?? usual.least), field.required === true ? 1 : 0);
  const most = Number(field.max_values ?? usual.most);
  if (count < least || count > most) throw new Error(`"${name}" takes ${least} to ${most} values.`);
}

/** Throws for values that are not among the options, and for one that is given twice. */
export function refuseUnlisted(field: Json, values: readonly string[]): void {
  const known = optionsOf(field).map(({ value }) => value);
  const unknown = values.find((value) => !known.includes(value));
  if (unknown !== undefined) throw new Error(`"${String(field.custom_id)}" has no option "${unknown}".`);
  if (new Set(values).size < values.length)
    throw new Error(`"${String(field.custom_id)}" is given one twice.`);
}

/** What is chosen before anybody touches it. */
export function chosenAtFirst(field: Json): string[] {
  const listed = Array.isArray(field.default_values) ? field.default_values.filter(isObject) : [];
  const ofOptions = optionsOf(field).filter((one) => one.default === true);
  return [...listed.map(({ id }) => String(id)), ...ofOptions.map(({ value }) => String(value))];
}

function optionsOf(field: Json): Json[] {
  return Array.isArray(field.options) ? field.options.filter(isObject) : [];
}
