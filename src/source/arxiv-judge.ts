import type { Clock } from '#src/foundation/clock.ts';
import type { HttpHost } from '#src/foundation/http/http.ts';
import type { Log } from '#src/foundation/log.ts';
import type { Poll } from '#src/paper/sighting.ts';
import type { AnnouncementDays } from './arxiv-days.ts';
import { type ListState, stateOf } from './arxiv-list-state.ts';
import { readAnnounced } from './arxiv-missed.ts';
import type { Feed } from './arxiv-rss-feed.ts';
import { QUIET_AFTER } from './arxiv-standing.ts';
import { placeInList } from './place-in-list.ts';
import type { PollFailure } from './source.ts';
import type { UnreadNotes } from './unread-notes.ts';

/** What lists are read with. */
export type ListDeps = {
  host: HttpHost;
  clock: Clock;
  log: Log;
  /** The RSS service without a path: `https://rss.arxiv.org`. */
  url: string;
  /** The query address of the API, for days whose feed was missed: `https://export.arxiv.org/api/query`. */
  apiUrl: string;
  days: AnnouncementDays;
  unread: UnreadNotes;
};

/** The list of `today` of one of `all` the categories. */
export type WantedList = { category: string; today: string; all: readonly string[] };

/**
 * What asking for one feed brought. `day`: of the list that it had; '' for none. `hasCome`: it was today's. `note` is called
 * when the results are kept.
 */
export type FeedRead = {
  category: string;
  day: string;
  hasCome: boolean;
  isUnfinished?: boolean;
  results: readonly (Poll | PollFailure)[];
  note(): Promise<void>;
  /** The same answer once more, by what was read since. Never throws. */
  judge?(): Promise<FeedRead>;
};

/** So often a list with papers of the day before is read again, before it is taken as it is. */
const UNFINISHED_TRIES = 4;
/** Where other lists of the day have come, an empty one is soon believed; at once where the last one had hardly a paper. */
const EMPTY_TRIES = 3;
const HARDLY_A_PAPER = 3;

/** Whether a feed is the list that is wanted, and what of it is told. Throws OutsideError where the API is asked and does not answer. */
export async function judgeFeed(deps: ListDeps, wanted: WantedList, feed: Feed): Promise<FeedRead> {
  const { days } = deps;
  const { category, today } = wanted;
  const newest = await days.newestRead(category);
  const state = stateOf(feed, today, { newest, shown: await days.shown(category) });
  const poll = pollOfFeed(deps, category, feed);
  const list = (day: string, result = poll): FeedRead => ({
    ...{ category, day, hasCome: day >= today, results: [result] },
    note: async () => {
      await days.noteFeed(
        category,
        day,
        result.sightings.map(({ paper }) => paper.id),
      );
      if (day < today) await noteInVain(deps, wanted, state);
    },
  });
  const times = (await days.inVain(category, today)) + 1;
  if (state.kind === 'list') return list(state.day);
  if (state.kind === 'mixed' && times >= UNFINISHED_TRIES) return list(today);
  if (state.kind === 'empty' && (await isBelieved(days, wanted, times))) return list(today);
  const vain = (results: readonly Poll[]): FeedRead => ({
    ...{ category, day: '', hasCome: false, results },
    note: () => noteInVain(deps, wanted, state),
  });
  if (state.kind === 'mixed') return { ...vain([poll]), isUnfinished: true };
  if (times === QUIET_AFTER) {
    const announced = await readAnnounced({ ...deps, newestFeed: days.newestFeed }, category, today);
    return announced.sightings.length > 0 ? list(today, announced) : vain([announced]);
  }
  // What comes to a list that was empty when it was first asked for is news.
  return vain(newest === '' ? [poll] : []);
}

/** arXiv announces everything at once: where other lists of the day are there, this one may well have nothing. */
async function isBelieved(
  days: AnnouncementDays,
  { category, today, all }: WantedList,
  times: number,
): Promise<boolean> {
  const isSmall =
    (await days.newestFeed(category)) !== '' && (await days.shown(category)).length < HARDLY_A_PAPER;
  if (!isSmall && times < EMPTY_TRIES) return false;
  const newest = await Promise.all(all.map(days.newestFeed));
  return newest.includes(today);
}

async function noteInVain(
  { log, days }: ListDeps,
  { category, today }: WantedList,
  state: ListState,
): Promise<void> {
  const level = (await days.inVain(category, today)) === 0 ? 'info' : 'debug';
  const instead = state.kind === 'list' ? state.day : state.kind;
  log[level]({ source: 'arxiv-rss', category, day: today, instead }, 'the list of the day has not come yet');
  await days.noteInVain(category, today);
}

/** What a feed shows, whatever day it is of. */
export function pollOfFeed(deps: ListDeps, category: string, feed: Feed): Poll {
  const placed = placeInList(feed.items);
  const { sightings, malformed } = placed;
  deps.unread('arxiv-rss', category, placed);
  if (!feed.complete && !feed.isBroken)
    deps.log.warn({ source: 'arxiv-rss', category }, 'feed was cut at its limit');
  return {
    source: 'arxiv-rss',
    list: 'announced',
    key: category,
    seenAt: deps.clock.now(),
    complete: feed.complete,
    malformed,
    sightings,
    replaced: feed.replaced,
  };
}
