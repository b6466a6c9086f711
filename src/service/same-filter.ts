import { meaningOf } from '#src/match/evaluate/filter-meaning.ts';
import { parseSavedFilter } from '#src/match/language/parse-filter.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { channel, code, yesNo } from '#src/wording/phrase.ts';
import { UserError } from '#src/wording/user-error.ts';
import { tellTerms } from './tell-terms.ts';

/** The one whose filter means the same, however it is written. One that can no longer be read is the same as itself. */
export function withFilter(
  subscriptions: readonly Subscription[],
  text: string,
  topics: TopicCatalogue,
): Subscription | undefined {
  const wanted = meaningOfText(text, topics);
  return subscriptions.find(({ filter }) => meaningOfText(filter, topics) === wanted);
}

/** What is told to whoever wants a second one of it in its channel. */
export function alreadyThere(subscription: Subscription): UserError {
  return new UserError('subscribe.already', nowTold(subscription));
}

/** A subscription as it is now. */
export function nowTold(subscription: Subscription) {
  const { channelId, filter, paused } = subscription;
  return {
    channel: channel(channelId),
    filter: code(filter, 300),
    isPaused: yesNo(paused !== null),
    terms: tellTerms(subscription),
  };
}

/** Of a filter as it was written: filters that mean the same have the same. One that can no longer be read is the same as itself. */
export function meaningOfText(text: string, topics: TopicCatalogue): string {
  const parsed = parseSavedFilter(text, { topics });
  return parsed.ok ? meaningOf(parsed.filter) : text;
}
