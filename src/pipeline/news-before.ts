import { documentOf, type StoredPaper } from '#src/archive/stored-paper.ts';
import { holds, prepareDocument } from '#src/match/evaluate/explain.ts';
import type { Parsed } from '#src/match/language/filter.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { createConditions } from './conditions.ts';
import { type News, newsFor, type Story, type ThetaFor } from './decide.ts';

/** By then everything that was news before a change is decided. */
const DECIDED_WITHIN = 86_400_000;

/** Why a paper that matches a subscription now was news for it before it was changed; null where it was not. `now`: UTC ms. */
export type NewsBefore = (
  subscription: Subscription,
  stored: StoredPaper,
  story: Story,
  now: number,
) => News | null;

/**
 * A subscription that was changed wants what comes from then on; but what was news a moment before may not have been decided,
 * because Paperboy was busy or down. Where both what it wanted and what it wants take the paper, nothing of it is lost.
 */
export function createNewsBefore(parse: (filter: string) => Parsed, thetaFor: ThetaFor): NewsBefore {
  const conditionOf = createConditions(parse);
  return (subscription, stored, story, now) => {
    const { was, since } = subscription;
    if (!was || now - since > DECIDED_WITHIN) return null;
    const then = newsFor({ ...subscription, ...was }, story, thetaFor);
    const still = newsFor({ ...subscription, since: was.since }, story, thetaFor);
    if (!then || !still || instantOf(then, story) >= since) return null;
    const condition = conditionOf(was.filter);
    return condition && holds(condition, prepareDocument(documentOf(stored)), now) ? still : null;
  };
}

function instantOf(news: News, { newsAt }: Story): number {
  return news.kind === 'rising' ? news.rising.at : (newsAt ?? news.at);
}
