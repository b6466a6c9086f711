import { openCursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import type { PutRight } from '#src/foundation/instants.ts';
import { FIGURE_NAMES, type Figures } from '#src/paper/figures.ts';
import type { Paper } from '#src/paper/paper.ts';
import type { ListKind, Poll, SourceName } from '#src/paper/sighting.ts';
import type { SourceFacts } from '#src/paper/source-facts.ts';
import type { TrendEvent, TrendRise } from '#src/trend/trend-event.ts';
import { type FirstSight, readFirstSight } from './first-sight.ts';
import { archiveAhead, putArchiveRight } from './instants.ts';
import { type Described, describePapers, type Kept, keepPoll } from './keep-poll.ts';
import { type List, openListStore } from './list-store.ts';
import { ARCHIVE_MIGRATIONS } from './migrations.ts';
import type { Arrival } from './paper-arrivals.ts';
import { openPaperLives } from './paper-lives.ts';
import { openPaperStore } from './paper-store.ts';
import { openPollStore, type PollStore } from './poll-store.ts';
import { openPollLife } from './prune-polls.ts';
import { openRecentDays, type RecentDays } from './recent-days.ts';
import { PollReplay, type StoredPoll } from './replay-polls.ts';
import { allAtOnce, slicedBy } from './slicing.ts';
import { type FailedPoll, type ListHealth, openSourceHealth } from './source-health.ts';
import type { Change, StoredPaper } from './stored-paper.ts';
import { thinPolls } from './thin-polls.ts';
import { openTrendEventStore } from './trend-event-store.ts';

/**
 * What is known of papers, and what the sources showed when. Every write is one transaction and joins an outer one.
 * All instants are UTC milliseconds.
 */
export type Archive = {
  /**
   * Keeps what a poll shows, item by item: one that no row can hold is counted as malformed and costs itself alone. The
   * same poll twice changes nothing. Look-ups leave their papers and figures, but no sightings, and make nothing news.
   * Throws when the poll itself is none; then nothing of it is kept. It is as lasting as what is written after it.
   */
  keep(poll: Poll): Promise<Kept>;
  /**
   * The same, giving way to others before and in between: a long poll is written in several transactions, its papers
   * first. One that the end of the process cuts short is not kept, and changes nothing for being read again.
   */
  keepInSlices(poll: Poll): Promise<Kept>;
  /** Merges facts that `source` tells of known papers; unknown ones are left out. `now`: what is dated later is undated. */
  describe(papers: readonly Paper[], source: SourceName, now?: number): Promise<Described>;
  /** Ids of papers without categories that arXiv may be asked for: never, or the last time long enough ago. The newest first. */
  lackingCategories(limit: number, now: number): Promise<string[]>;
  /** Ids of papers of the last days whose comment nobody has asked arXiv for. The newest first. */
  lackingComments(limit: number, now: number): Promise<string[]>;
  /** Notes that arXiv answered for these, with categories or without. */
  noteAsked(ids: readonly string[], now: number): Promise<void>;
  /** Somebody asked for this paper: one that was only looked up is kept for a time after this (`looked_up_at`). */
  noteLookedUp(id: string, now: number): Promise<void>;
  paper(id: string): Promise<StoredPaper | null>;
  /** In the order asked for; unknown ids are left out. */
  papers(ids: readonly string[]): Promise<StoredPaper[]>;
  /** The first day of which anything is known, UTC ms; `now` while there is nothing. */
  beganAt(now: number): Promise<number>;
  /** How many papers there are. */
  size(): Promise<number>;
  /** How many papers a list first showed at or after `at`; not those that were only looked up. */
  listedSince(at: number): Promise<number>;
  /** Papers that a list first showed at or after `at`, the newest first. */
  arrivedSince(at: number, limit: number): Promise<StoredPaper[]>;
  /** The same without their texts, and without a limit: read in pages while they are asked for. */
  arrivals(since: number): AsyncIterable<Arrival>;
  /**
   * The arrivals and rises at or after `since`, from memory where the last question was about as many days: for questions that
   * follow one another.
   */
  recent(since: number): Promise<RecentDays>;
  /** How many papers a list first showed at or after `from` and before `until`. */
  arrivedBetween(from: number, until: number): Promise<number>;

  /**
   * The change journal: each fresh paper and each change of a paper's facts, figures or score takes the next number, and
   * a paper stands in it once, at its newest number. Ascending; give the last `seq` seen to go on.
   */
  changesAfter(seq: number, limit: number): Promise<Change[]>;
  lastSeq(): Promise<number>;

  /** Polls kept after that one, in the order they were kept. Papers inside carry their id alone. */
  pollsAfter(pollId: number, limit: number): Promise<StoredPoll[]>;
  /** All looks at or after that instant, each read when it is asked for. */
  pollsSince(at: number): AsyncIterable<StoredPoll>;
  lastPollId(): Promise<number>;
  /** A paper's votes and places through time; a row only where something changed in that list. */
  sightings(paper: string): Promise<SightingRecord[]>;

  /** Where the paper stood in the oldest poll of it that is kept; null where there is none. */
  firstSight(paper: string): Promise<FirstSight | null>;

  /** Keeps trend events once, and puts their papers to the end of the change journal. */
  keepTrendEvents(trendEvents: readonly TrendEvent[]): Promise<void>;
  trendEvents(paper: string): Promise<TrendEvent[]>;
  /** Of all papers at or after `at`, oldest first. */
  risesSince(at: number): Promise<TrendRise[]>;

  /** When a list was last read to its end, UTC ms; null for never. */
  lastReadAt(list: { source: SourceName; list: ListKind; key: string }): Promise<number | null>;
  /** Before and after a reading of all lists of a source: what its first one showed is history (news-rule.ts). */
  beginReading(source: SourceName, now: number): Promise<void>;
  endReading(source: SourceName, now: number): Promise<void>;
  /** What this list shows next is history, also where it was read long ago. */
  beginAnew(list: List, now: number): Promise<void>;
  /** The different instants that lie ahead of `now`. */
  ahead(now: number): Promise<number[]>;
  /** Puts them right. Returns how many rows had one. */
  putRight(now: number, right: PutRight): Promise<number>;

  notePoll(poll: Poll | FailedPoll): Promise<void>;
  health(): Promise<ListHealth[]>;

  /**
   * Thins polls older than 40 days to one a day and list, and removes those older than 150 days, one small slice a call.
   * Returns how many polls went; call again, after a pause, until it is 0.
   */
  prune(now: number): Promise<number>;
  /**
   * Removes papers past their life, with their rises, one small slice a call: two years after a list showed them, 30 days
   * after somebody last asked for them where no list did. Returns their ids; call again, after a pause, until there are none.
   */
  prunePapers(now: number): Promise<string[]>;
};

/** `place` null: it left the list. */
type SightingRecord = Figures & {
  at: number;
  source: SourceName;
  list: ListKind;
  key: string;
  place: number | null;
};

/** `sources`: which of them are believed about what; where none is, the newest word counts. */
export async function openArchive(db: Database, sources: readonly SourceFacts[]): Promise<Archive> {
  await db.migrate('archive', ARCHIVE_MIGRATIONS);
  const paperStore = openPaperStore(db, sources);
  const pollStore = openPollStore(db);
  const trendEvents = openTrendEventStore(db);
  const health = openSourceHealth(db);
  const cursors = openCursors(db);
  const lists = openListStore(db, cursors);
  const polls = openPollLife(db, cursors, lists.beganAt);
  const lives = openPaperLives(db);
  const days = openRecentDays(db, { ...paperStore, risesSince: trendEvents.since });

  return {
    keep: (poll) =>
      db.transaction(() => keepPoll({ db, paperStore, pollStore, lists }, poll, allAtOnce), 'soon'),
    keepInSlices: (poll) => keepPoll({ db, paperStore, pollStore, lists }, poll, slicedBy(db)),
    describe: (papers, source, now = Number.MAX_SAFE_INTEGER) =>
      db.transaction(() => describePapers({ db, paperStore }, papers, source, now)),
    lackingCategories: paperStore.lackingCategories,
    lackingComments: paperStore.lackingComments,
    noteAsked: (ids, now) => db.transaction(async () => paperStore.noteAsked(ids, now)),
    noteLookedUp: paperStore.noteLookedUp,
    paper: paperStore.paper,
    papers: async (ids) =>
      (await Promise.all(ids.map((id) => paperStore.paper(id)))).filter((paper) => paper !== null),
    beganAt: polls.beganAt,
    size: async () => (await db.get<{ n: number }>('SELECT count(*) AS n FROM paper'))?.n ?? 0,
    listedSince: async (at) => (await db.get<{ n: number }>(LISTED_SINCE, at))?.n ?? 0,
    arrivedSince: paperStore.arrivedSince,
    arrivedBetween: paperStore.arrivedBetween,
    arrivals: paperStore.arrivals,
    recent: days.recent,
    changesAfter: paperStore.changesAfter,
    lastSeq: paperStore.lastSeq,
    pollsAfter: (pollId, limit) => new PollReplay(db, pollStore, pollId).next(limit),
    pollsSince: (at) => pollsFrom(db, pollStore, at),
    lastPollId: pollStore.lastId,
    sightings: (paper) => db.all<SightingRecord>(SIGHTINGS, paper),
    firstSight: (paper) => readFirstSight(db, pollStore, paper),
    keepTrendEvents: (rose) =>
      db.transaction(async () => {
        for (const trendEvent of rose)
          if (await trendEvents.keep(trendEvent)) await paperStore.resequence(trendEvent.paper);
      }),
    trendEvents: trendEvents.of,
    risesSince: trendEvents.since,
    lastReadAt: ({ source, list, key }) => pollStore.lastReadAt(source, list, key),
    beginReading: (source, now) => db.transaction(async () => lists.mendFirstDay(source, now)),
    endReading: (source, now) => db.transaction(async () => lists.noteFirstDay(source, now)),
    beginAnew: lists.beginAnew,
    notePoll: (poll) =>
      db.transaction(async () => {
        if ('failed' in poll) await lists.asked(poll, poll.at);
        await health.note(poll);
      }),
    ahead: (now) => archiveAhead(db, now),
    putRight: (now, right) => putArchiveRight(db, now, right).finally(days.forget),
    health: health.all,
    prune: (now) =>
      db.transaction(async () => (await thinPolls(pollStore, cursors, now)) || (await polls.prune(now))),
    prunePapers: async (now) => {
      const gone = await db.transaction(async () => lives.prune(now));
      if (gone.length > 0) days.forget();
      return gone;
    },
  };
}

async function* pollsFrom(db: Database, pollStore: PollStore, at: number): AsyncGenerator<StoredPoll> {
  const replay = new PollReplay(db, pollStore, await pollStore.idBefore(at));
  // A poll that arrived late stands among newer ones.
  for await (const poll of replay.rest()) if (poll.seenAt >= at) yield poll;
}

const LISTED_SINCE = 'SELECT count(*) AS n FROM paper WHERE first_listed_at >= ?';
const SIGHTINGS = `SELECT poll.seen_at AS at, series.source, series.list, series.key, s.place,
    ${FIGURE_NAMES.map((name) => `s.${name}`).join(', ')}
  FROM sighting AS s JOIN poll ON poll.id = s.poll JOIN series ON series.id = poll.series
  WHERE s.paper = (SELECT ref FROM paper WHERE id = ?) ORDER BY poll.seen_at, poll.id`;
