import type { Keyv } from 'keyv';
import { z } from 'zod';
import { keysHolding } from '#src/foundation/database/keyv-store.ts';
import { namesId, withoutId } from '#src/foundation/ids-in.ts';
import { channel } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import { oldHistorySchema } from './change-rows.ts';
import { type Mute, mutesDocumentSchema } from './mute.ts';
import {
  SETTINGS_OF_NEW,
  SETTINGS_OF_OLD,
  type ServerSettings,
  settingsDocumentSchema,
} from './server-settings.ts';
import { channelDocumentSchema, type Subscription } from './subscription.ts';

// Keys: `server:channel`, `server:settings` and `server:mutes` for each server; earlier versions had `server:history` too.
// Ids are digits, so none can clash.

/** A document that could not be read: it stays as it is, and its channel takes no changes. */
export type Unread = { key: string; serverId: string; reason: string };

/** What earlier versions kept of a server's changes, each an entry. */
export type OldHistory = { serverId: string; entries: readonly unknown[] };
/** What of a whole server is to be other; null: nothing. */
export type ServerPart = { settings?: ServerSettings | null; mutes?: readonly Mute[] | null };

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

  const write = async (serverId: string, values: Record<string, unknown>): Promise<() => void> => {
    const unreadable = Object.keys(values).find((name) => unread.has(`${serverId}:${name}`));
    if (unreadable) throw cannotBeRead(unreadable);
    const entries = Object.entries(values).map(([name, value]) => ({ key: `${serverId}:${name}`, value }));
    await keyv.setMany(entries);
    return () => {
      for (const { key } of entries) noteKey(serverId, key);
    };
  };

  /** Every document of a server as it lies there, what cannot be read too. */
  const storedIn = (serverId: string): Promise<{ key: string; value: unknown }[]> =>
    Promise.all(keysIn(serverId).map(async (key) => ({ key, value: await keyv.get(key) })));

  const readInto = (key: string, value: unknown, found: Found): void => {
    const [serverId, name] = key.split(':');
    noteKey(serverId, key);
    if (name === HISTORY) {
      const document = readDocument(key, oldHistorySchema, value);
      if (document) found.histories.push({ serverId, entries: document.entries });
    } else if (name === SETTINGS) {
      const document = readDocument(key, settingsDocumentSchema, value);
      if (document) settingsOf.set(serverId, document.settings);
    } else if (name === MUTES) {
      const document = readDocument(key, mutesDocumentSchema, value);
      if (document) mutesOf.set(serverId, document.mutes);
    } else if (name)
      found.subscriptions.push(...(readDocument(key, channelDocumentSchema, value)?.subscriptions ?? []));
    else unread.set(key, { key, serverId, reason: 'The key does not name a channel' });
  };

  return {
    async load(): Promise<Found & { unread: Unread[] }> {
      const found: Found = { subscriptions: [], histories: [] };
      for await (const [key, value] of keyv.iterator?.(undefined) ?? []) readInto(key, value, found);
      return { ...found, unread: [...unread.values()] };
    },

    /** Inside the transaction that keeps its entries elsewhere; `dropHistory` follows once that is committed. */
    async deleteHistory(serverId: string): Promise<void> {
      await keyv.delete(`${serverId}:${HISTORY}`);
    },
    dropHistory(serverId: string): void {
      keysOf.get(serverId)?.delete(`${serverId}:${HISTORY}`);
    },

    /** Every server of which anything is stored. */
    servers: (): string[] => [...keysOf.keys()],

    unreadIn: (serverId: string): Unread[] =>
      [...unread.values()].filter((document) => document.serverId === serverId),

    settings: (serverId: string): ServerSettings => settingsOf.get(serverId) ?? SETTINGS_OF_OLD,

    /** Each of these writes is told of in memory by the function it gives, once its transaction is committed. */
    async writeSettings(serverId: string, settings: ServerSettings): Promise<() => void> {
      const note = await write(serverId, { [SETTINGS]: { version: 1, settings } });
      return () => {
        note();
        settingsOf.set(serverId, settings);
      };
    },

    /** The oldest first; the very same list until it is changed. Those that cannot be read mute nothing. */
    mutes: (serverId: string): readonly Mute[] => mutesOf.get(serverId) ?? NO_MUTES,

    mutingServers: (): string[] => [...mutesOf.keys()],

    async writeMutes(serverId: string, mutes: readonly Mute[]): Promise<() => void> {
      const note = await write(serverId, { [MUTES]: { version: 1, mutes } });
      return () => {
        note();
        mutesOf.set(serverId, mutes);
      };
    },

    /** Some channels' subscriptions, and what else of their server is to be other; a server's first settings come with them. */
    async writeChannels(
      serverId: string,
      channels: ReadonlyMap<string, readonly Subscription[]>,
      { settings: wanted = null, mutes = null }: ServerPart = {},
    ): Promise<() => void> {
      const documents = [...channels].map(([id, subscriptions]) => [id, { version: 1, subscriptions }]);
      const settings = wanted ?? (keysIn(serverId).length === 0 ? SETTINGS_OF_NEW : null);
      const note = await write(serverId, {
        ...Object.fromEntries(documents),
        ...(settings && { [SETTINGS]: { version: 1, settings } }),
        ...(mutes && { [MUTES]: { version: 1, mutes } }),
      });
      return () => {
        note();
        if (settings) settingsOf.set(serverId, settings);
        if (mutes) mutesOf.set(serverId, mutes);
      };
    },

    /** A channel's subscriptions alone: nobody changed them. */
    async putChannel(
      serverId: string,
      channel: string,
      subscriptions: readonly Subscription[],
    ): Promise<void> {
      (await write(serverId, { [channel]: { version: 1, subscriptions } }))();
    },

    /** Removes documents of channels in which `isEmpty`. What cannot be read stays. */
    async prune(serverId: string, isEmpty: (channel: string) => boolean): Promise<void> {
      const readable = keysIn(serverId).filter((key) => !unread.has(key));
      const empty = readable.filter((key) => isOfChannel(key) && isEmpty(nameOf(key)));
      await keyv.deleteMany(empty);
      for (const key of empty) keysOf.get(serverId)?.delete(key);
    },

    /** Deletes everything of a server, which `dropServer` forgets in memory once that is committed. */
    async deleteServer(serverId: string): Promise<void> {
      await keyv.deleteMany(keysIn(serverId));
    },

    stored: storedIn,

    /** The servers in whose documents the id stands. */
    serversNaming: async (id: string): Promise<Set<string>> =>
      new Set((await keysHolding(keyv, id)).map(serverOf)),

    /** Puts another word where the id stood, in what cannot be read too. Resolves with the subscriptions that it changed; null: nothing. */
    async replaceId(serverId: string, id: string, instead: string): Promise<Subscription[] | null> {
      const naming = (await storedIn(serverId)).filter(({ value }) => namesId(value, id));
      const changed = naming.map(({ key, value }) => ({ key, value: withoutId(value, id, instead) }));
      if (changed.length === 0) return null;
      await keyv.setMany(changed);
      const found: Found = { subscriptions: [], histories: [] };
      for (const { key, value } of changed) readInto(key, value, found);
      return found.subscriptions;
    },

    dropServer(serverId: string): void {
      for (const key of keysIn(serverId)) unread.delete(key);
      keysOf.delete(serverId);
      settingsOf.delete(serverId);
      mutesOf.delete(serverId);
    },
  };
}

/** What was read at the start. */
type Found = { subscriptions: Subscription[]; histories: OldHistory[] };

const nameOf = (key: string): string => key.slice(key.indexOf(':') + 1);
const isOfChannel = (key: string): boolean => ![HISTORY, SETTINGS, MUTES].includes(nameOf(key));

function serverOf(key: string): string {
  return key.slice(0, key.indexOf(':'));
}

function cannotBeRead(name: string): UserError {
  if (name === SETTINGS) return new UserError('subscribe.unreadableSettings');
  if (name === MUTES) return new UserError('subscribe.unreadableMutes');
  return new UserError('subscribe.unreadableChannel', { channel: channel(name) });
}
