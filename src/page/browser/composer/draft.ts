import type { OfferedCommand, Place } from '../../protocol.ts';
import { readTypedCommand } from '../../typed-command.ts';
import { barFor, type CommandBar } from './command-bar.ts';

/** What stands in the composer of a place: plain text, or a command that is being filled in. */
export type Draft = { text: string } | CommandBar;

export const BLANK_DRAFT: Draft = { text: '' };

/** A whole line, as it is pasted or put there: a command with its options where it is one. */
export function draftFrom(line: string, commands: readonly OfferedCommand[]): Draft {
  const typed = readTypedCommand(line, commands);
  return typed ? barFor(typed) : { text: line };
}

/** As `draftFrom`, while somebody types: the name of a command is whole when something stands behind it. */
export function draftTyped(text: string, commands: readonly OfferedCommand[]): Draft {
  const typed = readTypedCommand(text, commands);
  return typed && text.length > typed.command.name.length + 1 ? barFor(typed) : { text };
}

export const isBlank = (draft: Draft): boolean => 'text' in draft && draft.text.trim() === '';

const LONGEST = 2000;

/** Why a text cannot be written there; null: it can. */
export function textFault(text: string, place: Place): string | null {
  if (text.startsWith('/')) return `There is no command ${text.split(/\s/)[0]} here. Type / to see them all.`;
  if (!place.mayWrite) return `${whyNoWriting(place)} Commands work: type /.`;
  if (text.length <= LONGEST) return null;
  const [had, most] = [text.length, LONGEST].map((count) => count.toLocaleString('en'));
  return `A message has at most ${most} characters; this has ${had}.`;
}

/** Why the viewer may not write in a place. */
export function whyNoWriting({ kind, isArchived }: Place): string {
  if (isArchived) return 'This thread is closed.';
  return kind === 'thread'
    ? 'You may not send messages in this thread.'
    : 'You may not send messages in this channel.';
}

/** What the empty box says. */
export function boxWords(place: Place): string {
  if (place.kind === 'direct') return `Message @${place.name}`;
  return place.kind === 'thread' ? `Message “${place.name}”` : `Message #${place.name}`;
}
