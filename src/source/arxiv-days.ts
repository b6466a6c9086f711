import { weekdaysBefore } from './batch-day.ts';
import type { Cursors } from './source.ts';

/**
 * Which announcement days (`YYYY-MM-DD`, Eastern) of each category were read, durably. A feed shows one day only: what
 * passed while arXiv or Paperboy was down is owed, and read by other means.
 */
export type AnnouncementDays = {
  /** The newest day whose feed was read; '' before the first. */
  newestFeed(category: string): string;
  /** The last day up to which nothing is owed; '' before the first feed, from which on days are owed. */
  readTo(category: string): string;
  /** Days before `today` that were missed, the oldest first; those further back than MOST_OWED announcement days are lost. */
  owed(category: string, today: string): string[];
  noteFeed(category: string, day: string): void;
  /** A missed day was read; the days before it are no longer owed. */
  noteMissed(category: string, day: string): void;
};

export const MOST_OWED = 14;

const DAY = 24 * 3600_000;

export function createAnnouncementDays({ cursor, setCursor }: Cursors): AnnouncementDays {
  const feedName = (category: string) => `arxiv-rss feed of ${category}`;
  const readName = (category: string) => `arxiv-rss read to ${category}`;
  const dayAt = (name: string) => (cursor(name) === 0 ? '' : dayNumbered(cursor(name)));
  const newestFeed = (category: string) => dayAt(feedName(category));
  const readTo = (category: string) => dayAt(readName(category));
  const noteReadTo = (category: string, day: string): void => {
    const feed = newestFeed(category);
    const isNextToFeed = feed > day && daysBetween(day, feed).length === 0;
    setCursor(readName(category), numberOf(isNextToFeed ? feed : day));
  };

  return {
    newestFeed,
    readTo,
    owed(category, today) {
      const read = readTo(category);
      if (read === '') return [];
      const missed = weekdaysBefore(today, MOST_OWED).filter((day) => day > read);
      return missed.filter((day) => day !== newestFeed(category)).reverse();
    },
    noteFeed(category, day) {
      setCursor(feedName(category), numberOf(day));
      const read = readTo(category);
      // The first feed owes nothing before it, and a day ahead of it is from a clock that was wrong.
      noteReadTo(category, read === '' || read > day ? day : read);
    },
    noteMissed: noteReadTo,
  };
}

const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY;
const dayNumbered = (number: number): string => new Date(number * DAY).toISOString().slice(0, 10);

/** The weekdays after `from` and before `to`, at most as many as can be owed. */
const daysBetween = (from: string, to: string): string[] =>
  weekdaysBefore(to, MOST_OWED).filter((day) => day > from);

/** For one life: nothing is known after a restart. */
export function volatileCursors(): Cursors {
  const values = new Map<string, number>();
  return {
    cursor: (name) => values.get(name) ?? 0,
    setCursor(name, value) {
      values.set(name, value);
    },
  };
}
