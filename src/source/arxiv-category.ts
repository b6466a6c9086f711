import { type FeedRead, judgeFeed, type ListDeps, pollOfFeed, type WantedList } from './arxiv-judge.ts';
import { type Feed, readFeed } from './arxiv-rss-feed.ts';
import { weekdaysBefore } from './batch-day.ts';
import { pollFailure } from './poll-failure.ts';

/** Asks for the feed of one category. One that cannot be had is a PollFailure among the results. */
export async function readCategory(deps: ListDeps, wanted: WantedList): Promise<FeedRead> {
  const { category, today } = wanted;
  const url = `${deps.url}/rss/${encodeURIComponent(category)}`;
  // Whoever keeps copies between arXiv and here may have given an old one.
  const fresh =
    (await deps.days.inVain(category, today)) > 0 ? { headers: { 'cache-control': 'no-cache' } } : {};
  try {
    // A bad category answers 400 with a feed that says why.
    const { value } = await deps.host.get(url, (body) => readFeed(body, deps.clock), {
      answers: [400],
      isWhole: (feed) => !feed.isBroken,
      ...fresh,
    });
    // Of a feed that broke off, the rest is asked for again.
    if (value.isBroken) return broken(deps, category, value);
    const judge = () =>
      judgeFeed(deps, wanted, value).catch((error: unknown) => failed(deps, category, error));
    return { ...(await judge()), judge };
  } catch (error) {
    return failed(deps, category, error);
  }
}

function failed({ clock }: ListDeps, category: string, error: unknown): FeedRead {
  const list = { kind: 'announced', key: category } as const;
  const results = [pollFailure('arxiv-rss', list, clock.now(), error)];
  return { category, day: '', hasCome: false, results, note: async () => {} };
}

function broken(deps: ListDeps, category: string, feed: Feed): FeedRead {
  return {
    category,
    day: '',
    hasCome: false,
    results: [pollOfFeed(deps, category, feed)],
    note: async () => {},
  };
}

const NO_FEED: Feed = {
  ...{ builtAt: null, datedAt: null, items: [], replaced: [] },
  ...{ complete: true, isBroken: false },
};

/** A category that begins on a weekend has nothing to show: Monday's list, the first that comes after, is news. */
export function beginsEmpty(deps: ListDeps, { category, today }: Omit<WantedList, 'all'>): FeedRead {
  const poll = pollOfFeed(deps, category, NO_FEED);
  const [friday] = weekdaysBefore(today, 1);
  const note = () => deps.days.noteFeed(category, friday, []);
  return { ...{ category, day: friday, hasCome: false }, results: [poll], note };
}
