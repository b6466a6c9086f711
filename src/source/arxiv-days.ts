import { weekdaysBefore } from './batch-day.ts';
import { holdsAll, SAMPLE, sampleOf } from './list-sample.ts';
import type { Cursors } from './source.ts';

/**
 * Which announcement days (`YYYY-MM-DD`, Eastern) of each category were read, durably. A feed shows one day only: what
 * passed while arXiv or Paperboy was down is owed, and read by other means.
 */
export type AnnouncementDays = {
  /** The newest day whose list was read; '' before the first. */
  newestFeed(category: string): Promise<string>;
  /** The newest day that was read, by whatever means; '' before the first. */
  newestRead(category: string): Promise<string>;
  /** A sample (list-sample.ts) of what was read of that day. */
  shown(category: string): Promise<readonly number[]>;
  /** The last day up to which nothing is owed; '' before the first feed, from which on days are owed. */
  readTo(category: string): Promise<string>;
  /** Days before `today` that were missed, the oldest first; those further back than MOST_OWED announcement days are lost. */
  owed(category: string, today: string): Promise<string[]>;
  noteFeed(category: string, day: string, ids: readonly string[]): Promise<void>;
  /** A missed day was read; the days before it are no longer owed. */
  noteMissed(category: string, day: string, ids: readonly string[]): Promise<void>;
  /** Whether everything that the newest list showed is of this earlier, missed day, whose papers are `ids`. */
  isListOf(category: string, day: string, ids: readonly string[]): Promise<boolean>;
  /** The newest list was this day's, under a later date: the later one has yet to come. */
  redate(category: string, day: string): Promise<void>;
  /** How often the feed was asked for the list of `day` and did not have it. */
  inVain(category: string, day: string): Promise<number>;
  noteInVain(category: string, day: string): Promise<void>;
  /** The days that are lost for good, both inclusive; null where there are none. */
  lost(category: string): Promise<{ from: string; to: string } | null>;
  noteLost(category: string, from: string, to: string): Promise<void>;
  /** Whether nothing is missing before the list of `today`. */
  isUpToDate(category: string, today: string): Promise<boolean>;
  /** As if the category had never been read. */
  forget(category: string): Promise<void>;
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
  const dayAt = async (name: string) => ((await cursor(name)) === 0 ? '' : dayNumbered(await cursor(name)));
  const newestFeed = (category: string) => dayAt(feedName(category));
  const readTo = (category: string) => dayAt(readName(category));
  const newestRead = async (category: string): Promise<string> =>
    (await [await newestFeed(category), await readTo(category)].sort().at(-1)) ?? '';
  const noteReadTo = async (category: string, day: string): Promise<void> => {
    const feed = await newestFeed(category);
    const isNextToFeed = feed > day && daysBetween(day, feed).length === 0;
    await setCursor(readName(category), numberOf(isNextToFeed ? feed : day));
  };
  const noteShown = async (category: string, ids: readonly string[]): Promise<void> => {
    const sample = sampleOf(ids);
    for (const [index, name] of shownNames(category).entries()) {
      const hash = sample[index] ?? 0;
      if ((await cursor(name)) !== hash) await setCursor(name, hash);
    }
  };
  const shown = async (category: string) =>
    (await Promise.all(shownNames(category).map(cursor))).filter((hash) => hash !== 0);
  const vain = async (category: string) => {
    const noted = await cursor(vainName(category));
    return { day: Math.floor(noted / MOST_TRIES), times: noted % MOST_TRIES };
  };
  const inVain = async (category: string, day: string): Promise<number> =>
    (await vain(category)).day === numberOf(day) ? (await vain(category)).times : 0;
  /** The feed was asked for it in its time, and did not have it. */
  const wasWaitedFor = async (category: string, day: string): Promise<boolean> =>
    numberOf(day) >= (await cursor(vainSinceName(category))) && numberOf(day) <= (await vain(category)).day;

  return {
    newestFeed,
    newestRead,
    readTo,
    shown,
    async owed(category, today) {
      const read = await readTo(category);
      const newest = await newestFeed(category);
      if (read === '') return [];
      const missed = weekdaysBefore(today, MOST_OWED).filter((day) => day > read && day !== newest);
      const owed: string[] = [];
      // A day that did not come in its time was perhaps a holiday, whose papers stand in the next list: that one goes first.
      for (const day of missed) if (newest > day || !(await wasWaitedFor(category, day))) owed.push(day);
      return owed.reverse();
    },
    async noteFeed(category, day, ids) {
      await setCursor(feedName(category), numberOf(day));
      await noteShown(category, ids);
      const read = await readTo(category);
      // The first feed owes nothing before it, and a day ahead of it is from a clock that was wrong.
      await noteReadTo(category, read === '' || read > day ? day : read);
    },
    async noteMissed(category, day, ids) {
      if (day > (await newestRead(category))) await noteShown(category, ids);
      await noteReadTo(category, day);
    },
    isListOf: async (category, day, ids) =>
      (await newestFeed(category)) > day && holdsAll(ids, await shown(category)),
    redate: (category, day) => setCursor(feedName(category), numberOf(day)),
    inVain,
    async noteInVain(category, day) {
      const times = Math.min((await inVain(category, day)) + 1, MOST_TRIES - 1);
      const since = await cursor(vainSinceName(category));
      const hasComeSince = since <= (await cursor(feedName(category)));
      if (hasComeSince || since > numberOf(day)) await setCursor(vainSinceName(category), numberOf(day));
      await setCursor(vainName(category), numberOf(day) * MOST_TRIES + times);
    },
    async lost(category) {
      const [from, to] = [await dayAt(lostName(category, 'from')), await dayAt(lostName(category, 'to'))];
      return to === '' ? null : { from, to };
    },
    async noteLost(category, from, to) {
      await setCursor(lostName(category, 'from'), numberOf(from));
      await setCursor(lostName(category, 'to'), numberOf(to));
    },
    isUpToDate: async (category, today) =>
      (await readTo(category)) >= weekdaysBefore(today, 1)[0] && (await newestRead(category)) <= today,
    async forget(category) {
      const names = [feedName, readName, vainName, vainSinceName].map((name) => name(category));
      const lost = (['from', 'to'] as const).map((end) => lostName(category, end));
      for (const name of [...names, ...lost, ...shownNames(category)])
        if ((await cursor(name)) !== 0) await setCursor(name, 0);
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
    cursor: async (name) => values.get(name) ?? 0,
    async setCursor(name, value) {
      values.set(name, value);
    },
  };
}
