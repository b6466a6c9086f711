import type { StandingNote } from '#src/paper/standing.ts';
import { count, listed } from './count.ts';
import { dateOf, weekdayOf } from './days.ts';

const MOST_LISTS = 5;

/** What is known of how a source stands, as the end of a sentence: "arXiv is late: the list of Tuesday has not come yet". */
export function tellNote(note: StandingNote): string {
  if (note.kind === 'lost')
    return `what it announced ${daysOf(note.from, note.to)} was never read, because that is too long ago`;
  const day = weekdayOf(wall(note.day));
  if (note.kind === 'awaited') return `the list of ${day} has not come yet${forLists(note.lists)}`;
  if (note.kind === 'unfinished')
    return `the list of ${day} still has papers of the day before${forLists(note.lists)}, so it is read again`;
  if (note.kind === 'quiet') return `no list came on ${day}, as on a holiday`;
  if (note.kind === 'foreign')
    return `in place of the list of ${day} it sends that of ${weekdayOf(wall(note.sent))}`;
  if (note.kind === 'empty') return `the list of ${day} is still empty`;
  return `the list of ${day} came with ${count(note.papers, 'paper')} instead of ${note.before}; those seen before are kept`;
}

function forLists(lists: readonly string[]): string {
  if (lists.length === 0) return '';
  const shown = lists.slice(0, MOST_LISTS);
  const rest = lists.length - shown.length;
  return ` for ${listed(rest > 0 ? [...shown, `${rest} more`] : shown)}`;
}

const daysOf = (from: string, to: string): string =>
  from === to ? `on ${dateOf(wall(from))}` : `from ${dateOf(wall(from))} to ${dateOf(wall(to))}`;

const wall = (day: string): number => Date.parse(`${day}T00:00:00Z`);
