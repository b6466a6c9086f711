import { z } from 'zod';
import { type Subscription, subscriptionSchema } from './subscription.ts';

/** One change in a server, with what was there before and after. */
export const historyEntrySchema = z.object({
  /** UTC milliseconds. */
  at: z.int(),
  /** A member's id; null where an earlier version wrote down what Paperboy itself did (a channel refused ...). */
  who: z.string().nullable(),
  what: z.enum(['added', 'copied', 'changed', 'removed', 'paused', 'resumed', 'muted', 'unmuted', 'undone']),
  channelId: z.string().nullable(),
  before: subscriptionSchema.nullable(),
  after: subscriptionSchema.nullable(),
  /** The filter that was muted or unmuted. */
  mute: z.string().nullable(),
  /** Undo does not take it back again. */
  undone: z.boolean(),
});

export const historyDocumentSchema = z.object({
  version: z.literal(1),
  entries: z.array(historyEntrySchema),
});
export const mutesDocumentSchema = z.object({ version: z.literal(1), mutes: z.array(z.string()) });

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

/** Where the newest change by a member stands that can still be taken back; -1 when there is none. */
export function lastUndoable(entries: readonly HistoryEntry[]): number {
  return entries.findLastIndex(({ who, what, undone }) => who !== null && what !== 'undone' && !undone);
}

/** An entry for a change of one subscription. */
export function subscriptionEntry(
  what: HistoryEntry['what'],
  before: Subscription | null,
  after: Subscription | null,
  who: string | null,
  at: number,
): HistoryEntry {
  const channelId = (after ?? before)?.channelId ?? null;
  return { at, who, what, channelId, before, after, mute: null, undone: false };
}

/** An entry for a filter that was muted or unmuted. */
export function muteEntry(what: 'muted' | 'unmuted', filter: string, who: string, at: number): HistoryEntry {
  return { at, who, what, channelId: null, before: null, after: null, mute: filter, undone: false };
}

/** An entry for taking a change back: what was after it is now before. */
export function undoneEntry(wrong: HistoryEntry, who: string, at: number): HistoryEntry {
  return { ...wrong, at, who, what: 'undone', before: wrong.after, after: wrong.before, undone: false };
}
