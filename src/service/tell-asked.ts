import type { NotAsked } from '#src/foundation/failure.ts';
import { instant, phrase } from '#src/wording/phrase.ts';
import type { Mark, Phrase, Value } from '#src/wording/values.ts';
import type { SourceSaid } from './ask-one-source.ts';
import type { Asked, SourceAnswer } from './ask-sources.ts';
import type { AskingRefusal } from './member-limit.ts';

/** Short sentences, for one line: what each source said, or why none was asked. Empty where no source can be asked. */
export function tellAsked({ answers, refusal }: Pick<Asked, 'answers' | 'refusal'>): Phrase[] {
  if (refusal) return [phrase('sources.ownPapersOnly', tellRefusal(refusal))];
  return answers.map(tellAnswer);
}

/** Why nobody was asked, and when that may be done again. */
export const tellRefusal = ({ limit, until }: AskingRefusal): { reason: Phrase; at: Mark } => ({
  reason: phrase(LIMITS[limit]),
  at: inTime(until),
});

const LIMITS = {
  member: 'sources.limit.member',
  'member at once': 'sources.limit.memberAtOnce',
  everybody: 'sources.limit.everybody',
} as const;

/** The next whole second: before, it would be in vain. */
const inTime = (at: number): Mark => instant(Math.ceil(at / 1000) * 1000);

function tellAnswer({ source, said, earlier }: SourceAnswer): Phrase {
  if (earlier === null) return phrase('sources.said', { source, said: tellSaid(said) });
  return phrase('sources.saidBefore', { source, said: tellSaid(said), at: inTime(earlier) });
}

function tellSaid(said: SourceSaid): Value {
  switch (said.kind) {
    case 'found':
      return phrase('paper.count', { n: said.papers });
    case 'none':
      return phrase('sources.none');
    case 'late':
      return phrase('sources.late', { seconds: said.seconds });
    case 'failed':
      return said.reason;
    case 'held':
      return tellHold(said.hold);
  }
}

function tellHold(hold: NotAsked): Phrase {
  if (hold.kind === 'rest') return phrase('sources.rests', { at: inTime(hold.until) });
  if (hold.kind === 'budget') return phrase('sources.usedUp', { at: inTime(hold.until) });
  return hold.before === 0 ? phrase('sources.busy') : phrase('sources.queue', { n: hold.before });
}

/** Whether every source that there is was asked, and has none. */
export function nobodyHas({ answers, refusal }: Pick<Asked, 'answers' | 'refusal'>): boolean {
  return refusal === null && answers.length > 0 && answers.every(({ said }) => said.kind === 'none');
}
