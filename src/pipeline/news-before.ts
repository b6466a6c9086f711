import { documentOf, type StoredPaper } from '#src/archive/stored-paper.ts';
import { type News, newsBefore, type Story, type ThresholdFor } from '#src/decision/news.ts';
import { createConditions } from '#src/match/evaluate/conditions.ts';
import { holds, prepareDocument } from '#src/match/evaluate/explain.ts';
import type { Parsed } from '#src/match/language/filter.ts';
import type { Subscription } from '#src/subscription/subscription.ts';

/** Why a paper that matches a subscription now was news for it before it was changed; null where it was not. `now`: UTC ms. */
export type NewsBefore = (
  subscription: Subscription,
  stored: StoredPaper,
  story: Story,
  now: number,
) => News | null;

/** Asks the filter of before the change as well. */
export function createNewsBefore(parse: (filter: string) => Parsed, thresholdFor: ThresholdFor): NewsBefore {
  const conditionOf = createConditions(parse);
  return (subscription, stored, story, now) => {
    const news = newsBefore(subscription, story, now, thresholdFor);
    const condition = news && subscription.was ? conditionOf(subscription.was.filter) : null;
    return condition && holds(condition, prepareDocument(documentOf(stored)), now) ? news : null;
  };
}
