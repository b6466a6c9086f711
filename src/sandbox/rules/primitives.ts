import { isObject, type Json, type JsonPath } from '../world/json.ts';
import type { Form } from './form.ts';

/** The larger of UTF-16 units and code points: which of them Discord counts is not documented. UTF-16 is never the smaller. */
export function lengthOf(text: string): number {
  return text.length;
}

type TextRule = { min?: number; max: number; required?: boolean; trimmed?: boolean };

/** A text within its length; absent or null is fine unless required. */
export function checkText(form: Form, path: JsonPath, value: unknown, rule: TextRule): value is string {
  if (value === undefined || value === null) return absent(form, path, rule.required);
  if (typeof value !== 'string') {
    form.refuse(path, 'STRING_TYPE_CONVERT', `Could not interpret "${String(value)}" as string.`);
    return false;
  }
  const length = lengthOf(rule.trimmed ? value.trim() : value);
  if (length === 0 && (rule.min ?? 0) > 0) {
    form.refuse(path, 'BASE_TYPE_REQUIRED', 'This field is required');
    return false;
  }
  if (length <= rule.max && length >= (rule.min ?? 0)) return true;
  form.refuse(path, ...lengthFault(rule.min ?? 0, rule.max));
  return false;
}

function lengthFault(min: number, max: number): [string, string] {
  if (min > 0) return ['BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`];
  return ['BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`];
}

/** A whole number within bounds; absent or null is fine unless required. */
export function checkInteger(
  form: Form,
  path: JsonPath,
  value: unknown,
  rule: { min: number; max: number; required?: boolean },
): value is number {
  if (value === undefined || value === null) return absent(form, path, rule.required);
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    form.refuse(path, 'NUMBER_TYPE_COERCE', `Value "${String(value)}" is not int.`);
    return false;
  }
  if (value < rule.min)
    form.refuse(path, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${rule.min}.`);
  if (value > rule.max)
    form.refuse(path, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${rule.max}.`);
  return value >= rule.min && value <= rule.max;
}

/** One of a few values; absent is fine unless required. */
export function checkChoice(
  form: Form,
  path: JsonPath,
  value: unknown,
  choices: readonly unknown[],
  required = false,
): boolean {
  if (value === undefined || value === null) return absent(form, path, required);
  if (choices.includes(value)) return true;
  form.refuse(path, 'BASE_TYPE_CHOICES', `Value must be one of {${choices.join(', ')}}.`);
  return false;
}

/** A list of bounded length; returns its items, or none when it is absent or no list. */
export function checkList(
  form: Form,
  path: JsonPath,
  value: unknown,
  rule: { min?: number; max: number; required?: boolean },
): readonly unknown[] {
  if (value === undefined || value === null) {
    absent(form, path, rule.required);
    return [];
  }
  if (!Array.isArray(value)) {
    form.refuse(path, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
    return [];
  }
  const min = rule.min ?? 0;
  if (value.length >= min && value.length <= rule.max) return value;
  form.refuse(path, ...lengthFault(min, rule.max));
  return [];
}

/** An object; undefined (and a fault) when it is none. */
export function checkObject(form: Form, path: JsonPath, value: unknown): Json | undefined {
  if (isObject(value)) return value;
  form.refuse(path, 'DICT_TYPE_CONVERT', 'Only dictionaries may be used in a DictType');
  return undefined;
}

/** An address with one of the schemes. */
export function checkUrl(
  form: Form,
  path: JsonPath,
  value: unknown,
  rule: { schemes: readonly string[]; max?: number; required?: boolean },
): void {
  const length = { min: rule.required ? 1 : 0, max: rule.max ?? 2048, required: rule.required };
  if (!checkText(form, path, value, length)) return;
  if (!URL.canParse(value) || /\s/.test(value)) {
    form.refuse(path, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
    return;
  }
  const scheme = new URL(value).protocol.slice(0, -1);
  if (rule.schemes.includes(scheme)) return;
  const wanted = rule.schemes.map((one) => `'${one}'`).join(', ');
  form.refuse(
    path,
    'URL_TYPE_INVALID_SCHEME',
    `Scheme "${scheme}" is not supported. Scheme must be one of (${wanted}).`,
  );
}

function absent(form: Form, path: JsonPath, required: boolean | undefined): false {
  if (required) form.refuse(path, 'BASE_TYPE_REQUIRED', 'This field is required');
  return false;
}
