import type { Archive } from '#src/archive/archive.ts';
import { arrivedAt } from '#src/archive/paper-arrivals.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import { crossing } from '#src/decision/news.ts';
import type { What } from '#src/decision/terms.ts';
import { mayBeUnusual, type Rhythm } from '#src/decision/unusual.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { parseSavedFilter } from '#src/match/language/parse-filter.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import { toChannel } from '#src/outbox/destination.ts';
import type { Outbox } from '#src/outbox/outbox.ts';
import type { Mutes } from '#src/subscription/mutes.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { Zones } from '#src/subscription/zone.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { AS_FOUND, DAYS_BACK, pastOf, postsIn } from './back-test.ts';

type Deps = {
  archive: Archive;
  search: PaperSearch;
  mutes: Pick<Mutes, 'unmuted'>;
  trend: TrendRule;
  outbox: Outbox;
  topics: TopicCatalogue;
  zones: Zones;
  clock: Clock;
};

/** What a subscription got and could have got; null where that cannot be told. */
type RhythmOf = (subscription: Subscription, usualFrom: number | null) => Promise<Rhythm | null>;

const DAY = 86_400_000;
/** For which subscriptions an entry was made is known for so long. */
const LOOK_BACK = 90 * DAY;
const JUST_CHANGED = 3 * DAY;

/**
 * Reads once what all could choose from, then answers for each subscription: what came since it wants what it wants; where that
 * is less than 30 days, before it what would have come, by the very decisions of its preview.
 */
export async function readRhythms(deps: Deps): Promise<RhythmOf> {
  const now = deps.clock.now();
  const chances = await readChances(deps, now - LOOK_BACK);
  return async (subscription, usualFrom) => {
    const { serverId, channelId, id, since, what } = subscription;
    // Whoever made or changed it has just seen what it would have brought.
    if (now - since < JUST_CHANGED) return null;
    const ownFrom = Math.max(since, now - LOOK_BACK, usualFrom ?? 0);
    const decided = await deps.outbox.decidedSince({ destination: toChannel(channelId), serverId }, ownFrom);
    const own = decided
      .filter((one) => one.at > ownFrom && one.subscriptions.includes(id))
      .map(({ at }) => at);
    const past = { from: Math.max(now - DAYS_BACK * DAY, usualFrom ?? 0), until: since };
    if (past.from >= past.until || !mayBeUnusual(own, now))
      return { from: ownFrom, posts: own, chances: chances(what) };
    const before = await postsBefore(deps, subscription, past, now);
    return before && { from: past.from, posts: [...before, ...own], chances: chances(what) };
  };
}

/** When one of that what could have got a paper, whatever its filter says. */
async function readChances({ archive, trend, clock }: Deps, since: number) {
  const breathe = takeBreaths(clock);
  const arrivals: number[] = [];
  for await (const arrival of archive.arrivals(since)) {
    arrivals.push(arrivedAt(arrival));
    await breathe();
  }
  arrivals.sort((a, b) => a - b);
  const rises = await archive.risesSince(since);
  const heardFrom = new Map<number, readonly number[]>();
  return (what: What): readonly number[] => {
    if (what.kind !== 'trending') return arrivals;
    const threshold = trend.thresholdFor(what.sensitivity);
    const known = heardFrom.get(threshold);
    const heard = known ?? rises.filter(crossing(threshold)).map(({ at }) => at);
    heardFrom.set(threshold, heard);
    return heard;
  };
}

/** When what it would have got before it was made, or changed, was decided; null where its filter cannot be asked. */
async function postsBefore(
  deps: Deps,
  subscription: Subscription,
  { from, until }: { from: number; until: number },
  now: number,
): Promise<number[] | null> {
  const { filter, what } = subscription;
  const parsed = parseSavedFilter(filter, deps);
  if (!parsed.ok) return null;
  const past = await pastOf(deps, subscription.serverId, parsed.filter, now);
  if (!past.complete) return null;
  const terms = what.kind === 'top' ? subscription : { ...AS_FOUND, what };
  return postsIn(deps, past, terms)
    .map(({ at }) => at)
    .filter((at) => at > from && at < until)
    .sort((a, b) => a - b);
}
