import { meaningOf } from '#src/match/evaluate/filter-meaning.ts';
import { parseSavedFilter } from '#src/match/language/parse-filter.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { wording } from '#src/render/wording.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
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
  const { channelId, filter, paused } = subscription;
  return new UserError('stored.text', {
    text: wording.subscribedAlready(channelId, filter, tellTerms(subscription), paused !== null),
  });
}

function meaningOfText(text: string, topics: TopicCatalogue): string {
  const parsed = parseSavedFilter(text, { topics });
  return parsed.ok ? meaningOf(parsed.filter) : text;
}
