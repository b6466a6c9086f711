import { z } from 'zod';
import { FIELD_NAMES } from '#src/match/language/filter-fields.ts';
import { plain } from '#src/render/escape-markdown.ts';
import { sayPlain } from '#src/render/say.ts';
import type { Correction } from '#src/render/subscription-page.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { QuestionStore } from './question-store.ts';

/** A filter as it was probably meant: of a subscription that is saved, or of one that is only tried. */
const correctionSchema = z.object({
  kind: z.literal('correction'),
  serverId: z.string(),
  /** The command whose answer offers it. */
  through: z.enum(['subscribe', 'filter']),
  /** The subscription; '' for one that is tried. */
  id: z.string(),
  /** What it is tried on; '' for the last days. */
  paper: z.string(),
  from: z.string(),
  to: z.string(),
});

type KeptCorrection = z.infer<typeof correctionSchema>;

/** Keeps it behind a button; null where there is nothing to correct. */
export async function offerCorrection(
  questions: QuestionStore,
  { to, ...about }: Omit<KeptCorrection, 'kind' | 'to'> & { to: string | null },
): Promise<Correction | null> {
  if (to === null) return null;
  const key = await questions.keep({ kind: 'correction', ...about, to });
  return {
    customId: `${about.id === '' ? 'try' : 'correct'}:${key}`,
    label: correctionLabel(about.from, to),
  };
}

/** Throws UserError when it is too old. */
export async function recallCorrection(questions: QuestionStore, key: string): Promise<KeptCorrection> {
  const kept = correctionSchema.safeParse(await questions.recall(key, FORGOTTEN));
  if (!kept.success) throw new UserError(FORGOTTEN);
  return kept.data;
}

const FORGOTTEN = 'filter.proposalForgotten';

/** The words that are new in it; the whole filter where more than words are, or only its signs, operators or fields. */
export function correctionLabel(from: string, to: string): string {
  const known = new Set(wordsOf(from));
  const fresh = [...new Set(wordsOf(to))].filter((word) => !known.has(word) && !SIGNS.has(word));
  const areWords = fresh.length > 0 && fresh.every((word) => /^[\p{L}\p{N}]/u.test(word));
  return plain(sayPlain('button.use', { words: areWords ? fresh.join(', ') : to }), 80);
}

const SIGNS = new Set(['OR', 'AND', 'NOT', ...FIELD_NAMES]);

const wordsOf = (text: string): string[] =>
  text.match(/(?<![^\s()"“”:|])-?[^\s()"“”:|]+/gu)?.map((word) => word.replace(/^-|[,.;!?]{1,3}$/g, '')) ??
  [];
