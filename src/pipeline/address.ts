import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Archive } from '#src/archive/archive.ts';
import { documentOf, type StoredPaper } from '#src/archive/stored-paper.ts';
import type { Database } from '#src/foundation/database.ts';
import { isolate } from '#src/foundation/isolate.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { UNSENT_KEPT } from '#src/outbox/prune-ledger.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { type News, newsFor } from './decide.ts';
import type { Matcher } from './matcher.ts';
import { planFor, soonest } from './plan.ts';
import type { Readings } from './readings.ts';

const CURSOR = 'addressed change';
const PAGE = 50;
/** A transaction with so many promises takes some milliseconds, in which nobody is answered. */
const PROMISED_AT_ONCE = 250;

export type Addressed = { checked: number; matched: number; promised: number };

/** What was decided from, kept with the promise: cards, /why and the ledger print it. */
export type Why = {
  /** The filters that matched, as they were written then. */
  filters: readonly string[];
  news: News;
  /** What could be seen of the paper then. */
  votes: number | null;
  stars: number | null;
  repository: boolean;
};

type Rooms = {
  db: Database;
  archive: Archive;
  readings: Readings;
  matcher: Matcher;
  trend: TrendRule;
  outbox: Outbox;
  log: Log;
};

/**
 * Reads the change journal on from where it stopped and promises each paper to every channel whose news it is.
 * Promises and how far was read are one transaction: a crash repeats the page, and promising twice changes nothing.
 * Two runs at once are safe: each page is read, promised and marked as read in one go. A paper, or a channel, whose
 * turn throws is logged and passed over: it must not stand before all others.
 */
export async function address(rooms: Rooms, run: { now: number }): Promise<Addressed> {
  const total = { checked: 0, matched: 0, promised: 0 };
  for (;;) {
    const changes = rooms.archive.changesAfter(rooms.archive.cursor(CURSOR), PAGE);
    if (changes.length === 0) return total;
    rooms.db.transaction(() => {
      const done = addressSome(rooms, changes, run);
      total.checked += done.checked;
      total.matched += done.matched;
      total.promised += done.promised;
      rooms.archive.setCursor(CURSOR, changes[done.checked - 1].seq);
    });
    await yieldToOthers();
  }
}

/** As many of the changes as make a transaction of reasonable length; at least one. */
function addressSome(
  rooms: Rooms,
  changes: readonly { paper: StoredPaper }[],
  run: { now: number },
): Addressed {
  const done = { checked: 0, matched: 0, promised: 0 };
  for (const { paper } of changes) {
    const promised =
      isolate(
        () => addressPaper(rooms, paper, run),
        (error) => rooms.log.error({ paper: paper.paper.id, err: error }, 'a paper could not be addressed'),
      ) ?? 0;
    done.checked++;
    done.promised += promised;
    done.matched += promised > 0 ? 1 : 0;
    if (done.promised >= PROMISED_AT_ONCE) break;
  }
  return done;
}

type Hit = { subscription: Subscription; news: News };

function addressPaper(rooms: Rooms, stored: StoredPaper, run: { now: number }): number {
  const hits = hitsByChannel(rooms, stored, run.now);
  if (hits.size === 0) return 0;
  const score = rooms.trend.heat(stored.paper.id)?.heat ?? 0;
  let promised = 0;
  for (const [channelId, channelHits] of hits) {
    const onTrouble = (error: unknown) =>
      rooms.log.error({ paper: stored.paper.id, channel: channelId, err: error }, 'a post was not promised');
    const done = isolate(
      () => promiseTo(rooms, stored, { channelId, channelHits, score, ...run }),
      onTrouble,
    );
    if (done === 'promised') promised++;
  }
  return promised;
}

function promiseTo(
  { outbox, readings }: Rooms,
  stored: StoredPaper,
  found: { channelId: string; channelHits: readonly Hit[]; score: number; now: number },
): ReturnType<Outbox['promise']> {
  const { channelId, channelHits, score, now } = found;
  const plan = soonest(
    channelHits.map(({ subscription, news }) => planFor(subscription, now, readings.isMissed(stored, news))),
  );
  const why: Why = {
    filters: [...new Set(channelHits.map(({ subscription }) => subscription.filter))],
    news: channelHits[0].news,
    votes: stored.signals.votes,
    stars: stored.signals.stars,
    repository: stored.paper.repository !== null,
  };
  return outbox.promise({
    serverId: channelHits[0].subscription.serverId,
    channelId,
    paper: stored.paper.id,
    subscriptions: channelHits.map(({ subscription }) => subscription.id),
    why,
    score,
    lane: plan.lane,
    decidedAt: now,
    dueAt: plan.dueAt,
  });
}

function hitsByChannel(
  { archive, matcher, trend, log }: Rooms,
  stored: StoredPaper,
  now: number,
): Map<string, Hit[]> {
  const hits = new Map<string, Hit[]>();
  const matching = matcher.match(documentOf(stored), now);
  if (matching.length === 0) return hits;
  const forgotten = now - UNSENT_KEPT;
  const story = {
    paper: stored.paper.id,
    firstSeenAt: stored.firstSeenAt,
    // The outbox forgets after a time what it refused: news from before then must not come back.
    newsAt: stored.newsAt !== null && stored.newsAt > forgotten ? stored.newsAt : null,
    risesSince: Math.max(stored.risesSince ?? forgotten, forgotten),
    risings: archive.risings(stored.paper.id),
  };
  for (const subscription of matching) {
    const news = isolate(
      () => newsFor(subscription, story, trend.thetaFor),
      (error) =>
        log.error({ subscription: subscription.id, err: error }, 'a subscription cannot be decided for'),
    );
    if (!news) continue;
    const channelHits = hits.get(subscription.channelId);
    if (channelHits) channelHits.push({ subscription, news });
    else hits.set(subscription.channelId, [{ subscription, news }]);
  }
  return hits;
}
