import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { parseSavedFilter } from '#src/match/language/parse-filter.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import type { Mutes } from '#src/subscription/mutes.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { findNearMisses, type NearMiss } from './near-misses.ts';

export type NearestMissDeps = {
  archive: Pick<Archive, 'risesSince' | 'papers'>;
  search: Pick<PaperSearch, 'matching'>;
  mutes: Pick<Mutes, 'unmuted'>;
  topics: TopicCatalogue;
  trend: TrendRule;
  clock: Clock;
};

type Asked = {
  serverId: string;
  subscriptions: readonly Pick<Subscription, 'filter' | 'what' | 'since'>[];
  since: number;
  now: number;
};

/** So many subscriptions of a channel are asked. */
const ASKED_AT_MOST = 10;

/**
 * The paper that trended since `since` (UTC ms) and failed one of a channel's filters, as it stood then, by a single clause; null
 * where there is none, or where it came to the channel by another filter.
 */
export async function nearestMiss(
  deps: NearestMissDeps,
  { serverId, subscriptions, since, now }: Asked,
): Promise<NearMiss | null> {
  const breathe = takeBreaths(deps.clock);
  const rises = await deps.archive.risesSince(since);
  if (rises.length === 0) return null;
  const papers = new Set(rises.map(({ paper }) => paper));
  const matched = new Set<string>();
  const asked = subscriptions.slice(0, ASKED_AT_MOST).flatMap(({ filter, what, since: from }) => {
    const parsed = parseSavedFilter(filter, deps);
    return parsed.ok ? [{ filter: parsed.filter, what, rises: rises.filter(({ at }) => at >= from) }] : [];
  });
  for (const { filter } of asked) {
    for (const paper of (await deps.search.matching(filter, papers, now)).papers) matched.add(paper);
    await breathe();
  }
  for (const { filter, what, rises: heard } of asked) {
    const of = { serverId, filter, what, rises: heard, matched, until: now, most: 1 };
    const [miss] = await findNearMisses(deps, of);
    if (miss) return miss;
    await breathe();
  }
  return null;
}
