import type { StandingNote } from '#src/paper/standing.ts';
import { phrase } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import { dateOf, weekdayOf } from './days.ts';
import { sayPhrase } from './say.ts';

const MOST_LISTS = 5;

/** What is known of how a source stands, as the end of a sentence: "arXiv is late: the list of Tuesday has not come yet". */
export const tellNote = (note: StandingNote): string => sayPhrase(noteTold(note));

function noteTold(note: StandingNote): Phrase {
  if (note.kind === 'lost') return lostTold(wall(note.from), wall(note.to));
  const day = weekdayOf(wall(note.day));
  switch (note.kind) {
    case 'awaited':
    case 'unfinished':
      return note.lists.length === 0
        ? phrase(`note.${note.kind}`, { day })
        : phrase(`note.${note.kind}For`, { day, lists: named(note.lists) });
    case 'quiet':
    case 'empty':
      return phrase(`note.${note.kind}`, { day });
    case 'foreign':
      return phrase('note.foreign', { day, sent: weekdayOf(wall(note.sent)) });
    case 'shrunk':
      return phrase('note.shrunk', { day, n: note.papers, before: note.before });
  }
}

function named(lists: readonly string[]): readonly Value[] {
  const shown = lists.slice(0, MOST_LISTS);
  const rest = lists.length - shown.length;
  return rest > 0 ? [...shown, phrase('list.more', { n: rest })] : shown;
}

const lostTold = (from: number, to: number): Phrase =>
  from === to
    ? phrase('note.lostDay', { day: dateOf(from) })
    : phrase('note.lostDays', { from: dateOf(from), to: dateOf(to) });

const wall = (day: string): number => Date.parse(`${day}T00:00:00Z`);
