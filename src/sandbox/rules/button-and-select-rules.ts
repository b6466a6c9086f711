import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import type { Json, JsonPath } from '../world/json.ts';
import type { Form } from './form.ts';
import { checkChoice, checkInteger, checkList, checkObject, checkText, checkUrl } from './primitives.ts';

const BOTH = [
  'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
  'A custom id and url cannot both be specified',
] as const;

const STYLES = Object.values(ButtonStyle).filter((style) => typeof style === 'number');

/** A button: label 80, link 512, and exactly one of custom_id, url, sku_id by its style. */
export function checkButton(form: Form, path: JsonPath, button: Json): void {
  if (!checkChoice(form, [...path, 'style'], button.style, STYLES, true)) return;
  checkText(form, [...path, 'label'], button.label, { max: 80 });
  if (button.style === ButtonStyle.Premium) checkPremium(form, path, button);
  else if (button.style === ButtonStyle.Link) checkLink(form, path, button);
  else checkActing(form, path, button);
}

function checkActing(form: Form, path: JsonPath, button: Json): void {
  checkFace(form, path, button);
  if (button.url) form.refuse(path, ...BOTH);
  checkCustomId(form, path, button.custom_id);
}

function checkFace(form: Form, path: JsonPath, button: Json): void {
  if (button.label || button.emoji) return;
  form.refuse(path, 'BUTTON_COMPONENT_LABEL_REQUIRED', 'A label or an emoji is required.');
}

function checkLink(form: Form, path: JsonPath, button: Json): void {
  checkFace(form, path, button);
  if (button.custom_id) form.refuse(path, ...BOTH);
  checkUrl(form, [...path, 'url'], button.url, {
    schemes: ['http', 'https', 'discord'],
    max: 512,
    required: true,
  });
}

function checkPremium(form: Form, path: JsonPath, button: Json): void {
  if (button.sku_id && !button.custom_id && !button.label && !button.url) return;
  form.refuse(
    path,
    'BUTTON_COMPONENT_INVALID_PREMIUM',
    'A premium button has a sku_id, and no custom id, label or url.',
  );
}

/** 1 to 100 characters. */
export function checkCustomId(form: Form, path: JsonPath, value: unknown): void {
  checkText(form, [...path, 'custom_id'], value, { min: 1, max: 100, required: true });
}

/** A select menu of any kind. */
export function checkSelect(form: Form, path: JsonPath, select: Json): void {
  checkCustomId(form, path, select.custom_id);
  checkText(form, [...path, 'placeholder'], select.placeholder, { max: 150 });
  checkInteger(form, [...path, 'min_values'], select.min_values, { min: 0, max: 25 });
  checkInteger(form, [...path, 'max_values'], select.max_values, { min: 1, max: 25 });
  checkValueBounds(form, path, select);
  if (select.type !== ComponentType.StringSelect) checkDefaults(form, path, select);
  else checkOptions(form, [...path, 'options'], select.options, { min: 1, max: 25 });
}

function checkValueBounds(form: Form, path: JsonPath, select: Json): void {
  const least = typeof select.min_values === 'number' ? select.min_values : 1;
  const most = typeof select.max_values === 'number' ? select.max_values : 1;
  if (least <= most) return;
  form.refuse(
    [...path, 'min_values'],
    'SELECT_COMPONENT_MIN_VALUES_TOO_LARGE',
    'min_values must not be greater than max_values.',
  );
}

function checkDefaults(form: Form, path: JsonPath, select: Json): void {
  const defaults = checkList(form, [...path, 'default_values'], select.default_values, { max: 25 });
  const most = typeof select.max_values === 'number' ? select.max_values : 1;
  if (defaults.length <= most) return;
  form.refuse(
    [...path, 'default_values'],
    'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES',
    'Too many default values.',
  );
}

/** Options of a select, radio group or checkbox group: label, value and description 100, values unique. */
export function checkOptions(
  form: Form,
  path: JsonPath,
  value: unknown,
  count: { min: number; max: number },
): void {
  const seen = new Set<unknown>();
  checkList(form, path, value, { ...count, required: true }).forEach((one, index) => {
    const option = checkObject(form, [...path, index], one);
    if (!option) return;
    checkText(form, [...path, index, 'label'], option.label, { min: 1, max: 100, required: true });
    checkText(form, [...path, index, 'value'], option.value, { min: 1, max: 100, required: true });
    checkText(form, [...path, index, 'description'], option.description, { max: 100 });
    if (seen.has(option.value)) {
      form.refuse(
        [...path, index, 'value'],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      );
    }
    seen.add(option.value);
  });
}
