import { z } from 'zod';
import { httpUrl, wholeNumber } from '#config/variable-kinds.ts';
import type { Cursors } from '#src/foundation/cursors.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { ARXIV_API_SETTINGS, ARXIV_FACTS, ARXIV_MANNERS } from './arxiv.ts';
import { createArxivCategories, type NamedCategories } from './arxiv-categories.ts';
import { beginsEmpty, readCategory } from './arxiv-category.ts';
import { createAnnouncementDays } from './arxiv-days.ts';
import type { FeedRead, ListDeps } from './arxiv-judge.ts';
import { announcementDay } from './arxiv-list-state.ts';
import { readMissedDays } from './arxiv-missed.ts';
import { announcementStanding } from './arxiv-standing.ts';
import { createArxivTries } from './arxiv-tries.ts';
import { isWeekend } from './batch-day.ts';
import { defineSource, type PollFailure, type Source } from './source.ts';
import { createUnreadNotes } from './unread-notes.ts';

const categoryNames = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(
    z
      .array(z.string().regex(/^[a-z-]+(\.[A-Za-z-]+)?$/, 'must be arXiv categories separated by commas'))
      .min(1),
  );

/** It says itself what it waits for, on days of its own; so long may it be silent over a weekend and a holiday. */
export const arxivRss = defineSource({
  name: 'arxiv-rss',
  label: 'arXiv',
  list: 'announced',
  quietFor: 5 * 24 * 3600_000,
  ranksByVotes: false,
  authorityOn: ARXIV_FACTS,
  settings: {
    ...ARXIV_API_SETTINGS,
    ARXIV_RSS_URL: httpUrl.default('https://rss.arxiv.org'),
    ARXIV_CATEGORIES: categoryNames.prefault('cs.AI,cs.CL,cs.CV,cs.LG,stat.ML'),
    ARXIV_EXTRA_CATEGORIES: wholeNumber(20, 150, 0),
  },
  open: ({ settings, host, namedCategories, ...deps }) =>
    createArxivRss({
      ...deps,
      host: host(ARXIV_MANNERS),
      url: settings.ARXIV_RSS_URL,
      apiUrl: settings.ARXIV_API_URL,
      categories: settings.ARXIV_CATEGORIES,
      extra: namedCategories,
    }),
});

type Deps = NamedCategories &
  Omit<ListDeps, 'days' | 'unread'> & {
    /** Which days were read. */
    cursors: Cursors;
  };

/**
 * arXiv's announcements: each category's feed once per announcement day (Eastern), at the first poll after it was rebuilt,
 * and the days that were missed. A feed that does not have the day's list yet, whatever its date, is asked again. Categories
 * are asked one by one: a joined feed may pass arXiv's cut at 2,000 items, which drops new papers first.
 */
export function createArxivRss(given: Deps): Source {
  const days = createAnnouncementDays(given.cursors);
  const deps: ListDeps = { ...given, days, unread: createUnreadNotes(given) };
  const tries = createArxivTries(given.clock, days);
  const categories = createArxivCategories(given, days, tries);

  async function* readFeeds(today: string): AsyncGenerator<FeedRead> {
    for (const category of await categories.inOrder()) {
      if (isWeekend(today) && (await categories.isBeginning(category)))
        yield beginsEmpty(deps, { category, today });
      if (!(await tries.isDue(category, today))) continue;
      const whole = await readCategory(deps, { category, today, all: await categories.all() });
      const read = (await categories.isBeginning(category)) ? await categories.leftToOthers(whole) : whole;
      tries.note(read, today);
      yield read;
    }
  }

  /** The feeds of today wait for what was missed, so that all of it is told of as one. */
  async function* readAfterGap(today: string, missedBy: string[]): AsyncGenerator<Poll | PollFailure> {
    const feeds: FeedRead[] = [];
    for await (const feed of readFeeds(today)) feeds.push(feed);
    const newestFeed = async (category: string) =>
      feeds.find((feed) => feed.category === category)?.day || (await days.newestFeed(category));
    let isGood = true;
    for await (const result of readMissedDays({ ...deps, newestFeed }, missedBy, today)) {
      yield result;
      if ('failed' in result) isGood = false;
    }
    tries.noteMissedDays(isGood);
    for (const feed of feeds) yield* handOver(await judgedAgain(feed, today, missedBy));
  }

  /** Whether a feed is new or that of a missed day shows when that one has been read. */
  const judgedAgain = async (feed: FeedRead, today: string, missedBy: string[]): Promise<FeedRead> => {
    if (!feed.judge || !missedBy.includes(feed.category)) return feed;
    const judged = await feed.judge();
    tries.note(judged, today);
    return judged;
  };

  return {
    name: arxivRss.name,
    async *poll(now) {
      const today = announcementDay(now);
      const missedBy = tries.areMissedDaysDue() ? await categories.owing(today) : [];
      if (missedBy.length > 0) return yield* readAfterGap(today, missedBy);
      for await (const feed of readFeeds(today)) yield* handOver(feed);
    },
    async standing(now) {
      const { unfinished, isMissed } = tries;
      return announcementStanding({ days, categories: await categories.all(), unfinished, isMissed }, now);
    },
  };
}

async function* handOver({ results, note }: FeedRead): AsyncGenerator<Poll | PollFailure> {
  yield* results;
  await note();
}
