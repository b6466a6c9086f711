import type { Subscription } from './subscription.ts';

/** All subscriptions in memory, found by id, channel and server. */
export function createSubscriptionIndex() {
  const byId = new Map<string, Subscription>();
  const byChannel = new Map<string, readonly Subscription[]>();
  const channelsOf = new Map<string, Set<string>>();
  const inChannel = (channelId: string): readonly Subscription[] => byChannel.get(channelId) ?? [];

  const setChannel = (serverId: string, channelId: string, held: readonly Subscription[]): void => {
    byChannel.set(channelId, held);
    channelsOf.set(serverId, (channelsOf.get(serverId) ?? new Set<string>()).add(channelId));
  };

  const dropChannel = (serverId: string, channelId: string): void => {
    byChannel.delete(channelId);
    const channels = channelsOf.get(serverId);
    channels?.delete(channelId);
    if (channels?.size === 0) channelsOf.delete(serverId);
  };

  return {
    inChannel,
    all: (): Iterable<Subscription> => byId.values(),
    byId: (id: string): Subscription | null => byId.get(id) ?? null,
    inServer: (serverId: string): readonly Subscription[] =>
      [...(channelsOf.get(serverId) ?? [])].flatMap(inChannel),

    put(before: Subscription | null, after: Subscription | null): void {
      const subscription = after ?? before;
      if (!subscription) return;
      const { id, serverId, channelId } = subscription;
      const others = changed(inChannel(channelId), { before, after });
      if (after) byId.set(id, after);
      else byId.delete(id);
      if (others.length > 0) setChannel(serverId, channelId, others);
      else dropChannel(serverId, channelId);
    },
  };
}

/** Some of a channel's subscriptions once `before` has become `after`; an order is kept. */
export function changed(
  known: readonly Subscription[],
  { before, after }: { before: Subscription | null; after: Subscription | null },
): readonly Subscription[] {
  if (!before) return after ? [...known, after] : known;
  if (!after) return known.filter(({ id }) => id !== before.id);
  return known.map((subscription) => (subscription.id === after.id ? after : subscription));
}
