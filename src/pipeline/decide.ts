import type { Subscription } from '#src/subscription/subscription.ts';
import type { Rising } from '#src/trend/rising.ts';

/** What is known of a paper that changed: enough to say whose news it is. */
export type Story = {
  paper: string;
  firstSeenAt: number;
  /** What was seen, and what rose, up to these instants was there before we first looked: history, nobody's news. */
  newsSince: { seen: number; risen: number };
  /** Every rise of its heat, oldest first. */
  risings: readonly Rising[];
};

/** Why a paper is news for a subscription. */
export type News = { kind: 'new'; at: number } | { kind: 'rising'; rising: Rising };

/**
 * Whether a paper that a subscription's filter matches is news for it: by its whole story, not by the event that
 * led here, so that a crash, a late match (categories that came a day after the votes) and a repeated run all
 * give the same answer. The outbox keeps it to once per channel.
 */
export function newsFor(
  subscription: Subscription,
  story: Story,
  thetaFor: (dial: Extract<Subscription['scope'], { kind: 'trending' }>['dial']) => number,
): News | null {
  if (subscription.paused) return null;
  if (subscription.scope.kind === 'top') return null; // Chosen once a day: see top-papers.ts.
  if (subscription.scope.kind === 'all') {
    const isNew = story.firstSeenAt >= subscription.since && story.firstSeenAt > story.newsSince.seen;
    return isNew ? { kind: 'new', at: story.firstSeenAt } : null;
  }
  const theta = thetaFor(subscription.scope.dial);
  const rising = story.risings.find(
    ({ at, from, heat }) =>
      at >= subscription.since && at > story.newsSince.risen && from < theta && theta <= heat,
  );
  return rising ? { kind: 'rising', rising } : null;
}
