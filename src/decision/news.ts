import type { Rise, Rising } from '#src/trend/rising.ts';
import type { Dial, Scope } from './terms.ts';

/** What is known of a paper that changed: enough to say whose news it is. Instants are UTC ms. */
export type Story<R extends Rise = Rising> = {
  paper: string;
  /** When a list first showed it. */
  firstSeenAt: number;
  /** It is news for whoever subscribed by then; null: it was only looked up, or is history. */
  newsAt: number | null;
  /** Rises up to this instant were there before its list was first read. */
  risesSince: number | null;
  /** Every rise of its heat, oldest first. */
  risings: readonly R[];
};

type NewsBy<R> = { kind: 'new'; at: number } | { kind: 'rising'; rising: R };

/** Why a paper is news for a subscription. */
export type News = NewsBy<Pick<Rising, 'at' | 'reason'>>;

/** The heat from which a sensitivity hears. */
export type ThetaFor = (dial: Dial) => number;

/** Who asks for news, and what for. `since`: nothing older is news for it, UTC ms. */
export type Asking = {
  scope: Scope;
  since: number;
  /** Null while it runs. */
  paused: object | null;
};

/**
 * Whether a paper that a subscription's filter matches is news for it: by its whole story, not by the event that
 * led here, so that a crash, a late match (categories that came a day after the votes) and a repeated run all
 * give the same answer. The outbox keeps it to once per channel. What is news at all: archive/news-rule.ts.
 */
export function newsFor<R extends Rise>(
  { scope, since, paused }: Asking,
  story: Story<R>,
  thetaFor: ThetaFor,
): NewsBy<R> | null {
  if (paused) return null;
  if (scope.kind === 'top') return null; // Chosen once a day: see best.ts.
  const isNew = story.newsAt !== null && story.newsAt >= since;
  if (scope.kind === 'all') return isNew ? { kind: 'new', at: story.firstSeenAt } : null;
  if (story.risings.length === 0) return null;
  // Of a paper that came after the subscription nothing is history.
  const history = isNew ? Number.NEGATIVE_INFINITY : (story.risesSince ?? Number.NEGATIVE_INFINITY);
  const crosses = crossing(thetaFor(scope.dial));
  const rising = story.risings.find((rise) => rise.at >= since && rise.at > history && crosses(rise));
  return rising ? { kind: 'rising', rising } : null;
}

/** Whether a rise is the one by which whoever hears from this heat on hears of the paper. */
export const crossing =
  (theta: number) =>
  ({ from, heat }: Pick<Rise, 'from' | 'heat'>): boolean =>
    from < theta && theta <= heat;

/** By then everything that was news before a change is decided. */
const DECIDED_WITHIN = 86_400_000;

/** Who was changed: until `since` it wanted what `was` says. */
export type Changed = Asking & { was?: { scope: Scope; since: number } };

/** Whether a paper that never rose is no news for it, whatever it wanted before a change. */
export const hearsOfRisesAlone = ({ scope }: Pick<Asking, 'scope'>): boolean => scope.kind === 'trending';

/**
 * A subscription that was changed wants what comes from then on; but what was news a moment before may not have been decided,
 * because Paperboy was busy or down. Where both what it wanted and what it wants take the paper, nothing of it is lost: that
 * its filter of then matches, is asked by the caller. Null where it was no news.
 */
export function newsBefore(changed: Changed, story: Story, now: number, thetaFor: ThetaFor): News | null {
  const { was, since } = changed;
  if (!was || now - since > DECIDED_WITHIN) return null;
  const then = newsFor({ ...changed, ...was }, story, thetaFor);
  const still = newsFor({ ...changed, since: was.since }, story, thetaFor);
  return then && still && instantOf(then, story) < since ? still : null;
}

/** From when on it was news, UTC ms. */
function instantOf(news: News, { newsAt }: Story): number {
  return news.kind === 'rising' ? news.rising.at : (newsAt ?? news.at);
}
