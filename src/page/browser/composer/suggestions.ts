import type { OfferedCommand, OfferedOption, OptionValue } from '../../protocol.ts';
import { isWanted, type Pickable } from '../../typed-command.ts';
import { kindWord, signedName } from './pickables.ts';

/** A line of a list to choose from. `value`: what is sent for it. */
export type Suggestion = { key: string; label: string; description: string | null; value: OptionValue };

/** What contains what was typed: what begins with it first, else in the order of the list. */
export function alike<T>(items: readonly T[], typed: string, nameOf: (item: T) => string): readonly T[] {
  const sought = typed.trim().toLowerCase();
  if (sought === '') return items;
  const names = items.map((item) => ({ item, at: nameOf(item).toLowerCase().indexOf(sought) }));
  const begin = names.filter(({ at }) => at === 0);
  const contain = names.filter(({ at }) => at > 0);
  return [...begin, ...contain].map(({ item }) => item);
}

/** The commands that a box with `/se` proposes. */
export function commandsLike(box: string, commands: readonly OfferedCommand[]): readonly OfferedCommand[] {
  const slash = commands.filter(({ kind }) => kind === 'slash');
  return alike(slash, box.replace(/^\//, '').replaceAll(/\s+/g, ' '), ({ name }) => name);
}

/** Options that have no chip yet, by what is typed behind the chips: `so` or `sort:`. */
export function optionsLike(typed: string, options: readonly OfferedOption[]): readonly OfferedOption[] {
  return alike(options, typed.replace(/:$/, ''), ({ name }) => name);
}

/** What can be chosen for an option besides what the bot proposes. */
export function choicesFor(
  option: OfferedOption,
  typed: string,
  pickables: readonly Pickable[],
): readonly Suggestion[] {
  return alike(allChoices(option, pickables), unsigned(option, typed), ({ label }) =>
    unsigned(option, label),
  );
}

function allChoices(option: OfferedOption, pickables: readonly Pickable[]): readonly Suggestion[] {
  if (option.choices.length > 0) return option.choices.map(suggestion);
  switch (option.kind) {
    case 'boolean':
      return BOOLEANS.map(suggestion);
    case 'user':
    case 'role':
    case 'channel':
    case 'mentionable': {
      const wanted = { of: option.kind, channelKinds: option.channelKinds };
      return pickables.filter((one) => isWanted(one, wanted)).map(pickSuggestion);
    }
    default:
      return [];
  }
}

const BOOLEANS = [
  { name: 'True', value: true },
  { name: 'False', value: false },
] as const;

/** A choice as a line of a list. */
export function suggestion({ name, value }: { name: string; value: OptionValue }): Suggestion {
  return { key: String(value), label: name, description: null, value };
}

function pickSuggestion(one: Pickable): Suggestion {
  return { key: one.id, label: signedName(one), description: kindWord(one), value: one.id };
}

/** Whether a text that is none of the list may be sent too. */
export function takesFreeText({ kind, choices }: OfferedOption): boolean {
  return choices.length === 0 && (kind === 'text' || kind === 'integer' || kind === 'number');
}

const unsigned = (option: OfferedOption, text: string): string =>
  takesFreeText(option) ? text : text.replace(/^[@#]/, '');
