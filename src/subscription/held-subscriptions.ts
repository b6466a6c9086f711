import { setImmediate as othersTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Keyv } from 'keyv';
import type { Database } from '#src/foundation/database/database.ts';
import { createKeyedQueue } from '#src/foundation/keyed-queue.ts';
import type { ChangeStore } from './change-store.ts';
import type { HistoryEntry } from './history.ts';
import type { Mute } from './mute.ts';
import type { ServerSettings } from './server-settings.ts';
import type { Subscription } from './subscription.ts';
import { type OldHistory, openDocuments, type ServerPart, type Unread } from './subscription-documents.ts';
import { changed, createSubscriptionIndex } from './subscription-index.ts';

/** What a listener hears, after it is durable. */
export type SubscriptionChange = { before: Subscription | null; after: Subscription | null };

/** So many changes are some milliseconds of writing, and of listening: each filter is read. */
const A_TURN = 50;

export type HeldSubscriptions = ReturnType<typeof createHeldSubscriptions>;

/**
 * The store's documents with all subscriptions in memory. What is written is durable first, with its entries in the history,
 * then held, then told of. To look and to write is one turn: in one server they come one after the other.
 */
export function createHeldSubscriptions(db: Database, keyv: Keyv, history: ChangeStore) {
  const documents = openDocuments(keyv);
  const { put, ...index } = createSubscriptionIndex();
  const listeners = new Set<(change: SubscriptionChange) => void>();
  const muteListeners = new Set<(serverId: string) => void>();
  const changing = new Set<string>();
  const inTurn = createKeyedQueue();

  const tell = (change: SubscriptionChange): void => {
    for (const listener of listeners) listener(change);
  };

  const tellMutes = (serverId: string): void => {
    for (const listener of muteListeners) listener(serverId);
  };

  /** Documents and what the history has of it, all or none. */
  const together = async (
    serverId: string,
    entries: readonly HistoryEntry[],
    writeDocuments: () => Promise<() => void>,
  ): Promise<void> => {
    const isLong = entries.length > A_TURN;
    // What is looked at, written and noted of very many is more than others should wait for.
    if (isLong) await othersTurn();
    const [note, written] = await db.transaction(async () => {
      const noted = await writeDocuments();
      if (isLong) await othersTurn();
      return [noted, await history.write(serverId, entries)];
    });
    if (isLong) await othersTurn();
    note();
    history.noteWritten(written);
  };

  /** What an earlier version kept as one document becomes a row each. */
  const takeOver = async ({ serverId, entries }: OldHistory): Promise<void> => {
    const written = await db.transaction(async () => {
      await documents.deleteHistory(serverId);
      return history.writeOld(serverId, entries);
    });
    documents.dropHistory(serverId);
    history.noteWritten(written);
  };

  return {
    ...index,
    servers: (): string[] => [...new Set([...documents.servers(), ...history.servers()])],
    unreadIn: documents.unreadIn,
    settings: documents.settings,
    mutes: documents.mutes,
    inTurn,
    inTurnOf: <T>(id: string, work: () => Promise<T>): Promise<T> =>
      inTurn(index.byId(id)?.serverId ?? '', work),
    isChanging: (channelId: string): boolean => changing.has(channelId),

    onChange(listener: (change: SubscriptionChange) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    /** Hears of a server whose mutes are others now; of those that are read at the start too. */
    onMutes(listener: (serverId: string) => void): void {
      muteListeners.add(listener);
    },

    async writeMutes(serverId: string, mutes: readonly Mute[], entry: HistoryEntry): Promise<void> {
      await together(serverId, [entry], () => documents.writeMutes(serverId, mutes));
      tellMutes(serverId);
    },

    writeSettings: (
      serverId: string,
      settings: ServerSettings,
      entries: readonly HistoryEntry[],
    ): Promise<void> => together(serverId, entries, () => documents.writeSettings(serverId, settings)),

    /** An entry of the history alone. */
    writeEntry: (serverId: string, entry: HistoryEntry): Promise<void> =>
      together(serverId, [entry], async () => () => {}),

    async load(): Promise<readonly Unread[]> {
      const { subscriptions, histories, unread } = await documents.load();
      for (const one of histories) await takeOver(one);
      for (const subscription of subscriptions) put(null, subscription);
      for (const serverId of documents.mutingServers()) tellMutes(serverId);
      return unread;
    },

    /** Subscriptions' changes and their history together, all or none; with them what of the whole server is to be other. */
    async write(
      serverId: string,
      changes: readonly HistoryEntry[],
      { entries = [], ...server }: ServerPart & { entries?: readonly HistoryEntry[] } = {},
    ): Promise<void> {
      const channels = new Map<string, readonly Subscription[]>();
      for (const change of changes) {
        const channelId = channelOf(change);
        channels.set(channelId, changed(channels.get(channelId) ?? index.inChannel(channelId), change));
      }
      for (const channelId of channels.keys()) changing.add(channelId);
      try {
        await together(serverId, [...changes, ...entries], () =>
          documents.writeChannels(serverId, channels, server),
        );
        for (const { before, after } of changes) put(before, after);
      } finally {
        for (const channelId of channels.keys()) changing.delete(channelId);
      }
      if (server.mutes) tellMutes(serverId);
      for (const [at, { before, after }] of changes.entries()) {
        if (at > 0 && at % A_TURN === 0) await othersTurn();
        tell({ before, after });
      }
    },

    /** A subscription that no member changed: its history has no entry of it. */
    async writeAlone(before: Subscription, after: Subscription): Promise<void> {
      const { serverId, channelId } = before;
      await documents.putChannel(serverId, channelId, changed(index.inChannel(channelId), { before, after }));
      put(before, after);
      tell({ before, after });
    },

    stored: documents.stored,
    serversNaming: documents.serversNaming,

    /** Of a server; whoever holds its subscriptions or mutes hears of them as they are then. */
    async replaceId(serverId: string, id: string, instead: string): Promise<void> {
      const changed = await documents.replaceId(serverId, id, instead);
      if (changed === null) return;
      for (const after of changed) {
        const before = index.byId(after.id);
        if (!before || isDeepStrictEqual(before, after)) continue;
        put(before, after);
        tell({ before, after });
      }
      tellMutes(serverId);
    },

    prune: (serverId: string): Promise<void> =>
      documents.prune(serverId, (channel) => index.inChannel(channel).length === 0),

    async forgetServer(
      serverId: string,
      withMore: (deleteAll: () => Promise<void>) => Promise<boolean>,
    ): Promise<boolean> {
      const deleteAll = async () => {
        await documents.deleteServer(serverId);
        await history.deleteServer(serverId);
      };
      if (!(await withMore(deleteAll))) return false;
      documents.dropServer(serverId);
      history.dropServer(serverId);
      tellMutes(serverId);
      for (const gone of index.inServer(serverId)) {
        put(gone, null);
        tell({ before: gone, after: null });
      }
      return true;
    },
  };
}

const channelOf = ({ before, after }: Pick<HistoryEntry, 'before' | 'after'>): string =>
  (after ?? before)?.channelId ?? '';
