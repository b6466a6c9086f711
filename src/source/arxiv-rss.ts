import type { Clock } from '#src/foundation/clock.ts';
import type { HttpHost } from '#src/foundation/http.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Look } from '#src/paper/sighting.ts';
import { createAnnouncementDays } from './arxiv-days.ts';
import { readMissedDays } from './arxiv-missed.ts';
import { type Feed, readFeed } from './arxiv-rss-feed.ts';
import { type Tried, triedNow, waitAfter } from './asking-again.ts';
import { isWeekend, newYorkDay } from './batch-day.ts';
import { lookFailure } from './look-failure.ts';
import { placeInList } from './place-in-list.ts';
import type { Cursors, LookFailure, Source } from './source.ts';
import { createUnreadNotes, type UnreadNotes } from './unread-notes.ts';

type Parts = {
  host: HttpHost;
  clock: Clock;
  log: Log;
  /** The RSS service without a path: `https://rss.arxiv.org`. */
  url: string;
  /** The query address of the API, for days whose feed was missed: `https://export.arxiv.org/api/query`. */
  apiUrl: string;
  categories: readonly string[];
  /** Which days were read. */
  cursors: Cursors;
  unread: UnreadNotes;
};

const HOUR = 3600_000;
const DAY = 24 * HOUR;
// The feed is rebuilt about midnight Eastern; a build a little early still belongs to the day that then begins.
const REBUILD_TAKES = HOUR / 2;
/** A feed that failed or is still yesterday's. */
const AGAIN = { first: HOUR / 4, most: HOUR };

/**
 * arXiv's announcements: each category's feed once per announcement day (Eastern), at the first poll after it was rebuilt,
 * and the days that were missed. Categories are asked one by one: a joined feed may pass arXiv's cut at 2,000 items, which
 * drops new papers first.
 */
export function createArxivRss(given: Omit<Parts, 'unread'>): Source {
  const parts: Parts = { ...given, unread: createUnreadNotes(given) };
  const { clock, categories } = parts;
  const days = createAnnouncementDays(parts.cursors);
  const triedFeeds = new Map<string, Tried>();
  let triedMissed: Tried | undefined;

  async function* readFeeds(today: string): AsyncGenerator<FeedRead> {
    for (const category of categories) {
      const tried = triedFeeds.get(category);
      if (!isDue(today, days.newestFeed(category), tried, clock.elapsed())) continue;
      const read = await readCategory(parts, category, today);
      triedFeeds.set(category, triedNow(tried, clock.elapsed(), read.day >= today));
      yield read;
    }
  }

  function* handOver({ category, day, result }: FeedRead): Generator<Look | LookFailure> {
    yield result;
    if (day !== '') days.noteFeed(category, day);
  }

  const owing = (today: string): string[] => {
    const { at, misses } = triedMissed ?? { at: 0, misses: 0 };
    if (misses > 0 && clock.elapsed() - at < waitAfter(misses, AGAIN)) return [];
    return categories.filter((category) => days.owed(category, today).length > 0);
  };

  /** The feeds of today wait for what was missed, so that all of it is told of as one. */
  async function* readAfterGap(today: string, missedBy: string[]): AsyncGenerator<Look | LookFailure> {
    const feeds: FeedRead[] = [];
    for await (const feed of readFeeds(today)) feeds.push(feed);
    const newestFeed = (category: string) =>
      feeds.find((feed) => feed.category === category)?.day || days.newestFeed(category);
    let isGood = true;
    for await (const result of readMissedDays({ ...parts, days, newestFeed }, missedBy, today)) {
      yield result;
      if ('failed' in result) isGood = false;
    }
    triedMissed = triedNow(triedMissed, clock.elapsed(), isGood);
    for (const feed of feeds) yield* handOver(feed);
  }

  return {
    name: 'arxiv-rss',
    async *looks(now) {
      const today = newYorkDay(now - REBUILD_TAKES);
      const missedBy = owing(today);
      if (missedBy.length > 0) return yield* readAfterGap(today, missedBy);
      for await (const feed of readFeeds(today)) yield* handOver(feed);
    },
  };
}

/** Not read for this day yet. `tried`: in this life; `elapsed`: Clock.elapsed(). */
function isDue(today: string, newest: string, tried: Tried | undefined, elapsed: number): boolean {
  const waited = tried ? elapsed - tried.at : Number.POSITIVE_INFINITY;
  // The wall clock was set back, or wrong before: when a day has passed there is a new feed all the same.
  if (newest > today) return waited >= DAY;
  if (isWeekend(today)) return false;
  if (newest === today) return tried !== undefined && waited >= DAY;
  return waited >= waitAfter(tried?.misses ?? 0, AGAIN);
}

/** `day`: of the feed; '' when it could not be read. */
type FeedRead = { category: string; day: string; result: Look | LookFailure };

async function readCategory(parts: Parts, category: string, today: string): Promise<FeedRead> {
  const url = `${parts.url}/rss/${encodeURIComponent(category)}`;
  try {
    // A bad category answers 400 with a feed that says why.
    const { value } = await parts.host.get(url, (body) => readFeed(body, parts.clock), {
      answers: [400],
      isWhole: (feed) => !feed.isBroken,
    });
    // Of a feed that broke off, the rest is asked for again.
    const day = value.isBroken ? '' : (feedDay(value) ?? today);
    return { category, day, result: lookOf(parts, category, value) };
  } catch (error) {
    const list = { kind: 'announced', key: category } as const;
    const result = lookFailure('arxiv-rss', list, parts.clock.now(), error);
    return { category, day: '', result };
  }
}

const feedDay = (feed: Feed): string | null =>
  feed.builtAt === null ? null : newYorkDay(feed.builtAt + REBUILD_TAKES);

function lookOf(parts: Parts, category: string, feed: Feed): Look {
  const placed = placeInList(feed.items);
  const { sightings, malformed } = placed;
  parts.unread('arxiv-rss', category, placed);
  if (!feed.complete && !feed.isBroken) parts.log.warn({ category }, 'feed was cut at its limit');
  return {
    source: 'arxiv-rss',
    list: 'announced',
    key: category,
    seenAt: parts.clock.now(),
    complete: feed.complete,
    malformed,
    sightings,
    replaced: feed.replaced,
  };
}
