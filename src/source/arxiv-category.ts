import { type FeedRead, judgeFeed, type ListParts, lookOfFeed, type Wanted } from './arxiv-judge.ts';
import { type Feed, readFeed } from './arxiv-rss-feed.ts';
import { weekdaysBefore } from './batch-day.ts';
import { lookFailure } from './look-failure.ts';

/** Asks for the feed of one category. One that cannot be had is a LookFailure among the results. */
export async function readCategory(parts: ListParts, wanted: Wanted): Promise<FeedRead> {
  const { category, today } = wanted;
  const url = `${parts.url}/rss/${encodeURIComponent(category)}`;
  // Whoever keeps copies between arXiv and here may have given an old one.
  const fresh =
    (await parts.days.inVain(category, today)) > 0 ? { headers: { 'cache-control': 'no-cache' } } : {};
  try {
    // A bad category answers 400 with a feed that says why.
    const { value } = await parts.host.get(url, (body) => readFeed(body, parts.clock), {
      answers: [400],
      isWhole: (feed) => !feed.isBroken,
      ...fresh,
    });
    // Of a feed that broke off, the rest is asked for again.
    if (value.isBroken) return broken(parts, category, value);
    const judge = () =>
      judgeFeed(parts, wanted, value).catch((error: unknown) => failed(parts, category, error));
    return { ...(await judge()), judge };
  } catch (error) {
    return failed(parts, category, error);
  }
}

function failed({ clock }: ListParts, category: string, error: unknown): FeedRead {
  const list = { kind: 'announced', key: category } as const;
  const results = [lookFailure('arxiv-rss', list, clock.now(), error)];
  return { category, day: '', hasCome: false, results, note: async () => {} };
}

function broken(parts: ListParts, category: string, feed: Feed): FeedRead {
  return {
    category,
    day: '',
    hasCome: false,
    results: [lookOfFeed(parts, category, feed)],
    note: async () => {},
  };
}

const NO_FEED: Feed = {
  ...{ builtAt: null, datedAt: null, items: [], replaced: [] },
  ...{ complete: true, isBroken: false },
};

/** A category that begins on a weekend has nothing to show: Monday's list, the first that comes after, is news. */
export function beginsEmpty(parts: ListParts, { category, today }: Omit<Wanted, 'all'>): FeedRead {
  const look = lookOfFeed(parts, category, NO_FEED);
  const [friday] = weekdaysBefore(today, 1);
  const note = () => parts.days.noteFeed(category, friday, []);
  return { ...{ category, day: friday, hasCome: false }, results: [look], note };
}
