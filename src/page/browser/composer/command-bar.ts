import type { OfferedCommand, OfferedOption, OptionValue, SentFile } from '../../protocol.ts';
import { checkedValue, type Pickable, readTypedCommand, type TypedCommand } from '../../typed-command.ts';

/** A command that is being filled in: a chip for each option that is named, and what is typed behind them. */
export type CommandBar = { command: OfferedCommand; chips: readonly Chip[]; left: string };

export type Chip = {
  option: OfferedOption;
  text: string;
  /** The value that a line of a list stands for; null: the text is read. */
  picked: OptionValue | null;
  file: SentFile | null;
  /** Why it cannot be sent. */
  fault: string | null;
};

/** What can be sent, or the bar with its faults in it. */
type CheckedBar = { options: Record<string, OptionValue | SentFile> } | { bar: CommandBar };

/** A command with chips for what it requires and for what was typed already. */
export function barFor({ command, texts, left }: TypedCommand): CommandBar {
  const named = command.options.filter(({ name, isRequired }) => isRequired || texts.has(name));
  return { command, chips: named.map((option) => chip(option, texts.get(option.name) ?? '')), left };
}

/** A command of which nothing is filled in yet. */
export const newBar = (command: OfferedCommand): CommandBar =>
  barFor({ command, texts: new Map(), left: '' });

const chip = (option: OfferedOption, text: string): Chip => ({
  option,
  text,
  picked: null,
  file: null,
  fault: null,
});

/** Options that have no chip yet. */
export function optionsLeft({ command, chips }: CommandBar): readonly OfferedOption[] {
  return command.options.filter(({ name }) => !chips.some(({ option }) => option.name === name));
}

/** A chip with another text, or the value of a line that was picked, or a file; it has no fault until it is looked at again. */
export function filled(bar: CommandBar, name: string, now: Partial<Omit<Chip, 'option'>>): CommandBar {
  const chips = bar.chips.map((one) =>
    one.option.name === name ? { ...chip(one.option, ''), ...now } : one,
  );
  return { ...bar, chips };
}

/** One more option has a chip, behind the others. */
export function withOption(bar: CommandBar, option: OfferedOption): CommandBar {
  return { ...bar, chips: [...bar.chips, chip(option, '')], left: '' };
}

export function withoutOption(bar: CommandBar, name: string): CommandBar {
  return { ...bar, chips: bar.chips.filter(({ option }) => option.name !== name) };
}

/** What is typed into a chip: its own `query:` before it is no part of it, and `sort:` behind it begins another chip. */
export function typedIntoChip(bar: CommandBar, name: string, text: string): { bar: CommandBar; at: string } {
  const own = text.toLowerCase().startsWith(`${name}:`) ? text.slice(name.length + 1).trimStart() : text;
  const next = optionAtEnd(bar, own);
  if (!next) return { bar: filled(bar, name, { text: own }), at: name };
  const before = filled(bar, name, { text: next.before });
  return { bar: { ...withOption(before, next.option), left: bar.left }, at: next.option.name };
}

/** The option that has no chip yet and that a text ends with, as `diffusion sort:` does. */
function optionAtEnd(bar: CommandBar, text: string): { option: OfferedOption; before: string } | null {
  const typed = text.endsWith(':') ? (text.slice(0, -1).split(/\s/).at(-1) ?? '') : '';
  const option = optionsLeft(bar).find(({ name }) => name === typed.toLowerCase());
  return option ? { option, before: text.slice(0, -1 - typed.length).trimEnd() } : null;
}

/** What is typed behind the chips: `sort:newest` becomes one. */
export function typedBehind(bar: CommandBar, text: string): { bar: CommandBar; at: string | null } {
  const options = optionsLeft(bar);
  const isNamed = options.some(({ name }) => ` ${text.toLowerCase()}`.includes(` ${name}:`));
  const typed = isNamed && readTypedCommand(`/${bar.command.name} ${text}`, [{ ...bar.command, options }]);
  if (!typed) return { bar: { ...bar, left: text }, at: null };
  // What is required has its chip already.
  const more = barFor(typed);
  return {
    bar: { ...bar, chips: [...bar.chips, ...more.chips], left: typed.left },
    at: more.chips.find((one) => one.text === '')?.option.name ?? null,
  };
}

/** Looks at everything before it is sent. */
export function checkedBar(bar: CommandBar, pickables: readonly Pickable[]): CheckedBar {
  const chips = bar.chips.map((one) => ({ ...one, fault: faultOf(one, pickables) }));
  if (chips.some(({ fault }) => fault !== null)) return { bar: { ...bar, chips } };
  return { options: valuesOf(bar, pickables) };
}

/** The values that are whole already; what is empty or faulty is left out. */
export function valuesOf(
  { chips }: CommandBar,
  pickables: readonly Pickable[],
): Record<string, OptionValue | SentFile> {
  const values = chips.flatMap((one) => {
    const value = chipValue(one, pickables);
    return value === null ? [] : [[one.option.name, value] as const];
  });
  return Object.fromEntries(values);
}

function chipValue(
  { option, text, picked, file }: Chip,
  pickables: readonly Pickable[],
): OptionValue | SentFile | null {
  if (file) return file;
  if (picked !== null) return picked;
  if (text.trim() === '') return null;
  const checked = checkedValue(option, text.trim(), pickables);
  return 'value' in checked ? checked.value : null;
}

function faultOf({ option, text, picked, file }: Chip, pickables: readonly Pickable[]): string | null {
  if (file || picked !== null) return null;
  if (text.trim() === '') return option.isRequired ? 'This option is required.' : EMPTY;
  const checked = checkedValue(option, text.trim(), pickables);
  return 'fault' in checked ? checked.fault : null;
}

/** Discord refuses an option that was named and not filled in, too. */
const EMPTY = 'Fill this option in, or remove it with Backspace.';
