import { z } from 'zod';

const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const instant = z.int();
/** 1 = Monday. */
const weekday = z.int().min(1).max(7);

/** How much of what is newly trending: a notch, or about so many papers a day over all topics. */
const dial = z.union([
  z.enum(['sure', 'balanced', 'early', 'wide']),
  z.object({ perDay: z.number().positive() }),
]);

const scope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('trending'), dial }),
  /** Every new paper that matches. */
  z.object({ kind: z.literal('all') }),
  /** The best n of a day. */
  z.object({ kind: z.literal('top'), n: z.int().positive() }),
]);

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

/** What a moderator wants. What Discord hinders is its channel's hold in the outbox, and is not noted here. */
const paused = z.object({ reason: z.string(), at: instant });
/** Earlier versions noted Discord's refusals here too: those say nothing of what a moderator wants. */
const storedPaused = paused
  .extend({ by: z.enum(['moderator', 'discord']).optional() })
  .nullable()
  .transform((stored) =>
    stored && stored.by !== 'discord' ? { reason: stored.reason, at: stored.at } : null,
  );

/** One subscription of one channel. Instants are UTC milliseconds, hours `HH:MM` of the zone beside them. */
export const subscriptionSchema = z.object({
  /** Short, unique among all. */
  id: z.string().min(1),
  serverId: z.string().min(1),
  channelId: z.string().min(1),
  /** As it was written. */
  filter: z.string(),
  scope,
  when,
  /** Cards a day; what is more goes to a digest. */
  cap: z.int().positive(),
  quiet: quiet.nullable(),
  /** The role to mention. */
  roleId: z.string().nullable(),
  place: z.enum(['message', 'thread', 'forum']),
  /** Without a sound. */
  silent: z.boolean(),
  /** Digests are published to the followers of an announcement channel. */
  publish: z.boolean(),
  createdAt: instant,
  /** A member's id. */
  createdBy: z.string(),
  /** Only what rises or arrives after it is posted; the last change of what it wants, as far as papers go: see from-now-on.ts. */
  since: instant,
  /** What it wanted until `since`, where it ran: what was news by then may not be decided yet. */
  was: z.object({ filter: z.string(), scope, since: instant }).optional(),
  /** Null while it runs. */
  paused: storedPaused,
});

/** What is stored for one channel under `server:channel`. */
export const channelDocumentSchema = z.object({
  version: z.literal(1),
  subscriptions: z.array(subscriptionSchema),
});

export type Subscription = z.infer<typeof subscriptionSchema>;
export type Scope = Subscription['scope'];
export type Dial = z.infer<typeof dial>;
export type When = Subscription['when'];
export type Quiet = z.infer<typeof quiet>;

/** What a moderator decides; the book adds the rest. */
export type Draft = Omit<
  Subscription,
  'id' | 'serverId' | 'channelId' | 'createdAt' | 'createdBy' | 'since' | 'was' | 'paused'
>;

export const DEFAULT_CAP = 10;

/** What a channel gets where nothing else was said: what is newly trending, as it happens. */
export const DEFAULTS: Omit<Draft, 'filter'> = {
  scope: { kind: 'trending', dial: 'balanced' },
  when: { kind: 'now' },
  cap: DEFAULT_CAP,
  quiet: null,
  roleId: null,
  place: 'message',
  silent: false,
  publish: false,
};
