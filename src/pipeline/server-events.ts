import type { Contain } from '#src/foundation/contain.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { LastKnown } from './postman.ts';
import type { ChannelTrouble } from './trouble.ts';

/**
 * What happens to servers and channels, as far as it can change what the bot may post. Ids are Discord's. None of them
 * may throw: discord.js would not go on with the event.
 */
export type ServerEvents = {
  /** The bot was removed, also while it was not connected. */
  onServerLeft(serverId: string): void;
  /** A server took the bot in. */
  onServerJoined?(): void;
  /** A channel or thread was deleted. `last`: what was known of it. */
  onChannelGone(serverId: string, channelId: string, last: LastKnown | null): void;
  /** Roles, overwrites, a thread's lock or the server itself changed: what was refused there may work now. `channelId`: there alone. */
  onPermissionsChanged(serverId: string, channelId: string | null): void;
  /** A new session has begun, and the gateway has told of every server anew: what came before it was not heard. */
  onServersKnown?(): void;
};

type HeardEvents = ServerEvents & {
  /** Resolves when all that was heard is dealt with. */
  settled(): Promise<void>;
  /** The same, for good: what comes after that is left to the next start. */
  stop(): Promise<void>;
};

type Deps = {
  trouble: ChannelTrouble;
  welcome(): Promise<void>;
  subscriptionStore: Pick<SubscriptionStore, 'onChange'>;
  contain: Contain;
};

/** What is done about it. What goes wrong with one server or channel ends there. */
export function createServerEvents({ trouble, welcome, subscriptionStore, contain }: Deps): HeardEvents {
  const inHand = new Set<Promise<void>>();
  let stopped = false;
  const deal: (...work: Parameters<Contain>) => void = (about, problem, work) => {
    if (stopped) return;
    const dealing = contain(about, problem, work).finally(() => inHand.delete(dealing));
    inHand.add(dealing);
  };
  const settled = async (): Promise<void> => {
    while (inHand.size > 0) await Promise.all(inHand);
  };
  subscriptionStore.onChange((change) => {
    if (change.before || !change.after) return;
    const { serverId: server, channelId: channel } = change.after;
    deal({ server, channel }, 'a deleted channel is not dealt with', () =>
      trouble.onSubscribed(server, channel),
    );
  });
  return {
    onServerLeft: (server) =>
      deal({ server }, 'that a server was left is not noted', () => trouble.onServerLeft(server)),
    onServerJoined: () => deal({}, 'a new server is not welcomed', welcome),
    onChannelGone: (server, channel, last) =>
      deal({ server, channel }, 'a deleted channel is not dealt with', () =>
        trouble.onChannelGone(server, channel, last),
      ),
    onPermissionsChanged: (serverId, channelId) =>
      deal({ server: serverId }, 'held channels of a server are not tried', () =>
        trouble.probe({ serverId, channelId }),
      ),
    onServersKnown: () => deal({}, 'servers are not compared with what is stored', () => trouble.reconcile()),
    settled,
    async stop() {
      // What comes meanwhile is dealt with too, but not for ever.
      await Promise.all(inHand);
      stopped = true;
      await settled();
    },
  };
}
