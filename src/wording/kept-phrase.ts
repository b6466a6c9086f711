import { z } from 'zod';
import { sayInEnglish } from './in-english.ts';
import type { Phrase } from './values.ts';

/** What is stored to be said later. Plain text: somebody else's words, or a sentence that an earlier version stored. */
export type KeptPhrase = Phrase | string;

/** As a text column has it. */
export const storedText = (kept: KeptPhrase): string =>
  typeof kept === 'string' ? kept : JSON.stringify(kept);

const shape = z.object({ key: z.string(), values: z.record(z.string(), z.unknown()) });

/** Reads it back. */
export function readKept(text: string): KeptPhrase {
  if (!text.startsWith('{"key":')) return text;
  try {
    const read = shape.safeParse(JSON.parse(text));
    return read.success ? (read.data as Phrase) : text;
  } catch {
    // Somebody else's words that only begin so.
    return text;
  }
}

/** The English sentence, for the operator; of one that an earlier version stored it is the same. */
export const inEnglish = (kept: KeptPhrase): string => (typeof kept === 'string' ? kept : sayInEnglish(kept));
