import type { Subscription } from '#src/subscription/subscription.ts';
import type { Rising } from '#src/trend/rising.ts';

/** What is known of a paper that changed: enough to say whose news it is. */
export type Story = {
  paper: string;
  /** When a list first showed it. */
  firstSeenAt: number;
  /** It is news for whoever subscribed by then; null: it was only looked up, or is history. */
  newsAt: number | null;
  /** Rises up to this instant were there before its list was first read. */
  risesSince: number | null;
  /** Every rise of its heat, oldest first. */
  risings: readonly Rising[];
};

/** Why a paper is news for a subscription. */
export type News = { kind: 'new'; at: number } | { kind: 'rising'; rising: Rising };

/** The heat from which a sensitivity hears. */
export type ThetaFor = (dial: Extract<Subscription['scope'], { kind: 'trending' }>['dial']) => number;

/**
 * Whether a paper that a subscription's filter matches is news for it: by its whole story, not by the event that
 * led here, so that a crash, a late match (categories that came a day after the votes) and a repeated run all
 * give the same answer. The outbox keeps it to once per channel. What is news at all: archive/news-rule.ts.
 */
export function newsFor(subscription: Subscription, story: Story, thetaFor: ThetaFor): News | null {
  if (subscription.paused) return null;
  if (subscription.scope.kind === 'top') return null; // Chosen once a day: see top-papers.ts.
  const isNew = story.newsAt !== null && story.newsAt >= subscription.since;
  if (subscription.scope.kind === 'all') return isNew ? { kind: 'new', at: story.firstSeenAt } : null;
  const theta = thetaFor(subscription.scope.dial);
  // Of a paper that came after the subscription nothing is history.
  const since = isNew ? Number.NEGATIVE_INFINITY : (story.risesSince ?? Number.NEGATIVE_INFINITY);
  const rising = story.risings.find(
    ({ at, from, heat }) => at >= subscription.since && at > since && from < theta && theta <= heat,
  );
  return rising ? { kind: 'rising', rising } : null;
}
