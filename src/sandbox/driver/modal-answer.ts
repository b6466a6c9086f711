import { ComponentType } from 'discord-api-types/v10';
import { SELECTS } from '../rules/component-types.ts';
import { resolvedView } from '../view/interaction-view.ts';
import type { Channel } from '../world/channel.ts';
import { isObject, type Json } from '../world/json.ts';
import type { User } from '../world/user.ts';
import type { World } from '../world/world.ts';
import { chosenAtFirst, refuseCount, refuseUnlisted, refuseValues } from './select-values.ts';
import { type GivenFile, isFile, upload } from './uploads.ts';

type FieldValue = string | boolean | readonly string[] | readonly GivenFile[];
export type ModalFields = Readonly<Record<string, FieldValue>>;

/** Where a form is filled in, and by whom. */
type Filling = { world: World; user: User; place: Channel };

/**
 * A MODAL_SUBMIT's data. A field that is not named keeps what stands in it from the first.
 * Throws for what a client would not send: fields the modal lacks, required ones left empty, values out of bounds.
 */
export function modalAnswer(filling: Filling, modal: Json, fields: ModalFields): Json {
  const known = new Set<string>();
  const ids: string[] = [];
  const fill = (component: Json): Json => {
    const { type, id, custom_id: customId } = component;
    known.add(String(customId));
    // A field of a form asks for an answer unless it says otherwise.
    const filled = filledIn(filling, { required: true, ...component }, fields[String(customId)]);
    if (isResolved(type)) ids.push(...(filled.values ?? []));
    return { type, id, custom_id: customId, ...filled };
  };
  const components = listOf(modal.components).map((part) => {
    if (part.type === ComponentType.ActionRow)
      return { type: part.type, id: part.id, components: listOf(part.components).map(fill) };
    if (isObject(part.component)) return { type: part.type, id: part.id, component: fill(part.component) };
    return { type: part.type, id: part.id };
  });
  const unknown = Object.keys(fields).find((name) => !known.has(name));
  if (unknown !== undefined) throw new Error(`The modal has no field "${unknown}".`);
  const { world, user, place } = filling;
  return { custom_id: modal.custom_id, components, resolved: resolvedView(world, user, place, ids) };
}

type Filled = { value?: string | boolean | null; values?: string[] };

function filledIn(filling: Filling, field: Json, given: FieldValue | undefined): Filled {
  switch (field.type) {
    case ComponentType.TextInput:
      return { value: typedText(field, given) };
    case ComponentType.Checkbox:
      return { value: given === undefined ? field.default === true : given === true || given === 'true' };
    case ComponentType.RadioGroup:
      return { value: chosenOne(field, given) };
    case ComponentType.CheckboxGroup:
      return { values: tickedBoxes(field, given) };
    case ComponentType.FileUpload:
      return { values: uploadedFiles(filling.world, field, given) };
    default:
      return { values: selected(filling, field, given) };
  }
}

function isResolved(type: unknown): boolean {
  return type === ComponentType.FileUpload || (SELECTS.includes(type) && type !== ComponentType.StringSelect);
}

function typedText(input: Json, given: FieldValue | undefined): string {
  const name = String(input.custom_id);
  const value = String(given ?? input.value ?? '');
  if (input.required === true && value === '') throw new Error(`The field "${name}" is required.`);
  const most = Number(input.max_length ?? 4000);
  const least = value === '' ? 0 : Number(input.min_length ?? 0);
  if (value.length > most || value.length < least)
    throw new Error(`The field "${name}" takes ${least} to ${most} characters.`);
  return value;
}

function chosenOne(group: Json, given: FieldValue | undefined): string | null {
  const values = textsOf(given) ?? chosenAtFirst(group);
  refuseCount(group, values.length, { least: 1, most: 1 });
  refuseUnlisted(group, values);
  return values[0] ?? null;
}

function tickedBoxes(group: Json, given: FieldValue | undefined): string[] {
  const values = textsOf(given) ?? chosenAtFirst(group);
  refuseCount(group, values.length, { least: 1, most: listOf(group.options).length });
  refuseUnlisted(group, values);
  return values;
}

function selected({ world, place }: Filling, select: Json, given: FieldValue | undefined): string[] {
  const values = textsOf(given) ?? chosenAtFirst(select);
  refuseValues(world, place, select, values);
  return values;
}

function uploadedFiles(world: World, field: Json, given: FieldValue | undefined): string[] {
  const files = Array.isArray(given) ? given.filter(isFile) : [];
  refuseCount(field, files.length, { least: 1, most: 1 });
  return files.map((file) => upload(world, file, field.file_types));
}

function textsOf(given: FieldValue | undefined): string[] | undefined {
  if (typeof given === 'string') return given === '' ? [] : [given];
  if (given === undefined || typeof given === 'boolean') return undefined;
  return given.filter((one) => typeof one === 'string');
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
