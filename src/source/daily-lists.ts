import type { Poll } from '#src/paper/sighting.ts';
import type { StandingNote } from '#src/paper/standing.ts';
import { isWeekend, newYorkAfternoon, openBatchDay, shiftDay } from './batch-day.ts';

/**
 * What Hugging Face's daily lists showed in this life. An answer in time may be an old one, or a part of one: what it lacks
 * then has not left the list.
 */
type DailyLists = {
  /** Why this poll cannot be the list of its day; null when it can, and it is remembered. */
  wrongWith(poll: Poll): string | null;
  /** The same poll, incomplete where it lacks papers that have hardly left. */
  doubted(poll: Poll): Poll;
  notes(now: number): StandingNote[];
};

const HOUR = 3600_000;
/** A list opens at 21:30 in New York; none of 322 recorded ones stayed empty. */
const FILLED_WITHIN = 12 * HOUR;
const OPENS_AFTER_AFTERNOON = 7.5 * HOUR;
/** So often in a row a strange list is doubted; what is told again and again is true. */
const DOUBTS = 4;
/** Of its papers a list keeps nearly all: single ones are taken out. */
const LEAST_KEPT = 2 / 3;
const FEW = 3;
/** A week of batches is read. */
const KEPT_DAYS = 21;

type Known = { ids: ReadonlySet<string>; doubts: number };

export function createDailyLists(): DailyLists {
  const lists = new Map<string, Known>();
  /** What was wrong with the last answer for a day. */
  const wrongs = new Map<string, StandingNote>();

  const remember = (key: string, known: Known): void => {
    lists.set(key, known);
    const isOver = (day: string) => day < shiftDay(key, -KEPT_DAYS);
    for (const day of [...lists.keys(), ...wrongs.keys()].filter(isOver)) {
      lists.delete(day);
      wrongs.delete(day);
    }
  };
  const isDoubted = (key: string): boolean => {
    const known = lists.get(key) ?? { ids: new Set<string>(), doubts: 0 };
    const doubts = known.doubts + 1;
    remember(key, { ...known, doubts: doubts > DOUBTS ? 0 : doubts });
    return doubts <= DOUBTS;
  };

  const copied = (poll: Poll): string | null => {
    const ids = idsOf(poll);
    const days = [...lists].filter(([day, known]) => day < poll.key && share(ids, known.ids) > 0.5);
    return (
      days
        .map(([day]) => day)
        .sort()
        .at(-1) ?? null
    );
  };

  return {
    wrongWith(poll) {
      if (poll.list !== 'daily') return null;
      const { key: day } = poll;
      const before = lists.get(day)?.ids.size ?? 0;
      const { length } = poll.sightings;
      wrongs.delete(day);
      const other = length < FEW ? null : copied(poll);
      if (other !== null) {
        wrongs.set(day, { kind: 'foreign', day, sent: other });
        return `sent the list of ${other} for ${day}`;
      }
      if (length + poll.malformed === 0 && before > 0 && isDoubted(day)) {
        wrongs.set(day, { kind: 'shrunk', day, papers: 0, before });
        return `sent an empty list of ${day}, which had ${before} papers`;
      }
      return null;
    },
    doubted(poll) {
      if (poll.list !== 'daily') return poll;
      const known = lists.get(poll.key);
      const ids = idsOf(poll);
      const left = poll.sightings.length + poll.malformed;
      const before = known?.ids.size ?? 0;
      const isShort = left < before * LEAST_KEPT && before - left >= FEW && poll.complete;
      if (isShort && isDoubted(poll.key)) {
        wrongs.set(poll.key, { kind: 'shrunk', day: poll.key, papers: left, before });
        return { ...poll, complete: false };
      }
      // What a page lacks that was missing is not forgotten.
      if (poll.complete || known === undefined) remember(poll.key, { ids, doubts: 0 });
      return poll;
    },
    notes(now) {
      const day = openBatchDay(now);
      const known = lists.get(day);
      const wrong = wrongs.get(day);
      if (wrong) return [wrong];
      if (isWeekend(day) || known === undefined) return [];
      const openFor = now - newYorkAfternoon(shiftDay(day, -1)) - OPENS_AFTER_AFTERNOON;
      return known.ids.size === 0 && openFor > FILLED_WITHIN ? [{ kind: 'empty', day }] : [];
    },
  };
}

const idsOf = (poll: Poll): ReadonlySet<string> => new Set(poll.sightings.map(({ paper }) => paper.id));

/** Which share of `ids` stands in the other list. */
function share(ids: ReadonlySet<string>, other: ReadonlySet<string>): number {
  return ids.size === 0 ? 0 : [...ids].filter((id) => other.has(id)).length / ids.size;
}
