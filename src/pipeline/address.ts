import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Archive } from '#src/archive/archive.ts';
import { documentOf, type StoredPaper } from '#src/archive/stored-paper.ts';
import type { Database } from '#src/foundation/database.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { UNSENT_KEPT } from '#src/outbox/prune-ledger.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { type News, newsFor, type Story } from './decide.ts';
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
};

/**
 * Reads the change journal on from where it stopped and promises each paper to every channel whose news it is.
 * Promises and how far was read are one transaction: a crash repeats the page, and promising twice changes nothing.
 * `catchUp`: the reading came after a gap.
 */
export async function address(rooms: Rooms, run: { now: number; catchUp: boolean }): Promise<Addressed> {
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
  run: { now: number; catchUp: boolean },
): Addressed {
  const done = { checked: 0, matched: 0, promised: 0 };
  for (const { paper } of changes) {
    const promised = addressPaper(rooms, paper, run);
    done.checked++;
    done.promised += promised;
    done.matched += promised > 0 ? 1 : 0;
    if (done.promised >= PROMISED_AT_ONCE) break;
  }
  return done;
}

type Hit = { subscription: Subscription; news: News };

function addressPaper(rooms: Rooms, stored: StoredPaper, run: { now: number; catchUp: boolean }): number {
  const { outbox, trend } = rooms;
  const hits = hitsByChannel(rooms, stored, run.now);
  if (hits.size === 0) return 0;
  const score = trend.heat(stored.paper.id)?.heat ?? 0;
  let promised = 0;
  for (const [channelId, channelHits] of hits) {
    const plan = soonest(channelHits.map(({ subscription }) => planFor(subscription, run.now, run.catchUp)));
    const why: Why = {
      filters: [...new Set(channelHits.map(({ subscription }) => subscription.filter))],
      news: channelHits[0].news,
      votes: stored.signals.votes,
      stars: stored.signals.stars,
      repository: stored.paper.repository !== null,
    };
    const done = outbox.promise({
      serverId: channelHits[0].subscription.serverId,
      channelId,
      paper: stored.paper.id,
      subscriptions: channelHits.map(({ subscription }) => subscription.id),
      why,
      score,
      lane: plan.lane,
      decidedAt: run.now,
      dueAt: plan.dueAt,
    });
    if (done === 'promised') promised++;
  }
  return promised;
}

/** The outbox forgets after a time what it refused: news from before then must not come back. */
function notOlder(since: Story['newsSince'], oldest: number): Story['newsSince'] {
  return { seen: Math.max(since.seen, oldest), risen: Math.max(since.risen, oldest) };
}

function hitsByChannel(
  { archive, matcher, trend, readings }: Rooms,
  stored: StoredPaper,
  now: number,
): Map<string, Hit[]> {
  const hits = new Map<string, Hit[]>();
  const matching = matcher.match(documentOf(stored), now);
  if (matching.length === 0) return hits;
  const story = {
    paper: stored.paper.id,
    firstSeenAt: stored.firstSeenAt,
    newsSince: notOlder(readings.newsSince(stored), now - UNSENT_KEPT),
    risings: archive.risings(stored.paper.id),
  };
  for (const subscription of matching) {
    const news = newsFor(subscription, story, trend.thetaFor);
    if (!news) continue;
    const channelHits = hits.get(subscription.channelId);
    if (channelHits) channelHits.push({ subscription, news });
    else hits.set(subscription.channelId, [{ subscription, news }]);
  }
  return hits;
}
