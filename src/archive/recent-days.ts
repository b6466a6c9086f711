import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Database } from '#src/foundation/database/database.ts';
import { createKeyedQueue } from '#src/foundation/keyed-queue.ts';
import type { TrendRise } from '#src/trend/trend-event.ts';
import { ARRIVAL, type Arrival, arrivedAt } from './paper-arrivals.ts';

/** What lists showed, and what rose, from an instant on. */
export type RecentDays = {
  /** By `listedAt`, when a list first showed it: the newest first. `at`: when it was news, as `arrivedAt` says. */
  arrivals: readonly { paper: string; listedAt: number; at: number; votes: number | null }[];
  /** The oldest first. */
  rises: readonly TrendRise[];
  /** All that are named, and some of a time before. */
  papers: ReadonlySet<string>;
};

type Listed = RecentDays['arrivals'][number] & { ref: number };
type Days = Omit<RecentDays, 'arrivals'> & { since: number; arrivals: readonly Listed[] };
type Kept = Days & { readTo: number };

/** As Archive says. */
type Reading = {
  lastSeq(): Promise<number>;
  arrivals(since: number): AsyncIterable<Arrival>;
  risesSince(since: number): Promise<TrendRise[]>;
};

const DAY = 86_400_000;
/** More is kept than was asked for: who asked a moment before has waited longer. */
const SLACK = DAY;
/** A millisecond of reading. */
const PAGE = 250;

/**
 * The last days in memory, for questions that follow one another. They are read once, then kept up by the change journal, which
 * names whatever is listed or rises: the answer is what a new reading would give.
 */
export function openRecentDays(db: Database, archive: Reading) {
  const inTurn = createKeyedQueue();
  let kept: Kept | null = null;
  /** How often it was forgotten: what was being read then is not kept. */
  let forgotten = 0;

  /** What changes while it is read stands behind `readTo`. */
  const readAnew = async (since: number): Promise<Kept> => {
    const readTo = await archive.lastSeq();
    const arrivals = await listedSince(archive, since);
    return { ...daysOf(since, arrivals, await archive.risesSince(since)), readTo };
  };

  return {
    /** Everything at or after `since`. */
    recent: (since: number): Promise<RecentDays> =>
      inTurn('', async () => {
        const wasForgotten = forgotten;
        const known = kept && kept.since <= since ? kept : await readAnew(since - SLACK);
        const upToDate = trimmed(await caughtUp(db, known), since - SLACK);
        if (forgotten === wasForgotten) kept = upToDate;
        return {
          arrivals: arrivalsSince(since, upToDate),
          rises: risesSince(since, upToDate),
          papers: upToDate.papers,
        };
      }),

    /** To be called where the journal does not say what changed. */
    forget(): void {
      kept = null;
      forgotten++;
    },
  };
}

const listed = ({ paper, ref, votes, ...arrival }: Arrival): Listed => ({
  ...{ paper, ref, votes, listedAt: arrival.at, at: arrivedAt(arrival) },
});

async function listedSince(archive: Reading, since: number): Promise<Listed[]> {
  const found: Listed[] = [];
  for await (const arrival of archive.arrivals(since)) {
    found.push(listed(arrival));
    if (found.length % PAGE === 0) await othersTurn();
  }
  return found;
}

type ChangedRow = Omit<Arrival, 'at'> & { at: number | null; seq: number } & (
    | { risenAt: number; from: number; score: number }
    | { risenAt: null }
  );

/** A paper and its rises in one statement: what is committed in between cannot part them. */
const CHANGED = `WITH changed AS (SELECT ${ARRIVAL}, seq FROM paper WHERE seq > ?1 ORDER BY seq LIMIT ?2)
  SELECT changed.*, rise.at AS risenAt, from_score AS "from", score
  FROM changed LEFT JOIN trend_event AS rise ON rise.paper = changed.paper AND rise.at >= ?3 ORDER BY seq`;

async function caughtUp(db: Database, { readTo, ...kept }: Kept): Promise<Kept> {
  const changed = new Map<string, ChangedRow[]>();
  for (let seq = readTo; ; ) {
    const rows = await db.all<ChangedRow>(CHANGED, seq, PAGE, kept.since);
    if (rows.length === 0) return { ...withChanged(kept, changed), readTo: seq };
    for (const [paper, those] of Map.groupBy(rows, ({ paper }) => paper)) changed.set(paper, those);
    seq = rows[rows.length - 1].seq;
    await othersTurn();
  }
}

/** What is handed out stays as it is: these are lists of their own. */
function withChanged(days: Days, changed: ReadonlyMap<string, readonly ChangedRow[]>): Days {
  if (changed.size === 0) return days;
  const { since } = days;
  const isSame = ({ paper }: { paper: string }): boolean => !changed.has(paper);
  const arrivals = days.arrivals.filter(isSame);
  const rises = days.rises.filter(isSame);
  for (const [paper, rows] of changed) {
    const [{ at }] = rows;
    if (at !== null && at >= since) arrivals.push(listed({ ...rows[0], at }));
    for (const row of rows)
      if (row.risenAt !== null) rises.push({ paper, at: row.risenAt, from: row.from, score: row.score });
  }
  return daysOf(since, arrivals.sort(newestFirst), rises.sort(oldestFirst));
}

const newestFirst = (a: Listed, b: Listed): number => b.listedAt - a.listedAt || b.ref - a.ref;

const oldestFirst = (a: TrendRise, b: TrendRise): number =>
  a.at - b.at || (a.paper === b.paper ? a.score - b.score : a.paper < b.paper ? -1 : 1);

/** What is old goes, a day at once. */
function trimmed(kept: Kept, since: number): Kept {
  if (since - kept.since < SLACK) return kept;
  return { ...daysOf(since, arrivalsSince(since, kept), risesSince(since, kept)), readTo: kept.readTo };
}

function daysOf(since: number, arrivals: readonly Listed[], rises: readonly TrendRise[]): Days {
  const papers = new Set<string>();
  for (const { paper } of arrivals) papers.add(paper);
  for (const { paper } of rises) papers.add(paper);
  return { since, arrivals, rises, papers };
}

const arrivalsSince = (since: number, { arrivals }: Days): readonly Listed[] =>
  arrivals.slice(
    0,
    firstPlace(arrivals, ({ listedAt }) => listedAt < since),
  );

const risesSince = (since: number, { rises }: Days): readonly TrendRise[] =>
  rises.slice(firstPlace(rises, ({ at }) => at >= since));

/** Where the first of them stands from which on it holds. */
function firstPlace<T>(list: readonly T[], holds: (one: T) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
