import type { KeptPhrase } from '#src/wording/kept-phrase.ts';
import { phrase, yesNo } from '#src/wording/phrase.ts';
import type { Phrase, Value } from '#src/wording/values.ts';
import { datePhrase, dayPhrase, hourIn, spanPhrase } from './days.ts';
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
export function digestHeading(facts: DigestFacts): Phrase {
  const { period, wall, sinceWall, papers } = facts;
  const day = dayPhrase(wall);
  if (period === 'waited') {
    const held = phrase('digest.held', { papers, date: datePhrase(sinceWall), hour: hourIn(sinceWall) });
    return phrase('digest.heading', { day, papers: held });
  }
  return phrase('digest.heading', {
    day: period === 'week' ? phrase('digest.weekTo', { day }) : day,
    papers: countOf(facts),
  });
}

function countOf({ papers, read, best }: DigestFacts): Phrase {
  if (read < papers) return phrase('paper.count', { n: papers });
  return phrase('digest.ofRead', { best: yesNo(best), papers, read });
}

export type CatchUpFacts = {
  /** "#vision". */
  channel: Value;
  fromWall: number;
  untilWall: number;
  /** Said behind the hours where the channel has no zone of its own: "UTC". */
  zone: string;
  papers: number;
  /** A whole sentence: why it was missed. */
  cause: Phrase;
};

/** "10 March, 14:00 to 20:00 · 3 papers missed". */
export function catchUpHeading(facts: CatchUpFacts): Phrase {
  return phrase('digest.missed', { span: spanIn(facts), papers: facts.papers });
}

/** "What #vision missed on 10 March, 14:00 to 20:00: 3 papers. Send Messages was missing." */
export function catchUpLine({ channel, papers, cause, ...facts }: CatchUpFacts): Phrase {
  return phrase('digest.catchUp', { channel, span: spanIn(facts), papers, cause });
}

function spanIn({
  fromWall,
  untilWall,
  zone,
}: Pick<CatchUpFacts, 'fromWall' | 'untilWall' | 'zone'>): Phrase {
  const span = spanPhrase(fromWall, untilWall);
  return zone === 'UTC' ? phrase('day.inUtc', { span }) : span;
}

/** Why a channel missed something: `hold` is what its hold was noted with; null where Discord did not hinder. */
export function missedBecause(hold: KeptPhrase | null, wasDecidedInTime: boolean): Phrase {
  const lacked = hold === null ? null : permissionsNamed(hold);
  if (lacked !== null) return tellWereMissing(lacked);
  if (hold !== null) return phrase(isLock(hold) ? 'missed.locked' : 'missed.refused');
  return phrase(wasDecidedInTime ? 'missed.unreached' : 'missed.unread');
}

const isLock = (hold: KeptPhrase): boolean =>
  typeof hold === 'string' ? /locked/.test(hold) : hold.key === 'hold.threadLocked';
