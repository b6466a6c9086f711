import type { TrendRise } from '#src/trend/trend-event.ts';
import { type BestCandidate, bestFirst, type Order, takes } from './best.ts';
import { cardsWithin, dayEndsAt, dayLimit, planFor, zoneOfDays } from './day.ts';
import { comesAtStrict, newsFor, type Story, type ThresholdFor } from './news.ts';
import { type LocalHours, outOfQuiet } from './quiet.ts';
import { type Hour, hourOf, type Terms } from './terms.ts';

/** A paper that would have come, and when (UTC ms). */
export type PastPost = { paper: string; at: number };

/** What is known of a paper of the past whose text matches. */
export type PastStory = Story<TrendRise> & {
  votes: number | null;
  /** Every rise of its score, also where it did not match. */
  scores: readonly TrendRise[];
};

/** The days that are gone through, from when a subscription was made until now: UTC ms. */
type PastSpan = { from: number; until: number };

type Rules = { thresholdFor: ThresholdFor; hours: LocalHours };

/**
 * What a subscription that is alone in its channel would have posted of what was news in those days, by the very decisions
 * of the pipeline. What waits at their end comes at its hour; the best are those of hours that have come, or of the first
 * one where none has. In the order they come.
 */
export function pastPosts(
  terms: Terms,
  stories: readonly PastStory[],
  span: PastSpan,
  rules: Rules,
): PastPost[] {
  const { what } = terms;
  const hour = hourOf(terms);
  if (what.kind !== 'top' || hour === null)
    return throughTheDays(terms, decided(terms, stories, span, rules.thresholdFor), rules);
  return firingsIn(hour, span, rules.hours).flatMap(({ since, until }) => {
    const best = bestOf(stories, { n: what.n, since, until, newsSince: span.from, best: [] });
    const at = outOfQuiet(until, terms.quiet, rules.hours);
    return best.map(({ paper }) => ({ paper, at }));
  });
}

type Decided = { story: PastStory; at: number };

/** When what was news is decided, the oldest first. */
function decided(
  { what }: Terms,
  stories: readonly PastStory[],
  { from, until }: PastSpan,
  thresholdFor: ThresholdFor,
): Decided[] {
  const asking = { what, since: from, paused: null };
  const found: Decided[] = [];
  for (const story of stories) {
    const news = newsFor(asking, story, thresholdFor);
    const at = news?.kind === 'new' ? news.at : news?.trendEvent.at;
    if (at !== undefined && at <= until) found.push({ story, at });
  }
  return found.sort((a, b) => a.at - b.at);
}

/** When each comes: at once, with a digest, or with the rest of a day that has had its cards. */
function throughTheDays(terms: Terms, news: readonly Decided[], { hours, thresholdFor }: Rules): PastPost[] {
  const posts: PastPost[] = [];
  const cards: number[] = [];
  const digests = new Map<number, string[]>();
  let soonest = Number.POSITIVE_INFINITY;
  const planAt = keepWhile(
    (at) => planFor(terms, at, false, hours),
    ({ dueAt }) => dueAt,
  );
  const zone = zoneOfDays([terms]);
  const limitAt = keepWhile(
    (at) => ({ ...dayLimit([terms], at, hours), endsAt: dayEndsAt(zone, at, hours) }),
    ({ restAt, endsAt }) => Math.min(restAt, endsAt),
  );

  const wait = (paper: string, until: number): void => {
    const at = outOfQuiet(until, terms.quiet, hours);
    const waiting = digests.get(at);
    if (waiting) waiting.push(paper);
    else digests.set(at, [paper]);
    soonest = Math.min(soonest, at);
  };
  const sendDigests = (now: number): void => {
    if (soonest > now) return;
    for (const at of [...digests.keys()].filter((due) => due <= now).sort((a, b) => a - b)) {
      const papers = digests.get(at) ?? [];
      posts.push(...papers.map((paper) => ({ paper, at })));
      // One paper alone comes as a card.
      if (papers.length === 1) cards.push(at);
      digests.delete(at);
    }
    soonest = Math.min(...digests.keys());
  };
  const isFull = ({ story, at }: Decided): boolean => {
    const { cap, beganAt } = limitAt(at);
    const isFullFor = (isStrict: boolean): boolean =>
      (cards.at(-cardsWithin(cap, isStrict)) ?? Number.NEGATIVE_INFINITY) >= beganAt;
    return isFullFor(false) && (!comesAtStrict(story, at, thresholdFor) || isFullFor(true));
  };

  for (const one of news) {
    const { at } = one;
    const { paper } = one.story;
    sendDigests(at);
    const { mode, dueAt } = planAt(at);
    if (mode !== 'card') wait(paper, dueAt);
    else if (isFull(one)) wait(paper, limitAt(at).restAt);
    else {
      posts.push({ paper, at });
      cards.push(at);
    }
  }
  sendDigests(Number.POSITIVE_INFINITY);
  return posts;
}

/** Those that come in the days, each with the one before; the first that will come where none does. */
function firingsIn(
  hour: Hour,
  { from, until }: PastSpan,
  hours: LocalHours,
): { since: number; until: number }[] {
  const firings: { since: number; until: number }[] = [];
  let since = from;
  do {
    const at = hours.next(hour, since);
    if (at > until && firings.length > 0) return firings;
    firings.push({ since, until: at });
    since = at;
  } while (since <= until);
  return firings;
}

/** As they stood at the hour of the order, as far as their rises tell. */
function bestOf(stories: readonly PastStory[], order: Order): BestCandidate[] {
  const candidates = stories
    .map((story) => ({ ...story, at: story.firstSeenAt, score: Number.NEGATIVE_INFINITY }))
    .filter((candidate) => takes(order, candidate))
    .map((candidate) => ({ ...candidate, score: scoreAt(candidate.scores, order.until) }));
  for (const candidate of candidates.sort(bestFirst)) if (takes(order, candidate)) order.best.push(candidate);
  return order.best;
}

const scoreAt = (scores: readonly TrendRise[], now: number): number =>
  scores.reduce(
    (most, { at, score }) => (at <= now ? Math.max(most, score) : most),
    Number.NEGATIVE_INFINITY,
  );

/** Asked for rising instants, hundreds of which are often the same. `until`: what was worked out holds before then. */
function keepWhile<T>(work: (at: number) => T, until: (value: T) => number): (at: number) => T {
  let kept: { at: number; value: T } | null = null;
  return (at) => {
    if (kept === null || (at !== kept.at && at >= until(kept.value))) kept = { at, value: work(at) };
    return kept.value;
  };
}
