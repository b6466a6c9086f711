import { isDeepStrictEqual } from 'node:util';
import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { troubleOf } from '#src/render/hold-notice.ts';
import { pageWithin } from '#src/render/paper-list.ts';
import type { PreviewView } from '#src/render/preview-page.ts';
import {
  type ListNote,
  SUBSCRIPTIONS_PER_PAGE,
  type SubscribedView,
  type SubscriptionsView,
  type SubscriptionView,
} from '#src/render/subscription-page.ts';
import type { FindLost } from '#src/subscription/lost.ts';
import type { Subscription, SubscriptionDraft } from '#src/subscription/subscription.ts';
import { inListOrder, type SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { isStillSo, type UnusualEpisode, type UnusualStore } from '#src/subscription/unusual-store.ts';
import type { Zones } from '#src/subscription/zone.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { channel as channelMark, code, phrase, quoted, yesNo } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { Phrase } from '#src/wording/values.ts';
import type { Asker } from './asker.ts';
import { AS_FOUND, backTest, pastOf, postsIn } from './back-test.ts';
import { type CategoriesRead, rarelyTrending } from './category-advice.ts';
import type { Proposals } from './choices.ts';
import { offerCorrection } from './correction.ts';
import type { HeavyWork } from './heavy-work.ts';
import type { Moderator } from './moderate.ts';
import { moderatorFor, ownSubscription, refuseChange } from './moderate.ts';
import { notSaved } from './not-saved.ts';
import { proposalsOf } from './propose-subscriptions.ts';
import type { QuestionStore } from './question-store.ts';
import { adviceOn, type ReadFilter, readFilter, refuseNegative } from './read-filter.ts';
import { readOrder } from './read-order.ts';
import { refuseRole } from './refuse-role.ts';
import { alreadyThere, withFilter } from './same-filter.ts';
import { POSTABLE, type SubscribeOrder } from './subscribe-order.ts';
import { subscriptionView, tellTerms } from './tell-terms.ts';
import { createUndoChange, keepChange, type UndoChange } from './undo-change.ts';

type Deps = {
  archive: Archive;
  search: PaperSearch;
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
  lost: FindLost;
  /** As Discord calls it; null: unknown, or gone. */
  channelName(channelId: string): string | null;
  /** Discord has no such channel any more, as far as is known. */
  isGone(place: { serverId: string; channelId: string }): boolean;
  /** The permissions that posting there would need and the bot lacks, as Discord's settings call them. */
  missingPermissions(kind: SubscriptionDraft['place'], held: bigint): readonly Phrase[];
};

/** Within this time the same order is one whose answer was lost. */
const ASKED_AGAIN_MS = 15 * 60_000;

export type ManageSubscriptions = UndoChange & {
  /** What it would have posted in the last days; null where it stands there just so. Nothing is saved; what could not be saved throws. */
  previewSubscription(order: SubscribeOrder): Promise<PreviewView | null>;
  /** Saves after checking everything; nothing is saved when it throws. */
  subscribeChannel(order: SubscribeOrder): Promise<SubscribedView>;
  /** Those in channels that the asker sees; the others are counted. */
  listSubscriptions(asker: Asker & { page: number }): Promise<SubscriptionsView>;
  showSubscription(asker: Asker & { id: string }): Promise<SubscriptionView>;
  /** All or none of those that are still there. */
  removeSubscriptions(asker: Asker & { ids: readonly string[] }): Promise<ListNote>;
  /** Those that are so already stay as they are; those that are gone are told. */
  setPaused(asker: Asker & { ids: readonly string[]; isPaused: boolean }): Promise<ListNote>;
  /** This server's subscriptions as choices: the ids of those that the asker may change, or the filters of those they see. */
  proposeSubscriptions(asker: Asker & { text: string; asFilter: boolean }): Promise<Proposals>;
};

/** Subscribing, listing, pausing and removing. Everything is checked before anything is saved. */
export function createManageSubscriptions(deps: Deps): ManageSubscriptions {
  const { subscriptionStore, outbox } = deps;
  const viewOf = async (subscription: Subscription) =>
    subscriptionView(
      subscription,
      await outbox.holdOf(toChannel(subscription.channelId)),
      deps.lost(subscription),
      await unusualOf(deps.unusualStore, subscription),
    );

  /** Those that are still there. Throws DeniedError where one is not the moderator's to change. */
  const own = async (moderator: Moderator, ids: readonly string[]): Promise<Subscription[]> => {
    const found: Subscription[] = [];
    for (const id of ids)
      if (subscriptionStore.byId(id)) found.push(await ownSubscription(subscriptionStore, moderator, id));
    return found;
  };

  /** What is ordered, when everything about it is allowed and understood. */
  const wanted = async (order: SubscribeOrder) => {
    const moderator = await moderatorFor(order, 'subscribe');
    await refuseChange(moderator, order.channel.id);
    const read = readWanted(order, deps.topics);
    const { draft: terms, notes } = readOrder(order);
    const draft = { ...terms, filter: read.text };
    refuseChannel(deps, order, draft);
    refuseRole(order);
    return { moderator, read, draft, notes };
  };

  const note = async (
    moderator: Moderator,
    what: ListNote['what'],
    ids: readonly string[],
    done: readonly Subscription[],
  ): Promise<ListNote> => {
    // Whoever removes what is gone, as by a double press, gets the same way back.
    const changed = what === 'removed' ? ids : done.map(({ id }) => id);
    const deed = { what, ids: changed, through: 'subscriptions' } as const;
    const undo = await keepChange(deps, moderator.serverId, deed);
    const to = done.map(({ channelId, filter }) => ({ channelId, filter }));
    return { what, to, gone: ids.length - done.length, undo };
  };

  return {
    ...createUndoChange({ ...deps, viewOf }),

    async previewSubscription(order) {
      const { read, draft, notes } = await wanted(order);
      const { channel, userId, now } = order;
      if (presentOf(deps, draft, subscriptionStore.inChannel(channel.id))) return null;
      return deps.heavy.run(userId, async () => {
        const past = await pastOf(deps, read.filter, now);
        const advice = await adviceOn(deps, read, 'subscription');
        const hints = [...advice.hints, ...notes];
        const view = await backTest(deps, past, draft, hints);
        const { what } = draft;
        const rare = rarelyTrending(read.filter, what, view);
        const isQuiet = what.kind === 'trending' && view.posts === 0;
        const matched = isQuiet ? postsIn(deps, past, { ...AS_FOUND, what: { kind: 'all' } }).length : 0;
        return {
          ...{ channelId: channel.id, filter: read.text, terms: tellTerms(draft) },
          backTest: { ...view, hints: [...view.hints, ...rare] },
          isAmber: hints.length > 0 || isQuiet,
          sensitivity:
            what.kind === 'trending' && typeof what.sensitivity === 'string' ? what.sensitivity : null,
          matched: matched > 0 ? matched : null,
          corrected: advice.corrected,
        };
      });
    },

    async subscribeChannel(order) {
      const { moderator, read, draft, notes } = await wanted(order);
      const { channel, userId, now } = order;
      return deps.heavy.run(userId, async () => {
        const place = { serverId: moderator.serverId, channelId: channel.id };
        const subscription = await subscriptionStore.add(place, draft, userId, (present) =>
          presentOf(deps, draft, present),
        );
        const past = await pastOf(deps, read.filter, now);
        const advice = await adviceOn(deps, read, 'subscription');
        const shown = await viewOf(subscription);
        const hints = [...advice.hints, ...notes, ...shown.lost];
        const view = await backTest(deps, past, draft, hints);
        const rare = rarelyTrending(read.filter, draft.what, view);
        const { id, serverId, filter } = subscription;
        const about = { serverId, id, through: 'subscribe' as const, paper: '', from: filter };
        return {
          subscription: shown,
          backTest: { ...view, hints: [...view.hints, ...rare] },
          isOld: !isAskedAgain(subscription, order),
          isAmber: hints.length > 0,
          correction: await offerCorrection(deps.questions, { ...about, to: advice.corrected }),
        };
      });
    },

    async listSubscriptions({ page, ...asker }) {
      const { serverId, lacks } = await moderatorFor(asker, 'subscriptions');
      const known = subscriptionStore.inServer(serverId);
      const seen: Subscription[] = [];
      for (const one of known) if ((await lacks(one.channelId)) !== 'viewChannel') seen.push(one);
      const all = inListOrder(seen);
      const shown = pageWithin(page, all.length, SUBSCRIPTIONS_PER_PAGE);
      const first = shown * SUBSCRIPTIONS_PER_PAGE;
      const items = await Promise.all(
        all
          .slice(first, first + SUBSCRIPTIONS_PER_PAGE)
          .map(async (one) => ({ ...(await viewOf(one)), channelName: deps.channelName(one.channelId) })),
      );
      const hidden = known.length - all.length;
      const unreadable = subscriptionStore.unreadIn(serverId).length;
      const isUntold = await isSomeUntold(outbox, new Set(all.map(({ channelId }) => channelId)));
      return { items, total: all.length, hidden, page: shown, unreadable, isUntold };
    },

    async showSubscription({ id, ...asker }) {
      const moderator = await moderatorFor(asker, 'subscriptions');
      return viewOf(await ownSubscription(subscriptionStore, moderator, id));
    },

    async removeSubscriptions({ ids, ...asker }) {
      const moderator = await moderatorFor(asker, 'subscriptions');
      const done: Subscription[] = [];
      for (const { id } of await own(moderator, ids)) {
        const removed = await subscriptionStore.remove(id, asker.userId);
        if (removed) done.push(removed);
      }
      return note(moderator, 'removed', ids, done);
    },

    async setPaused({ ids, isPaused, ...asker }) {
      const moderator = await moderatorFor(asker, 'subscriptions');
      const reason = isPaused ? phrase('subscriptions.pausedByModerator') : null;
      const check = (present: Subscription) => refuseHeld(outbox, present);
      const done: Subscription[] = [];
      for (const { id } of await own(moderator, ids)) {
        const changed = await subscriptionStore.setPaused(id, reason, asker.userId, check);
        if (changed) done.push(changed);
      }
      return note(moderator, isPaused ? 'paused' : 'resumed', ids, done);
    },

    async proposeSubscriptions({ text, asFilter, ...asker }) {
      const moderator = await asker.rights.through('filter');
      if (asker.serverId === null || !moderator) return [];
      const offered: Subscription[] = [];
      for (const one of inListOrder(subscriptionStore.inServer(asker.serverId))) {
        const lack = await moderator.lacks(one.channelId);
        if (lack === null || (asFilter && lack !== 'viewChannel')) offered.push(one);
      }
      return proposalsOf(offered, { text, asFilter, channelName: deps.channelName });
    },
  };
}

async function unusualOf(store: UnusualStore, subscription: Subscription): Promise<UnusualEpisode | null> {
  const last = await store.of(subscription.id);
  return last && isStillSo(last, subscription) ? last : null;
}

/** Whether somebody who looks ought to hear of a trouble there of which nobody could be told. */
async function isSomeUntold(outbox: Outbox, channels: Iterable<string>): Promise<boolean> {
  for (const id of channels)
    if ((await outbox.holdOf(toChannel(id))) !== null && (await outbox.episodes.isUntold(toChannel(id))))
      return true;
  return false;
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

/** Refused before anything is saved: not a channel to post in, a permission missing. */
function refuseChannel(deps: Deps, { channel }: SubscribeOrder & Asker, { place }: SubscriptionDraft): void {
  if (!POSTABLE.some((type) => type === channel.type))
    throw new UserError('subscribe.wrongChannelType', { channel: channelMark(channel.id) });
  const missing =
    channel.botPermissions === null ? [] : deps.missingPermissions(place, channel.botPermissions);
  if (missing.length === 0) return;
  throw notSaved('subscribe.cannotPost', {
    ...{ channel: channelMark(channel.id), missing: { list: missing }, n: missing.length },
  });
}

/**
 * The one that was subscribed just so before: whoever asks twice has it once. Throws UserError where its filter is there
 * on other terms, and where there are too many.
 */
function presentOf(
  { topics, perChannel }: Deps,
  draft: SubscriptionDraft,
  present: readonly Subscription[],
): Subscription | undefined {
  const same = withFilter(present, draft.filter, topics);
  if (!same) {
    refuseMore(present, perChannel);
    return undefined;
  }
  // By what is told of it: an earlier version stored old names of zones, and caps of digests.
  const isJustSo =
    same.paused === null && isDeepStrictEqual(tellTerms({ ...same, ...draft }), tellTerms(same));
  if (isJustSo) return same;
  throw alreadyThere(same);
}

/** Whether the asker made it just now, and it is as they made it: nobody takes back what others did. */
function isAskedAgain({ createdAt, createdBy, since }: Subscription, { userId, now }: Asker): boolean {
  return createdBy === userId && since === createdAt && now - createdAt <= ASKED_AGAIN_MS;
}

function refuseMore(present: readonly Subscription[], most: number): void {
  if (present.length >= most) throw new UserError('subscribe.tooMany', { most });
}

/** What no moderator paused cannot be resumed by one: it is shown as paused because Discord refuses. */
async function refuseHeld(outbox: Outbox, { channelId, paused }: Subscription): Promise<void> {
  const held = paused ? null : await outbox.holdOf(toChannel(channelId));
  if (!held) return;
  if (held.code === 'channel-gone') throw new UserError('subscriptions.cannotResumeDeleted');
  const trouble = troubleOf(held);
  throw new UserError('subscriptions.cannotResume', { channel: channelMark(channelId), trouble });
}
