import type { Clock } from '#src/foundation/clock.ts';
import type { AnnouncementDays } from './arxiv-days.ts';
import { QUIET_AFTER } from './arxiv-standing.ts';
import { type Tried, triedNow, waitAfter } from './asking-again.ts';
import { isWeekend } from './batch-day.ts';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
/** A feed that failed or does not have today's list yet. */
const AGAIN = { first: HOUR / 4, most: HOUR };
/** On a day that is taken for a holiday. */
const QUIET_EVERY = 3 * HOUR;

/** What came of asking for a list. `hasCome`: it was today's. `isUnfinished`: it has papers of the day before. */
type Asked = { category: string; hasCome: boolean; isUnfinished?: boolean };

/** When the lists, and the days that were missed, are asked for again: by what came of it in this life. */
export type ArxivTries = ReturnType<typeof createArxivTries>;

export function createArxivTries(clock: Clock, days: AnnouncementDays) {
  const lists = new Map<string, Tried>();
  const unfinished = new Map<string, string>();
  let missedDays: Tried | undefined;

  return {
    /** Of which day a category's list was last seen with papers of the day before. */
    unfinished,

    /** It was asked for, and did not answer with today's list. */
    isMissed: (category: string): boolean => (lists.get(category)?.misses ?? 0) > 0,

    /** Whether the list is to be asked for now: it is not read for this day yet. */
    isDue: (category: string, today: string): Promise<boolean> =>
      isDue(days, { category, today, tried: lists.get(category), elapsed: clock.elapsed() }),

    note({ category, hasCome, isUnfinished }: Asked, today: string): void {
      lists.set(category, triedNow(lists.get(category), clock.elapsed(), hasCome));
      if (isUnfinished) unfinished.set(category, today);
      else unfinished.delete(category);
    },

    /** Whether days that were missed may be asked for now. */
    areMissedDaysDue(): boolean {
      const { at, misses } = missedDays ?? { at: 0, misses: 0 };
      return misses === 0 || clock.elapsed() - at >= waitAfter(misses, AGAIN);
    },

    noteMissedDays(isGood: boolean): void {
      missedDays = triedNow(missedDays, clock.elapsed(), isGood);
    },
  };
}

type Asking = { category: string; today: string; tried: Tried | undefined; elapsed: number };

/** `tried`: in this life; `elapsed`: Clock.elapsed(). */
async function isDue(days: AnnouncementDays, { category, today, tried, elapsed }: Asking): Promise<boolean> {
  const newest = await days.newestFeed(category);
  const waited = tried ? elapsed - tried.at : Number.POSITIVE_INFINITY;
  // The wall clock was set back, or wrong before: when a day has passed there is a new feed all the same.
  if (newest > today) return waited >= DAY;
  if (isWeekend(today)) return false;
  if (newest === today) return tried !== undefined && waited >= DAY;
  if ((await days.inVain(category, today)) >= QUIET_AFTER) return waited >= QUIET_EVERY;
  return waited >= waitAfter(tried?.misses ?? 0, AGAIN);
}
