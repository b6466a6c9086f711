import type { Outbox } from '#src/outbox/outbox.ts';
import type { Place } from '#src/outbox/receipt.ts';
import {
  inQuiet,
  localDayBeganAt,
  nextDigestAt,
  quietEndsAt,
  zoneOfDays,
} from '#src/subscription/schedule.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionBook } from '#src/subscription/subscription-book.ts';
import type { Zones } from '#src/subscription/zone.ts';
import type { Servers } from './postman.ts';

const FORUM = 15;
/** Where the rest of a day goes when the subscription names no hour of its own. */
const OVERFLOW_AT = '09:00';

export type ChannelPlans = {
  /** Where and how a channel's subscriptions want their posts. */
  placeOf(serverId: string, channelId: string): Place;
  /** Until when (UTC ms) all of these are quiet; null when one of them is not: then what it wants may go. */
  quietUntil(wanting: readonly Subscription[], now: number): number | null;
  /** When a card for these must wait because the channel has had its cards for today; null when it may go. */
  deferredUntil(channelId: string, wanting: readonly Subscription[], now: number): number | null;
};

/** What the subscriptions of a channel ask of every post there. */
export function createChannelPlans(
  book: SubscriptionBook,
  outbox: Outbox,
  servers: Servers,
  zones: Zones,
): ChannelPlans {
  return {
    placeOf(serverId, channelId) {
      const isForum = servers.channel(channelId)?.type === FORUM;
      const places = book.inChannel(channelId).map(({ place }) => place);
      if (isForum || places.includes('forum')) return { serverId, channelId, kind: 'forum' };
      return { serverId, channelId, kind: places.includes('thread') ? 'thread' : 'message' };
    },

    quietUntil(wanting, now) {
      const ends: number[] = [];
      for (const { quiet } of wanting) {
        if (!quiet || !inQuiet(quiet, now, zones)) return null;
        ends.push(quietEndsAt(quiet, now, zones));
      }
      return ends.length === 0 ? null : Math.min(...ends);
    },

    deferredUntil(channelId, wanting, now) {
      const cap = Math.max(...wanting.map(({ cap }) => cap));
      const zone = zoneOfDays(wanting);
      if (outbox.sentSince(channelId, localDayBeganAt(zone, now, zones)) < cap) return null;
      return nextDigestAt({ kind: 'daily', at: OVERFLOW_AT, zone }, now, zones);
    },
  };
}
