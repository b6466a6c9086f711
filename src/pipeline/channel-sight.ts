import { channelOfDestination } from '#src/outbox/destination.ts';
import type { HeldDestination } from '#src/outbox/destination-holds.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { FindObstacle } from './find-obstacle.ts';
import type { Servers } from './postman.ts';

type Deps = {
  subscriptionStore: SubscriptionStore;
  servers: Servers;
  obstacle: FindObstacle;
};

/** What the gateway sees of channels, and where Discord refuses though it sees nothing that hinders. */
export type ChannelSight = ReturnType<typeof createChannelSight>;

export function createChannelSight({ subscriptionStore, servers, obstacle }: Deps) {
  const unseen = new Set<string>();

  const isFree = (serverId: string, channelId: string): boolean => obstacle(serverId, channelId) === null;

  /** The gateway, which knows the server, does not know the channel. */
  const isMissing = (serverId: string, channelId: string): boolean =>
    servers.channel(channelId) === null && servers.channels(serverId).length > 0;

  const isOpen = (serverId: string, channelId: string): boolean =>
    servers.channel(channelId) !== null && isFree(serverId, channelId);

  return {
    isMissing,
    /** It is there, and nothing hinders that the gateway can see. */
    isOpen,

    /** A receipt alone may be a blip. */
    isGone: (held: HeldDestination): boolean =>
      held.code === 'channel-gone' && isMissing(held.serverId, channelOfDestination(held)),

    /** Subscriptions, or something that cannot be read. */
    hasSubscriptions: (serverId: string, channelId: string): boolean =>
      subscriptionStore.inChannel(channelId).length > 0 ||
      subscriptionStore.unreadIn(serverId).some(({ key }) => key === `${serverId}:${channelId}`),

    /** Whether Discord refused last though the gateway saw nothing that hinders. */
    wasUnseen: (channelId: string): boolean => unseen.has(channelId),

    /** Discord refused a post there just now. */
    noteRefused(serverId: string, channelId: string): void {
      if (isFree(serverId, channelId)) unseen.add(channelId);
      else unseen.delete(channelId);
    },

    noteRecovered(channelId: string): void {
      unseen.delete(channelId);
    },
  };
}
