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
  /** The catalogue's topics, the busiest first, with how many of their papers trended newly of late, as a subscription hears it. */
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
        const trended = await trendedSince(deps, now - DAYS_BACK * DAY);
        const breathe = takeBreaths(deps.clock);
        const topics: TopicsView['topics'][number][] = [];
        for (const { name, label, line, filter } of deps.topics.topics) {
          const { papers } = await deps.search.matching({ kind: 'topic', name, filter }, trended, now);
          topics.push({ name, label, line, papers: papers.size });
          await breathe();
        }
        const known = Math.ceil((now - (await deps.archive.beganAt(now))) / DAY);
        return {
          ...{ channelId, days: Math.max(1, Math.min(DAYS_BACK, known)) },
          topics: topics.sort((a, b) => b.papers - a.papers),
        };
      });
    },
  };
}

/** The papers that were newly trending since then, as whoever says nothing of sensitivity hears it. */
async function trendedSince({ archive, trend }: Deps, since: number): Promise<ReadonlySet<string>> {
  const { what } = DEFAULTS;
  const sensitivity = what.kind === 'trending' ? what.sensitivity : 'balanced';
  const isHeard = crossing(trend.thresholdFor(sensitivity));
  const { rises } = await archive.recent(since);
  return new Set(rises.filter(isHeard).map(({ paper }) => paper));
}
