import { weekdaysBefore } from './batch-day.ts';
import { holdsAll, SAMPLE, sampleOf } from './list-sample.ts';
import type { Cursors } from './source.ts';

/**
 * Which announcement days (`YYYY-MM-DD`, Eastern) of each category were read, durably. A feed shows one day only: what
 * passed while arXiv or Paperboy was down is owed, and read by other means.
 */
export type AnnouncementDays = {
  /** The newest day whose list was read; '' before the first. */
  newestFeed(category: string): string;
  /** The newest day that was read, by whatever means; '' before the first. */
  newestRead(category: string): string;
  /** A sample (list-sample.ts) of what was read of that day. */
  shown(category: string): readonly number[];
  /** The last day up to which nothing is owed; '' before the first feed, from which on days are owed. */
  readTo(category: string): string;
  /** Days before `today` that were missed, the oldest first; those further back than MOST_OWED announcement days are lost. */
  owed(category: string, today: string): string[];
  noteFeed(category: string, day: string, ids: readonly string[]): void;
  /** A missed day was read; the days before it are no longer owed. */
  noteMissed(category: string, day: string, ids: readonly string[]): void;
  /** Whether everything that the newest list showed is of this earlier, missed day, whose papers are `ids`. */
  isListOf(category: string, day: string, ids: readonly string[]): boolean;
  /** The newest list was this day's, under a later date: the later one has yet to come. */
  redate(category: string, day: string): void;
  /** How often the feed was asked for the list of `day` and did not have it. */
  inVain(category: string, day: string): number;
  noteInVain(category: string, day: string): void;
  /** The days that are lost for good, both inclusive; null where there are none. */
  lost(category: string): { from: string; to: string } | null;
  noteLost(category: string, from: string, to: string): void;
  /** Whether nothing is missing before the list of `today`. */
  isUpToDate(category: string, today: string): boolean;
  /** As if the category had never been read. */
  forget(category: string): void;
};

export const MOST_OWED = 14;

const DAY = 24 * 3600_000;
/** A day and a count in one number. */
const MOST_TRIES = 1000;

export function createAnnouncementDays({ cursor, setCursor }: Cursors): AnnouncementDays {
  const feedName = (category: string) => `arxiv-rss feed of ${category}`;
  const readName = (category: string) => `arxiv-rss read to ${category}`;
  const vainName = (category: string) => `arxiv-rss in vain ${category}`;
  const vainSinceName = (category: string) => `arxiv-rss in vain since ${category}`;
  const lostName = (category: string, end: 'from' | 'to') => `arxiv-rss lost ${end} ${category}`;
  const shownNames = (category: string) =>
    Array.from({ length: SAMPLE }, (_, index) => `arxiv-rss shown ${index} ${category}`);
  const dayAt = (name: string) => (cursor(name) === 0 ? '' : dayNumbered(cursor(name)));
  const newestFeed = (category: string) => dayAt(feedName(category));
  const readTo = (category: string) => dayAt(readName(category));
  const newestRead = (category: string): string =>
    [newestFeed(category), readTo(category)].sort().at(-1) ?? '';
  const noteReadTo = (category: string, day: string): void => {
    const feed = newestFeed(category);
    const isNextToFeed = feed > day && daysBetween(day, feed).length === 0;
    setCursor(readName(category), numberOf(isNextToFeed ? feed : day));
  };
  const noteShown = (category: string, ids: readonly string[]): void => {
    const sample = sampleOf(ids);
    for (const [index, name] of shownNames(category).entries()) {
      const hash = sample[index] ?? 0;
      if (cursor(name) !== hash) setCursor(name, hash);
    }
  };
  const shown = (category: string) =>
    shownNames(category)
      .map(cursor)
      .filter((hash) => hash !== 0);
  const vain = (category: string) => {
    const noted = cursor(vainName(category));
    return { day: Math.floor(noted / MOST_TRIES), times: noted % MOST_TRIES };
  };
  const inVain = (category: string, day: string): number =>
    vain(category).day === numberOf(day) ? vain(category).times : 0;
  /** The feed was asked for it in its time, and did not have it. */
  const wasWaitedFor = (category: string, day: string): boolean =>
    numberOf(day) >= cursor(vainSinceName(category)) && numberOf(day) <= vain(category).day;

  return {
    newestFeed,
    newestRead,
    readTo,
    shown,
    owed(category, today) {
      const read = readTo(category);
      const newest = newestFeed(category);
      if (read === '') return [];
      const missed = weekdaysBefore(today, MOST_OWED).filter((day) => day > read && day !== newest);
      // A day that did not come in its time was perhaps a holiday, whose papers stand in the next list: that one goes first.
      return missed.filter((day) => newest > day || !wasWaitedFor(category, day)).reverse();
    },
    noteFeed(category, day, ids) {
      setCursor(feedName(category), numberOf(day));
      noteShown(category, ids);
      const read = readTo(category);
      // The first feed owes nothing before it, and a day ahead of it is from a clock that was wrong.
      noteReadTo(category, read === '' || read > day ? day : read);
    },
    noteMissed(category, day, ids) {
      if (day > newestRead(category)) noteShown(category, ids);
      noteReadTo(category, day);
    },
    isListOf: (category, day, ids) => newestFeed(category) > day && holdsAll(ids, shown(category)),
    redate: (category, day) => setCursor(feedName(category), numberOf(day)),
    inVain,
    noteInVain(category, day) {
      const times = Math.min(inVain(category, day) + 1, MOST_TRIES - 1);
      const since = cursor(vainSinceName(category));
      const hasComeSince = since <= cursor(feedName(category));
      if (hasComeSince || since > numberOf(day)) setCursor(vainSinceName(category), numberOf(day));
      setCursor(vainName(category), numberOf(day) * MOST_TRIES + times);
    },
    lost(category) {
      const [from, to] = [dayAt(lostName(category, 'from')), dayAt(lostName(category, 'to'))];
      return to === '' ? null : { from, to };
    },
    noteLost(category, from, to) {
      setCursor(lostName(category, 'from'), numberOf(from));
      setCursor(lostName(category, 'to'), numberOf(to));
    },
    isUpToDate: (category, today) =>
      readTo(category) >= weekdaysBefore(today, 1)[0] && newestRead(category) <= today,
    forget(category) {
      const names = [feedName, readName, vainName, vainSinceName].map((name) => name(category));
      const lost = (['from', 'to'] as const).map((end) => lostName(category, end));
      for (const name of [...names, ...lost, ...shownNames(category)])
        if (cursor(name) !== 0) setCursor(name, 0);
    },
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
