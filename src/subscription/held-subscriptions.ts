import type { Keyv } from 'keyv';
import { createKeyedQueue } from '#src/foundation/keyed-queue.ts';
import { type HistoryEntry, withEntry } from './history.ts';
import type { Mute } from './mute.ts';
import type { Subscription } from './subscription.ts';
import { openDocuments, type Unread } from './subscription-documents.ts';
import { changed, createSubscriptionIndex } from './subscription-index.ts';

/** What a listener hears, after it is durable. */
export type SubscriptionChange = { before: Subscription | null; after: Subscription | null };

export type HeldSubscriptions = ReturnType<typeof createHeldSubscriptions>;

/**
 * The store's documents with all subscriptions in memory. What is written is durable first, then held, then told of. To look
 * and to write is one turn: in one server they come one after the other.
 */
export function createHeldSubscriptions(keyv: Keyv) {
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

  return {
    ...index,
    servers: documents.servers,
    unreadIn: documents.unreadIn,
    history: documents.history,
    settings: documents.settings,
    writeSettings: documents.writeSettings,
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
      await documents.writeMutes(serverId, mutes, withEntry(await documents.history(serverId), entry));
      tellMutes(serverId);
    },

    /** An entry of the history alone. */
    writeEntry: async (serverId: string, entry: HistoryEntry): Promise<void> =>
      documents.writeHistory(serverId, withEntry(await documents.history(serverId), entry)),

    async load(): Promise<readonly Unread[]> {
      const { subscriptions, unread } = await documents.load();
      for (const subscription of subscriptions) put(null, subscription);
      for (const serverId of documents.mutingServers()) tellMutes(serverId);
      return unread;
    },

    /** Subscriptions' changes and their history together, all or none. */
    async write(serverId: string, changes: readonly HistoryEntry[]): Promise<void> {
      const channels = new Map<string, readonly Subscription[]>();
      for (const change of changes) {
        const channelId = channelOf(change);
        channels.set(channelId, changed(channels.get(channelId) ?? index.inChannel(channelId), change));
      }
      for (const channelId of channels.keys()) changing.add(channelId);
      try {
        const history = changes.reduce(withEntry, await documents.history(serverId));
        await documents.writeChannels(serverId, channels, history);
        for (const { before, after } of changes) put(before, after);
      } finally {
        for (const channelId of channels.keys()) changing.delete(channelId);
      }
      for (const { before, after } of changes) tell({ before, after });
    },

    /** A subscription that no member changed: its history has no entry of it. */
    async writeAlone(before: Subscription, after: Subscription): Promise<void> {
      const { serverId, channelId } = before;
      await documents.putChannel(serverId, channelId, changed(index.inChannel(channelId), { before, after }));
      put(before, after);
      tell({ before, after });
    },

    prune: (serverId: string, now: number): Promise<void> =>
      documents.prune(serverId, (channel) => index.inChannel(channel).length === 0, now),

    async forgetServer(
      serverId: string,
      together: (deleteAll: () => Promise<void>) => Promise<boolean>,
    ): Promise<boolean> {
      if (!(await together(() => documents.deleteServer(serverId)))) return false;
      documents.dropServer(serverId);
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
