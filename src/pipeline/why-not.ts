import { newsFor, type Story, type ThresholdFor } from '#src/decision/news.ts';
import type { Subscription } from '#src/subscription/subscription.ts';

/** Why a channel does not want a paper that is newly trending; its words are `happening.not` and this. */
export type WhyNot = 'paused' | 'filter' | 'best' | 'since' | 'new' | 'sensitivity';

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
  if (!nearest) return 'filter';
  const { what } = nearest;
  if (what.kind === 'top') return 'best';
  // As if nothing was history, for the paper nor for the subscription.
  const whole = { ...story, newsAt: story.newsAt ?? story.firstSeenAt };
  if (what.kind === 'all') return story.newsAt === null ? 'new' : 'since';
  const ever = newsFor({ ...nearest, since: Number.NEGATIVE_INFINITY }, whole, thresholdFor);
  return ever ? 'since' : 'sensitivity';
}
