import { z } from 'zod';
import type { SqlValue } from '#src/foundation/database/database.ts';
import { changeKindSchema, type HistoryEntry, type StoredEntry } from './history.ts';
import { serverSettingsSchema } from './server-settings.ts';
import { subscriptionSchema } from './subscription.ts';

/** A row of the table. */
export type ChangeRow = {
  id: number;
  at: number;
  who: string | null;
  what: string;
  channel: string | null;
  before: string | null;
  after: string | null;
  about: string | null;
};

const state = subscriptionSchema.nullable();
const settings = z.object({ before: serverSettingsSchema, after: serverSettingsSchema });

/** Null where the row cannot be read: that concerns nothing but itself. */
export function readChange({ id, at, who, channel, about, ...row }: ChangeRow): StoredEntry | null {
  const what = changeKindSchema.safeParse(row.what);
  if (!what.success) return null;
  const told = { id, at, who, what: what.data, channelId: channel, ...(about !== null && { about }) };
  const before = parsed(row.before);
  const after = parsed(row.after);
  if (what.data === 'settings') {
    const read = settings.safeParse({ before, after });
    return read.success ? { ...told, before: null, after: null, settings: read.data } : null;
  }
  const [from, to] = [state.safeParse(before), state.safeParse(after)];
  return from.success && to.success ? { ...told, before: from.data, after: to.data } : null;
}

/** What is stored of an entry, in the order of `INSERT_CHANGE`. */
export function changeValues(serverId: string, entry: HistoryEntry): SqlValue[] {
  const { at, who, what, channelId, before, after, about = null, settings } = entry;
  const subscription = (after ?? before)?.id ?? null;
  const [from, to] = settings ? [settings.before, settings.after] : [before, after];
  return [serverId, at, who, what, channelId, subscription, stored(from), stored(to), about];
}

export const INSERT_CHANGE = `INSERT INTO change (server, at, who, what, channel, subscription, before, after, about)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const stored = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

/** What is no JSON is like no shape that is known. */
function parsed(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const nullable = z.string().nullable();
const oldEntry = z.object({
  ...{ at: z.int(), who: nullable, what: z.string(), channelId: nullable },
  ...{ before: z.looseObject({}).nullable(), after: z.looseObject({}).nullable() },
  about: z.string().optional(),
});

/** What earlier versions kept of a server: one document, of which no change is lost that can be told at all. */
export const oldHistorySchema = z.object({ version: z.literal(1), entries: z.array(z.unknown()) });

/** An entry of that document, as `changeValues` gives it; null where it cannot be read. */
export function oldChangeValues(serverId: string, entry: unknown): SqlValue[] | null {
  const read = oldEntry.safeParse(entry);
  if (!read.success) return null;
  const { at, who, what, channelId, before, after, about = null } = read.data;
  const id = (after ?? before)?.id;
  const subscription = typeof id === 'string' ? id : null;
  return [serverId, at, who, what, channelId, subscription, stored(before), stored(after), about];
}
