import type { Parsed } from '#src/match/language/filter.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { findsNoTag } from '#src/subscription/topic-tags.ts';
import { phrase } from '#src/wording/phrase.ts';
import type { ChannelPlans } from './channel-plans.ts';
import type { Servers } from './postman.ts';

type Deps = {
  servers: Pick<Servers, 'obstacle' | 'channel'>;
  plans: Pick<ChannelPlans, 'placeOf'>;
  subscriptionStore: Pick<SubscriptionStore, 'inChannel'>;
  parse(filter: string): Parsed;
};

/** Why a channel takes no papers as its subscriptions want them, as far as can be known without asking; null: nothing hinders. */
export type FindObstacle = (serverId: string, channelId: string) => ReturnType<Servers['obstacle']>;

export function createFindObstacle({ servers, plans, subscriptionStore, parse }: Deps): FindObstacle {
  return (serverId, channelId) => {
    const obstacle = servers.obstacle(plans.placeOf(serverId, channelId));
    if (obstacle) return obstacle;
    const forum = servers.channel(channelId);
    if (!forum?.requiresTag) return null;
    const subscriptions = subscriptionStore.inChannel(channelId);
    const isUntagged =
      subscriptions.length > 0 && subscriptions.every(({ filter }) => findsNoTag(forum, parse(filter)));
    return isUntagged ? { code: 'tag-required', reason: phrase('hold.tagRequired') } : null;
  };
}
