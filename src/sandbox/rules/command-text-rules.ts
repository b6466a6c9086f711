import type { Json, JsonPath } from '../world/json.ts';
import type { Form } from './form.ts';
import { LOCALES } from './locales.ts';
import { checkObject, checkText } from './primitives.ts';

/** https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** Name and name_localizations of a CHAT_INPUT command or an option. */
export function checkName(form: Form, path: JsonPath, named: Json): void {
  checkOneName(form, [...path, 'name'], named.name);
  forEachLocale(form, [...path, 'name_localizations'], named.name_localizations, checkOneName);
}

function checkOneName(form: Form, path: JsonPath, value: unknown): void {
  if (!checkText(form, path, value, { min: 1, max: 32, required: true })) return;
  if (NAME.test(value) && value === value.toLowerCase()) return;
  form.refuse(path, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
}

/** Description (1-100) and description_localizations. */
export function checkDescription(form: Form, path: JsonPath, described: Json): void {
  const check = (at: JsonPath, value: unknown) =>
    checkText(form, at, value, { min: 1, max: 100, required: true });
  check([...path, 'description'], described.description);
  forEachLocale(
    form,
    [...path, 'description_localizations'],
    described.description_localizations,
    (_, at, value) => {
      check(at, value);
    },
  );
}

type CheckOne = (form: Form, path: JsonPath, value: unknown) => void;

/** Localisations follow the rule of their field, under keys from Discord's list. */
export function forEachLocale(form: Form, path: JsonPath, value: unknown, check: CheckOne): void {
  if (value === undefined || value === null) return;
  const texts = checkObject(form, path, value);
  for (const [locale, text] of Object.entries(texts ?? {})) {
    if (!LOCALES.has(locale)) {
      form.refuse([...path, locale], 'ENUM_TYPE_COERCE', `Value "${locale}" is not a valid enum value.`);
    }
    if (text !== null) check(form, [...path, locale], text);
  }
}
