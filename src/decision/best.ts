/** A paper that may be among the best of its day. Instants are UTC ms. */
export type BestCandidate = {
  paper: string;
  /** When a list first showed it. */
  at: number;
  /** It is news for whoever subscribed by then; null: it is history. */
  newsAt: number | null;
  /** The highest that is known of it; -Infinity where nothing is. */
  score: number;
  votes: number | null;
};

/** What a subscription to the best n gets at its hour `until`: of what was first seen from `since` on. */
export type Order<C extends BestCandidate = BestCandidate> = {
  n: number;
  since: number;
  until: number;
  /** Nothing older is news for it. */
  newsSince: number;
  /** What it took so far, the best first. */
  best: C[];
};

/** The order in which candidates are offered. */
export const bestFirst = (a: BestCandidate, b: BestCandidate): number =>
  b.score - a.score || (b.votes ?? 0) - (a.votes ?? 0);

/** Whether it takes this one, offered after all better ones. */
export function takes({ n, since, until, newsSince, best }: Order, { at, newsAt }: BestCandidate): boolean {
  if (newsAt === null || newsAt < newsSince || best.length >= n) return false;
  return since <= at && at < until;
}
