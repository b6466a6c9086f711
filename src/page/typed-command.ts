import type { OfferedCommand, OfferedOption, OptionValue, PickKind, Place } from './protocol.ts';

/*
 * Commands as one types them, in the page and in the terminal: `/search query:diffusion sort:newest`, or `/search diffusion`.
 * Nothing typed is dropped: what no option takes is named.
 */

/** `texts`: by the names of options, as typed. `left`: what no option takes. */
export type TypedCommand = { command: OfferedCommand; texts: ReadonlyMap<string, string>; left: string };

/** Somebody or something of a server that an option or a select can mean. */
export type Pickable = {
  id: string;
  name: string;
  of: 'user' | 'role' | 'channel';
  /** Of channels. */
  channelKind: Place['kind'] | null;
};

type CheckedValue = { value: OptionValue } | { fault: string };

/**
 * The command of a line and the texts of its options. A value goes on until the next `name:`; what has no name before it is of
 * the first required option that is not named, else of the first one. Null: no line of a command that is offered.
 */
export function readTypedCommand(line: string, commands: readonly OfferedCommand[]): TypedCommand | null {
  if (!line.startsWith('/')) return null;
  const found = commands
    .filter(({ kind }) => kind === 'slash')
    .map((command) => ({ command, rest: restAfter(line.slice(1), command.name) }))
    .filter(({ rest }) => rest !== null)
    .sort((a, b) => b.command.name.length - a.command.name.length)[0];
  return found ? { command: found.command, ...textsIn(found.command, found.rest ?? '') } : null;
}

/** What stands after the words of a name; null where the line does not begin with them. */
function restAfter(line: string, name: string): string | null {
  let rest = line;
  for (const word of name.split(' ')) {
    rest = rest.trimStart();
    if (!isSame(rest.slice(0, word.length), word)) return null;
    rest = rest.slice(word.length);
    if (/^\S/.test(rest)) return null;
  }
  return rest.trim();
}

function textsIn({ options }: OfferedCommand, rest: string): Omit<TypedCommand, 'command'> {
  const texts = new Map<string, string>();
  const marks = marksIn(options, rest);
  for (const [index, { name, begin }] of marks.entries())
    texts.set(name, rest.slice(begin, marks[index + 1]?.at).trim());
  const unnamed = rest.slice(0, marks[0]?.at).trim();
  const free = options.filter(({ name, kind }) => !texts.has(name) && kind !== 'attachment');
  const taker = free.find(({ isRequired }) => isRequired) ?? free[0];
  if (unnamed === '' || !taker) return { texts, left: unnamed };
  return { texts: new Map([[taker.name, unnamed], ...texts]), left: '' };
}

/** Where `name:` of an option stands: once each, so that a second one is text. */
function marksIn(options: readonly OfferedOption[], rest: string) {
  const named = new Set<string>();
  return [...rest.matchAll(/(?<!\S)([^\s:]+):/gu)].flatMap(({ 0: mark, 1: typed, index }) => {
    const name = options.find((option) => isSame(option.name, typed))?.name;
    if (name === undefined || named.has(name)) return [];
    named.add(name);
    return [{ name, at: index, begin: index + mark.length }];
  });
}

/** What a text means for an option, or why it cannot be sent; the words are as Discord's. */
export function checkedValue(
  option: OfferedOption,
  text: string,
  pickables: readonly Pickable[],
): CheckedValue {
  if (option.choices.length > 0) return choiceIn(option, text);
  switch (option.kind) {
    case 'text':
      return lengthFault(option, text) ?? { value: text };
    case 'integer':
    case 'number':
      return numberIn(option, text);
    case 'boolean':
      return booleanIn(text);
    case 'attachment':
      return { fault: 'Choose a file.' };
    default:
      return pickedIn({ of: option.kind, channelKinds: option.channelKinds }, text, pickables);
  }
}

function choiceIn({ choices }: OfferedOption, text: string): CheckedValue {
  const found = choices.find(({ name, value }) => isSame(name, text) || isSame(String(value), text));
  return found ? { value: found.value } : { fault: 'Choose one from the list.' };
}

function lengthFault({ shortest, longest }: OfferedOption, text: string): { fault: string } | null {
  const { length } = text;
  if (shortest !== null && length < shortest)
    return { fault: `At least ${characters(shortest)}; this has ${length}.` };
  if (longest !== null && length > longest)
    return { fault: `At most ${characters(longest)}; this has ${length}.` };
  return null;
}

/** `1 character`, `2 characters`. */
export const characters = (count: number): string => (count === 1 ? '1 character' : `${count} characters`);

function numberIn({ kind, min, max }: OfferedOption, text: string): CheckedValue {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return { fault: 'Write a number.' };
  if (kind === 'integer' && !Number.isSafeInteger(value)) return { fault: 'Write a whole number.' };
  if (min !== null && value < min) return { fault: `The smallest is ${min}.` };
  if (max !== null && value > max) return { fault: `The largest is ${max}.` };
  return { value };
}

function booleanIn(text: string): CheckedValue {
  if (['true', 'yes'].some((word) => isSame(word, text))) return { value: true };
  if (['false', 'no'].some((word) => isSame(word, text))) return { value: false };
  return { fault: 'Write True or False.' };
}

function pickedIn(wanted: Wanted, text: string, pickables: readonly Pickable[]): CheckedValue {
  const name = text.replace(/^[@#]/, '');
  const found = pickables
    .filter((one) => isWanted(one, wanted))
    .find((one) => isSame(one.name, text) || isSame(one.name, name) || one.id === text);
  return found ? { value: found.id } : { fault: NOBODY[wanted.of] };
}

const NOBODY: Readonly<Record<PickKind, string>> = {
  user: 'Choose a member of the list.',
  role: 'Choose a role of the list.',
  channel: 'Choose a channel of the list.',
  mentionable: 'Choose a member or a role of the list.',
};

type Wanted = { of: PickKind; channelKinds: readonly Place['kind'][] | null };

/** Whether an option or a select of that kind can mean it. */
export function isWanted({ of, channelKind }: Pickable, wanted: Wanted): boolean {
  if (wanted.of === 'mentionable') return of !== 'channel';
  if (wanted.of !== of) return false;
  return of !== 'channel' || (channelKind !== null && (wanted.channelKinds?.includes(channelKind) ?? true));
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.trim().toLowerCase();
