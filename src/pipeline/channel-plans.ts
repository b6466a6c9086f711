import { ChannelType } from 'discord-api-types/v10';
import { cardsWithin, dayLimit, quietUntil } from '#src/decision/day.ts';
import { type Destination, toChannel } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { PostPlace } from '#src/outbox/receipt.ts';
import { localHours } from '#src/subscription/schedule.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { Zones } from '#src/subscription/zone.ts';
import type { Servers } from './postman.ts';

export type ChannelPlans = {
  /** Where and how a channel's subscriptions want their posts. */
  placeOf(serverId: string, channelId: string): PostPlace;
  /** Until when (UTC ms) all of these are quiet; null when one of them is not: then what it wants may go. */
  quietUntil(wanting: readonly Subscription[], now: number): number | null;
  /**
   * When a card for these must wait because the channel has had its cards for today; null when it may go. `isStrict`: whether
   * it would also come at sensitivity strict.
   */
  deferredUntil(
    destination: Destination,
    wanting: readonly Subscription[],
    now: number,
    isStrict: () => Promise<boolean>,
  ): Promise<number | null>;
};

/** What the subscriptions of a channel ask of every post there. */
export function createChannelPlans(
  subscriptionStore: SubscriptionStore,
  outbox: Outbox,
  servers: Servers,
  zones: Zones,
): ChannelPlans {
  const hours = localHours(zones);
  return {
    placeOf(serverId, channelId) {
      const isForum = servers.channel(channelId)?.type === ChannelType.GuildForum;
      const places = subscriptionStore.inChannel(channelId).map(({ place }) => place);
      const destination = toChannel(channelId);
      if (isForum || places.includes('forum')) return { serverId, destination, kind: 'forum' };
      return { serverId, destination, kind: places.includes('thread') ? 'thread' : 'message' };
    },

    quietUntil: (wanting, now) => quietUntil(wanting, now, hours),

    async deferredUntil(destination, wanting, now, isStrict) {
      const { cap, beganAt, restAt } = dayLimit(wanting, now, hours);
      const sent = await outbox.sentSince(destination, beganAt);
      if (sent < cap) return null;
      return sent < cardsWithin(cap, true) && (await isStrict()) ? null : restAt;
    },
  };
}
