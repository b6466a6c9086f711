import { ComponentType } from 'discord-api-types/v10';
import { SELECTS } from '../rules/component-types.ts';
import { resolvedView } from '../view/interaction-view.ts';
import type { Channel } from '../world/channel.ts';
import { isObject, type Json } from '../world/json.ts';
import type { User } from '../world/user.ts';
import type { World } from '../world/world.ts';

export type ModalFields = Record<string, string | readonly string[]>;

/** A MODAL_SUBMIT's data. Throws for fields the modal lacks and for required ones left empty. */
export function modalAnswer(
  world: World,
  user: User,
  place: Channel,
  modal: Json,
  fields: ModalFields,
): Json {
  const known = new Set<string>();
  const fill = (component: Json): Json => {
    known.add(String(component.custom_id));
    return filled(component, fields[String(component.custom_id)]);
  };
  const components = listOf(modal.components).map((part) => {
    if (part.type === ComponentType.ActionRow)
      return { type: part.type, id: part.id, components: listOf(part.components).map(fill) };
    if (isObject(part.component)) return { type: part.type, id: part.id, component: fill(part.component) };
    return { type: part.type, id: part.id };
  });
  const unknown = Object.keys(fields).find((name) => !known.has(name));
  if (unknown !== undefined) throw new Error(`The modal has no field "${unknown}".`);
  const ids = Object.values(fields).flatMap((value) => (typeof value === 'string' ? [] : value));
  return { custom_id: modal.custom_id, components, resolved: resolvedView(world, user, place, ids) };
}

function filled(component: Json, given: string | readonly string[] | undefined): Json {
  const { type, id, custom_id: customId } = component;
  if (type === ComponentType.TextInput) {
    const value = given ?? component.value ?? '';
    refuseText(component, String(value));
    return { type, id, custom_id: customId, value: String(value) };
  }
  if (SELECTS.includes(type) || type === ComponentType.CheckboxGroup || type === ComponentType.FileUpload) {
    return { type, id, custom_id: customId, values: typeof given === 'string' ? [given] : (given ?? []) };
  }
  if (type === ComponentType.Checkbox) return { type, id, custom_id: customId, value: given === 'true' };
  return { type, id, custom_id: customId, value: typeof given === 'string' ? given : null };
}

function refuseText(input: Json, value: string): void {
  const name = String(input.custom_id);
  if (input.required !== false && value === '') throw new Error(`The field "${name}" is required.`);
  const most = Number(input.max_length ?? 4000);
  const least = value === '' ? 0 : Number(input.min_length ?? 0);
  if (value.length > most || value.length < least)
    throw new Error(`The field "${name}" takes ${least} to ${most} characters.`);
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
