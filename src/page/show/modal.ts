import {
  type APIComponentInLabel,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10';
import type { Json } from '#src/sandbox/world/json.ts';
import type { FormField, Modal, ModalPart } from '../protocol.ts';
import { UNKNOWN } from './parts.ts';
import { chosenOf, isSelect, showChoice, showSelect } from './select.ts';
import type { Sight } from './sight.ts';
import { readText } from './text.ts';

/** Discord's longest text in a field. */
const LONGEST = 4000;

/** A form as it is to be filled in; `life`: the interaction that was answered with it. */
export function showModal(modal: Json, life: string, sight: Sight): Modal {
  // The sandbox refuses what has not this form; the test beside it reads each kind of field.
  const form = modal as unknown as APIModalInteractionResponseCallbackData;
  const parts = form.components.flatMap((one) => showModalPart(one, sight));
  return { title: form.title, customId: form.custom_id, life, parts };
}

type ModalComponent = APIModalInteractionResponseCallbackData['components'][number];

function showModalPart(component: ModalComponent, sight: Sight): ModalPart[] {
  switch (component.type) {
    case ComponentType.TextDisplay:
      return [{ kind: 'text', text: readText(component.content, sight) }];
    case ComponentType.Label:
      return [showLabel(component)];
    case ComponentType.ActionRow:
      return component.components.map((input) => ({
        kind: 'label',
        label: input.label ?? '',
        description: null,
        field: inputOf(input),
      }));
    default:
      return [UNKNOWN];
  }
}

function showLabel({ label, description, component }: APILabelComponent): ModalPart {
  const field = showField(component);
  return field ? { kind: 'label', label, description: description ?? null, field } : UNKNOWN;
}

function showField(component: APIComponentInLabel): FormField | null {
  if (isSelect(component)) return { ...showSelect(component), isRequired: component.required !== false };
  const customId = component.custom_id;
  switch (component.type) {
    case ComponentType.TextInput:
      return inputOf(component);
    case ComponentType.RadioGroup:
      return {
        kind: 'radio',
        customId,
        choices: component.options.map(showChoice),
        chosen: chosenOf(component.options)[0] ?? null,
        isRequired: component.required !== false,
      };
    case ComponentType.CheckboxGroup:
      return {
        kind: 'checks',
        customId,
        choices: component.options.map(showChoice),
        chosen: chosenOf(component.options),
        least: leastOf(component),
        most: component.max_values ?? component.options.length,
      };
    case ComponentType.Checkbox:
      return { kind: 'check', customId, isChosen: component.default === true };
    case ComponentType.FileUpload:
      return {
        kind: 'upload',
        customId,
        least: leastOf(component),
        most: component.max_values ?? 1,
        fileTypes: component.file_types ?? [],
      };
    default:
      return null;
  }
}

function leastOf({ min_values: least, required }: { min_values?: number; required?: boolean }): number {
  return required === false ? (least ?? 0) : (least ?? 1);
}

function inputOf(input: APITextInputComponent): FormField {
  return {
    kind: 'input',
    customId: input.custom_id,
    isLong: input.style === TextInputStyle.Paragraph,
    placeholder: input.placeholder ?? null,
    value: input.value ?? '',
    isRequired: input.required !== false,
    shortest: input.min_length ?? 0,
    longest: input.max_length ?? LONGEST,
  };
}
