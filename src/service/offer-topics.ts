import type { Archive } from '#src/archive/archive.ts';
import type { PaperSearch } from '#src/archive/paper-search.ts';
import { crossing } from '#src/decision/news.ts';
import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { TopicCatalogue } from '#src/match/language/topic-catalogue.ts';
import type { TopicsView } from '#src/render/front-page.ts';
import { DEFAULTS } from '#src/subscription/subscription.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import type { Asker } from './asker.ts';
import { DAYS_BACK } from './back-test.ts';
import type { HeavyWork } from './heavy-work.ts';
import { moderatorFor, refuseChange } from './moderate.ts';

type Deps = {
  archive: Pick<Archive, 'recent' | 'beganAt'>;
  search: Pick<PaperSearch, 'matching'>;
  trend: Pick<TrendRule, 'thresholdFor'>;
  topics: TopicCatalogue;
  clock: Clock;
  heavy: HeavyWork;
};

export type OfferTopics = {
  /** The catalogue's topics, the busiest first, with how many of their papers came of late, as a subscription hears it. */
  offerTopics(asker: Asker & { channelId: string }): Promise<TopicsView>;
};

const DAY = 86_400_000;

/** What a channel can be subscribed to without a word typed: for those who may do so there. */
export function createOfferTopics(deps: Deps): OfferTopics {
  return {
    async offerTopics({ channelId, ...asker }) {
      await refuseChange(await moderatorFor(asker, 'subscribe'), channelId);
      return deps.heavy.run(asker.userId, async () => {
        const { now } = asker;
        const { papers: counted, of } = await countedSince(deps, now - DAYS_BACK * DAY);
        const breathe = takeBreaths(deps.clock);
        const topics: TopicsView['topics'][number][] = [];
        for (const { name, label, line, filter } of deps.topics.topics) {
          const { papers } = await deps.search.matching({ kind: 'topic', name, filter }, counted, now);
          topics.push({ name, label, line, papers: papers.size });
          await breathe();
        }
        const known = Math.ceil((now - (await deps.archive.beganAt(now))) / DAY);
        return {
          ...{ channelId, of, days: Math.max(1, Math.min(DAYS_BACK, known)) },
          topics: topics.sort((a, b) => b.papers - a.papers),
        };
      });
    },
  };
}

/**
 * The papers that were newly trending since then, as whoever says nothing of sensitivity hears it. Where there is none, as on
 * the first day, all that were read: "none" behind every topic helps nobody to choose.
 */
async function countedSince(
  { archive, trend }: Deps,
  since: number,
): Promise<{ papers: ReadonlySet<string>; of: TopicsView['of'] }> {
  const { what } = DEFAULTS;
  const sensitivity = what.kind === 'trending' ? what.sensitivity : 'balanced';
  const isHeard = crossing(trend.thresholdFor(sensitivity));
  const { arrivals, rises } = await archive.recent(since);
  const trended = new Set(rises.filter(isHeard).map(({ paper }) => paper));
  return trended.size > 0
    ? { papers: trended, of: 'trending' }
    : { papers: new Set(arrivals.map(({ paper }) => paper)), of: 'read' };
}
