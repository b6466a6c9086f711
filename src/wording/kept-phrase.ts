import { z } from 'zod';
import { sayInEnglish } from './in-english.ts';
import { phrase, words } from './phrase.ts';
import type { Phrase } from './values.ts';

/** What is stored to be said later. Plain text: somebody else's words, or a sentence that an earlier version stored. */
export type KeptPhrase = Phrase | string;

/** As a text column has it. */
export const storedText = (kept: KeptPhrase): string =>
  typeof kept === 'string' ? kept : JSON.stringify(kept);

const shape = z
  .object({ key: z.string(), values: z.record(z.string(), z.unknown()) })
  .transform((read) => read as Phrase);

/** As a document has it. What earlier versions stored is the sentence itself, and is shown as it was written. */
export const storedPhrase = z.union([
  shape,
  z.string().transform((text) => phrase('stored.text', { text: words(text) })),
]);

/** Reads back what a text column has. */
export function readKept(text: string): KeptPhrase {
  if (!text.startsWith('{"key":')) return text;
  try {
    const read = shape.safeParse(JSON.parse(text));
    return read.success ? read.data : text;
  } catch {
    // Somebody else's words that only begin so.
    return text;
  }
}

/** The English sentence, for the operator; of one that an earlier version stored it is the same. */
export const inEnglish = (kept: KeptPhrase): string => (typeof kept === 'string' ? kept : sayInEnglish(kept));
