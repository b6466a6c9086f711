import type { WhySubscription, WhyView } from '#src/render/why-view.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { inListOrder, oldestFirst, type SubscriptionStore } from '#src/subscription/subscription-store.ts';

/** What is told of a subscription; null: one of which only the filter is known. */
export type ToldSubscription = { subscription: Subscription | null; view: WhySubscription };

/** The nearest first, put in the order of /subscriptions, with their numbers there where these are known. */
export function inOrderTold(
  told: readonly ToldSubscription[],
  numbers: ReadonlyMap<string, number>,
): Pick<WhyView, 'subscriptions' | 'nearest'> {
  const order = oldestFirst(told.flatMap(({ subscription }) => subscription ?? [])).map(({ id }) => id);
  const placeOf = ({ subscription }: ToldSubscription): number =>
    subscription === null ? -1 : order.indexOf(subscription.id);
  const sorted = [...told].sort((a, b) => placeOf(a) - placeOf(b));
  return {
    subscriptions: sorted.map(({ subscription, view }) => ({
      ...view,
      n: numbers.get(subscription?.id ?? '') ?? null,
    })),
    nearest: Math.max(0, sorted.indexOf(told[0])),
  };
}

/** The numbers in /subscriptions as somebody reads them who sees those channels; channels that they do not see are not counted. */
export async function numbersFor(
  { inServer }: Pick<SubscriptionStore, 'inServer'>,
  serverId: string,
  sees: (channelId: string) => Promise<boolean>,
): Promise<ReadonlyMap<string, number>> {
  const all = inListOrder(inServer(serverId));
  const isSeen = new Map<string, boolean>();
  for (const channelId of new Set(all.map((one) => one.channelId)))
    isSeen.set(channelId, await sees(channelId));
  const seen = all.filter(({ channelId }) => isSeen.get(channelId));
  return new Map(seen.map(({ id }, index) => [id, index + 1]));
}
