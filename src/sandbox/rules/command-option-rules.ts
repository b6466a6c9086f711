import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { isObject, type Json, type JsonPath } from '../world/json.ts';
import { checkDescription, checkName, forEachLocale } from './command-text-rules.ts';
import type { Form } from './form.ts';
import { checkChoice, checkInteger, checkList, checkObject, checkText } from './primitives.ts';

const { Subcommand, SubcommandGroup } = ApplicationCommandOptionType;
const VALUES: readonly unknown[] = [
  ApplicationCommandOptionType.String,
  ApplicationCommandOptionType.Integer,
  ApplicationCommandOptionType.Boolean,
  ApplicationCommandOptionType.User,
  ApplicationCommandOptionType.Channel,
  ApplicationCommandOptionType.Role,
  ApplicationCommandOptionType.Mentionable,
  ApplicationCommandOptionType.Number,
  ApplicationCommandOptionType.Attachment,
];
/** What may stand where: command, then group, then subcommand, and no deeper. */
const ALLOWED = {
  command: [Subcommand, SubcommandGroup, ...VALUES],
  group: [Subcommand],
  subcommand: VALUES,
} as const;
const INNER: Record<number, keyof typeof ALLOWED> = {
  [Subcommand]: 'subcommand',
  [SubcommandGroup]: 'group',
};
const BIGGEST = 2 ** 53;

/** Options of a command, a group or a subcommand. */
export function checkOptionList(
  form: Form,
  path: JsonPath,
  value: unknown,
  inside: keyof typeof ALLOWED,
): void {
  const options = checkList(form, path, value, { max: 25 });
  options.forEach((one, index) => {
    checkOption(form, [...path, index], one, inside);
  });
  const known = options.filter(isObject);
  checkOrder(form, path, known);
  checkNames(form, path, known);
  checkMixture(form, path, known);
}

function checkOption(form: Form, path: JsonPath, value: unknown, inside: keyof typeof ALLOWED): void {
  const option = checkObject(form, path, value);
  if (!option || !checkChoice(form, [...path, 'type'], option.type, ALLOWED[inside], true)) return;
  checkName(form, path, option);
  checkDescription(form, path, option);
  const inner = INNER[Number(option.type)];
  if (inner) checkOptionList(form, [...path, 'options'], option.options, inner);
  checkBounds(form, path, option);
  checkChoices(form, path, option);
}

function checkBounds(form: Form, path: JsonPath, option: Json): void {
  if (option.type === ApplicationCommandOptionType.String) {
    checkInteger(form, [...path, 'min_length'], option.min_length, { min: 0, max: 6000 });
    checkInteger(form, [...path, 'max_length'], option.max_length, { min: 1, max: 6000 });
  }
  if (option.type !== ApplicationCommandOptionType.Integer) return;
  checkInteger(form, [...path, 'min_value'], option.min_value, { min: -BIGGEST, max: BIGGEST });
  checkInteger(form, [...path, 'max_value'], option.max_value, { min: -BIGGEST, max: BIGGEST });
}

function checkChoices(form: Form, path: JsonPath, option: Json): void {
  const choices = checkList(form, [...path, 'choices'], option.choices, { max: 25 });
  if (choices.length > 0 && option.autocomplete === true) {
    form.refuse(
      [...path, 'autocomplete'],
      'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
      'Options with choices cannot be autocompleted',
    );
  }
  const names = new Set<unknown>();
  choices.forEach((one, index) => {
    const at = [...path, 'choices', index];
    const choice = checkObject(form, at, one);
    if (!choice) return;
    checkChoiceValue(form, at, choice, option.type);
    if (names.has(choice.name)) {
      form.refuse(
        [...at, 'name'],
        'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATE',
        'Choice names must be unique',
      );
    }
    names.add(choice.name);
  });
}

/** A choice of an option or of an autocomplete answer: name 1-100, text values at most 100. */
export function checkChoiceValue(form: Form, path: JsonPath, choice: Json, optionType: unknown): void {
  checkText(form, [...path, 'name'], choice.name, { min: 1, max: 100, required: true });
  forEachLocale(form, [...path, 'name_localizations'], choice.name_localizations, (_, at, text) => {
    checkText(form, at, text, { min: 1, max: 100, required: true });
  });
  const at = [...path, 'value'];
  if (optionType === ApplicationCommandOptionType.String) {
    checkText(form, at, choice.value, { max: 100, required: true });
    return;
  }
  if (typeof choice.value !== 'number')
    form.refuse(at, 'NUMBER_TYPE_COERCE', `Value "${String(choice.value)}" is not a number.`);
}

function checkOrder(form: Form, path: JsonPath, options: readonly Json[]): void {
  const firstOptional = options.findIndex((option) => option.required !== true);
  options.forEach((option, index) => {
    if (firstOptional < 0 || index < firstOptional || option.required !== true) return;
    form.refuse(
      [...path, index],
      'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
      'Required options must be placed before non-required options',
    );
  });
}

// Localised names must differ from every default name and from the others of their locale.
function checkNames(form: Form, path: JsonPath, options: readonly Json[]): void {
  const refuse = (at: JsonPath) =>
    form.refuse(at, 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID', 'Option name is already used');
  const seen = new Set<string>();
  options.forEach((option, index) => {
    for (const [locale, name] of Object.entries(
      isObject(option.name_localizations) ? option.name_localizations : {},
    )) {
      const clashes =
        options.some((other) => other !== option && other.name === name) || seen.has(`${locale} ${name}`);
      if (clashes) refuse([...path, index, 'name_localizations', locale]);
      seen.add(`${locale} ${name}`);
    }
    if (seen.has(` ${option.name}`)) refuse([...path, index, 'name']);
    seen.add(` ${option.name}`);
  });
}

function checkMixture(form: Form, path: JsonPath, options: readonly Json[]): void {
  const nested = options.filter(
    (option) =>
      option.type === ApplicationCommandOptionType.Subcommand ||
      option.type === ApplicationCommandOptionType.SubcommandGroup,
  ).length;
  if (nested === 0 || nested === options.length) return;
  form.refuse(
    path,
    'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    'Sub-command and sub-command group option types are mutually exclusive to all other types',
  );
}
