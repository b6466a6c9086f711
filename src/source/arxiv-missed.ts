import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { Clock } from '#src/foundation/clock.ts';
import { OutsideError } from '#src/foundation/failure.ts';
import type { HttpHost } from '#src/foundation/http/http.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Poll } from '#src/paper/sighting.ts';
import { type AnnouncementDays, MOST_OWED } from './arxiv-days.ts';
import { askTwice } from './arxiv-query.ts';
import { submittedFor } from './arxiv-schedule.ts';
import { shiftDay, weekdaysBefore } from './batch-day.ts';
import { placeInList, type ReadItem } from './place-in-list.ts';
import { pollFailure } from './poll-failure.ts';
import type { PollFailure } from './source.ts';
import type { UnreadNotes } from './unread-notes.ts';

type Deps = {
  host: HttpHost;
  clock: Clock;
  log: Log;
  /** `https://export.arxiv.org/api/query` */
  apiUrl: string;
  days: AnnouncementDays;
  /** The newest day of which a category's feed was read. */
  newestFeed(category: string): Promise<string>;
  unread: UnreadNotes;
};

const PAGE = 200;
/** As many papers as a feed holds. */
const MOST_PAGES = 10;
/** Papers held in memory; what is owed beyond them comes with the next poll. */
const MOST_AT_ONCE = 10_000;

type Gathered = { day: string; poll: Poll };
type Gathering = { gathered: Gathered[]; failure: PollFailure | null; isDown: boolean };

/**
 * Reads the announcement days before `today` that were missed from the API, by the dates of submission, the oldest first:
 * one poll a day and category. They are handed out when all are there, so that they can be told of as one; each is noted
 * when its taker asks for the next. What could not be read are PollFailures that name the days.
 */
export async function* readMissedDays(
  deps: Deps,
  categories: readonly string[],
  today: string,
): AsyncGenerator<Poll | PollFailure> {
  const gatherings: Gathering[] = [];
  let room = MOST_AT_ONCE;
  for (const category of categories) {
    const gathering = await gather(deps, category, today, room);
    gatherings.push(gathering);
    room -= gathering.gathered.reduce((papers, { poll }) => papers + poll.sightings.length, 0);
    if (gathering.isDown || room <= 0) break;
  }
  for (const { day, poll } of gatherings.flatMap(({ gathered }) => gathered)) {
    yield poll;
    const ids = poll.sightings.map(({ paper }) => paper.id);
    await deps.days.noteMissed(poll.key, day, ids);
    await doubtFeed(deps, poll.key, day, ids);
    await letOthersRun();
  }
  yield* gatherings.flatMap(({ failure }) => failure ?? []);
}

/** The newest list may have been a missed day's under a later date; after a holiday it has that day's papers by right. */
async function doubtFeed(deps: Deps, category: string, day: string, ids: readonly string[]): Promise<void> {
  if (!(await deps.days.isListOf(category, day, ids))) return;
  const known = new Set(ids);
  const feedDay = await deps.days.newestFeed(category);
  // Where the API is silent, the feed itself is asked again.
  const announced = await readAnnounced(deps, category, feedDay).catch(() => null);
  const hasMore = announced === null || announced.sightings.some(({ paper }) => !known.has(paper.id));
  if (hasMore) await deps.days.redate(category, day);
}

/** The papers of `day` that are announced by now: none while they are not, for arXiv shows nothing before. Throws OutsideError. */
export async function readAnnounced(deps: Deps, category: string, day: string): Promise<Poll> {
  return pollOf(deps, category, await papersSubmitted(deps, category, day, false));
}

async function gather(deps: Deps, category: string, today: string, room: number): Promise<Gathering> {
  const owed = await deps.days.owed(category, today);
  await sayWhatIsLost(deps, category, owed);
  const gathered: Gathered[] = [];
  let papers = 0;
  for (const [index, day] of owed.entries()) {
    if (papers >= room) break;
    try {
      // Papers that were held back while the last feed was made came on the first missed day.
      const submitted = await proven(
        deps,
        category,
        day,
        await papersSubmitted(deps, category, day, index === 0),
      );
      const poll = { ...pollOf(deps, category, submitted), late: true };
      gathered.push({ day, poll });
      papers += poll.sightings.length;
    } catch (error) {
      const list = { kind: 'announced', key: category } as const;
      const failure = pollFailure('arxiv-rss', list, deps.clock.now(), error);
      const reason = `${failure.reason}; not read yet: ${owed.slice(index).join(', ')}`;
      const isDown = !(error instanceof OutsideError) || error.retryable;
      return { gathered, failure: { ...failure, reason }, isDown };
    }
  }
  return { gathered, failure: null, isDown: false };
}

async function sayWhatIsLost({ days, log }: Deps, category: string, owed: readonly string[]): Promise<void> {
  const lastRead = await days.readTo(category);
  const [to] = owed.length < MOST_OWED ? [] : weekdaysBefore(owed[0], 1);
  if (to === undefined || to <= lastRead) return;
  await days.noteLost(category, shiftDay(lastRead, 1), to);
  log.warn({ category, lastRead, from: owed[0] }, 'older announcements are not read');
}

type Submitted = { items: ReadItem[]; complete: boolean };

async function papersSubmitted(
  deps: Deps,
  category: string,
  day: string,
  withHeld: boolean,
): Promise<Submitted> {
  const { from, to } = submittedFor(day, withHeld);
  const search_query = `cat:${category} AND submittedDate:[${minuteOf(from)} TO ${minuteOf(to)}]`;
  const items: ReadItem[] = [];
  let expected = 0;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await askTwice(
      { ...deps, url: deps.apiUrl },
      {
        ...{ search_query, start: String(items.length), max_results: String(PAGE) },
        ...{ sortBy: 'submittedDate', sortOrder: 'ascending' },
      },
    );
    if (answer.complaint !== null) throw new OutsideError('arXiv', answer.complaint, { retryable: false });
    items.push(...answer.items);
    expected = Math.max(expected, answer.total ?? 0);
    const isEnd = answer.total === null ? answer.items.length < PAGE : items.length >= expected;
    if (isEnd) return { items, complete: true };
    if (answer.items.length === 0)
      throw new OutsideError('arXiv', `sent ${items.length} of ${expected} papers`, { retryable: true });
  }
  return { items, complete: false };
}

/** No paper at all is the truth only of a day that a feed has passed: else the day may not have come, by a clock set ahead. */
async function proven(
  { newestFeed }: Deps,
  category: string,
  day: string,
  submitted: Submitted,
): Promise<Submitted> {
  if (submitted.items.length > 0 || day < (await newestFeed(category))) return submitted;
  throw new OutsideError('arXiv', `has no papers of ${day} yet`, { retryable: true });
}

/** `202603091800`, GMT, as arXiv's date ranges want it. */
const minuteOf = (instant: number): string => new Date(instant).toISOString().replace(/\D/g, '').slice(0, 12);

function pollOf({ clock, log, unread }: Deps, category: string, { items, complete }: Submitted): Poll {
  const placed = placeInList(items);
  const { sightings, malformed } = placed;
  unread('arxiv-rss', category, placed);
  const list = { source: 'arxiv-rss', list: 'announced', key: category } as const;
  if (!complete) log.warn(list, 'a missed day has more papers than are read');
  return { ...list, seenAt: clock.now(), complete, malformed, sightings };
}
