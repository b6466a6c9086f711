import { ENGLISH, type MessageKey } from './languages.ts';
import type { Placeholders } from './placeholders.ts';
import type { Mark, Phrase } from './values.ts';

/** What a sentence is said with: nothing where it has no placeholders. */
export type Said<K extends MessageKey> =
  Record<string, never> extends Placeholders[K] ? [] : [values: Placeholders[K]];

/** The sentences that are said as they are. */
export type PlainKey = {
  [K in MessageKey]: Record<string, never> extends Placeholders[K] ? K : never;
}[MessageKey];

/** Whether that is the name of a sentence. It has no placeholders where it names a choice. */
export const isMessage = (name: string): name is PlainKey => Object.hasOwn(ENGLISH.messages, name);

/** Names a sentence, with what stands in it. */
export function phrase<K extends MessageKey>(key: K, ...[values]: Said<K>): Phrase {
  return { key, values: values ?? {} };
}

/** As it was typed, letter by letter. */
export const code = (text: string, most?: number): Mark => ({ mark: 'code', text, most });
/** Text of papers and people: nothing in it formats, links or mentions. */
export const words = (text: string, most?: number): Mark => ({ mark: 'words', text, most });
/** The same between quotes. */
export const quoted = (text: string, most?: number): Mark => ({ mark: 'quoted', text, most });
/** Text of papers and people, the addresses in it as links. */
export const markdown = (text: string, most?: number): Mark => ({ mark: 'markdown', text, most });
export const channel = (id: string): Mark => ({ mark: 'channel', id });
export const role = (id: string): Mark => ({ mark: 'role', id });
/** `at`: UTC ms. */
export const instant = (at: number, style: 'R' | 'f' | 't' | 'd' | 'D' = 'R'): Mark => ({
  mark: 'instant',
  at,
  style,
});

/** For a message that chooses. */
export const yesNo = (is: boolean): 'yes' | 'no' => (is ? 'yes' : 'no');

/** Whole sentences, one after the other. */
export function sentences(first: Phrase, ...others: readonly Phrase[]): Phrase {
  return others.reduce((before, after) => phrase('sentence.andNext', { before, after }), first);
}

/** The same, each on a line of its own. */
export function lines(first: Phrase, ...others: readonly Phrase[]): Phrase {
  return others.reduce((before, after) => phrase('sentence.onNextLine', { before, after }), first);
}
