import type { Keyv } from 'keyv';
import { z } from 'zod';
import { channel } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import { type HistoryEntry, historyDocumentSchema, withoutOld } from './history.ts';
import { type Mute, mutesDocumentSchema } from './mute.ts';
import {
  SETTINGS_OF_NEW,
  SETTINGS_OF_OLD,
  type ServerSettings,
  settingsDocumentSchema,
} from './server-settings.ts';
import { channelDocumentSchema, type Subscription } from './subscription.ts';

// Keys: `server:channel`, `server:history`, `server:settings` and `server:mutes` for each server. Ids are digits, so none can clash.

/** A document that could not be read: it stays as it is, and its channel takes no changes. */
export type Unread = { key: string; serverId: string; reason: string };

const HISTORY = 'history';
const SETTINGS = 'settings';
const MUTES = 'mutes';
const NO_MUTES: readonly Mute[] = [];

/**
 * The subscription store's documents in keyv. Each write is one `setMany`: all of it or nothing. What cannot be read is
 * never overwritten: such a write throws a UserError.
 */
export function openDocuments(keyv: Keyv) {
  const unread = new Map<string, Unread>();
  const keysOf = new Map<string, Set<string>>();
  const settingsOf = new Map<string, ServerSettings>();
  const mutesOf = new Map<string, readonly Mute[]>();

  const keysIn = (serverId: string): string[] => [...(keysOf.get(serverId) ?? [])];
  const noteKey = (serverId: string, key: string): void => {
    const keys = keysOf.get(serverId) ?? new Set<string>();
    keysOf.set(serverId, keys.add(key));
  };

  const readDocument = <T>(key: string, schema: z.ZodType<T>, value: unknown): T | null => {
    const read = schema.safeParse(value);
    if (read.success) return read.data;
    unread.set(key, { key, serverId: serverOf(key), reason: z.prettifyError(read.error) });
    return null;
  };

  const write = async (serverId: string, values: Record<string, unknown>): Promise<void> => {
    const unreadable = Object.keys(values).find((name) => unread.has(`${serverId}:${name}`));
    if (unreadable) throw cannotBeRead(unreadable);
    const entries = Object.entries(values).map(([name, value]) => ({ key: `${serverId}:${name}`, value }));
    await keyv.setMany(entries);
    for (const { key } of entries) noteKey(serverId, key);
  };

  const readInto = (key: string, value: unknown, found: Subscription[]): void => {
    const [serverId, name] = key.split(':');
    noteKey(serverId, key);
    if (name === HISTORY) readDocument(key, historyDocumentSchema, value);
    else if (name === SETTINGS) {
      const document = readDocument(key, settingsDocumentSchema, value);
      if (document) settingsOf.set(serverId, document.settings);
    } else if (name === MUTES) {
      const document = readDocument(key, mutesDocumentSchema, value);
      if (document) mutesOf.set(serverId, document.mutes);
    } else if (name) found.push(...(readDocument(key, channelDocumentSchema, value)?.subscriptions ?? []));
    else unread.set(key, { key, serverId, reason: 'The key does not name a channel' });
  };

  return {
    async load(): Promise<{ subscriptions: Subscription[]; unread: Unread[] }> {
      const subscriptions: Subscription[] = [];
      for await (const [key, value] of keyv.iterator?.(undefined) ?? []) readInto(key, value, subscriptions);
      return { subscriptions, unread: [...unread.values()] };
    },

    /** Every server of which anything is stored. */
    servers: (): string[] => [...keysOf.keys()],

    unreadIn: (serverId: string): Unread[] =>
      [...unread.values()].filter((document) => document.serverId === serverId),

    /** The newest last. A history that cannot be read counts as empty. */
    async history(serverId: string): Promise<readonly HistoryEntry[]> {
      const read = historyDocumentSchema.safeParse(await keyv.get(`${serverId}:${HISTORY}`));
      return read.success ? read.data.entries : [];
    },

    settings: (serverId: string): ServerSettings => settingsOf.get(serverId) ?? SETTINGS_OF_OLD,

    async writeSettings(serverId: string, settings: ServerSettings): Promise<void> {
      await write(serverId, { [SETTINGS]: { version: 1, settings } });
      settingsOf.set(serverId, settings);
    },

    /** The oldest first; the very same list until it is changed. Those that cannot be read mute nothing. */
    mutes: (serverId: string): readonly Mute[] => mutesOf.get(serverId) ?? NO_MUTES,

    mutingServers: (): string[] => [...mutesOf.keys()],

    async writeMutes(
      serverId: string,
      mutes: readonly Mute[],
      entries: readonly HistoryEntry[],
    ): Promise<void> {
      await write(serverId, { [MUTES]: { version: 1, mutes }, [HISTORY]: { version: 1, entries } });
      mutesOf.set(serverId, mutes);
    },

    writeHistory: (serverId: string, entries: readonly HistoryEntry[]): Promise<void> =>
      write(serverId, { [HISTORY]: { version: 1, entries } }),

    /** Some channels' subscriptions together with the history of their server; a server's first settings come with them. */
    async writeChannels(
      serverId: string,
      channels: ReadonlyMap<string, readonly Subscription[]>,
      entries: readonly HistoryEntry[],
    ): Promise<void> {
      const documents = [...channels].map(([id, subscriptions]) => [id, { version: 1, subscriptions }]);
      const first = keysIn(serverId).length === 0 ? SETTINGS_OF_NEW : null;
      await write(serverId, {
        ...Object.fromEntries(documents),
        [HISTORY]: { version: 1, entries },
        ...(first && { [SETTINGS]: { version: 1, settings: first } }),
      });
      if (first) settingsOf.set(serverId, first);
    },

    /** A channel's subscriptions alone: nobody changed them. */
    putChannel: (serverId: string, channel: string, subscriptions: readonly Subscription[]): Promise<void> =>
      write(serverId, { [channel]: { version: 1, subscriptions } }),

    /** Removes a server's old history, and documents of channels in which `isEmpty`. What cannot be read stays. */
    async prune(serverId: string, isEmpty: (channel: string) => boolean, now: number): Promise<void> {
      const readable = keysIn(serverId).filter((key) => !unread.has(key));
      const empty = readable.filter((key) => isOfChannel(key) && isEmpty(nameOf(key)));
      await keyv.deleteMany(empty);
      for (const key of empty) keysOf.get(serverId)?.delete(key);
      const entries = await this.history(serverId);
      const kept = withoutOld(entries, now);
      if (kept !== entries) await write(serverId, { [HISTORY]: { version: 1, entries: kept } });
    },

    /** Deletes everything of a server, which `dropServer` forgets in memory once that is committed. */
    async deleteServer(serverId: string): Promise<void> {
      await keyv.deleteMany(keysIn(serverId));
    },

    dropServer(serverId: string): void {
      for (const key of keysIn(serverId)) unread.delete(key);
      keysOf.delete(serverId);
      settingsOf.delete(serverId);
      mutesOf.delete(serverId);
    },
  };
}

const nameOf = (key: string): string => key.slice(key.indexOf(':') + 1);
const isOfChannel = (key: string): boolean => ![HISTORY, SETTINGS, MUTES].includes(nameOf(key));

function serverOf(key: string): string {
  return key.slice(0, key.indexOf(':'));
}

function cannotBeRead(name: string): UserError {
  return name === HISTORY || name === SETTINGS || name === MUTES
    ? new UserError('subscribe.unreadableServer')
    : new UserError('subscribe.unreadableChannel', { channel: channel(name) });
}
