import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ChannelType } from 'discord-api-types/v10';
import type { PastPost } from '#src/decision/past.ts';
import { parseSavedFilter } from '#src/match/language/parse-filter.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import type { ChangedView } from '#src/render/edit-page.ts';
import type { EditView } from '#src/render/preview-page.ts';
import type { TunedView } from '#src/render/tune-page.ts';
import type { Subscription, SubscriptionDraft } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import { pastOf, postsIn } from './back-test.ts';
import { notAmong } from './difference.ts';
import { moderatorFor, ownSubscription, stillThere } from './moderate.ts';
import { orderLines, withStored } from './order-lines.ts';
import { type PreviewDeps, previewOf, type Wanted, type WantedOrder } from './preview-subscription.ts';
import type { QuestionStore } from './question-store.ts';
import { alreadyThere, withFilter } from './same-filter.ts';
import type { SubscribeOrder } from './subscribe-order.ts';
import { tellTerms, tunedTo } from './tell-terms.ts';
import type { TypedOrder } from './typed-forms.ts';
import { keepChange } from './undo-change.ts';

type Deps = PreviewDeps & {
  subscriptionStore: SubscriptionStore;
  topics: TopicCatalogue;
  questions: QuestionStore;
  wanted: Wanted;
  channelName(channelId: string): string | null;
  /** Discord's number; null: unknown, or gone. */
  channelType(channelId: string): number | null;
};

type EditOrder = SubscribeOrder & { base: NonNullable<TypedOrder['base']> };

export type EditSubscription = {
  /** A saved subscription as it would be typed. `mentionedBy`: who may mention any role in that channel. */
  openSubscription(
    asker: Asker & { id: string; mentionedBy: { userId: string; channelId: string } | null },
  ): Promise<TypedOrder>;
  /** What the order would bring in the place of what is saved; nothing is saved. */
  previewEdit(order: EditOrder): Promise<EditView | ChangedView>;
  /** Saves it in its place, unless somebody changed that meanwhile. The same once more changes nothing. */
  saveEdit(order: EditOrder): Promise<({ kind: 'saved' } & TunedView) | ChangedView>;
};

/** A saved subscription is changed by a preview too: with what it would bring less and more. */
export function createEditSubscription(deps: Deps): EditSubscription {
  const { subscriptionStore, topics, heavy } = deps;

  /** What is saved, and what is to be there instead. */
  const read = async (order: EditOrder): Promise<{ saved: Subscription; wanted: WantedOrder }> => {
    const moderator = await moderatorFor(order, 'subscriptions');
    const saved = await ownSubscription(subscriptionStore, moderator, order.base.id);
    // A role that stays was allowed when it was chosen.
    const isKept = order.role?.id === saved.roleId;
    const role = order.role && { ...order.role, mentionable: order.role.mentionable || isKept };
    const wanted = await deps.wanted({ ...order, role }, 'subscriptions');
    const draft = withStored(wanted.draft, draftOf(saved));
    refuseTwin(saved, draft);
    return { saved, wanted: { ...wanted, draft } };
  };

  const refuseTwin = ({ id, channelId }: Subscription, { filter }: SubscriptionDraft): void => {
    const others = subscriptionStore.inChannel(channelId).filter((one) => one.id !== id);
    const twin = withFilter(others, filter, topics);
    if (twin) throw alreadyThere(twin);
  };

  const changed = async (saved: Subscription, draft: SubscriptionDraft): Promise<ChangedView> => {
    const [last] = await subscriptionStore.changesOf(saved.serverId, saved.id, 1);
    return {
      kind: 'changed',
      ...{ id: saved.id, channelId: saved.channelId, mark: markOf(saved) },
      change: last?.who ? { who: last.who, at: last.at } : null,
      saved: { filter: saved.filter, terms: tellTerms(saved) },
      wanted: { filter: draft.filter, terms: tellTerms(draft) },
    };
  };

  const postsOf = async (saved: Subscription, now: number): Promise<PastPost[]> => {
    const parsed = parseSavedFilter(saved.filter, { topics });
    return parsed.ok ? postsIn(deps, await pastOf(deps, saved.serverId, parsed.filter, now), saved) : [];
  };

  return {
    async openSubscription({ id, mentionedBy, ...asker }) {
      const moderator = await moderatorFor(asker, 'subscriptions');
      const saved = await ownSubscription(subscriptionStore, moderator, id);
      const { channelId, filter, roleId } = saved;
      const byAsker = mentionedBy?.channelId === channelId ? mentionedBy.userId : null;
      const type =
        deps.channelType(channelId) ??
        (saved.place === 'forum' ? ChannelType.GuildForum : ChannelType.GuildText);
      return {
        ...{ form: 'subscribe', filter, lines: orderLines(saved), flags: {} },
        channel: { id: channelId, name: deps.channelName(channelId) ?? '', type, mentionedBy: byAsker },
        role: roleId === null ? null : { id: roleId, mentionable: false },
        base: { id, mark: markOf(saved) },
      };
    },

    async previewEdit(order) {
      const { saved, wanted } = await read(order);
      const { draft } = wanted;
      if (markOf(saved) !== order.base.mark) return changed(saved, draft);
      return heavy.run(order.userId, async () => {
        const { view, posts } = await previewOf(deps, wanted, saved.channelId, order.now);
        const before = await postsOf(saved, order.now);
        return {
          kind: 'edit',
          ...view,
          isSame: isDeepStrictEqual(draft, draftOf(saved)),
          gained: await notAmong(deps.archive, posts, before),
          lost: await notAmong(deps.archive, before, posts),
        };
      });
    },

    async saveEdit(order) {
      const { saved, wanted } = await read(order);
      const { draft, moderator } = wanted;
      let isOld = isDeepStrictEqual(draft, draftOf(saved));
      if (!isOld && markOf(saved) !== order.base.mark) return changed(saved, draft);
      const after = stillThere(
        await subscriptionStore.change(
          saved.id,
          { ...withoutEnd(saved, draft), ...draft },
          order.userId,
          (present) => {
            refuseTwin(present, draft);
            isOld = isDeepStrictEqual(draft, draftOf(present));
            if (!isOld && markOf(present) !== markOf(saved)) throw new UserError('preview.changedJustNow');
          },
        ),
      );
      const deed = { what: 'changed', ids: [saved.id], through: 'subscriptions' } as const;
      const undo = await keepChange(deps, moderator.serverId, deed);
      return { kind: 'saved', ...tunedTo(after), isOld, undo };
    },
  };
}

/** A saved end that is not wanted any more has to be named to go. */
const withoutEnd = ({ until }: Subscription, draft: SubscriptionDraft): { until?: undefined } =>
  until && !draft.until ? { until: undefined } : {};

/** What a moderator decides of it. */
export function draftOf(subscription: Subscription): SubscriptionDraft {
  const { id, serverId, channelId, createdAt, createdBy, since, was, paused, until, ...draft } = subscription;
  return { ...draft, ...(until && { until }) };
}

/** Of a version of it: short enough for a custom id. */
const markOf = (saved: Subscription): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(draftOf(saved)).toSorted(byName)))
    .digest('base64url')
    .slice(0, 12);

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);
