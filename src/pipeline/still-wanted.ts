import type { Archive } from '#src/archive/archive.ts';
import { documentOf } from '#src/archive/stored-paper.ts';
import { comesAtStrict, type News, newsFor, type Story } from '#src/decision/news.ts';
import { isPaused } from '#src/decision/pause.ts';
import { readWhy } from '#src/decision/why.ts';
import { createConditions } from '#src/match/evaluate/conditions.ts';
import { holds, prepareDocument, type ReadDocument } from '#src/match/evaluate/explain.ts';
import type { Parsed } from '#src/match/language/filter.ts';
import { channelOfDestination } from '#src/outbox/destination.ts';
import type { OutboxEntry } from '#src/outbox/entry.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import { oldestFirst, type SubscriptionStore } from '#src/subscription/subscription-store.ts';
import type { TrendRule } from '#src/trend/trend-rule.ts';
import { phrase } from '#src/wording/phrase.ts';
import type { Phrase } from '#src/wording/values.ts';
import { storyOf } from './story.ts';

const NOT_WANTED = phrase('post.unwanted');

// What waits is asked again when it goes. A subscription wants still what was decided for it as it is now: then neither
// votes nor days that passed since change anything. One that was changed, or resumed, since then is asked anew: by the filter
// and the terms that hold now, of the paper at the instant of the decision. That it was news is settled: the subscription's
// `since` hides it only from those for whom it was never decided. What its authors withdrew meanwhile nobody wants.

/** One who wants the paper. `news`: why, where it was asked anew; null: as it was decided. */
export type Wanting = { subscription: Subscription; news: News | null };

/** Who of a channel's subscriptions wants what was decided for the channel, the oldest first; none where nobody does any more. */
export type StillWanted = {
  wanting(entry: OutboxEntry, now: number): Promise<Wanting[]>;
  /** Of what nobody wants any more: what is kept with it. */
  whyUnwanted(entry: OutboxEntry, now: number): Promise<Phrase>;
  /** Why it is news for one of them; null where the story does not tell. */
  newsOf(paper: string, subscription: Subscription, now: number): Promise<News | null>;
  /** Whether a paper had risen by `at` (UTC ms) to what is news at sensitivity strict. */
  isStrict(paper: string, at: number): Promise<boolean>;
};

type Deps = {
  archive: Pick<Archive, 'paper' | 'trendEvents'>;
  subscriptionStore: Pick<SubscriptionStore, 'inChannel'>;
  parse(filter: string): Parsed;
  trend: Pick<TrendRule, 'thresholdFor'>;
};

/** What is read of a paper to ask for it: once, when somebody has to be asked anew. */
type Read = { document: ReadDocument; story: Story };

export function createStillWanted({ archive, subscriptionStore, parse, trend }: Deps): StillWanted {
  const conditionOf = createConditions(parse);

  const read = async (paper: string, now: number): Promise<Read | null> => {
    const stored = await archive.paper(paper);
    if (!stored) return null;
    return { document: prepareDocument(documentOf(stored)), story: await storyOf(archive, stored, now) };
  };
  const newsAnew = (subscription: Subscription, paper: Read | null, at: number): News | null => {
    const condition = conditionOf(subscription.filter);
    if (!paper || !condition || !holds(condition, paper.document, at)) return null;
    return newsFor(subscription, paper.story, trend.thresholdFor);
  };
  type ReadPaper = () => Promise<Read | null>;
  const askNamed = async (
    subscription: Subscription,
    entry: OutboxEntry,
    paper: ReadPaper,
  ): Promise<News | null> => {
    if (subscription.what.kind !== 'top')
      return newsAnew(everNews(subscription), await paper(), entry.decidedAt);
    // The best of a day are chosen once: what was, goes if the filter still matches.
    const why = readWhy(entry.why);
    if (why?.asked?.kind !== 'top') return null;
    const matches = why.filters.includes(subscription.filter) || isMatch(subscription, await paper(), entry);
    return matches ? why.news : null;
  };
  const isMatch = ({ filter }: Subscription, paper: Read | null, { decidedAt }: OutboxEntry): boolean => {
    const condition = conditionOf(filter);
    return condition !== null && paper !== null && holds(condition, paper.document, decidedAt);
  };
  const askAll = async (
    some: readonly Subscription[],
    ask: (subscription: Subscription) => Promise<Wanting | null>,
  ): Promise<Wanting[]> => {
    const wanting: Wanting[] = [];
    for (const subscription of some) {
      const one = await ask(subscription);
      if (one) wanting.push(one);
    }
    return wanting;
  };

  return {
    async wanting(entry, now) {
      if ((await archive.paper(entry.paper))?.paper.withdrawn) return [];
      const running = oldestFirst(subscriptionStore.inChannel(channelOfDestination(entry))).filter(
        ({ paused }) => !isPaused(paused, now),
      );
      const paper = once(() => read(entry.paper, now));
      const [named, others] = parted(running, ({ id }) => entry.subscriptions.includes(id));
      const still = await askAll(named, async (subscription) => {
        if (isAsDecided(subscription, entry, now)) return { subscription, news: null };
        const news = await askNamed(subscription, entry, paper);
        return news && { subscription, news };
      });
      if (still.length > 0) return still;
      return askAll(others, async (subscription) => {
        const news = newsAnew(subscription, await paper(), now);
        return news && { subscription, news };
      });
    },

    whyUnwanted: async () => NOT_WANTED,

    async newsOf(paper, subscription, now) {
      const stored = await archive.paper(paper);
      if (!stored) return null;
      const story = await storyOf(archive, stored, now);
      return newsFor(everNews(subscription), story, trend.thresholdFor);
    },

    async isStrict(paper, at) {
      const stored = await archive.paper(paper);
      return stored !== null && comesAtStrict(await storyOf(archive, stored, at), at, trend.thresholdFor);
    },
  };
}

/**
 * Whether the decision was made with the subscription as it is now. A clock that was set back proves nothing; nor does a why
 * that cannot be read speak against it.
 */
function isAsDecided({ filter, since }: Subscription, entry: OutboxEntry, now: number): boolean {
  const { decidedAt } = entry;
  const why = readWhy(entry.why);
  return why === null || (since < decidedAt && decidedAt <= now && why.filters.includes(filter));
}

/** The subscription as if it had always been there, and never paused. */
const everNews = (subscription: Subscription): Subscription => ({
  ...subscription,
  since: Number.NEGATIVE_INFINITY,
  paused: null,
});

function once<T>(read: () => T): () => T {
  let kept: { value: T } | null = null;
  return () => {
    kept ??= { value: read() };
    return kept.value;
  };
}

function parted<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}
