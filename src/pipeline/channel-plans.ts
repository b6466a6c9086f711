import type { Outbox } from '#src/outbox/outbox.ts';
import type { Due } from '#src/outbox/promise-book.ts';
import type { Place } from '#src/outbox/receipt.ts';
import { localDayBeganAt, nextDigestAt, zoneOfDays } from '#src/subscription/schedule.ts';
import { DEFAULT_CAP } from '#src/subscription/subscription.ts';
import type { SubscriptionBook } from '#src/subscription/subscription-book.ts';
import type { Zones } from '#src/subscription/zone.ts';
import type { Servers } from './postman.ts';

const FORUM = 15;
/** Where the rest of a day goes when the subscription names no hour of its own. */
const OVERFLOW_AT = '09:00';

export type ChannelPlans = {
  /** Where and how a channel's subscriptions want their posts. */
  placeOf(serverId: string, channelId: string): Place;
  /** When a card must wait because the channel has had its cards for today; null when it may go. */
  deferredUntil(due: Due, now: number): number | null;
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

    deferredUntil({ channelId, promises }, now) {
      const wanting = promises[0].subscriptions
        .map((id) => book.byId(id))
        .filter((subscription) => subscription !== null);
      const cap = Math.max(...wanting.map(({ cap }) => cap), wanting.length === 0 ? DEFAULT_CAP : 0);
      const zone = zoneOfDays(wanting);
      if (outbox.sentSince(channelId, localDayBeganAt(zone, now, zones)) < cap) return null;
      return nextDigestAt({ kind: 'daily', at: OVERFLOW_AT, zone }, now, zones);
    },
  };
}
