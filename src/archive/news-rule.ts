/**
 * What counts as news. A paper is news from the first list that shows it, never from a question. But a list that is
 * read for the first time also shows what was there before anybody looked: that is history, and nobody is told.
 *
 * Each list has its own first reading, whenever it succeeds, so that one that failed at the first start is history
 * as well when it is read at last:
 * - A daily batch of a day after the *first day* of its source (the newest batch asked for in the first reading) has
 *   begun since: everything in it is news, from its first reading on. An earlier one is history until it was read to
 *   its end: what stands on a page that was missing was there too.
 * - Of the newest papers, those of a day after the first day are news, those of a day before it never; otherwise:
 * - Any other list shows history once, at its first reading: a category that the operator adds begins with that day's
 *   announcements as history.
 * - What an announcement shows of an earlier month than the last, by its id, was added to another category: it is history.
 * - What came out after the list was first asked for cannot have been there: it is news for those who had subscribed
 *   before it came out.
 */
import { isOfEarlierMonths } from '#src/paper/paper-dates.ts';
import type { Poll, Sighting } from '#src/paper/sighting.ts';

/** What is known of a list before a look at it. */
export type ListHistory = {
  /** When it was first asked for, whether or not it answered; UTC ms. */
  askedAt: number;
  /** Whether it was read to its end before. */
  isRead: boolean;
  /** The first day of its source (`YYYY-MM-DD`); null during the first reading. */
  firstDay: string | null;
};

/** Since when a paper that this poll shows first is news (UTC ms): for whoever subscribed by then. Null: history. */
export function newsAtOf(poll: Poll, sighting: Sighting, list: ListHistory): number | null {
  // Only added to a category, years after it came out perhaps.
  if (poll.list === 'announced' && isOfEarlierMonths(sighting.paper.id, poll.seenAt)) return null;
  const day = dayOf(poll, sighting);
  if (day !== null && list.firstDay !== null) {
    if (day > list.firstDay) return poll.seenAt;
    if (day < list.firstDay && poll.list === 'latest') return null;
  }
  if (list.isRead && list.firstDay !== null) return poll.seenAt;
  const { publishedAt } = sighting.paper;
  return publishedAt !== null && publishedAt > list.askedAt ? Math.min(publishedAt, poll.seenAt) : null;
}

/** Whether the votes that this poll shows of its newcomers may have been there before: then no rise by it is news. */
export function showsOldVotes(poll: Poll, { isRead, firstDay }: ListHistory): boolean {
  if (poll.list !== 'daily') return false;
  return firstDay === null || (!isRead && poll.key <= firstDay);
}

/** A daily batch cut short has more to show; of the other lists nothing but the beginning is ever read. */
export function isReadToItsEnd(poll: Poll): boolean {
  return poll.complete || poll.list !== 'daily';
}

function dayOf(poll: Poll, sighting: Sighting): string | null {
  if (poll.list === 'daily') return poll.key;
  return poll.list === 'latest' ? sighting.batchDay : null;
}
