import type { Clock } from '#src/foundation/clock.ts';
import type { HttpHost } from '#src/foundation/http.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Look } from '#src/paper/sighting.ts';
import { asTheyArrive } from './arrivals.ts';
import { type Feed, readFeed } from './arxiv-rss-feed.ts';
import { isWeekend, newYorkDay } from './batch-day.ts';
import { lookFailure } from './look-failure.ts';
import { placeInList } from './place-in-list.ts';
import type { LookFailure, Source } from './source.ts';

type Parts = {
  host: HttpHost;
  clock: Clock;
  log: Log;
  /** The RSS service without a path: `https://rss.arxiv.org`. */
  url: string;
  categories: readonly string[];
};

/** What is known of one category's feed: the newest day read, when it was last asked, and how often in vain since. */
type Reading = { day: string; askedAt: number; misses: number };

const HOUR = 3600_000;
// The feed is rebuilt about midnight Eastern; a build a little early still belongs to the day that then begins.
const REBUILD_TAKES = HOUR / 2;
// A timetable's beat is never exact.
const SLACK = 0.9;

/**
 * arXiv's announcements: each category's feed once per announcement day (Eastern), at the first poll after it was rebuilt.
 * Categories are asked one by one: a joined feed may pass arXiv's cut at 2,000 items, which drops new papers first.
 */
export function createArxivRss(parts: Parts): Source {
  const readings = new Map<string, Reading>();

  const note = (category: string, wanted: string, read: string | null): void => {
    const before = readings.get(category);
    const day = read ?? before?.day ?? '';
    readings.set(category, {
      day,
      askedAt: parts.clock.now(),
      misses: day < wanted ? (before?.misses ?? 0) + 1 : 0,
    });
  };

  const lookAt = async (category: string, day: string): Promise<Look | LookFailure> => {
    try {
      const feed = await readCategory(parts, category);
      note(category, day, feedDay(feed) ?? day);
      return lookOf(parts, category, feed);
    } catch (error) {
      note(category, day, null);
      return lookFailure('arxiv-rss', { kind: 'announced', key: category }, parts.clock.now(), error);
    }
  };

  return {
    name: 'arxiv-rss',
    looks: (now) => {
      const day = newYorkDay(now - REBUILD_TAKES);
      const due = parts.categories.filter((category) => isDue(now, day, readings.get(category)));
      return asTheyArrive(due.map((category) => lookAt(category, day)));
    },
  };
}

/** Not read for this day yet. A feed that failed or is still yesterday's is asked again after 1, 2, 4 ... hours. */
function isDue(now: number, day: string, reading: Reading | undefined): boolean {
  if (isWeekend(day)) return false;
  if (!reading || now < reading.askedAt) return true;
  const wait = reading.misses === 0 ? 0 : HOUR * 2 ** (reading.misses - 1) * SLACK;
  return reading.day < day && now - reading.askedAt >= wait;
}

const feedDay = (feed: Feed): string | null =>
  feed.builtAt === null ? null : newYorkDay(feed.builtAt + REBUILD_TAKES);

async function readCategory(parts: Parts, category: string): Promise<Feed> {
  const url = `${parts.url}/rss/${encodeURIComponent(category)}`;
  // A bad category answers 400 with a feed that says why.
  const answer = await parts.host.get(url, readFeed, { answers: [400] });
  return answer.value;
}

function lookOf(parts: Parts, category: string, feed: Feed): Look {
  const { sightings, malformed, reasons } = placeInList(feed.items);
  if (malformed > 0) parts.log.warn({ category, malformed, reasons }, 'announcements could not be read');
  if (!feed.complete) parts.log.warn({ category }, 'feed was cut at its limit');
  return {
    source: 'arxiv-rss',
    list: 'announced',
    key: category,
    seenAt: parts.clock.now(),
    complete: feed.complete,
    malformed,
    sightings,
  };
}
