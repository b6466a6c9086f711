import { isDeepStrictEqual } from 'node:util';
import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { parseSavedFilter } from '#src/match/language/parse-filter.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import type { TunedView, TuneView } from '#src/render/tune-page.ts';
import type { Mutes } from '#src/subscription/mutes.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { isStillSo, type UnusualStore } from '#src/subscription/unusual-store.ts';
import type { Zones } from '#src/subscription/zone.ts';
import { nextSensitivity, type Sensitivity } from '#src/trend/sensitivity.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import { pastOf, postsIn } from './back-test.ts';
import type { HeavyWork } from './heavy-work.ts';
import { moderatorFor, ownSubscription, stillThere } from './moderate.ts';
import type { QuestionStore } from './question-store.ts';
import { nowTold } from './same-filter.ts';
import { tellSensitivity, tunedTo } from './tell-terms.ts';
import { keepChange } from './undo-change.ts';

type Deps = {
  archive: Archive;
  search: PaperSearch;
  mutes: Pick<Mutes, 'unmuted'>;
  trend: TrendRule;
  subscriptionStore: SubscriptionStore;
  unusualStore: UnusualStore;
  topics: TopicCatalogue;
  questions: QuestionStore;
  zones: Zones;
  clock: Clock;
  heavy: HeavyWork;
};

type Towards = 'wider' | 'narrower';

/** What of a subscription is not as usual, and what can be done about it. */
export type TuneSubscription = {
  /** The next sensitivity and what it would have brought; null where there is none: its filter is left to change. */
  proposeSensitivity(asker: Asker & { id: string; towards: Towards }): Promise<TuneView | null>;
  /** From that sensitivity to that one. What was changed since stays. The same once more changes nothing. */
  useSensitivity(asker: Asker & { id: string; from: string; to: string }): Promise<TunedView>;
  /** What is unusual of it is its usual from now on. `isNoted`: false where it was over. */
  acceptUnusual(
    asker: Asker & { id: string },
  ): Promise<{ channelId: string; filter: string; isNoted: boolean }>;
};

export function createTuneSubscription(deps: Deps): TuneSubscription {
  const { subscriptionStore, unusualStore, heavy } = deps;
  return {
    async proposeSensitivity({ id, towards, ...asker }) {
      const moderator = await moderatorFor(asker, 'subscriptions');
      const subscription = await ownSubscription(subscriptionStore, moderator, id);
      const { what, channelId, filter } = subscription;
      const parsed = parseSavedFilter(filter, deps);
      if (what.kind !== 'trending' || !parsed.ok) return null;
      const next = nextSensitivity(what.sensitivity, towards);
      if (next === null) return null;
      const past = await heavy.run(asker.userId, () =>
        pastOf(deps, moderator.serverId, parsed.filter, asker.now),
      );
      const postsWith = (sensitivity: Sensitivity) =>
        postsIn(deps, past, { ...subscription, what: { kind: 'trending', sensitivity } }).length;
      return {
        ...{ id, channelId, filter, days: past.days },
        now: {
          mark: markOf(what.sensitivity),
          name: tellSensitivity(what.sensitivity),
          posts: postsWith(what.sensitivity),
        },
        next: { mark: markOf(next), name: tellSensitivity(next), posts: postsWith(next) },
      };
    },

    async useSensitivity({ id, from, to, ...asker }) {
      const moderator = await moderatorFor(asker, 'subscriptions');
      const before = await ownSubscription(subscriptionStore, moderator, id);
      const wanted = { kind: 'trending', sensitivity: readMark(to) } as const;
      const refuseOther = ({ what, ...present }: Subscription): void => {
        if (isDeepStrictEqual(what, wanted)) return;
        if (isDeepStrictEqual(what, { kind: 'trending', sensitivity: readMark(from) })) return;
        throw new UserError('tune.changedSince', nowTold({ ...present, what }));
      };
      const after = stillThere(
        await subscriptionStore.change(id, { what: wanted }, asker.userId, refuseOther),
      );
      const undo = await keepChange(deps, moderator.serverId, {
        ...({ what: 'changed', ids: [id], through: 'subscriptions' } as const),
      });
      return { ...tunedTo(after), isOld: isDeepStrictEqual(before.what, wanted), undo };
    },

    async acceptUnusual({ id, ...asker }) {
      const moderator = await moderatorFor(asker, 'subscriptions');
      const subscription = await ownSubscription(subscriptionStore, moderator, id);
      const episode = await unusualStore.of(id);
      const isNoted = episode !== null && isStillSo(episode, subscription);
      if (isNoted) await unusualStore.accept(episode, asker.now);
      return { channelId: subscription.channelId, filter: subscription.filter, isNoted };
    },
  };
}

/** As it stands in a custom id. */
const markOf = (sensitivity: Sensitivity): string =>
  typeof sensitivity === 'string' ? sensitivity : String(sensitivity.perDay);

function readMark(mark: string): Sensitivity {
  if (mark === 'sure' || mark === 'balanced' || mark === 'early' || mark === 'wide') return mark;
  const perDay = Number(mark);
  // Nobody's button says anything else.
  if (!(perDay > 0)) throw new UserError('subscriptions.gone');
  return { perDay };
}
