import type { Archive } from '#src/archive/archive.ts';
import { documentOf, type StoredPaper } from '#src/archive/stored-paper.ts';
import { type News, newsFor, type Story } from '#src/decision/news.ts';
import { isolate } from '#src/foundation/isolate.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import type { Matcher } from './matcher.ts';
import type { NewsBefore } from './news-before.ts';
import { storyOf } from './story.ts';

export type Judging = {
  archive: Pick<Archive, 'trendEvents'>;
  matcher: Pick<Matcher, 'match'>;
  trend: TrendRule;
  newsBefore: NewsBefore;
  log: Log;
};

/** A paper is news for a subscription. */
export type Hit = { subscription: Subscription; news: News };

/** Whose news the paper is at `now` (UTC ms), by channel. A subscription that cannot be asked is logged and passed over. */
export async function hitsByChannel(
  deps: Judging,
  stored: StoredPaper,
  now: number,
): Promise<Map<string, Hit[]>> {
  if (stored.paper.withdrawn) return new Map();
  const story = await storyOf(deps.archive, stored, now);
  const matching = deps.matcher.match(documentOf(stored), now, story.trendEvents.length > 0);
  return Map.groupBy(
    hitsOf(deps, matching, { stored, story, now }),
    ({ subscription }) => subscription.channelId,
  );
}

type Told = { stored: StoredPaper; story: Story; now: number };

function hitsOf(
  { trend, newsBefore, log }: Judging,
  matching: readonly Subscription[],
  { stored, story, now }: Told,
): Hit[] {
  const hits: Hit[] = [];
  for (const subscription of matching) {
    const news = isolate(
      () => newsFor(subscription, story, trend.thresholdFor) ?? newsBefore(subscription, stored, story, now),
      (error) =>
        log.error({ subscription: subscription.id, err: error }, 'a subscription could not be evaluated'),
    );
    if (news) hits.push({ subscription, news });
  }
  return hits;
}
