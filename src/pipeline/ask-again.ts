import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { isolateAsync } from '#src/foundation/isolate.ts';
import type { Log } from '#src/foundation/log.ts';
import { channelOf } from '#src/outbox/destination.ts';
import type { Promised } from '#src/outbox/promise.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { ChannelPlans } from './channel-plans.ts';
import type { StillWanted, Wanting } from './still-wanted.ts';

/** What becomes now of a paper that was decided for a channel. */
export type Answer = { promised: Promised } & (
  | { kind: 'goes'; by: readonly Wanting[] }
  /** Until then (UTC ms) all who want it are quiet. */
  | { kind: 'later'; until: number }
  | { kind: 'unwanted' }
);

export type AskAgain = (promises: readonly Promised[]) => Promise<Answer[]>;

type Rooms = { stillWanted: StillWanted; plans: Pick<ChannelPlans, 'quietUntil'>; clock: Clock; log: Log };

/** After so long what could not be asked, through a fault of ours, is asked again. */
const ASKED_AGAIN_MS = 3_600_000;

/**
 * Asks for what is about to go who wants it still and whether it may go now: the rules for sending hold at the instant of
 * sending, whatever made the paper wait. Others have their turn in between.
 */
export function createAskAgain({ stillWanted, plans, clock, log }: Rooms): AskAgain {
  const answer = async (promised: Promised, now: number): Promise<Answer> => {
    const by = await stillWanted.wanting(promised, now);
    if (by.length === 0) return { kind: 'unwanted', promised };
    const until = plans.quietUntil(by.map(subscriptionOf), now);
    return until === null ? { kind: 'goes', promised, by } : { kind: 'later', promised, until };
  };
  return async (promises) => {
    const breathe = takeBreaths(clock);
    const answers: Answer[] = [];
    for (const promised of promises) {
      const now = clock.now();
      const { paper } = promised;
      const channel = channelOf(promised);
      const one = await isolateAsync(
        () => answer(promised, now),
        (error) => log.error({ channel, paper, err: error }, 'it cannot be asked who wants a paper'),
      );
      answers.push(one ?? { kind: 'later', promised, until: now + ASKED_AGAIN_MS });
      await breathe();
    }
    return answers;
  };
}

/** When the first of them may go: at once, at that instant (UTC ms), or never, because nobody wants any. */
export function firstToGo(answers: readonly Answer[]): 'now' | 'never' | number {
  if (answers.some(({ kind }) => kind === 'goes')) return 'now';
  const later = answers.flatMap((answer) => (answer.kind === 'later' ? answer.until : []));
  return later.length > 0 ? Math.min(...later) : 'never';
}

export const subscriptionOf = ({ subscription }: Wanting): Subscription => subscription;
