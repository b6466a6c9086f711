import { isDeepStrictEqual } from 'node:util';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import type { Subscription, SubscriptionDraft } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { channel as channelMark } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { Phrase } from '#src/wording/values.ts';
import type { Asker } from './asker.ts';
import { notSaved } from './not-saved.ts';
import { alreadyThere, withFilter } from './same-filter.ts';
import { POSTABLE, type SubscribeOrder } from './subscribe-order.ts';
import { tellTerms } from './tell-terms.ts';

/** What every new subscription is held against, by whatever way it comes. */
export type SubscribeRules = {
  subscriptionStore: Pick<SubscriptionStore, 'inServer'>;
  topics: TopicCatalogue;
  perChannel: number;
  perServer: number;
  /** The permissions that posting there would need and the bot lacks, as Discord's settings call them. */
  missingPermissions(kind: SubscriptionDraft['place'], held: bigint): readonly Phrase[];
};

/** Within this time the same order is one whose answer was lost. */
const ASKED_AGAIN_MS = 15 * 60_000;

/** Refused before anything is saved: not a channel to post in, a permission missing. */
export function refuseChannel(
  deps: SubscribeRules,
  channel: SubscribeOrder['channel'],
  { place }: SubscriptionDraft,
): void {
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
export function presentOf(
  rules: SubscribeRules,
  serverId: string,
  draft: SubscriptionDraft,
  present: readonly Subscription[],
): Subscription | undefined {
  const same = withFilter(present, draft.filter, rules.topics);
  if (!same) {
    refuseMore(rules, serverId, present);
    return undefined;
  }
  // By what is told of it: an earlier version stored old names of zones, and caps of digests.
  const isJustSo =
    same.paused === null && isDeepStrictEqual(tellTerms({ ...same, ...draft }), tellTerms(same));
  if (isJustSo) return same;
  throw alreadyThere(same);
}

function refuseMore(
  { subscriptionStore, perChannel, perServer }: SubscribeRules,
  serverId: string,
  present: readonly Subscription[],
): void {
  if (present.length >= perChannel) throw new UserError('subscribe.tooMany', { most: perChannel });
  if (subscriptionStore.inServer(serverId).length >= perServer)
    throw new UserError('subscribe.tooManyInServer', { most: perServer });
}

/** Whether the asker made it just now, and it is as they made it: nobody takes back what others did. */
export function isAskedAgain({ createdAt, createdBy, since }: Subscription, { userId, now }: Asker): boolean {
  return createdBy === userId && since === createdAt && now - createdAt <= ASKED_AGAIN_MS;
}
