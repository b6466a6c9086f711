import { z } from 'zod';
import { type Subscription, subscriptionSchema } from './subscription.ts';

/** One change in a server, with what was there before and after. */
const historyEntrySchema = z.object({
  /** UTC milliseconds. */
  at: z.int(),
  /** A member's id; null for Paperboy itself: a subscription ended, or, in earlier versions, a channel refused. */
  who: z.string().nullable(),
  what: z.enum([
    'added',
    'changed',
    'removed',
    'paused',
    'resumed',
    'undone',
    'ended',
    'muted',
    'unmuted',
    'deleted',
  ]),
  channelId: z.string().nullable(),
  before: subscriptionSchema.nullable(),
  after: subscriptionSchema.nullable(),
  /** What was muted; of a post that was deleted its first title. */
  about: z.string().optional(),
});

export const historyDocumentSchema = z.object({
  version: z.literal(1),
  entries: z.array(historyEntrySchema),
});

export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/** A server's history keeps so many of its newest entries, of members' and of Paperboy's own each, for so long. */
const KEPT = 100;
const KEPT_MS = 400 * 86_400_000;

/** The history with one more entry, the newest last, bounded. */
export function withEntry(entries: readonly HistoryEntry[], entry: HistoryEntry): HistoryEntry[] {
  const all = [...entries, entry];
  const kept = new Set([...all.filter(isMembers).slice(-KEPT), ...all.filter(isOwn).slice(-KEPT)]);
  return all.filter((one) => kept.has(one));
}

const isMembers = ({ who }: HistoryEntry): boolean => who !== null;
const isOwn = (entry: HistoryEntry): boolean => !isMembers(entry);

/** The history without what is older than 400 days; the very same list where nothing is. */
export function withoutOld(entries: readonly HistoryEntry[], now: number): readonly HistoryEntry[] {
  const isYoung = ({ at }: HistoryEntry) => at >= now - KEPT_MS;
  return entries.every(isYoung) ? entries : entries.filter(isYoung);
}

/** An entry for what concerns no subscription. */
export const otherEntry = (
  what: 'muted' | 'unmuted' | 'deleted',
  about: { channelId: string | null; about: string; who: string; at: number },
): HistoryEntry => ({ what, ...about, before: null, after: null });

/** An entry for a change of one subscription. */
export function subscriptionEntry(
  what: HistoryEntry['what'],
  before: Subscription | null,
  after: Subscription | null,
  who: string | null,
  at: number,
): HistoryEntry {
  const channelId = (after ?? before)?.channelId ?? null;
  return { at, who, what, channelId, before, after };
}
