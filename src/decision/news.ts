import type { Sensitivity } from '#src/trend/sensitivity.ts';
import type { TrendEvent, TrendRise } from '#src/trend/trend-event.ts';
import type { Pause } from './pause.ts';
import type { What } from './terms.ts';

/** What is known of a paper that changed: enough to say whose news it is. Instants are UTC ms. */
export type Story<R extends TrendRise = TrendEvent> = {
  paper: string;
  /** When a list first showed it. */
  firstSeenAt: number;
  /** It is news for whoever subscribed by then; null: it was only looked up, or is history. */
  newsAt: number | null;
  /** Rises up to this instant were there before its list was first read. */
  risesSince: number | null;
  /** Every rise of its score, oldest first. */
  trendEvents: readonly R[];
};

type NewsBy<R> = { kind: 'new'; at: number } | { kind: 'trending'; trendEvent: R };

/** Why a paper is news for a subscription. */
export type News = NewsBy<Pick<TrendEvent, 'at' | 'reason'>>;

/** The score from which a sensitivity hears. */
export type ThresholdFor = (sensitivity: Sensitivity) => number;

/** Who asks for news, and what for. `since`: nothing older is news for it, UTC ms. */
type NewsTerms = {
  what: What;
  since: number;
  /** Null while it runs. From the end of a pause on it wants what comes then, whoever noted the end by then. */
  paused: Pause | null;
  /** From this instant on (UTC ms) it wants nothing any more. */
  until?: { at: number };
};

/**
 * Whether a paper that a subscription's filter matches is news for it: by its whole story, not by the event that
 * led here, so that a crash, a late match (categories that came a day after the votes) and a repeated run all
 * give the same answer. The outbox keeps it to once per channel. What is news at all: archive/news-rule.ts.
 */
export function newsFor<R extends TrendRise>(
  { what, since: begunAt, paused, until }: NewsTerms,
  story: Story<R>,
  thresholdFor: ThresholdFor,
): NewsBy<R> | null {
  if (paused && paused.until === undefined) return null;
  if (what.kind === 'top') return null; // Chosen once a day: see best.ts.
  if (what.kind === 'trending' && story.trendEvents.length === 0) return null;
  const since = Math.max(begunAt, paused?.until ?? begunAt);
  const end = until?.at ?? Number.POSITIVE_INFINITY;
  const isNew = story.newsAt !== null && story.newsAt >= since;
  if (what.kind === 'all')
    return isNew && (story.newsAt ?? end) < end ? { kind: 'new', at: story.firstSeenAt } : null;
  // Of a paper that came after the subscription nothing is history.
  const history = isNew ? Number.NEGATIVE_INFINITY : (story.risesSince ?? Number.NEGATIVE_INFINITY);
  const crosses = crossing(thresholdFor(what.sensitivity));
  const trendEvent = story.trendEvents.find(
    (rise) => rise.at >= since && rise.at < end && rise.at > history && crosses(rise),
  );
  return trendEvent ? { kind: 'trending', trendEvent } : null;
}

/** Why a paper is no news for a subscription that runs and whose filter matches. */
export type NoNews = 'best' | 'new' | 'since' | 'sensitivity';

/** Asked of what is no news for it by `newsFor`. */
export function whyNoNews(
  { what }: Pick<NewsTerms, 'what'>,
  story: Story,
  thresholdFor: ThresholdFor,
): NoNews {
  if (what.kind === 'top') return 'best';
  if (what.kind === 'all') return story.newsAt === null ? 'new' : 'since';
  return newsEver({ what }, story, thresholdFor) ? 'since' : 'sensitivity';
}

/** Why it is news for a subscription that was always there and never paused, as if nothing of the paper was history. */
export function newsEver<R extends TrendRise>(
  { what }: Pick<NewsTerms, 'what'>,
  story: Story<R>,
  thresholdFor: ThresholdFor,
): NewsBy<R> | null {
  const whole = { ...story, newsAt: story.newsAt ?? story.firstSeenAt };
  return newsFor({ what, since: Number.NEGATIVE_INFINITY, paused: null }, whole, thresholdFor);
}

/** Whether a rise is the one by which whoever hears from this score on hears of the paper. */
export const crossing =
  (threshold: number) =>
  ({ from, score }: Pick<TrendRise, 'from' | 'score'>): boolean =>
    from < threshold && threshold <= score;

/** Whether by `at` (UTC ms) it had risen to what is news at sensitivity strict, whatever anybody asked for. */
export function comesAtStrict(story: Story<TrendRise>, at: number, thresholdFor: ThresholdFor): boolean {
  // Instants are whole: the end is the first that is too late.
  return newsFor({ ...STRICT, until: { at: at + 1 } }, story, thresholdFor) !== null;
}

const STRICT: NewsTerms = {
  what: { kind: 'trending', sensitivity: 'sure' },
  since: Number.NEGATIVE_INFINITY,
  paused: null,
};

/** By then everything that was news before a change is decided. */
const DECIDED_WITHIN = 86_400_000;

/** Who was changed: until `since` it wanted what `was` says. */
type ChangedTerms = NewsTerms & { was?: { what: What; since: number } };

/** Whether a paper that never rose is no news for it, whatever it wanted before a change. */
export const hearsOfRisesAlone = ({ what }: Pick<NewsTerms, 'what'>): boolean => what.kind === 'trending';

/**
 * A subscription that was changed wants what comes from then on; but what was news a moment before may not have been decided,
 * because Paperboy was busy or down. Where both what it wanted and what it wants take the paper, nothing of it is lost: that
 * its filter of then matches, is asked by the caller. Null where it was no news.
 */
export function newsBefore(
  changed: ChangedTerms,
  story: Story,
  now: number,
  thresholdFor: ThresholdFor,
): News | null {
  const { was, since } = changed;
  if (!was || now - since > DECIDED_WITHIN) return null;
  const then = newsFor({ ...changed, ...was }, story, thresholdFor);
  const still = newsFor({ ...changed, since: was.since }, story, thresholdFor);
  return then && still && instantOf(then, story) < since ? still : null;
}

/** From when on it was news, UTC ms. */
function instantOf(news: News, { newsAt }: Story): number {
  return news.kind === 'trending' ? news.trendEvent.at : (newsAt ?? news.at);
}
