import { type Destination, toChannel } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { sayPhrase, sayPhrasePlain } from '#src/render/say.ts';
import type { ChannelView } from '#src/render/status-page.ts';
import { nextAt } from '#src/subscription/due.ts';
import type { FindLost } from '#src/subscription/lost.ts';
import { localHours } from '#src/subscription/schedule.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { Zones } from '#src/subscription/zone.ts';
import { tellNearMiss } from './near-misses.ts';
import { type NearestMissDeps, nearestMiss } from './nearest-miss.ts';
import { tellHold, tellLost, tellPause } from './tell-terms.ts';

export type ChannelDeps = NearestMissDeps & {
  subscriptionStore: SubscriptionStore;
  outbox: Outbox;
  zones: Zones;
  lost: FindLost;
};

/** `today`: when the channel's day began. Instants are UTC ms. */
type Question = { serverId: string; channelId: string; now: number; today: number };

const FOUR_WEEKS = 28 * 86_400_000;

/** What a channel can know about itself. */
export async function channelStatus(
  deps: ChannelDeps,
  { serverId, channelId, now, today }: Question,
): Promise<ChannelView> {
  const { subscriptionStore, outbox, lost } = deps;
  const subscriptions = subscriptionStore.inChannel(channelId);
  const destination = toChannel(channelId);
  const held = subscriptions.length > 0 ? await outbox.holdOf(destination) : null;
  const running = subscriptions.filter(({ paused }) => paused === null);
  const miss = await nearestMiss(deps, { serverId, subscriptions: running, since: today, now });
  return {
    filters: subscriptions.map(({ filter }) => filter),
    held: held && sayPhrasePlain(tellHold(held)),
    isUntold: held !== null && (await outbox.episodes.isUntold(destination)),
    paused: subscriptions.flatMap(({ filter, paused }) =>
      paused ? { filter, told: tellPause(paused) } : [],
    ),
    lost: subscriptions.flatMap((one) =>
      lost(one).map((what) => ({ filter: one.filter, sentence: sayPhrase(tellLost(what)) })),
    ),
    samePaper: subscriptionStore.settings(serverId).samePaper,
    isUnreadable: subscriptionStore.unreadIn(serverId).some(({ key }) => key === `${serverId}:${channelId}`),
    lastPostAt: await outbox.lastSentAt(destination),
    postsInFourWeeks: (await outbox.tally(destination, now - FOUR_WEEKS)).posts,
    nextDigestAt: held ? null : await nextDigestAt(deps, subscriptions, destination, now),
    matchedToday: await outbox.addedSince({ destination, serverId }, today),
    nearest: miss && { paper: miss.paper, channelId, told: tellNearMiss(miss) },
    postedToday: (await outbox.tally(destination, today)).papers,
  };
}

/** The next hour of a subscription that runs, or of what waits for the end of quiet hours or for its turn. */
async function nextDigestAt(
  { outbox, zones, lost }: ChannelDeps,
  subscriptions: readonly Subscription[],
  destination: Destination,
  now: number,
): Promise<number | null> {
  const running = subscriptions.filter((one) => one.paused === null && canPost(lost, one));
  if (running.length === 0) return null;
  const hours = localHours(zones);
  const due = running.flatMap((one) => nextAt(one, now, hours) ?? []);
  const next = Math.min(...due, (await outbox.nextWaitingAt(destination)) ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(next) ? next : null;
}

/** Without a role it posts all the same. */
const canPost = (lost: FindLost, subscription: Subscription): boolean =>
  lost(subscription).every(({ kind }) => kind === 'role');
