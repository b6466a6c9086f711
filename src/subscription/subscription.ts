import { z } from 'zod';
import { MENTIONS } from '#src/decision/mention.ts';
import { DEFAULT_TERMS, termsSchema, whatSchema } from '#src/decision/terms.ts';
import { storedPhrase } from '#src/wording/kept-phrase.ts';

const instant = z.int();
/** What a moderator wants. What Discord hinders is its channel's hold in the outbox, and is not noted here. */
const paused = z.object({
  reason: storedPhrase,
  at: instant,
  /** When it ends by itself; absent: when somebody resumes it. */
  until: instant.optional(),
});
/** Earlier versions noted Discord's refusals here too: those say nothing of what a moderator wants. */
const storedPaused = paused
  .extend({ by: z.enum(['moderator', 'discord']).optional() })
  .nullable()
  .transform((stored) =>
    stored && stored.by !== 'discord'
      ? {
          ...{ reason: stored.reason, at: stored.at },
          ...(stored.until !== undefined && { until: stored.until }),
        }
      : null,
  );

/** The last day of a subscription, as it was meant, and when that day is over there. */
const until = z.object({ day: z.iso.date(), zone: z.string(), at: instant });

const wantedBefore = z.object({ filter: z.string(), what: whatSchema, since: instant });

/** One subscription of one channel. Instants are UTC milliseconds, hours `HH:MM` of the zone beside them. */
const current = z.object({
  /** Short, unique among all. */
  id: z.string().min(1),
  serverId: z.string().min(1),
  channelId: z.string().min(1),
  /** As it was written. */
  filter: z.string(),
  ...termsSchema.shape,
  /** The role to mention. */
  roleId: z.string().nullable(),
  /** Versions up to 0.1.0 mentioned it with every post. */
  mention: z.enum(MENTIONS).default('every'),
  place: z.enum(['message', 'thread', 'forum']),
  /** Without a sound. */
  silent: z.boolean(),
  /** Digests are published to the followers of an announcement channel. */
  publish: z.boolean(),
  /** It ends by itself; absent: it goes on. */
  until: until.optional(),
  createdAt: instant,
  /** A member's id. */
  createdBy: z.string(),
  /** Only what rises or arrives after it is posted; the last change of what it wants, as far as papers go: see from-now-on.ts. */
  since: instant,
  /** What it wanted until `since`, where it ran: what was news by then may not be decided yet. */
  was: z.preprocess(withNamesOfToday, wantedBefore).optional(),
  /** Null while it runs. */
  paused: storedPaused,
});

export const subscriptionSchema = z.preprocess(withNamesOfToday, current);

/** What is stored for one channel under `server:channel`. */
export const channelDocumentSchema = z.object({
  version: z.literal(1),
  subscriptions: z.array(subscriptionSchema),
});

export type Subscription = z.infer<typeof subscriptionSchema>;

/** What a moderator decides; the store adds the rest. */
export type SubscriptionDraft = Omit<
  Subscription,
  'id' | 'serverId' | 'channelId' | 'createdAt' | 'createdBy' | 'since' | 'was' | 'paused'
>;

/** What a channel gets where nothing else was said: what is newly trending, as it happens. */
export const DEFAULTS: Omit<SubscriptionDraft, 'filter'> = {
  ...DEFAULT_TERMS,
  roleId: null,
  mention: 'strict',
  place: 'message',
  silent: false,
  publish: false,
};

/** Versions up to 0.1.0 called what a subscription wants its scope. */
function withNamesOfToday(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null || !('scope' in stored)) return stored;
  const { scope, ...rest } = stored;
  return { what: scope, ...rest };
}
