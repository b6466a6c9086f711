import { count } from './count.ts';
import { dateOf, dayOf, hourIn, spanOf } from './days.ts';
import { permissionsNamed, tellWereMissing } from './missing-permissions.ts';

/** What a digest's heading is told from. Walls: what the zone's clock shows, as if it were UTC (ms). */
export type DigestFacts = {
  /** Daily or weekly by its hour; `waited`: what the day's limit or quiet hours put off. */
  period: 'day' | 'week' | 'waited';
  /** When it was made up. */
  wall: number;
  /** When the first of what waited was decided. */
  sinceWall: number;
  papers: number;
  /** How many papers were read in the period. */
  read: number;
  /** Chosen, rather than all that match. */
  best: boolean;
};

/** "Tuesday 10 March · best 12 of 37 papers read". */
export function digestHeading(facts: DigestFacts): string {
  const { period, wall, sinceWall, papers } = facts;
  if (period === 'waited')
    return `${dayOf(wall)} · ${count(papers, 'paper')} held back since ${dateOf(sinceWall)}, ${hourIn(sinceWall)}`;
  const day = period === 'week' ? `Week to ${dayOf(wall)}` : dayOf(wall);
  return `${day} · ${countOf(facts)}`;
}

function countOf({ papers, read, best }: DigestFacts): string {
  if (read < papers) return count(papers, 'paper');
  return `${best ? 'best ' : ''}${papers} of ${count(read, 'paper')} read`;
}

export type CatchUpFacts = {
  /** "#vision". */
  channel: string;
  fromWall: number;
  untilWall: number;
  /** Said behind the hours where the channel has no zone of its own: "UTC". */
  zone: string;
  papers: number;
  /** A whole sentence: why it was missed. */
  cause: string;
};

/** "10 March, 14:00 to 20:00 · 3 papers missed". */
export function catchUpHeading(facts: CatchUpFacts): string {
  return `${spanIn(facts)} · ${count(facts.papers, 'paper')} missed`;
}

/** "What #vision missed on 10 March, 14:00 to 20:00: 3 papers. Send Messages was missing." */
export function catchUpLine(facts: CatchUpFacts): string {
  return `What ${facts.channel} missed on ${spanIn(facts)}: ${count(facts.papers, 'paper')}. ${facts.cause}`;
}

function spanIn({ fromWall, untilWall, zone }: CatchUpFacts): string {
  return `${spanOf(fromWall, untilWall)}${zone === 'UTC' ? ' UTC' : ''}`;
}

/** Why a channel missed something, as a sentence: `hold` is what its hold was noted with; null where Discord did not hinder. */
export function missedBecause(hold: string | null, wasDecidedInTime: boolean): string {
  const lacked = hold === null ? null : permissionsNamed(hold);
  if (lacked !== null) return `${tellWereMissing(lacked)}.`;
  if (hold !== null && /locked/.test(hold)) return 'The thread was locked.';
  if (hold !== null) return 'Discord did not let me post here.';
  if (wasDecidedInTime) return 'Discord could not be reached, or Paperboy was not running.';
  return 'A source could not be read, or Paperboy was not running.';
}
