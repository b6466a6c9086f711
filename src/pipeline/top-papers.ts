import type { Archive } from '#src/archive/archive.ts';
import { documentOf, type StoredPaper } from '#src/archive/stored-paper.ts';
import { type BestCandidate, type Order as BestOrder, bestFirst, takes } from '#src/decision/best.ts';
import { hourOf } from '#src/decision/terms.ts';
import { askedBy, type Why } from '#src/decision/why.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Cursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import { isolateAsync } from '#src/foundation/isolate.ts';
import type { Log } from '#src/foundation/log.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import { renewingFigures } from '#src/paper/figures.ts';
import { previousDigestAt } from '#src/subscription/schedule.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { Zones } from '#src/subscription/zone.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import type { Matcher } from './matcher.ts';

type Deps = {
  db: Database;
  archive: Archive;
  cursors: Cursors;
  outbox: Outbox;
  subscriptionStore: SubscriptionStore;
  matcher: Pick<Matcher, 'match'>;
  trend: TrendRule;
  zones: Zones;
  clock: Clock;
  log: Log;
};

/** The beginning of the cursors that keep which hour was served. */
export const SERVED_TOP = 'top ';

const MOST_PAPERS_A_DAY = 5000;
/** So many subscriptions are served in one transaction. */
const SERVED_AT_ONCE = 20;

/** A subscription whose hour has come, with the papers it gets. */
type Order = BestOrder & {
  subscription: Subscription;
  /** Its place among the subscriptions: of one channel's, the first gets the better paper. */
  place: number;
};

/**
 * For subscriptions to the day's best n: at their hour, the n highest papers that match and were first seen since
 * the hour before are queued as a digest. Which hour was served is durable: a crash repeats nothing, a late start
 * serves the last hour once. Each paper is read once, whoever wants it.
 */
export async function addTopPapers(deps: Deps, now: number): Promise<void> {
  const breathe = takeBreaths(deps.clock);
  const orders = await ordersAt(deps, now, breathe);
  if (orders.size === 0) return;
  await choose(deps, orders, now, breathe);
  for (const slice of slicesOf(orders.values())) {
    await deps.db.transaction(async () => {
      for (const order of slice) await serveApart(deps, order, now);
    });
    await breathe();
  }
}

/** A channel's orders go together: they make one digest. */
function* slicesOf(orders: Iterable<Order>): Generator<Order[]> {
  let slice: Order[] = [];
  for (const channel of Map.groupBy(orders, ({ subscription }) => subscription.channelId).values()) {
    slice.push(...channel);
    if (slice.length < SERVED_AT_ONCE) continue;
    yield slice;
    slice = [];
  }
  yield slice;
}

async function ordersAt(deps: Deps, now: number, breathe: () => Promise<void>): Promise<Map<string, Order>> {
  const orders = new Map<string, Order>();
  for (const subscription of [...deps.subscriptionStore.all()]) {
    await breathe();
    const { what, paused } = subscription;
    const hour = hourOf(subscription);
    if (what.kind !== 'top' || hour === null || paused !== null) continue;
    // Nothing is chosen after its last day.
    const until = previousDigestAt(hour, Math.min(now, subscription.until?.at ?? now), deps.zones);
    const since = await servedUntil(deps, subscription);
    if (until <= since) continue;
    const span = { since, until, newsSince: subscription.since };
    orders.set(subscription.id, { subscription, place: orders.size, n: what.n, ...span, best: [] });
  }
  return orders;
}

async function servedUntil({ cursors }: Deps, { id, since }: Subscription): Promise<number> {
  return Math.max(await cursors.get(cursorOf(id)), since);
}

const cursorOf = (id: string) => `${SERVED_TOP}${id}`;

/** Lets every order take its best, paper by paper, the highest first; a channel takes a paper once. */
async function choose(
  deps: Deps,
  orders: ReadonlyMap<string, Order>,
  now: number,
  breathe: () => Promise<void>,
): Promise<void> {
  for (const candidate of await hottestFirst(deps, orders, now, breathe)) {
    await isolateAsync(
      () => offer(deps, candidate, orders, now),
      (error) => deps.log.error({ paper: candidate.paper, err: error }, 'a paper could not be offered'),
    );
    await breathe();
  }
}

async function offer(
  { archive, matcher, outbox }: Deps,
  candidate: BestCandidate,
  orders: ReadonlyMap<string, Order>,
  now: number,
): Promise<void> {
  const stored = await archive.paper(candidate.paper);
  const wanting = stored && !stored.paper.withdrawn ? matcher.match(documentOf(stored), now) : [];
  const channels = new Set<string>();
  for (const { subscription, best } of openFor(candidate, wanting, orders)) {
    const { channelId } = subscription;
    if (channels.has(channelId) || (await isTaken(outbox, channelId, candidate.paper, now))) continue;
    channels.add(channelId);
    best.push(candidate);
  }
}

/** What waits for the later hour of another subscription is free still: a weekly digest leaves the day its best. */
async function isTaken(outbox: Outbox, channelId: string, paper: string, now: number): Promise<boolean> {
  return (
    (await outbox.has(toChannel(channelId), paper)) &&
    !(await outbox.waitsBeyond(toChannel(channelId), paper, now))
  );
}

async function hottestFirst(
  { archive, trend }: Deps,
  orders: ReadonlyMap<string, Order>,
  now: number,
  breathe: () => Promise<void>,
): Promise<BestCandidate[]> {
  const since = [...orders.values()].reduce((first, order) => Math.min(first, order.since), now);
  const candidates: BestCandidate[] = [];
  for await (const arrival of archive.arrivals(since)) {
    const score = trend.score(arrival.paper)?.peak ?? Number.NEGATIVE_INFINITY;
    candidates.push({ ...arrival, score });
    if (candidates.length === MOST_PAPERS_A_DAY) break;
    await breathe();
  }
  return candidates.sort(bestFirst);
}

function openFor(
  candidate: BestCandidate,
  wanting: readonly Subscription[],
  orders: ReadonlyMap<string, Order>,
): Order[] {
  return wanting
    .map(({ id }) => orders.get(id))
    .filter((order) => order !== undefined)
    .filter((order) => takes(order, candidate))
    .sort((a, b) => a.place - b.place);
}

/** All of an order or nothing; one that cannot be served holds up no other. */
async function serveApart(deps: Deps, order: Order, now: number): Promise<void> {
  const { db, log } = deps;
  await isolateAsync(
    () => db.transaction(() => serve(deps, order, now)),
    (error) =>
      log.error({ subscription: order.subscription.id, err: error }, 'the day’s best could not be queued'),
  );
}

async function serve(deps: Deps, { subscription, since, until, best }: Order, now: number): Promise<void> {
  const { archive, cursors, outbox, subscriptionStore } = deps;
  // What changed meanwhile is asked for anew, in the next round.
  if (
    subscriptionStore.byId(subscription.id) !== subscription ||
    (await servedUntil(deps, subscription)) !== since
  )
    return;
  const { serverId, channelId } = subscription;
  for (const { paper, score } of best) {
    const stored = await archive.paper(paper);
    if (!stored) continue;
    await outbox.add({
      ...{
        serverId,
        destination: toChannel(channelId),
        paper,
        subscriptions: [subscription.id],
        why: whyOf(subscription, stored),
      },
      ...{ score: Math.max(score, -100), mode: 'digest', decidedAt: now, dueAt: now },
    });
  }
  await cursors.set(cursorOf(subscription.id), until);
}

function whyOf(subscription: Subscription, stored: StoredPaper): Why {
  return {
    filters: [subscription.filter],
    news: { kind: 'new', at: stored.firstSeenAt },
    ...renewingFigures(stored.signals),
    repository: stored.paper.repository !== null,
    ...askedBy(subscription),
  };
}
