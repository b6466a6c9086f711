import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { SubscribedView } from '#src/render/subscription-page.ts';
import type { FindLost } from '#src/subscription/lost.ts';
import type { Mutes } from '#src/subscription/mutes.ts';
import type { Subscription, SubscriptionDraft } from '#src/subscription/subscription.ts';
import { inListOrder, type SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { UnusualStore } from '#src/subscription/unusual-store.ts';
import type { Zones } from '#src/subscription/zone.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { code, quoted, yesNo } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import { keepZone } from './ask-zone.ts';
import type { Asker } from './asker.ts';
import { backTest, pastOf } from './back-test.ts';
import { type CategoriesRead, rarelyTrending } from './category-advice.ts';
import { type ChangeSubscriptions, createChangeSubscriptions } from './change-subscriptions.ts';
import type { Proposals } from './choices.ts';
import { type CopySubscription, createCopySubscription } from './copy-subscription.ts';
import { offerCorrection } from './correction.ts';
import { createEditSubscription, type EditSubscription } from './edit-subscription.ts';
import type { HeavyWork } from './heavy-work.ts';
import { createListSubscriptions, type ListSubscriptions } from './list-subscriptions.ts';
import { moderatorFor, refuseChange } from './moderate.ts';
import { createPreviewSubscription, type PreviewSubscription, type Wanted } from './preview-subscription.ts';
import { proposalsOf } from './propose-subscriptions.ts';
import type { QuestionStore } from './question-store.ts';
import { adviceOn, type ReadFilter, readFilter, refuseNegative } from './read-filter.ts';
import { readOrder } from './read-order.ts';
import { endOf } from './read-until.ts';
import { refuseRole } from './refuse-role.ts';
import type { RoomDeps } from './refuse-room.ts';
import type { SubscribeOrder } from './subscribe-order.ts';
import { isAskedAgain, presentOf, refuseChannel, type SubscribeRules } from './subscribe-rules.ts';
import { subscriptionView } from './tell-terms.ts';
import { createUndoChange, type UndoChange } from './undo-change.ts';
import { whatComesNext } from './what-comes-next.ts';

type Deps = {
  archive: Archive;
  search: PaperSearch;
  mutes: Pick<Mutes, 'unmuted'>;
  trend: TrendRule;
  subscriptionStore: SubscriptionStore;
  unusualStore: UnusualStore;
  outbox: Outbox;
  topics: TopicCatalogue;
  categories?: CategoriesRead;
  questions: QuestionStore;
  clock: Clock;
  heavy: HeavyWork;
  zones: Zones;
  perChannel: number;
  perServer: number;
  lost: FindLost;
  /** When the sources are read next, UTC ms; null while nothing is planned. */
  nextPollAt(): number | null;
  /** As Discord calls it; null: unknown, or gone. */
  channelName(channelId: string): string | null;
  /** Whoever reads in the one channel sees the other too. */
  isSeenFrom(there: string, here: string): boolean;
  /** Discord's number; null: unknown, or gone. */
  channelType(channelId: string): number | null;
  /** Discord has no such channel any more, as far as is known. */
  isGone(place: { serverId: string; channelId: string }): boolean;
} & RoomDeps &
  Pick<SubscribeRules, 'tagsIn'>;

export type ManageSubscriptions = UndoChange &
  ListSubscriptions &
  ChangeSubscriptions &
  CopySubscription &
  PreviewSubscription &
  EditSubscription & {
    /** Saves after checking everything; nothing is saved when it throws. */
    subscribeChannel(order: SubscribeOrder): Promise<SubscribedView>;
    /** The filters of this server's subscriptions that the asker sees, as choices. */
    proposeSubscriptions(asker: Asker & { text: string }): Promise<Proposals>;
  };

/** Subscribing, and what is done with subscriptions. Everything is checked before anything is saved. */
export function createManageSubscriptions(deps: Deps): ManageSubscriptions {
  const { subscriptionStore, outbox } = deps;
  const viewOf = async (subscription: Subscription) =>
    subscriptionView(
      subscription,
      await outbox.holdOf(toChannel(subscription.channelId)),
      deps.lost(subscription),
    );

  /** What is ordered, when everything about it is allowed and understood. */
  const wanted: Wanted = async (order, through = 'subscribe') => {
    const moderator = await moderatorFor(order, through);
    await refuseChange(moderator, order.channel.id);
    const read = readWanted(order, deps.topics);
    const {
      draft: terms,
      notes,
      end,
    } = readOrder(order, subscriptionStore.settings(moderator.serverId).zone);
    const until = end && endOf(end.wanted, { now: order.now, zone: end.zone, zones: deps.zones });
    const draft = { ...terms, filter: read.text, ...(until && { until }) };
    refuseChannel(deps, order.channel, { ...draft, serverId: moderator.serverId });
    refuseRole(order);
    return { moderator, read, draft, notes };
  };

  const isThere = (serverId: string, draft: SubscriptionDraft, channelId: string): boolean =>
    presentOf(deps, serverId, draft, subscriptionStore.inChannel(channelId)) !== undefined;

  return {
    ...createUndoChange({ ...deps, viewOf }),
    ...createListSubscriptions(deps),
    ...createChangeSubscriptions(deps),
    ...createCopySubscription(deps),

    ...createPreviewSubscription({ ...deps, wanted, isThere }),
    ...createEditSubscription({ ...deps, wanted }),

    async subscribeChannel(order) {
      const { moderator, read, draft, notes } = await wanted(order);
      const { channel, userId, now } = order;
      return deps.heavy.run(userId, async () => {
        const place = { serverId: moderator.serverId, channelId: channel.id };
        const subscription = await subscriptionStore.add(place, draft, userId, (present) =>
          presentOf(deps, moderator.serverId, draft, present),
        );
        const past = await pastOf(deps, moderator.serverId, read.filter, now);
        const advice = await adviceOn(deps, read, 'subscription');
        const shown = await viewOf(subscription);
        const zone = await keepZone(subscriptionStore, { serverId: moderator.serverId, who: userId }, draft);
        const hints = [...advice.hints, ...notes, ...shown.lost];
        const view = await backTest(deps, past, draft, hints);
        const rare = rarelyTrending(read.filter, draft.what, view);
        const { id, serverId, filter } = subscription;
        const about = { serverId, id, through: 'subscribe' as const, paper: '', from: filter };
        return {
          subscription: shown,
          backTest: { ...view, hints: [...view.hints, ...rare, ...(zone ? [zone] : [])] },
          isOld: !isAskedAgain(subscription, order),
          next: whatComesNext(deps, subscription, { posts: view.posts, days: view.days, now }),
          isAmber: hints.length > 0,
          hasExample: past.stories.length > 0,
          correction: await offerCorrection(deps.questions, { ...about, to: advice.corrected }),
        };
      });
    },

    async proposeSubscriptions({ text, ...asker }) {
      const moderator = await asker.rights.through('filter');
      if (asker.serverId === null || !moderator) return [];
      const offered: Subscription[] = [];
      for (const one of inListOrder(subscriptionStore.inServer(asker.serverId)))
        if ((await moderator.lacks(one.channelId)) !== 'viewChannel') offered.push(one);
      return proposalsOf(offered, { text, channelName: deps.channelName });
    },
  };
}

/** The topic or the keywords, as a filter that can be subscribed to. */
function readWanted({ topic, keywords }: SubscribeOrder, topics: TopicCatalogue): ReadFilter {
  if (topic === '' && keywords === '') throw new UserError('subscribe.topicOrKeywords');
  if (topic !== '' && keywords !== '') throw new UserError('subscribe.topicAndKeywords');
  if (keywords === '') {
    const known = topics.find(topic);
    if (!known) throw unknownTopic(topic, topics.nearest(topic));
    return readFilter(`topic:${known.name}`, topics);
  }
  const read = readFilter(keywords, topics);
  refuseNegative(read.filter);
  return read;
}

function unknownTopic(typed: string, nearest: string | null): UserError {
  const isNear = yesNo(nearest !== null);
  return new UserError('subscribe.unknownTopic', {
    ...{ topic: quoted(typed, 60), isNear, nearest: code(nearest ?? '') },
  });
}
