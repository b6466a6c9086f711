import { isDeepStrictEqual } from 'node:util';
import { parseFilter } from '#src/match/language/parse-filter.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { PostPlace } from '#src/outbox/receipt.ts';
import { tellStopped } from '#src/render/hold-notice.ts';
import { type Lacked, tellLacked } from '#src/render/tell-lacked.ts';
import type { Subscription, SubscriptionDraft } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import { findsNoTag, type Tagged } from '#src/subscription/topic-tags.ts';
import { channel as channelMark, phrase } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import type { Asker } from './asker.ts';
import { alreadyThere, withFilter } from './same-filter.ts';
import { POSTABLE, type SubscribeOrder } from './subscribe-order.ts';
import { tellTerms } from './tell-terms.ts';

/** What posting such a thing there needs and the bot lacks; `held`: its permissions as Discord just told them. */
export type FindLacked = (
  place: PostPlace,
  asked?: { carries?: 'papers' | 'words'; held?: bigint | null },
) => readonly Lacked[];

/** What every new subscription is held against, by whatever way it comes. */
export type SubscribeRules = {
  subscriptionStore: Pick<SubscriptionStore, 'inServer'>;
  topics: TopicCatalogue;
  perChannel: number;
  perServer: number;
  lacked: FindLacked;
  /** Null: unknown, or gone. */
  tagsIn(channelId: string): Tagged | null;
};

/** Within this time the same order is one whose answer was lost. */
const ASKED_AGAIN_MS = 15 * 60_000;

/** Refused before anything is saved: not a channel to post in, a permission missing, a forum without a tag for it. */
export function refuseChannel(
  { lacked, tagsIn, topics }: Pick<SubscribeRules, 'lacked' | 'tagsIn' | 'topics'>,
  channel: SubscribeOrder['channel'],
  { serverId, filter, place: kind }: Pick<SubscriptionDraft, 'filter' | 'place'> & { serverId: string },
): void {
  if (!POSTABLE.some((type) => type === channel.type))
    throw new UserError('subscribe.wrongChannelType', { channel: channelMark(channel.id) });
  const { id, botPermissions: held } = channel;
  const [first, ...others] = lacked({ serverId, destination: toChannel(id), kind }, { held });
  if (first) throw new UserError('subscribe.notSaved', { problem: tellLacked(first, others, id) });
  const forum = tagsIn(id);
  if (forum && findsNoTag(forum, parseFilter(filter, { topics })))
    throw new UserError('subscribe.notSaved', { problem: tellStopped(NO_TAG, id) });
}

const NO_TAG = { code: 'tag-required', reason: phrase('hold.tagRequired') };

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
