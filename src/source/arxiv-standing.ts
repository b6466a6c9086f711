import type { SourceStanding, StandingNote } from '#src/paper/standing.ts';
import type { AnnouncementDays } from './arxiv-days.ts';
import { announcementDay, REBUILD_TAKES } from './arxiv-list-state.ts';
import { isWeekend, newYorkAfternoon, shiftDay } from './batch-day.ts';

/** So often the list of a day is asked for, over ten hours, before the day is taken for a holiday. */
export const QUIET_AFTER = 12;
/** Days after the last lost one: they are found out about three weeks later. */
const LOST_TOLD_FOR = 28;
const FROM_MIDNIGHT_TO_AFTERNOON = 14 * 3600_000;

type Reading = {
  days: AnnouncementDays;
  categories: readonly string[];
  /** Of which day a category's list was last seen with papers of the day before. */
  unfinished: ReadonlyMap<string, string>;
  /** It was asked for in this life, and did not answer with today's list. */
  isMissed(category: string): boolean;
};

/** Which lists of today (Eastern) have not come though they were asked for, and when the next ones are due. */
export async function announcementStanding(reading: Reading, now: number): Promise<SourceStanding> {
  const today = announcementDay(now);
  const notes = [...(await lists(reading, today)), ...(await lost(reading, today))];
  return { notes, nextAt: nextAfter(today) };
}

async function lists(
  { days, categories, unfinished, isMissed }: Reading,
  today: string,
): Promise<StandingNote[]> {
  if (isWeekend(today)) return [];
  const times = new Map<string, number>();
  for (const category of categories)
    if ((await days.newestFeed(category)) < today) times.set(category, await days.inVain(category, today));
  const isQuiet = (category: string) => (times.get(category) ?? 0) >= QUIET_AFTER;
  const missing = [...times.keys()];
  const vain = missing.filter(
    (category) => ((times.get(category) ?? 0) > 0 || isMissed(category)) && !isQuiet(category),
  );
  const begun = vain.filter((category) => unfinished.get(category) === today);
  const awaited = vain.filter((category) => !begun.includes(category));
  const named = (some: readonly string[]) => (some.length === categories.length ? [] : some);
  const notes: StandingNote[] = [];
  if (awaited.length > 0) notes.push({ kind: 'awaited', day: today, lists: named(awaited) });
  if (begun.length > 0) notes.push({ kind: 'unfinished', day: today, lists: named(begun) });
  if (missing.length === categories.length && missing.some(isQuiet))
    notes.push({ kind: 'quiet', day: today });
  return notes;
}

async function lost({ days, categories }: Reading, today: string): Promise<StandingNote[]> {
  const spans = await Promise.all(categories.map(days.lost));
  const told = spans.filter((span) => span !== null).filter(({ to }) => shiftDay(to, LOST_TOLD_FOR) >= today);
  if (told.length === 0) return [];
  const from = told.map((span) => span.from).sort()[0];
  const to =
    told
      .map((span) => span.to)
      .sort()
      .at(-1) ?? from;
  return [{ kind: 'lost', from, to }];
}

/** When the feeds after `today`'s are there. */
function nextAfter(today: string): number {
  let day = shiftDay(today, 1);
  while (isWeekend(day)) day = shiftDay(day, 1);
  // Midnight by way of the afternoon before: the clocks are changed at night.
  return newYorkAfternoon(shiftDay(day, -1)) + (24 * 3600_000 - FROM_MIDNIGHT_TO_AFTERNOON) + REBUILD_TAKES;
}
