import type { MentionRule } from '#src/decision/mention.ts';
import { typedText } from '#src/foundation/typed-text.ts';
import { quoted } from '#src/wording/phrase.ts';
import type { UserError } from '#src/wording/user-error.ts';
import { notSaved } from './not-saved.ts';

const MEANT: ReadonlyMap<string, MentionRule> = new Map<string, MentionRule>([
  ...['strict', 'strict papers', 'strict papers only'].map((words) => [words, 'strict'] as const),
  ...['every', 'every alert', 'all', 'always'].map((words) => [words, 'every'] as const),
  ...['digests', 'digests only'].map((words) => [words, 'digests'] as const),
  ...['hourly', 'at most one ping an hour', 'once an hour'].map((words) => [words, 'hourly'] as const),
]);

/** `mention` as it was chosen or typed; null where it was not said. Throws UserError, with what to write. */
export function readMention(text: string): MentionRule | null {
  const words = typedText(text);
  if (words === '') return null;
  const meant = MEANT.get(words);
  if (!meant) throw noMention(text);
  return meant;
}

const noMention = (text: string): UserError => notSaved('mention.notOne', { text: quoted(text, 60) });
