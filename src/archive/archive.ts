import { openCursors } from '#src/foundation/cursors.ts';
import type { Database } from '#src/foundation/database/database.ts';
import type { PutRight } from '#src/foundation/instants.ts';
import { FIGURE_NAMES, type Figures } from '#src/paper/figures.ts';
import type { Paper } from '#src/paper/paper.ts';
import type { ListKind, Look, SourceName } from '#src/paper/sighting.ts';
import type { SourceFacts } from '#src/paper/source-facts.ts';
import type { Rise, Rising } from '#src/trend/rising.ts';
import { allAtOnce, inTurns } from './in-turns.ts';
import { ahead, putRight } from './instants.ts';
import { type Described, describePapers, type Kept, keepLook } from './keep-look.ts';
import { type List, openListBook } from './list-book.ts';
import { type LookBook, openLookBook } from './look-book.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Arrival } from './paper-arrivals.ts';
import { openPaperLives } from './paper-lives.ts';
import { openPaperShelf } from './paper-shelf.ts';
import { openPollLife } from './prune-polls.ts';
import { LookReplay, type StoredLook } from './replay-looks.ts';
import { openRisingBook } from './rising-book.ts';
import { type Failure, type Health, openSourceHealth } from './source-health.ts';
import type { Change, StoredPaper } from './stored-paper.ts';
import { thinLooks } from './thin-looks.ts';

export type { Arrival } from './paper-arrivals.ts';

/**
 * What is known of papers, and what the sources showed when. Every write is one transaction and joins an outer one.
 * All instants are UTC milliseconds.
 */
export type Archive = {
  /**
   * Keeps what a look shows, item by item: one that no row can hold is counted as malformed and costs itself alone. The
   * same look twice changes nothing. Look-ups leave their papers and figures, but no sightings, and make nothing news.
   * Throws when the look itself is none; then nothing of it is kept. It is as lasting as what is written after it.
   */
  keep(look: Look): Promise<Kept>;
  /**
   * The same, giving way to others before and in between: a long look is written in several transactions, its papers
   * first. One that the end of the process cuts short is not kept, and changes nothing for being read again.
   */
  keepInSlices(look: Look): Promise<Kept>;
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
  /** How many papers a list first showed at or after `from` and before `until`. */
  arrivedBetween(from: number, until: number): Promise<number>;

  /**
   * The change journal: each fresh paper and each change of a paper's facts, figures or heat takes the next number, and
   * a paper stands in it once, at its newest number. Ascending; give the last `seq` seen to go on.
   */
  changesAfter(seq: number, limit: number): Promise<Change[]>;
  lastSeq(): Promise<number>;

  /** Looks kept after that one, in the order they were kept. Papers inside carry their id alone. */
  looksAfter(lookId: number, limit: number): Promise<StoredLook[]>;
  /** All looks at or after that instant, each read when it is asked for. */
  looksSince(at: number): AsyncIterable<StoredLook>;
  lastLookId(): Promise<number>;
  /** A paper's votes and places through time; a row only where something changed in that list. */
  sightings(paper: string): Promise<SightingRecord[]>;

  /** Keeps risings once, and puts their papers to the end of the change journal. */
  keepRisings(risings: readonly Rising[]): Promise<void>;
  risings(paper: string): Promise<Rising[]>;
  /** Of all papers at or after `at`, oldest first. */
  risesSince(at: number): Promise<Rise[]>;

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

  noteLook(look: Look | Failure): Promise<void>;
  health(): Promise<Health[]>;

  /**
   * Thins looks older than 40 days to one a day and list, and removes those older than 150 days, one small slice a call.
   * Returns how many looks went; call again, after a pause, until it is 0.
   */
  prune(now: number): Promise<number>;
  /**
   * Removes papers past their life, with their rises, one small slice a call: two years after a list showed them, 30 days
   * after somebody last asked for them where no list did. Returns their ids; call again, after a pause, until there are none.
   */
  prunePapers(now: number): Promise<string[]>;
};

/** `place` null: it left the list. */
export type SightingRecord = Figures & {
  at: number;
  source: SourceName;
  list: ListKind;
  key: string;
  place: number | null;
};

/** `sources`: which of them are believed about what; where none is, the newest word counts. */
export async function openArchive(db: Database, sources: readonly SourceFacts[]): Promise<Archive> {
  await db.migrate('archive', MIGRATIONS);
  const shelf = openPaperShelf(db, sources);
  const book = openLookBook(db);
  const risings = openRisingBook(db);
  const health = openSourceHealth(db);
  const cursors = openCursors(db);
  const lists = openListBook(db, cursors);
  const polls = openPollLife(db, cursors, lists.beganAt);
  const lives = openPaperLives(db);

  return {
    keep: (look) => db.transaction(() => keepLook({ db, shelf, book, lists }, look, allAtOnce), 'soon'),
    keepInSlices: (look) => keepLook({ db, shelf, book, lists }, look, inTurns(db)),
    describe: (papers, source, now = Number.MAX_SAFE_INTEGER) =>
      db.transaction(() => describePapers({ db, shelf }, papers, source, now)),
    lackingCategories: shelf.lackingCategories,
    lackingComments: shelf.lackingComments,
    noteAsked: (ids, now) => db.transaction(async () => shelf.noteAsked(ids, now)),
    noteLookedUp: shelf.noteLookedUp,
    paper: shelf.paper,
    papers: async (ids) =>
      (await Promise.all(ids.map((id) => shelf.paper(id)))).filter((paper) => paper !== null),
    beganAt: polls.beganAt,
    size: async () => (await db.get<{ n: number }>('SELECT count(*) AS n FROM paper'))?.n ?? 0,
    listedSince: async (at) => (await db.get<{ n: number }>(LISTED_SINCE, at))?.n ?? 0,
    arrivedSince: shelf.arrivedSince,
    arrivedBetween: shelf.arrivedBetween,
    arrivals: shelf.arrivals,
    changesAfter: shelf.changesAfter,
    lastSeq: shelf.lastSeq,
    looksAfter: (lookId, limit) => new LookReplay(db, book, lookId).next(limit),
    looksSince: (at) => looksFrom(db, book, at),
    lastLookId: book.lastId,
    sightings: (paper) => db.all<SightingRecord>(SIGHTINGS, paper),
    keepRisings: (rose) =>
      db.transaction(async () => {
        for (const rising of rose) if (await risings.keep(rising)) await shelf.resequence(rising.paper);
      }),
    risings: risings.of,
    risesSince: risings.since,
    lastReadAt: ({ source, list, key }) => book.lastReadAt(source, list, key),
    beginReading: (source, now) => db.transaction(async () => lists.mendFirstDay(source, now)),
    endReading: (source, now) => db.transaction(async () => lists.noteFirstDay(source, now)),
    beginAnew: lists.beginAnew,
    noteLook: (look) =>
      db.transaction(async () => {
        if ('failed' in look) await lists.asked(look, look.at);
        await health.note(look);
      }),
    ahead: (now) => ahead(db, now),
    putRight: (now, right) => putRight(db, now, right),
    health: health.all,
    prune: (now) =>
      db.transaction(async () => (await thinLooks(book, cursors, now)) || (await polls.prune(now))),
    prunePapers: (now) => db.transaction(async () => lives.prune(now)),
  };
}

async function* looksFrom(db: Database, book: LookBook, at: number): AsyncGenerator<StoredLook> {
  const replay = new LookReplay(db, book, await book.idBefore(at));
  // A look that arrived late stands among newer ones.
  for await (const look of replay.rest()) if (look.seenAt >= at) yield look;
}

const LISTED_SINCE = 'SELECT count(*) AS n FROM paper WHERE first_listed_at >= ?';
const SIGHTINGS = `SELECT look.seen_at AS at, series.source, series.list, series.key, s.place,
    ${FIGURE_NAMES.map((name) => `s.${name}`).join(', ')}
  FROM sighting AS s JOIN look ON look.id = s.look JOIN series ON series.id = look.series
  WHERE s.paper = (SELECT ref FROM paper WHERE id = ?) ORDER BY look.seen_at, look.id`;
