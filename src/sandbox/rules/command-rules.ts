import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord-api-types/v10';
import { typeOf } from '../world/command.ts';
import { isObject, type Json, type JsonPath } from '../world/json.ts';
import { commandLength } from './command-length.ts';
import { checkOptionList } from './command-option-rules.ts';
import { checkDescription, checkName } from './command-text-rules.ts';
import { checked, type Form } from './form.ts';
import { checkChoice, checkList, checkObject, checkText } from './primitives.ts';

/** How many of each type one scope may have, global or guild. */
const MOST: Record<number, number> = {
  [ApplicationCommandType.ChatInput]: 100,
  [ApplicationCommandType.User]: 15,
  [ApplicationCommandType.Message]: 15,
  [ApplicationCommandType.PrimaryEntryPoint]: 1,
};
const KINDS: Record<number, string> = {
  [ApplicationCommandType.ChatInput]: 'CHAT_INPUT',
  [ApplicationCommandType.User]: 'USER',
  [ApplicationCommandType.Message]: 'MESSAGE',
  [ApplicationCommandType.PrimaryEntryPoint]: 'PRIMARY_ENTRY_POINT',
};
const TYPES = [
  ApplicationCommandType.ChatInput,
  ApplicationCommandType.User,
  ApplicationCommandType.Message,
  ApplicationCommandType.PrimaryEntryPoint,
];
const CONTEXTS = [
  InteractionContextType.Guild,
  InteractionContextType.BotDM,
  InteractionContextType.PrivateChannel,
];
const INSTALLS = [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall];
const LONGEST = 8000;

/** Refuses a bulk overwrite: each command by itself, counts of each type, names unique for each type. */
export function checkCommands(value: unknown): Json[] {
  checked((form) => {
    const commands = checkList(form, [], value, { max: 130 });
    commands.forEach((command, index) => {
      checkCommand(form, [index], command);
    });
    checkScope(form, commands.filter(isObject));
  });
  return (Array.isArray(value) ? value : []).filter(isObject);
}

/** Refuses one command beside those that its scope already has. */
export function checkOneCommand(value: unknown, others: readonly Json[]): void {
  checked((form) => {
    checkCommand(form, [], value);
    if (isObject(value)) checkScope(form, [...others, value]);
  });
}

function checkCommand(form: Form, path: JsonPath, value: unknown): void {
  const command = checkObject(form, path, value);
  if (!command) return;
  if (!checkChoice(form, [...path, 'type'], command.type, TYPES) && command.type !== undefined) return;
  if (typeOf(command) === ApplicationCommandType.ChatInput) checkChatInput(form, path, command);
  else checkMenuCommand(form, path, command);
  checkPermissions(form, [...path, 'default_member_permissions'], command.default_member_permissions);
  checkNumbers(form, [...path, 'contexts'], command.contexts, CONTEXTS);
  checkNumbers(form, [...path, 'integration_types'], command.integration_types, INSTALLS);
  if (commandLength(command) <= LONGEST) return;
  form.refuse(path, 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${LONGEST})`);
}

function checkChatInput(form: Form, path: JsonPath, command: Json): void {
  checkName(form, path, command);
  checkDescription(form, path, command);
  checkOptionList(form, [...path, 'options'], command.options, 'command');
}

// USER and MESSAGE names may have capitals and blanks, and take neither description nor options.
function checkMenuCommand(form: Form, path: JsonPath, command: Json): void {
  checkText(form, [...path, 'name'], command.name, { min: 1, max: 32, required: true });
  if (typeOf(command) === ApplicationCommandType.PrimaryEntryPoint) return;
  if (command.description) {
    form.refuse(
      [...path, 'description'],
      'APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED',
      'Context menu commands cannot have description',
    );
  }
  if (!Array.isArray(command.options) || command.options.length === 0) return;
  form.refuse(
    [...path, 'options'],
    'APPLICATION_COMMAND_CONTEXT_MENU_COMMAND_CANNOT_HAVE_OPTIONS',
    'Context menu commands cannot have options',
  );
}

function checkPermissions(form: Form, path: JsonPath, value: unknown): void {
  if (value === undefined || value === null || Number.isInteger(value)) return;
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return;
  form.refuse(path, 'NUMBER_TYPE_COERCE', `Value "${String(value)}" is not int.`);
}

function checkNumbers(form: Form, path: JsonPath, value: unknown, choices: readonly number[]): void {
  checkList(form, path, value, { max: choices.length }).forEach((one, index) => {
    checkChoice(form, [...path, index], one, choices, true);
  });
}

function checkScope(form: Form, commands: readonly Json[]): void {
  const seen = new Set<string>();
  commands.forEach((command, index) => {
    const key = `${typeOf(command)} ${String(command.name)}`;
    if (seen.has(key)) {
      form.refuse(
        [index, 'name'],
        'APPLICATION_COMMANDS_DUPLICATE_NAME',
        'Application command names must be unique',
      );
    }
    seen.add(key);
  });
  for (const [type, most] of Object.entries(MOST)) {
    const count = commands.filter((command) => typeOf(command) === Number(type)).length;
    if (count <= most) continue;
    form.refuse(
      [],
      `MAX_${KINDS[Number(type)]}_COMMANDS_REACHED`,
      `Maximum number of ${KINDS[Number(type)]} commands reached (${most}).`,
    );
  }
}
