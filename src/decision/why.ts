import { z } from 'zod';
import { RENEWING_NAMES, recordOf } from '#src/paper/figures.ts';
import type { TrendReason } from '#src/trend/trend-event.ts';
import type { News } from './news.ts';
import { type Terms, whatSchema } from './terms.ts';

/** Each kind of reason, as it is kept. */
const reasons = {
  votes: z.object({
    kind: z.literal('votes'),
    place: z.number(),
    equals: z.number().optional(),
    papers: z.number(),
    votes: z.number().nullable(),
    had: z.number().optional(),
    ageHours: z.number(),
    pace: z.number().nullable(),
  }),
  rank: z.object({ kind: z.literal('rank'), rank: z.number() }),
} satisfies { [K in TrendReason['kind']]: z.ZodType<Extract<TrendReason, { kind: K }>> };

const reason = z.union(Object.values(reasons));

const newsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('new'), at: z.number() }),
  z.object({ kind: z.literal('trending'), trendEvent: z.looseObject({ at: z.number(), reason }) }),
]);

const news: z.ZodType<News> = z.preprocess(withNamesOfToday, newsSchema);

/** Where a server has a paper in full: the channel it was for, and the message. */
const elsewhere = z.object({ channelId: z.string(), messageChannelId: z.string(), messageId: z.string() });

export type Elsewhere = z.infer<typeof elsewhere>;

const figure = z.number().nullable().default(null);

/** Of a post that is long sent only filters, news and what was asked for are kept. */
const whySchema = z.object({
  /** The filters that matched, as they were written then. */
  filters: z.array(z.string()),
  news,
  /** What could be seen of the paper then. */
  ...recordOf(RENEWING_NAMES, () => figure),
  repository: z.boolean().default(false),
  /** What its subscription asked for; earlier versions did not note it, and later ones may ask for more. */
  asked: whatSchema.optional().catch(undefined),
  /** It asked for the best of a week, not of a day; earlier versions did not note it. */
  isWeekly: z.boolean().optional().catch(undefined),
  /** When the gap began in which a source could not be read: it was missed. UTC ms. */
  missedSince: z.number().optional(),
  /** It stands there in full, and here shorter. */
  elsewhere: elsewhere.optional().catch(undefined),
});

/** What was decided from, kept with the entry: cards, "Why here?" and the ledger tell it. */
export type Why = z.infer<typeof whySchema>;

/**
 * Reads what is kept with an entry. Null where it cannot be read: then the paper goes as it was decided, to whom it was
 * decided for, and without its reason.
 */
export function readWhy(kept: unknown): Why | null {
  return whySchema.safeParse(kept).data ?? null;
}

/** What is kept of it for ever: enough for "Why here?" and a digest's pages, however old. What cannot be read stays. */
export function shortWhy(kept: unknown): unknown {
  const why = readWhy(kept);
  if (!why) return kept;
  const { filters, news, asked, isWeekly, elsewhere: at } = why;
  return {
    ...{ filters, news },
    ...(asked && { asked }),
    ...(isWeekly && { isWeekly }),
    ...(at && { elsewhere: at }),
  };
}

/** What is kept of what a subscription asked for. */
export function askedBy({ what, when }: Pick<Terms, 'what' | 'when'>): Pick<Why, 'asked' | 'isWeekly'> {
  const isWeekly = what.kind === 'top' && when.kind === 'weekly';
  return { asked: what, isWeekly: isWeekly || undefined };
}

/** Versions up to 0.1.0 called a trend event a rising. */
function withNamesOfToday(kept: unknown): unknown {
  const earlier = z.object({ kind: z.literal('rising'), rising: z.unknown() }).safeParse(kept).data;
  return earlier ? { kind: 'trending', trendEvent: earlier.rising } : kept;
}
