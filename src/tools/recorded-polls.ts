import { NO_FIGURES } from '#src/paper/figures.ts';
import { nameless } from '#src/paper/nameless.ts';
import type { Poll, Sighting } from '#src/paper/sighting.ts';
import { huggingFace } from '#src/source/hugging-face.ts';
import { isCalendarDay, type RecordedSighting, utcDayOf } from './recorded-sightings.ts';

const HOUR = 3_600_000;
/** The API's default page: a list of exactly so many was cut. */
const API_LIMIT = 50;

/**
 * Turns recorded rows, in time order, into the polls they were taken from: rows of one instant, list, key and source.
 * Which batch a list shows is told from what was seen until then, never later.
 */
export function* recordedPolls(sightings: readonly RecordedSighting[]): Generator<Poll> {
  const batchOf = new Map<string, string>();
  for (const rows of pollsOf(sightings)) {
    for (const row of rows) {
      const day = toldDayOf(row) ?? batchOf.get(row.paper) ?? shownDayOf(row);
      if (day) batchOf.set(row.paper, day);
    }
    const poll = dailyPoll(rows, batchOf);
    if (poll) yield poll;
  }
}

function pollsOf(sightings: readonly RecordedSighting[]): Iterable<RecordedSighting[]> {
  const polls = new Map<string, RecordedSighting[]>();
  for (const row of [...sightings].sort((a, b) => a.at - b.at)) {
    const name = `${row.at} ${row.list} ${row.key} ${row.source}`;
    const rows = polls.get(name);
    if (rows) rows.push(row);
    else polls.set(name, [row]);
  }
  return polls.values();
}

/** What the row itself says of its paper's batch, by the column or the list's key: a later day may list it again. */
function toldDayOf({ batchDay, list, key }: RecordedSighting): string | null {
  if (batchDay !== '') return batchDay;
  return list === 'api-date' && isCalendarDay(key) ? key : null;
}

/** The batch on the page at that hour. */
function shownDayOf({ list, at }: RecordedSighting): string | null {
  return list === 'page-daily' || list === 'page-rank' ? shownDay(at) : null;
}

/** The page turns to the next weekday's batch at about 01:40 UTC. */
function shownDay(at: number): string {
  let shown = at - 100 * 60_000;
  while ([0, 6].includes(new Date(shown).getUTCDay())) shown -= 24 * HOUR;
  return utcDayOf(shown);
}

function dailyPoll(rows: readonly RecordedSighting[], batchOf: ReadonlyMap<string, string>): Poll | null {
  const { list, at } = rows[0];
  if (!['api-date', 'page-daily', 'page-rank'].includes(list)) return null;
  const key = mostlyShown(rows, batchOf);
  if (key === null) return null;
  const byVotes = list === 'page-daily';
  const ordered = [...rows].sort((a, b) =>
    byVotes ? (b.votes ?? 0) - (a.votes ?? 0) : (a.rank ?? 0) - (b.rank ?? 0),
  );
  return {
    source: huggingFace.name,
    list: 'daily',
    key,
    seenAt: at,
    complete: !(list === 'api-date' && rows.length === API_LIMIT),
    malformed: 0,
    sightings: ordered.map((row, index) => toSighting(row, index + 1, batchOf.get(row.paper) ?? null)),
  };
}

/** The batch that at least half of the list belongs to. */
function mostlyShown(rows: readonly RecordedSighting[], batchOf: ReadonlyMap<string, string>): string | null {
  const counts = new Map<string, number>();
  for (const { paper } of rows) {
    const day = batchOf.get(paper);
    if (day) counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most && most[1] >= rows.length / 2 ? most[0] : null;
}

function toSighting(row: RecordedSighting, place: number, batchDay: string | null): Sighting {
  return { paper: nameless(row.paper), place, ...NO_FIGURES, votes: row.votes, batchDay };
}
