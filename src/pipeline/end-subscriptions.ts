import { isolateAsync } from '#src/foundation/isolate.ts';
import type { Log } from '#src/foundation/log.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { endedNotice } from '#src/render/ended-notice.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { isHiddenThere, placeForNotice } from './place-for-notice.ts';
import type { Servers } from './postman.ts';

type Deps = {
  subscriptionStore: Pick<SubscriptionStore, 'all' | 'end' | 'unreadIn'>;
  outbox: Outbox;
  servers: Servers;
  log: Log;
};

/**
 * Removes subscriptions whose last day is over, once all that was news for them by then is decided (`decidedUntil`, UTC ms)
 * and gone, and tells moderators, all of a server together. The word is durable first: a crash between both says it again at
 * most, and takes nothing away in silence.
 */
export async function endSubscriptions(
  deps: Deps,
  decidedUntil: () => Promise<number>,
  now: number,
): Promise<void> {
  const past = [...deps.subscriptionStore.all()].filter(({ until }) => until && until.at <= now);
  // Of most rounds nobody's last day: then nothing is asked.
  if (past.length === 0) return;
  const decided = await decidedUntil();
  const over: Subscription[] = [];
  for (const subscription of past) if (await isOver(deps, subscription, decided)) over.push(subscription);
  for (const [serverId, ended] of Map.groupBy(over, (one) => one.serverId)) {
    await isolateAsync(
      async () => {
        await tell(deps, serverId, ended, now);
        for (const { id } of ended) await deps.subscriptionStore.end(id);
      },
      (error) => deps.log.error({ server: serverId, err: error }, 'subscriptions could not be ended'),
    );
  }
}

/** A server whose history cannot be read takes no changes. */
async function isOver(
  { outbox, servers, subscriptionStore }: Deps,
  one: Subscription,
  decidedUntil: number,
): Promise<boolean> {
  const { id, serverId, channelId, until } = one;
  if (!until || until.at > decidedUntil || servers.presence(serverId) !== 'here') return false;
  if (subscriptionStore.unreadIn(serverId).some(({ key }) => key === `${serverId}:history`)) return false;
  return !(await outbox.isAwaited({ serverId, destination: toChannel(channelId) }, id));
}

/** Where there is nowhere to say it, the History says it. */
async function tell(
  { outbox, servers }: Deps,
  serverId: string,
  ended: readonly Subscription[],
  now: number,
): Promise<void> {
  const where = placeForNotice(servers, { serverId, destination: toChannel(ended[0].channelId) });
  if (!where) return;
  const shown = ended.filter(({ channelId }) => !isHiddenThere(servers, where, channelId));
  const key = ['ended', ...ended.flatMap(({ id, until }) => [id, until?.at ?? 0])].join(' ');
  await outbox.packNotice(where, key, endedNotice(shown, ended.length - shown.length), now);
}
