import { z } from 'zod';
import { count, httpUrl } from '#config/variable-kinds.ts';
import type { Clock } from '#src/foundation/clock.ts';
import type { Cursors } from '#src/foundation/cursors.ts';
import type { HttpHost } from '#src/foundation/http/http.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Look } from '#src/paper/sighting.ts';
import { ARXIV_API_SETTINGS, ARXIV_FACTS, ARXIV_MANNERS } from './arxiv.ts';
import { type AnnouncementDays, createAnnouncementDays } from './arxiv-days.ts';
import { announcementDay, type ListState, stateOf } from './arxiv-list-state.ts';
import { readAnnounced, readMissedDays } from './arxiv-missed.ts';
import { type Feed, readFeed } from './arxiv-rss-feed.ts';
import { announcementStanding, QUIET_AFTER } from './arxiv-standing.ts';
import { type Tried, triedNow, waitAfter } from './asking-again.ts';
import { isWeekend, weekdaysBefore } from './batch-day.ts';
import { lookFailure } from './look-failure.ts';
import { placeInList } from './place-in-list.ts';
import { defineSource, type LookFailure, type Source } from './source.ts';
import { createUnreadNotes, type UnreadNotes } from './unread-notes.ts';

const categories = z
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
    ARXIV_CATEGORIES: categories.prefault('cs.AI,cs.CL,cs.CV,cs.LG,stat.ML'),
    ARXIV_EXTRA_CATEGORIES: count(20, 150, 0),
  },
  open: ({ settings, host, namedCategories, ...parts }) =>
    createArxivRss({
      ...parts,
      host: host(ARXIV_MANNERS),
      url: settings.ARXIV_RSS_URL,
      apiUrl: settings.ARXIV_API_URL,
      categories: settings.ARXIV_CATEGORIES,
      extra: namedCategories,
    }),
});

type Parts = {
  host: HttpHost;
  clock: Clock;
  log: Log;
  /** The RSS service without a path: `https://rss.arxiv.org`. */
  url: string;
  /** The query address of the API, for days whose feed was missed: `https://export.arxiv.org/api/query`. */
  apiUrl: string;
  categories: readonly string[];
  /** More of them, which may change from poll to poll. */
  extra?(): Promise<readonly string[]>;
  /** Which days were read. */
  cursors: Cursors;
  unread: UnreadNotes;
};

const HOUR = 3600_000;
const DAY = 24 * HOUR;
/** A feed that failed or does not have today's list yet. */
const AGAIN = { first: HOUR / 4, most: HOUR };
/** On a day that is taken for a holiday. */
const QUIET_EVERY = 3 * HOUR;
/** So often a list with papers of the day before is read again, before it is taken as it is. */
const UNFINISHED_TRIES = 4;
/** Where other lists of the day have come, an empty one is soon believed; at once where the last one had hardly a paper. */
const EMPTY_TRIES = 3;
const HARDLY_A_PAPER = 3;

/**
 * arXiv's announcements: each category's feed once per announcement day (Eastern), at the first poll after it was rebuilt,
 * and the days that were missed. A feed that does not have the day's list yet, whatever its date, is asked again. Categories
 * are asked one by one: a joined feed may pass arXiv's cut at 2,000 items, which drops new papers first.
 */
export function createArxivRss(given: Omit<Parts, 'unread'>): Source {
  const parts: Parts = { ...given, unread: createUnreadNotes(given) };
  const { clock } = parts;
  const days = createAnnouncementDays(parts.cursors);
  const triedFeeds = new Map<string, Tried>();
  const unfinished = new Map<string, string>();
  let triedMissed: Tried | undefined;
  const all = async (): Promise<readonly string[]> => [
    ...new Set([...parts.categories, ...((await parts.extra?.()) ?? [])]),
  ];
  const allWith = async (is: (category: string) => Promise<boolean>): Promise<string[]> => {
    const some: string[] = [];
    for (const category of await all()) if (await is(category)) some.push(category);
    return some;
  };

  const isMissed = (category: string): boolean => (triedFeeds.get(category)?.misses ?? 0) > 0;

  const isBeginning = async (category: string): Promise<boolean> => (await days.newestFeed(category)) === '';
  const isAwaited = async (category: string): Promise<boolean> =>
    isMissed(category) && !(await isBeginning(category));
  /** What a category's first list shows is history, also to others: theirs go first, and what they still owe is left to them. */
  const inOrder = async (): Promise<readonly string[]> => [
    ...(await allWith(async (category) => !(await isBeginning(category)))),
    ...(await allWith(isBeginning)),
  ];
  const leftToOthers = async (read: FeedRead): Promise<FeedRead> => {
    const awaited = await allWith(isAwaited);
    return { ...read, results: read.results.map((result) => withoutPapersOf(awaited, result)) };
  };

  async function* readFeeds(today: string): AsyncGenerator<FeedRead> {
    for (const category of await inOrder()) {
      if (isWeekend(today) && (await isBeginning(category)))
        yield beginsEmpty(parts, days, { category, today });
      const tried = triedFeeds.get(category);
      if (!(await isDue(days, { category, today, tried, elapsed: clock.elapsed() }))) continue;
      const whole = await readCategory(parts, days, { category, today, all: await all() });
      const read = (await isBeginning(category)) ? await leftToOthers(whole) : whole;
      remember(read, today);
      yield read;
    }
  }

  const remember = ({ category, hasCome, isUnfinished }: FeedRead, today: string): void => {
    triedFeeds.set(category, triedNow(triedFeeds.get(category), clock.elapsed(), hasCome));
    if (isUnfinished) unfinished.set(category, today);
    else unfinished.delete(category);
  };

  const owing = async (today: string): Promise<string[]> => {
    const { at, misses } = triedMissed ?? { at: 0, misses: 0 };
    if (misses > 0 && clock.elapsed() - at < waitAfter(misses, AGAIN)) return [];
    return allWith(async (category) => (await days.owed(category, today)).length > 0);
  };

  /** The feeds of today wait for what was missed, so that all of it is told of as one. */
  async function* readAfterGap(today: string, missedBy: string[]): AsyncGenerator<Look | LookFailure> {
    const feeds: FeedRead[] = [];
    for await (const feed of readFeeds(today)) feeds.push(feed);
    const newestFeed = async (category: string) =>
      feeds.find((feed) => feed.category === category)?.day || (await days.newestFeed(category));
    let isGood = true;
    for await (const result of readMissedDays({ ...parts, days, newestFeed }, missedBy, today)) {
      yield result;
      if ('failed' in result) isGood = false;
    }
    triedMissed = triedNow(triedMissed, clock.elapsed(), isGood);
    for (const feed of feeds) yield* handOver(await judgedAgain(feed, today, missedBy));
  }

  /** Whether a feed is new or that of a missed day shows when that one has been read. */
  const judgedAgain = async (feed: FeedRead, today: string, missedBy: string[]): Promise<FeedRead> => {
    if (!feed.judge || !missedBy.includes(feed.category)) return feed;
    const judged = await feed.judge();
    remember(judged, today);
    return judged;
  };

  return {
    name: arxivRss.name,
    async *looks(now) {
      const today = announcementDay(now);
      const missedBy = await owing(today);
      if (missedBy.length > 0) return yield* readAfterGap(today, missedBy);
      for await (const feed of readFeeds(today)) yield* handOver(feed);
    },
    standing: async (now) =>
      announcementStanding({ days, categories: await all(), unfinished, isMissed }, now),
  };
}

function withoutPapersOf(lists: readonly string[], result: Look | LookFailure): Look | LookFailure {
  if ('failed' in result || lists.length === 0) return result;
  const isOf = (category: string) => lists.some((list) => `${category}.`.startsWith(`${list}.`));
  return { ...result, sightings: result.sightings.filter(({ paper }) => !paper.categories.some(isOf)) };
}

async function* handOver({ results, note }: FeedRead): AsyncGenerator<Look | LookFailure> {
  yield* results;
  await note();
}

type Asking = { category: string; today: string; tried: Tried | undefined; elapsed: number };

/** Not read for this day yet. `tried`: in this life; `elapsed`: Clock.elapsed(). */
async function isDue(days: AnnouncementDays, { category, today, tried, elapsed }: Asking): Promise<boolean> {
  const newest = await days.newestFeed(category);
  const waited = tried ? elapsed - tried.at : Number.POSITIVE_INFINITY;
  // The wall clock was set back, or wrong before: when a day has passed there is a new feed all the same.
  if (newest > today) return waited >= DAY;
  if (isWeekend(today)) return false;
  if (newest === today) return tried !== undefined && waited >= DAY;
  if ((await days.inVain(category, today)) >= QUIET_AFTER) return waited >= QUIET_EVERY;
  return waited >= waitAfter(tried?.misses ?? 0, AGAIN);
}

/**
 * What asking for one feed brought. `day`: of the list that it had; '' for none. `hasCome`: it was today's. `note` is called
 * when the results are kept.
 */
type FeedRead = {
  category: string;
  day: string;
  hasCome: boolean;
  isUnfinished?: boolean;
  results: readonly (Look | LookFailure)[];
  note(): Promise<void>;
  /** The same answer once more, by what was read since. Never throws. */
  judge?(): Promise<FeedRead>;
};

type Wanted = { category: string; today: string; all: readonly string[] };

async function readCategory(parts: Parts, days: AnnouncementDays, wanted: Wanted): Promise<FeedRead> {
  const { category, today } = wanted;
  const url = `${parts.url}/rss/${encodeURIComponent(category)}`;
  // Whoever keeps copies between arXiv and here may have given an old one.
  const fresh = (await days.inVain(category, today)) > 0 ? { headers: { 'cache-control': 'no-cache' } } : {};
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
      judged(parts, days, wanted, value).catch((error: unknown) => failed(parts, category, error));
    return { ...(await judge()), judge };
  } catch (error) {
    return failed(parts, category, error);
  }
}

function failed({ clock }: Parts, category: string, error: unknown): FeedRead {
  const list = { kind: 'announced', key: category } as const;
  const results = [lookFailure(arxivRss.name, list, clock.now(), error)];
  return { category, day: '', hasCome: false, results, note: async () => {} };
}

function broken(parts: Parts, category: string, feed: Feed): FeedRead {
  return {
    category,
    day: '',
    hasCome: false,
    results: [lookOf(parts, category, feed)],
    note: async () => {},
  };
}

const NO_FEED: Feed = {
  ...{ builtAt: null, datedAt: null, items: [], replaced: [] },
  ...{ complete: true, isBroken: false },
};

/** A category that begins on a weekend has nothing to show: Monday's list, the first that comes after, is news. */
function beginsEmpty(
  parts: Parts,
  days: AnnouncementDays,
  { category, today }: Omit<Wanted, 'all'>,
): FeedRead {
  const look = lookOf(parts, category, NO_FEED);
  const [friday] = weekdaysBefore(today, 1);
  const note = () => days.noteFeed(category, friday, []);
  return { ...{ category, day: friday, hasCome: false }, results: [look], note };
}

/** Throws OutsideError where the API is asked and does not answer. */
async function judged(parts: Parts, days: AnnouncementDays, wanted: Wanted, feed: Feed): Promise<FeedRead> {
  const { category, today } = wanted;
  const newest = await days.newestRead(category);
  const state = stateOf(feed, today, { newest, shown: await days.shown(category) });
  const look = lookOf(parts, category, feed);
  const list = (day: string, result = look): FeedRead => ({
    ...{ category, day, hasCome: day >= today, results: [result] },
    note: async () => {
      await days.noteFeed(
        category,
        day,
        result.sightings.map(({ paper }) => paper.id),
      );
      if (day < today) await noteInVain(parts, days, wanted, state);
    },
  });
  const times = (await days.inVain(category, today)) + 1;
  if (state.kind === 'list') return list(state.day);
  if (state.kind === 'mixed' && times >= UNFINISHED_TRIES) return list(today);
  if (state.kind === 'empty' && (await isBelieved(days, wanted, times))) return list(today);
  const vain = (results: readonly Look[]): FeedRead => ({
    ...{ category, day: '', hasCome: false, results },
    note: () => noteInVain(parts, days, wanted, state),
  });
  if (state.kind === 'mixed') return { ...vain([look]), isUnfinished: true };
  if (times === QUIET_AFTER) {
    const announced = await readAnnounced({ ...parts, days, newestFeed: days.newestFeed }, category, today);
    return announced.sightings.length > 0 ? list(today, announced) : vain([announced]);
  }
  // What comes to a list that was empty when it was first asked for is news.
  return vain(newest === '' ? [look] : []);
}

/** arXiv announces everything at once: where other lists of the day are there, this one may well have nothing. */
async function isBelieved(
  days: AnnouncementDays,
  { category, today, all }: Wanted,
  times: number,
): Promise<boolean> {
  const isSmall =
    (await days.newestFeed(category)) !== '' && (await days.shown(category)).length < HARDLY_A_PAPER;
  if (!isSmall && times < EMPTY_TRIES) return false;
  const newest = await Promise.all(all.map(days.newestFeed));
  return newest.includes(today);
}

async function noteInVain(
  { log }: Parts,
  days: AnnouncementDays,
  { category, today }: Wanted,
  state: ListState,
): Promise<void> {
  const level = (await days.inVain(category, today)) === 0 ? 'info' : 'debug';
  const instead = state.kind === 'list' ? state.day : state.kind;
  log[level](
    { source: arxivRss.name, category, day: today, instead },
    'the list of the day has not come yet',
  );
  await days.noteInVain(category, today);
}

function lookOf(parts: Parts, category: string, feed: Feed): Look {
  const placed = placeInList(feed.items);
  const { sightings, malformed } = placed;
  parts.unread(arxivRss.name, category, placed);
  if (!feed.complete && !feed.isBroken)
    parts.log.warn({ source: arxivRss.name, category }, 'feed was cut at its limit');
  return {
    source: arxivRss.name,
    list: 'announced',
    key: category,
    seenAt: parts.clock.now(),
    complete: feed.complete,
    malformed,
    sightings,
    replaced: feed.replaced,
  };
}
