import { ChannelType } from 'discord-api-types/v10';
import type { ListNote } from '#src/render/subscription-list.ts';
import type { FindLost } from '#src/subscription/lost.ts';
import type { Subscription, SubscriptionDraft } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { Asker } from './asker.ts';
import { moderatorFor, ownSubscription, refuseChange } from './moderate.ts';
import type { QuestionStore } from './question-store.ts';
import { alreadyThere } from './same-filter.ts';
import type { SubscribeOrder } from './subscribe-order.ts';
import { isAskedAgain, presentOf, refuseChannel, type SubscribeRules } from './subscribe-rules.ts';
import { keepChange } from './undo-change.ts';

type Deps = SubscribeRules & {
  subscriptionStore: SubscriptionStore;
  questions: QuestionStore;
  lost: FindLost;
};

type Target = SubscribeOrder['channel'];

export type CopySubscription = {
  /** The same subscription in another channel, checked as /subscribe checks it; from now on. */
  copySubscription(asker: Asker & { id: string; channel: Target }): Promise<ListNote>;
};

export function createCopySubscription(deps: Deps): CopySubscription {
  const { subscriptionStore } = deps;
  return {
    async copySubscription({ id, channel, ...asker }) {
      const moderator = await moderatorFor(asker, 'subscriptions');
      const from = await ownSubscription(subscriptionStore, moderator, id);
      await refuseChange(moderator, channel.id);
      const { serverId } = moderator;
      const draft = draftFor(from, channel, deps.lost);
      refuseChannel(deps, channel, { ...draft, serverId });
      const place = { serverId, channelId: channel.id };
      const copy = await subscriptionStore.add(place, draft, asker.userId, (present) =>
        presentOf(deps, serverId, draft, present),
      );
      if (!isAskedAgain(copy, asker)) throw alreadyThere(copy);
      const deed = { what: 'added', ids: [copy.id], through: 'subscriptions' } as const;
      return {
        what: 'copied',
        to: [{ channelId: copy.channelId, filter: copy.filter }],
        gone: 0,
        undo: await keepChange(deps, serverId, deed),
        isWithoutRole: from.roleId !== null && copy.roleId === null,
      };
    },
  };
}

/** What it would be there: a forum takes posts, only an announcement channel publishes, not every role can be mentioned. */
function draftFor(from: Subscription, channel: Target, lost: FindLost): SubscriptionDraft {
  const { id: _, serverId, channelId, createdAt, createdBy, since, was, paused, ...draft } = from;
  const place = from.place === 'forum' ? 'message' : from.place;
  return {
    ...draft,
    place: channel.type === ChannelType.GuildForum ? 'forum' : place,
    publish: draft.publish && channel.type === ChannelType.GuildAnnouncement,
    roleId: isMentionable(from, channel, lost) ? from.roleId : null,
  };
}

/** Where the bot may mention every role, and the asker may not, nobody says that the role is one that anybody may. */
function isMentionable(from: Subscription, { id, mentionsAll }: Target, lost: FindLost): boolean {
  const rings = lost({ ...from, channelId: id }).every(({ kind }) => kind !== 'role');
  return rings && (mentionsAll.byAsker || !mentionsAll.byBot);
}
