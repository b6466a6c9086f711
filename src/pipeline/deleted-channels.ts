import { LRUCache } from 'lru-cache';
import type { Clock } from '#src/foundation/clock.ts';
import type { Log } from '#src/foundation/log.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { phrase } from '#src/wording/phrase.ts';
import type { ChannelSight } from './channel-sight.ts';
import type { HoldNotices, Noted } from './hold-notices.ts';
import type { LastKnown, Servers } from './postman.ts';

export const DELETED = phrase('hold.deleted');

export type DeletedChannels = {
  /** It is owed nothing any more. Its subscriptions stay until somebody removes them. */
  onChannelGone(serverId: string, channelId: string, last: LastKnown | null): Promise<void>;
  /** Something was subscribed there: perhaps in the moment in which the channel was deleted. */
  onSubscribed(serverId: string, channelId: string): Promise<void>;
  /** The same, where the gateway tells of the whole server and not of the channel, and nobody noticed. */
  findGone(serverId: string, channelId: string): Promise<void>;
};

/** Far more than are deleted while a subscription is written. */
const REMEMBERED = 100;

type Deps = {
  outbox: Outbox;
  subscriptionStore: SubscriptionStore;
  servers: Servers;
  sight: ChannelSight;
  notices: Pick<HoldNotices, 'note'>;
  clock: Clock;
  log: Log;
};

export function createDeletedChannels(deps: Deps): DeletedChannels {
  const { outbox, servers, sight, notices, clock, log } = deps;

  /** Channels that are no more, and what was known of them. */
  const gone = new LRUCache<string, { last: LastKnown | null }>({ max: REMEMBERED });

  /** By what the gateway tells of the whole server. */
  const isDeleted = async (serverId: string, channelId: string): Promise<boolean> =>
    servers.presence(serverId) === 'here' &&
    sight.isMissing(serverId, channelId) &&
    (await outbox.holdOf(toChannel(channelId)))?.code !== 'channel-gone';

  /** Inside a transaction. */
  const endOwed = async (
    serverId: string,
    channelId: string,
    last: LastKnown | null,
  ): Promise<Noted | null> => {
    const channel = { serverId, destination: toChannel(channelId) };
    const isSubscribed = sight.hasSubscriptions(serverId, channelId);
    if (isSubscribed) await outbox.hold(channel, { code: 'channel-gone', reason: DELETED }, clock.now());
    await outbox.abandon(channel, DELETED, clock.now());
    const held = await outbox.holdOf(channel.destination);
    if (!isSubscribed || !held) return null;
    return { held: { ...held, code: 'channel-gone', reason: DELETED }, isGone: true, last };
  };

  /** Whether something was subscribed there. */
  const noteGone = async (channelId: string, poll: () => Promise<Noted | null>): Promise<boolean> => {
    const isSubscribed = (await notices.note(poll)) !== null;
    if (isSubscribed) log.warn({ channel: channelId }, 'a subscribed channel was deleted');
    return isSubscribed;
  };

  const onChannelGone = async (
    serverId: string,
    channelId: string,
    last: LastKnown | null,
  ): Promise<void> => {
    gone.set(channelId, { last });
    const isSubscribed = await noteGone(channelId, () => endOwed(serverId, channelId, last));
    if (isSubscribed || last === null || !(await isRemembered(deps, serverId, channelId))) return;
    await outbox.episodes.keepLast(serverId, toChannel(channelId), DELETED, last, clock.now());
  };

  return {
    onChannelGone,

    async onSubscribed(serverId, channelId) {
      const known = gone.get(channelId);
      if (known) await onChannelGone(serverId, channelId, known.last);
    },

    async findGone(serverId, channelId) {
      if (!(await isDeleted(serverId, channelId))) return;
      await noteGone(channelId, async () =>
        (await isDeleted(serverId, channelId)) ? await endOwed(serverId, channelId, null) : null,
      );
    },
  };
}

/** Posts or changes of that channel are kept: who could see it decides who sees them. */
async function isRemembered(
  { outbox, subscriptionStore }: Deps,
  serverId: string,
  channelId: string,
): Promise<boolean> {
  if ((await outbox.destinationsOf(serverId)).includes(toChannel(channelId))) return true;
  return (await subscriptionStore.changedChannels(serverId)).some((one) => one.channelId === channelId);
}
