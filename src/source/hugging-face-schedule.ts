import type { ListKind } from '#src/paper/sighting.ts';
import { SLACK, type Tried, waitAfter } from './asking-again.ts';
import { isWeekend, openBatchDay, weekdaysBefore } from './batch-day.ts';

/**
 * Which lists to look at when. Votes decide within a day, so the open batch is read at every poll; they go on rising for
 * days, so older ones are read hourly to 72 h and ever more rarely to the seventh batch day (docs/trend.md).
 * At 15-minute polls this is 3 to 12 requests a poll; a third of the anonymous quota would be 166 in 5 minutes.
 */
export type HuggingFaceList = { kind: ListKind; key: string; query: Record<string, string> };

const SECOND = 1000;
const HOUR = 3600_000;
const EARLIER_BATCHES = 7;
// However often an operator polls: 60 + 30 + 20 + 5 requests in 5 minutes stay inside our share of the quota.
const OPEN_BATCH_EVERY = 5 * SECOND;
const LATEST_EVERY = 15 * SECOND;
const RANKING_EVERY = 60 * SECOND;
const AGES = [
  { upTo: 30 * HOUR, every: 10 * SECOND },
  { upTo: 72 * HOUR, every: HOUR },
  { upTo: 96 * HOUR, every: 3 * HOUR },
  { upTo: Number.POSITIVE_INFINITY, every: 12 * HOUR },
];
// No paper has been submitted on a weekend so far; asked now and then in case that changes.
const WEEKEND_EVERY = HOUR;
/** A list that failed, however often it is read else. */
const AGAIN = { first: 5 * SECOND, most: HOUR / 4 };

/**
 * The lists due at `now`, the newest first. `tried`: how each fared, by `listName`; what is not there is asked of `before`,
 * the life before; lists that are no longer read are taken out of it. `elapsed`: Clock.elapsed().
 */
export async function listsDue(
  now: number,
  elapsed: number,
  tried: Map<string, Tried>,
  before: (list: HuggingFaceList) => Promise<Tried | undefined>,
): Promise<HuggingFaceList[]> {
  const open = openBatchDay(now);
  const daily = [open, ...weekdaysBefore(open, EARLIER_BATCHES)].map((day) => ({
    list: { kind: 'daily' as const, key: day, query: { date: day } },
    every: isWeekend(day) ? WEEKEND_EVERY : interval(day, open, now),
  }));
  const all: { list: HuggingFaceList; every: number }[] = [
    daily[0],
    { list: { kind: 'trending', key: '', query: { sort: 'trending' } }, every: RANKING_EVERY },
    { list: { kind: 'latest', key: '', query: {} }, every: LATEST_EVERY },
    ...daily.slice(1),
  ];
  const names = new Set(all.map(({ list }) => listName(list)));
  for (const name of tried.keys()) if (!names.has(name)) tried.delete(name);
  for (const { list } of all) {
    const known = tried.has(listName(list)) ? undefined : await before(list);
    if (known) tried.set(listName(list), known);
  }
  return all
    .filter(({ list, every }) => isDue(elapsed, tried.get(listName(list)), every))
    .map(({ list }) => list);
}

export const listName = (list: { kind: ListKind; key: string }): string => `${list.kind} ${list.key}`;

function interval(day: string, open: string, now: number): number {
  if (day === open) return OPEN_BATCH_EVERY;
  const age = now - Date.parse(`${day}T00:00:00Z`);
  return AGES.find(({ upTo }) => age < upTo)?.every ?? 0;
}

function isDue(elapsed: number, last: Tried | undefined, every: number): boolean {
  if (last === undefined) return true;
  const wait = last.misses > 0 ? waitAfter(last.misses, AGAIN) : Math.max(every, last.least ?? 0) * SLACK;
  return elapsed - last.at >= wait;
}
