import type { Clock } from '#src/foundation/clock.ts';
import { OutsideError } from '#src/foundation/failure.ts';
import type { HttpHost } from '#src/foundation/http.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Look } from '#src/paper/sighting.ts';
import { type AnnouncementDays, MOST_OWED } from './arxiv-days.ts';
import { askTwice } from './arxiv-query.ts';
import { submittedFor } from './arxiv-schedule.ts';
import { lookFailure } from './look-failure.ts';
import { placeInList, type ReadItem } from './place-in-list.ts';
import type { LookFailure } from './source.ts';

type Parts = {
  host: HttpHost;
  clock: Clock;
  log: Log;
  /** `https://export.arxiv.org/api/query` */
  apiUrl: string;
  days: AnnouncementDays;
};

const PAGE = 200;
/** As many papers as a feed holds. */
const MOST_PAGES = 10;

/**
 * Reads the announcement days that `category` missed before `today` from the API, by the dates of submission, the oldest
 * first: one look a day, each noted when its taker asks for the next. Ends with a LookFailure that names what is left.
 */
export async function* readMissedDays(
  parts: Parts,
  category: string,
  today: string,
): AsyncGenerator<Look | LookFailure, { isDown: boolean }> {
  const owed = parts.days.owed(category, today);
  sayWhatIsLost(parts, category, owed);
  for (const [index, day] of owed.entries()) {
    // Papers that were held back while the last feed was made came on the first missed day.
    const span = submittedFor(day, index === 0);
    try {
      yield lookOf(parts, category, await papersSubmitted(parts, category, span, day));
    } catch (error) {
      const list = { kind: 'announced', key: category } as const;
      const failure = lookFailure('arxiv-rss', list, parts.clock.now(), error);
      yield { ...failure, reason: `${failure.reason}; not read yet: ${owed.slice(index).join(', ')}` };
      return { isDown: !(error instanceof OutsideError) || error.retryable };
    }
    parts.days.noteMissed(category, day);
  }
  return { isDown: false };
}

function sayWhatIsLost({ days, log }: Parts, category: string, owed: readonly string[]): void {
  if (owed.length < MOST_OWED) return;
  log.warn({ category, lastRead: days.readTo(category), from: owed[0] }, 'older announcements are not read');
}

type Submitted = { items: ReadItem[]; complete: boolean };

async function papersSubmitted(
  parts: Parts,
  category: string,
  { from, to }: { from: number; to: number },
  day: string,
): Promise<Submitted> {
  const search_query = `cat:${category} AND submittedDate:[${minuteOf(from)} TO ${minuteOf(to)}]`;
  const items: ReadItem[] = [];
  let expected = 0;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await askTwice(
      { ...parts, url: parts.apiUrl },
      {
        ...{ search_query, start: String(items.length), max_results: String(PAGE) },
        ...{ sortBy: 'submittedDate', sortOrder: 'ascending' },
      },
    );
    if (answer.complaint !== null) throw new OutsideError('arXiv', answer.complaint, { retryable: false });
    items.push(...answer.items);
    expected = Math.max(expected, answer.total ?? 0);
    const isEnd = answer.total === null ? answer.items.length < PAGE : items.length >= expected;
    if (isEnd) return proven(parts, category, day, { items, complete: true });
    if (answer.items.length === 0)
      throw new OutsideError('arXiv', `sent ${items.length} of ${expected} papers`, { retryable: true });
  }
  return { items, complete: false };
}

/** No paper at all is the truth only of a day that a feed has passed: else the day may not have come, by a clock set ahead. */
function proven({ days }: Parts, category: string, day: string, submitted: Submitted): Submitted {
  if (submitted.items.length > 0 || day < days.newestFeed(category)) return submitted;
  throw new OutsideError('arXiv', `has no papers of ${day} yet`, { retryable: true });
}

/** `202603091800`, GMT, as arXiv's date ranges want it. */
const minuteOf = (instant: number): string => new Date(instant).toISOString().replace(/\D/g, '').slice(0, 12);

function lookOf({ clock, log }: Parts, category: string, { items, complete }: Submitted): Look {
  const { sightings, malformed, reasons } = placeInList(items);
  if (malformed > 0) log.warn({ category, malformed, reasons }, 'missed announcements could not be read');
  if (!complete) log.warn({ category }, 'a missed day has more papers than are read');
  const list = { source: 'arxiv-rss', list: 'announced', key: category, late: true } as const;
  return { ...list, seenAt: clock.now(), complete, malformed, sightings };
}
