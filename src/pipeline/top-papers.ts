import type { Archive } from '#src/archive/archive.ts';
import { documentOf, type StoredPaper } from '#src/archive/stored-paper.ts';
import type { Database } from '#src/foundation/database.ts';
import { holds, prepareDocument, prepareFilter } from '#src/match/explain.ts';
import type { Parsed } from '#src/match/filter.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { nextDigestAt, previousDigestAt } from '#src/subscription/schedule.ts';
import type { Subscription, When } from '#src/subscription/subscription.ts';
import type { SubscriptionBook } from '#src/subscription/subscription-book.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import type { Why } from './address.ts';

type Rooms = {
  db: Database;
  archive: Archive;
  outbox: Outbox;
  book: SubscriptionBook;
  trend: TrendRule;
  parse(filter: string): Parsed;
};

/** The beginning of the cursors that keep which hour was served. */
export const SERVED_TOP = 'top ';

/** Subscriptions to the best few of a day that name no hour get them at this one. */
const DEFAULT_HOUR = { kind: 'daily', at: '09:00', zone: 'UTC' } as const;
const MOST_PAPERS_A_DAY = 5000;

/**
 * For subscriptions to the day's best n: at their hour, the n hottest papers that match and were first seen since
 * the hour before are promised as a digest. Which hour was served is durable: a crash repeats nothing, a late start
 * serves the last hour once.
 */
export function promiseTopPapers(rooms: Rooms, now: number): void {
  for (const subscription of rooms.book.all()) {
    if (subscription.scope.kind !== 'top' || subscription.paused !== null) continue;
    const hour = previousDigestAt(hourOf(subscription.when), now);
    const cursor = `${SERVED_TOP}${subscription.id}`;
    const served = Math.max(rooms.archive.cursor(cursor), subscription.since);
    if (hour <= served) continue;
    rooms.db.transaction(() => {
      promiseBest(
        rooms,
        subscription,
        subscription.scope.kind === 'top' ? subscription.scope.n : 0,
        served,
        hour,
        now,
      );
      rooms.archive.setCursor(cursor, hour);
    });
  }
}

/** When a subscription to the day's best gets its next. */
export function nextTopAt(subscription: Subscription, now: number): number {
  return nextDigestAt(hourOf(subscription.when), now);
}

const hourOf = (when: When) => (when.kind === 'now' ? DEFAULT_HOUR : when);

function promiseBest(
  { archive, outbox, trend, parse }: Rooms,
  subscription: Subscription,
  n: number,
  since: number,
  until: number,
  now: number,
): void {
  const parsed = parse(subscription.filter);
  if (!parsed.ok) return;
  const condition = prepareFilter(parsed.filter);
  const best = archive
    .arrivedSince(since, MOST_PAPERS_A_DAY)
    .filter(
      ({ firstSeenAt, newsAt, paper }) =>
        firstSeenAt < until &&
        newsAt !== null &&
        newsAt >= subscription.since &&
        !outbox.isPromised(subscription.channelId, paper.id),
    )
    .filter((stored) => holds(condition, prepareDocument(documentOf(stored)), now))
    .map((stored) => ({ stored, heat: trend.heat(stored.paper.id)?.peak ?? Number.NEGATIVE_INFINITY }))
    .sort((a, b) => b.heat - a.heat || (b.stored.signals.votes ?? 0) - (a.stored.signals.votes ?? 0))
    .slice(0, n);
  for (const { stored, heat } of best) {
    outbox.promise({
      serverId: subscription.serverId,
      channelId: subscription.channelId,
      paper: stored.paper.id,
      subscriptions: [subscription.id],
      why: whyOf(subscription, stored),
      score: Math.max(heat, -100),
      lane: 'digest',
      decidedAt: now,
      dueAt: now,
    });
  }
}

function whyOf(subscription: Subscription, stored: StoredPaper): Why {
  return {
    filters: [subscription.filter],
    news: { kind: 'new', at: stored.firstSeenAt },
    votes: stored.signals.votes,
    stars: stored.signals.stars,
    repository: stored.paper.repository !== null,
  };
}
