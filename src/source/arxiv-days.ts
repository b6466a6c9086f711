import type { Cursors } from '#src/foundation/cursors.ts';
import { weekdaysBefore } from './batch-day.ts';
import { holdsAll, SAMPLE, sampleOf } from './list-sample.ts';

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

/** All that is kept of a category, days as `YYYY-MM-DD`, '' for none. `vainSince`: the first day of those in vain. */
type Noted = {
  feed: string;
  read: string;
  vain: { day: string; times: number };
  vainSince: string;
  lost: { from: string; to: string };
  shown: readonly number[];
};

export function createAnnouncementDays(cursors: Cursors): AnnouncementDays {
  const noted = async (category: string): Promise<Noted> => notedIn(await cursors.getAll(namesOf(category)));
  /** Of what is noted at that moment something changes, all of it at once. */
  const note = (category: string, change: (noted: Noted) => Partial<Noted>): Promise<void> =>
    cursors.asOne(async () => {
      const names = namesOf(category);
      const before = await cursors.getAll(names);
      const known = notedIn(before);
      const after = valuesOf({ ...known, ...change(known) });
      for (const [index, name] of names.entries())
        if (after[index] !== before[index]) await cursors.set(name, after[index]);
    });

  return {
    newestFeed: async (category) => dayNumbered(await cursors.get(namesOf(category)[0])),
    newestRead: async (category) => newestIn(await noted(category)),
    readTo: async (category) => (await noted(category)).read,
    shown: async (category) => (await noted(category)).shown,
    async owed(category, today) {
      const { read, feed, vain, vainSince } = await noted(category);
      if (read === '') return [];
      // A day that did not come in its time was perhaps a holiday, whose papers stand in the next list: that one goes first.
      const wasWaitedFor = (day: string) => day >= vainSince && day <= vain.day;
      return weekdaysBefore(today, MOST_OWED)
        .filter((day) => day > read && day !== feed)
        .filter((day) => feed > day || !wasWaitedFor(day))
        .reverse();
    },
    noteFeed: (category, day, ids) =>
      note(category, ({ read }) => {
        // The first feed owes nothing before it, and a day ahead of it is from a clock that was wrong.
        const readTo = read === '' || read > day ? day : read;
        return { feed: day, shown: sampleOf(ids), read: readUpTo(readTo, day) };
      }),
    noteMissed: (category, day, ids) =>
      note(category, (known) => ({
        read: readUpTo(day, known.feed),
        ...(day > newestIn(known) && { shown: sampleOf(ids) }),
      })),
    async isListOf(category, day, ids) {
      const { feed, shown } = await noted(category);
      return feed > day && holdsAll(ids, shown);
    },
    redate: (category, day) => note(category, () => ({ feed: day })),
    async inVain(category, day) {
      const { vain } = await noted(category);
      return vain.day === day ? vain.times : 0;
    },
    noteInVain: (category, day) =>
      note(category, ({ feed, vain, vainSince }) => ({
        vain: { day, times: Math.min((vain.day === day ? vain.times : 0) + 1, MOST_TRIES - 1) },
        // It has come since, or a clock was wrong.
        ...((vainSince <= feed || vainSince > day) && { vainSince: day }),
      })),
    async lost(category) {
      const { lost } = await noted(category);
      return lost.to === '' ? null : lost;
    },
    noteLost: (category, from, to) => note(category, () => ({ lost: { from, to } })),
    async isUpToDate(category, today) {
      const known = await noted(category);
      return known.read >= weekdaysBefore(today, 1)[0] && newestIn(known) <= today;
    },
    forget: (category) => note(category, () => NOTHING),
  };
}

const NOTHING: Noted = {
  ...{ feed: '', read: '', vain: { day: '', times: 0 }, vainSince: '' },
  ...{ lost: { from: '', to: '' }, shown: [] },
};

/** Of the durable numbers, in the order of notedIn and valuesOf. */
const namesOf = (category: string): string[] => [
  ...['feed of', 'read to', 'in vain', 'in vain since', 'lost from', 'lost to'].map(
    (what) => `arxiv-rss ${what} ${category}`,
  ),
  ...Array.from({ length: SAMPLE }, (_, index) => `arxiv-rss shown ${index} ${category}`),
];

function notedIn([feed, read, vain, vainSince, lostFrom, lostTo, ...shown]: readonly number[]): Noted {
  return {
    feed: dayNumbered(feed),
    read: dayNumbered(read),
    vain: { day: dayNumbered(Math.floor(vain / MOST_TRIES)), times: vain % MOST_TRIES },
    vainSince: dayNumbered(vainSince),
    lost: { from: dayNumbered(lostFrom), to: dayNumbered(lostTo) },
    shown: shown.filter((hash) => hash !== 0),
  };
}

function valuesOf({ feed, read, vain, vainSince, lost, shown }: Noted): number[] {
  return [
    ...[numberOf(feed), numberOf(read), numberOf(vain.day) * MOST_TRIES + vain.times, numberOf(vainSince)],
    ...[numberOf(lost.from), numberOf(lost.to)],
    ...Array.from({ length: SAMPLE }, (_, index) => shown[index] ?? 0),
  ];
}

const newestIn = ({ feed, read }: Noted): string => (feed > read ? feed : read);

/** Where no day lies between what was read and the newest feed, that one is read as well. */
const readUpTo = (day: string, feed: string): string =>
  feed > day && daysBetween(day, feed).length === 0 ? feed : day;

const numberOf = (day: string): number => (day === '' ? 0 : Date.parse(`${day}T00:00:00Z`) / DAY);
const dayNumbered = (number: number): string =>
  number === 0 ? '' : new Date(number * DAY).toISOString().slice(0, 10);

/** The weekdays after `from` and before `to`, at most as many as can be owed. */
const daysBetween = (from: string, to: string): string[] =>
  weekdaysBefore(to, MOST_OWED).filter((day) => day > from);
