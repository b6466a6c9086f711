import { z } from 'zod';
import type { ServerSettings } from './server-settings.ts';
import type { Subscription } from './subscription.ts';

const WHAT = [
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
  'settings',
] as const;

export const changeKindSchema = z.enum(WHAT);

/** One change in a server, with what was there before and after. */
export type HistoryEntry = {
  /** UTC milliseconds. */
  at: number;
  /** A member's id; null for Paperboy itself: a subscription ended, or, in earlier versions, a channel refused. */
  who: string | null;
  what: (typeof WHAT)[number];
  /** Null where it holds in the whole server. */
  channelId: string | null;
  before: Subscription | null;
  after: Subscription | null;
  /** What was muted; of a post that was deleted its first title. */
  about?: string;
  /** The settings of the server, where those were changed. */
  settings?: { before: ServerSettings; after: ServerSettings };
};

/** An entry as it is stored: later ones have higher ids. */
export type StoredEntry = HistoryEntry & { id: number };

/** An entry for what concerns no subscription. */
export const otherEntry = (
  what: 'muted' | 'unmuted' | 'deleted',
  about: { channelId: string | null; about: string; who: string; at: number },
): HistoryEntry => ({ what, ...about, before: null, after: null });

/** An entry for other settings of the whole server. */
export const settingsEntry = (
  settings: NonNullable<HistoryEntry['settings']>,
  who: string | null,
  at: number,
): HistoryEntry => ({ what: 'settings', who, at, channelId: null, before: null, after: null, settings });

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
