import { type NoNews, type Story, type ThresholdFor, whyNoNews } from '#src/decision/news.ts';
import type { Subscription } from '#src/subscription/subscription.ts';

/** Why a channel does not want a paper that is newly trending; its words are `happening.not` and this. */
export type WhyNot = 'paused' | 'filter' | NoNews;

/** By the one of a channel's subscriptions that comes nearest. `matching`: the ids of those whose filters match. */
export function whyNot(
  own: readonly Subscription[],
  matching: ReadonlySet<string>,
  story: Story,
  thresholdFor: ThresholdFor,
): WhyNot {
  const running = own.filter(({ paused }) => paused === null);
  if (running.length === 0) return 'paused';
  const nearest = running.find(({ id }) => matching.has(id));
  return nearest ? whyNoNews(nearest, story, thresholdFor) : 'filter';
}
