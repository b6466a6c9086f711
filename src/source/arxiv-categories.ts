import type { Poll } from '#src/paper/sighting.ts';
import type { AnnouncementDays } from './arxiv-days.ts';
import type { FeedRead } from './arxiv-judge.ts';
import type { ArxivTries } from './arxiv-tries.ts';
import type { PollFailure } from './source.ts';

/** Those that the operator named, and those that filters do. */
export type NamedCategories = {
  categories: readonly string[];
  /** More of them, which may change from poll to poll. */
  extra?(): Promise<readonly string[]>;
};

/** The categories that are read. What a category's first list shows is history, also to others. */
export function createArxivCategories(
  named: NamedCategories,
  days: AnnouncementDays,
  { isMissed }: Pick<ArxivTries, 'isMissed'>,
) {
  const all = async (): Promise<readonly string[]> => [
    ...new Set([...named.categories, ...((await named.extra?.()) ?? [])]),
  ];
  const allWith = async (is: (category: string) => Promise<boolean>): Promise<string[]> => {
    const some: string[] = [];
    for (const category of await all()) if (await is(category)) some.push(category);
    return some;
  };

  const isBeginning = async (category: string): Promise<boolean> => (await days.newestFeed(category)) === '';
  const isAwaited = async (category: string): Promise<boolean> =>
    isMissed(category) && !(await isBeginning(category));

  return {
    all,
    isBeginning,

    /** Those whose first list is to come go last. */
    inOrder: async (): Promise<readonly string[]> => [
      ...(await allWith(async (category) => !(await isBeginning(category)))),
      ...(await allWith(isBeginning)),
    ],

    /** Those of which days before `today` were missed. */
    owing: (today: string): Promise<string[]> =>
      allWith(async (category) => (await days.owed(category, today)).length > 0),

    /** What the first list of a category shows, but what others still owe: that is left to them. */
    async leftToOthers(read: FeedRead): Promise<FeedRead> {
      const awaited = await allWith(isAwaited);
      return { ...read, results: read.results.map((result) => withoutPapersOf(awaited, result)) };
    },
  };
}

function withoutPapersOf(lists: readonly string[], result: Poll | PollFailure): Poll | PollFailure {
  if ('failed' in result || lists.length === 0) return result;
  const isOf = (category: string) => lists.some((list) => `${category}.`.startsWith(`${list}.`));
  return { ...result, sightings: result.sightings.filter(({ paper }) => !paper.categories.some(isOf)) };
}
