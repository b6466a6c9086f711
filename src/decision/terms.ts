import { z } from 'zod';
import type { Sensitivity } from '#src/trend/sensitivity.ts';

const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** 1 = Monday. */
const weekday = z.int().min(1).max(7);

/** How much of what is newly trending: a preset, or about so many papers a day over all topics. */
const sensitivity: z.ZodType<Sensitivity> = z.union([
  z.enum(['sure', 'balanced', 'early', 'wide']),
  z.object({ perDay: z.number().positive() }),
]);

const what = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('trending'), sensitivity }),
  /** Every new paper that matches. */
  z.object({ kind: z.literal('all') }),
  /** The best n of a day, or of a week where `when` is weekly. */
  z.object({ kind: z.literal('top'), n: z.int().positive() }),
]);

export const whatSchema = z.preprocess(withNamesOfToday, what);

const when = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('now') }),
  /** On all days where `weekdays` is absent. */
  z.object({
    kind: z.literal('daily'),
    at: hour,
    zone: z.string(),
    weekdays: z.array(weekday).min(1).optional(),
  }),
  z.object({ kind: z.literal('weekly'), weekday, at: hour, zone: z.string() }),
]);

const quiet = z.object({ from: hour, to: hour, zone: z.string() });

/** The part of a subscription that decides, as it is stored. Hours are `HH:MM` of the zone beside them. */
export const termsSchema = z.object({
  what: whatSchema,
  when,
  /** Cards a day; what is more goes to a digest. */
  cap: z.int().positive(),
  quiet: quiet.nullable(),
});

export type Terms = z.infer<typeof termsSchema>;
export type What = Terms['what'];
export type When = Terms['when'];
export type Quiet = z.infer<typeof quiet>;
/** When a digest comes. */
export type Hour = Exclude<When, { kind: 'now' }>;

/** What holds where nothing else was said: what is newly trending, as it happens. */
export const DEFAULT_TERMS: Terms = {
  what: { kind: 'trending', sensitivity: 'balanced' },
  when: { kind: 'now' },
  cap: 10,
  quiet: null,
};

/** The hour of digests that name none: the best few of a day, and what is over the cap. */
export const DEFAULT_HOUR = '09:00';

/** The hour that everything comes at; null where it comes as it happens. The best of a day are known when it is over. */
export function hourOf({ what, when }: Pick<Terms, 'what' | 'when'>): Hour | null {
  if (when.kind !== 'now') return when;
  return what.kind === 'top' ? { kind: 'daily', at: DEFAULT_HOUR, zone: 'UTC' } : null;
}

/** Versions up to 0.1.0 called the sensitivity a dial. */
function withNamesOfToday(stored: unknown): unknown {
  const earlier = z.object({ kind: z.literal('trending'), dial: z.unknown() }).safeParse(stored).data;
  return earlier ? { kind: earlier.kind, sensitivity: earlier.dial } : stored;
}
