import type { Archive } from '#src/archive/archive.ts';
import { newsFor } from '#src/decision/news.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Happenings } from '#src/foundation/happenings.ts';
import { standingOf } from '#src/render/reason.ts';
import type { SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { Sensitivity } from '#src/trend/sensitivity.ts';
import type { TrendEvent } from '#src/trend/trend-event.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { phrase, yesNo } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { storyOf } from './story.ts';
import { titleOf } from './title.ts';

type Deps = {
  happenings: Happenings;
  archive: Pick<Archive, 'paper' | 'trendEvents'>;
  subscriptionStore: Pick<SubscriptionStore, 'all'>;
  trend: Pick<TrendRule, 'thresholdFor'>;
  clock: Clock;
};

/** What is told where nobody asked for anything yet. */
const USUAL: Sensitivity = 'balanced';

/**
 * Tells whoever looks on which papers are newly trending: of the many rises of a score those by which a sensitivity hears that
 * somebody asked for, and no history. `onTold` hears of each paper that is told.
 */
export function createTellTrends(deps: Deps, onTold: (paper: string) => void) {
  return (trendEvents: readonly TrendEvent[]): Promise<void> =>
    deps.happenings.tell(async () => {
      const asked = sensitivities(deps);
      const told: { kind: 'trend'; what: Phrase }[] = [];
      for (const trendEvent of trendEvents) {
        const what = await trendOrNull(deps, trendEvent, asked);
        if (what === null) continue;
        onTold(trendEvent.paper);
        told.push({ kind: 'trend', what });
      }
      return told;
    });
}

/** One for each threshold. */
function sensitivities({ subscriptionStore, trend }: Deps): Sensitivity[] {
  const asked = [...subscriptionStore.all()].flatMap(({ what, paused }) =>
    what.kind === 'trending' && paused === null ? what.sensitivity : [],
  );
  const heard = asked.length > 0 ? asked : [USUAL];
  const byThreshold = new Map(heard.map((one) => [trend.thresholdFor(one), one]));
  return [...byThreshold.values()];
}

async function trendOrNull(
  { archive, trend, clock }: Deps,
  trendEvent: TrendEvent,
  asked: readonly Sensitivity[],
): Promise<Phrase | null> {
  const { from, score, paper, at } = trendEvent;
  const thresholds = asked.map(trend.thresholdFor);
  // Most rises reach nobody: their papers are not looked up.
  if (!thresholds.some((threshold) => from < threshold && threshold <= score)) return null;
  const stored = await archive.paper(paper);
  if (!stored || stored.paper.withdrawn) return null;
  const story = await storyOf(archive, stored, clock.now());
  const heard = asked.flatMap((sensitivity) => {
    const terms = { what: { kind: 'trending', sensitivity }, since: Number.NEGATIVE_INFINITY } as const;
    const news = newsFor({ ...terms, paused: null }, story, trend.thresholdFor);
    return news?.kind === 'trending' ? news.trendEvent.at : [];
  });
  if (!heard.includes(at)) return null;
  const isFurther = yesNo(heard.some((before) => before < at));
  return phrase('happening.trend', {
    ...{ title: titleOf(stored), isFurther },
    why: standingOf(trendEvent, null),
  });
}
