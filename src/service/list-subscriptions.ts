import type { Archive } from '#src/archive/archive.ts';
import { channelOfDestination, toChannel } from '#src/outbox/destination.ts';
import type { HeldDestination } from '#src/outbox/destination-holds.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { pageWithin } from '#src/render/paper-list.ts';
import {
  type ChannelFigures,
  SUBSCRIPTIONS_PER_PAGE,
  type SubscriptionsView,
} from '#src/render/subscription-list.ts';
import type { SubscriptionView } from '#src/render/subscription-page.ts';
import type { FindLost } from '#src/subscription/lost.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { inListOrder, type SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { isStillSo, type UnusualStore } from '#src/subscription/unusual-store.ts';
import type { Asker } from './asker.ts';
import { type Moderator, moderatorFor, ownSubscription } from './moderate.ts';
import { subscriptionView } from './tell-terms.ts';

type Deps = {
  archive: Pick<Archive, 'listedSince'>;
  subscriptionStore: SubscriptionStore;
  unusualStore: Pick<UnusualStore, 'openIn'>;
  outbox: Outbox;
  lost: FindLost;
  /** As Discord calls it; null: unknown, or gone. */
  channelName(channelId: string): string | null;
};

export type ListSubscriptions = {
  /** Those in channels that the asker sees; the others are counted. */
  listSubscriptions(asker: Asker & { page: number }): Promise<SubscriptionsView>;
  showSubscription(asker: Asker & { id: string }): Promise<SubscriptionView>;
};

const DAY = 86_400_000;
/** A channel that is younger has no usual. */
const FOUR_WEEKS = 28 * DAY;

/** What a server is subscribed to. Each question is asked of the page, or of the server, once: a server may have a thousand. */
export function createListSubscriptions(deps: Deps): ListSubscriptions {
  const { subscriptionStore, outbox } = deps;

  /** Views of subscriptions of one server. */
  const views = async (serverId: string, held: readonly HeldDestination[]) => {
    const holds = new Map(held.map((hold) => [hold.destination, hold]));
    const unusual = new Map(
      (await deps.unusualStore.openIn(serverId)).map((episode) => [episode.subscription, episode]),
    );
    return (one: Subscription): SubscriptionView => {
      const episode = unusual.get(one.id);
      return {
        ...subscriptionView(
          one,
          holds.get(toChannel(one.channelId)) ?? null,
          deps.lost(one),
          episode && isStillSo(episode, one) ? episode : null,
        ),
        channelName: deps.channelName(one.channelId),
      };
    };
  };

  return {
    async listSubscriptions({ page, ...asker }) {
      const moderator = await moderatorFor(asker, 'subscriptions');
      const { serverId } = moderator;
      const known = subscriptionStore.inServer(serverId);
      const all = inListOrder(await seenOf(moderator, known));
      const shown = pageWithin(page, all.length, SUBSCRIPTIONS_PER_PAGE);
      const first = shown * SUBSCRIPTIONS_PER_PAGE;
      const held = await outbox.heldIn(serverId);
      const viewOf = await views(serverId, held);
      const onPage = all.slice(first, first + SUBSCRIPTIONS_PER_PAGE);
      return {
        items: onPage.map(viewOf),
        channels: await figuresOf(deps, serverId, onPage, asker.now),
        read: await deps.archive.listedSince(asker.now - 7 * DAY),
        ...{ total: all.length, hidden: known.length - all.length, page: shown },
        unreadable: subscriptionStore.unreadIn(serverId).length,
        isUntold: await isSomeUntold(outbox, held, new Set(all.map(({ channelId }) => channelId))),
      };
    },

    async showSubscription({ id, ...asker }) {
      const moderator = await moderatorFor(asker, 'subscriptions');
      const { serverId } = moderator;
      const one = await ownSubscription(subscriptionStore, moderator, id);
      return (await views(serverId, await outbox.heldIn(serverId)))(one);
    },
  };
}

/** Those in channels that the moderator sees; each channel is asked about once. */
async function seenOf({ lacks }: Moderator, all: readonly Subscription[]): Promise<Subscription[]> {
  const isSeen = new Map<string, boolean>();
  for (const { channelId } of all)
    if (!isSeen.has(channelId)) isSeen.set(channelId, (await lacks(channelId)) !== 'viewChannel');
  return all.filter(({ channelId }) => isSeen.get(channelId));
}

async function figuresOf(
  { outbox, subscriptionStore }: Deps,
  serverId: string,
  onPage: readonly Subscription[],
  now: number,
): Promise<Map<string, ChannelFigures>> {
  const asked = onPage.map(({ channelId }) => toChannel(channelId));
  const spans = { since: now - 7 * DAY, usualSince: now - FOUR_WEEKS };
  const reached = await outbox.reached(serverId, asked, spans);
  return new Map(
    [...reached].map(([destination, { lastSentAt, usualPosts, ...week }]) => {
      const channelId = channelOfDestination({ destination });
      const began = Math.min(...subscriptionStore.inChannel(channelId).map(({ createdAt }) => createdAt));
      const usual = now - began < FOUR_WEEKS ? null : usualPosts;
      return [channelId, { lastPostAt: lastSentAt, usual, ...week }];
    }),
  );
}

/** Whether somebody who looks ought to hear of a trouble there of which nobody could be told. */
async function isSomeUntold(
  { episodes }: Outbox,
  held: readonly HeldDestination[],
  seen: ReadonlySet<string>,
): Promise<boolean> {
  for (const { destination } of held)
    if (seen.has(channelOfDestination({ destination })) && (await episodes.isUntold(destination)))
      return true;
  return false;
}
