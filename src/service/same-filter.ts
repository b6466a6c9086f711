import { UserError } from '#src/foundation/failure.ts';
import { parseSavedFilter } from '#src/match/parse-filter.ts';
import { printFilter } from '#src/match/print-filter.ts';
import type { TopicCatalogue } from '#src/match/topic-catalogue.ts';
import { wording } from '#src/render/wording.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { tellTerms } from './tell-terms.ts';

/** The one that has this filter, blanks and spelling of operators apart. */
export function withFilter(
  subscriptions: readonly Subscription[],
  text: string,
  topics: TopicCatalogue,
): Subscription | undefined {
  const wanted = spellingOf(text, topics);
  return subscriptions.find(({ filter }) => spellingOf(filter, topics) === wanted);
}

/** What is told to whoever wants a second one of it in its channel. */
export function alreadyThere(subscription: Subscription): UserError {
  const { channelId, filter, paused } = subscription;
  return new UserError(
    wording.subscribedAlready(channelId, filter, tellTerms(subscription), paused !== null),
  );
}

function spellingOf(text: string, topics: TopicCatalogue): string {
  const parsed = parseSavedFilter(text, { topics });
  return parsed.ok ? printFilter(parsed.filter) : text;
}
