import { takeBreaths } from '#src/foundation/breath.ts';
import type { Clock } from '#src/foundation/clock.ts';
import { isolateAsync } from '#src/foundation/isolate.ts';
import type { Log } from '#src/foundation/log.ts';
import { channelOfDestination } from '#src/outbox/destination.ts';
import type { OutboxEntry } from '#src/outbox/entry.ts';
import type { Subscription } from '#src/subscription/subscription.ts';
import type { ChannelPlans } from './channel-plans.ts';
import type { StillWanted, Wanting } from './still-wanted.ts';

/** What becomes now of a paper that was decided for a channel. */
export type AskedAgain = { entry: OutboxEntry } & (
  | { kind: 'goes'; by: readonly Wanting[] }
  /** Until then (UTC ms) all who want it are quiet, or it could not be asked through a fault of ours. */
  | { kind: 'later'; until: number; cause: 'quiet' | 'fault' }
  | { kind: 'unwanted' }
);

export type AskAgain = (entries: readonly OutboxEntry[]) => Promise<AskedAgain[]>;

type Deps = { stillWanted: StillWanted; plans: Pick<ChannelPlans, 'quietUntil'>; clock: Clock; log: Log };

/** After so long what could not be asked, through a fault of ours, is asked again. */
const ASKED_AGAIN_MS = 3_600_000;

/**
 * Asks for what is about to go who wants it still and whether it may go now: the rules for sending hold at the instant of
 * sending, whatever made the paper wait. Others have their turn in between.
 */
export function createAskAgain({ stillWanted, plans, clock, log }: Deps): AskAgain {
  const answer = async (entry: OutboxEntry, now: number): Promise<AskedAgain> => {
    const by = await stillWanted.wanting(entry, now);
    if (by.length === 0) return { kind: 'unwanted', entry };
    const until = plans.quietUntil(by.map(subscriptionOf), now);
    return until === null ? { kind: 'goes', entry, by } : { kind: 'later', entry, until, cause: 'quiet' };
  };
  return async (entries) => {
    const breathe = takeBreaths(clock);
    const answers: AskedAgain[] = [];
    for (const entry of entries) {
      const now = clock.now();
      const { paper } = entry;
      const channel = channelOfDestination(entry);
      const one = await isolateAsync(
        () => answer(entry, now),
        (error) => log.error({ channel, paper, err: error }, 'it cannot be asked who wants a paper'),
      );
      answers.push(one ?? { kind: 'later', entry, until: now + ASKED_AGAIN_MS, cause: 'fault' });
      await breathe();
    }
    return answers;
  };
}

/** When the first of them may go: at once, at that instant (UTC ms), or never, because nobody wants any. */
export function firstToGo(answers: readonly AskedAgain[]): 'now' | 'never' | number {
  if (answers.some(({ kind }) => kind === 'goes')) return 'now';
  const later = answers.flatMap((answer) => (answer.kind === 'later' ? answer.until : []));
  return later.length > 0 ? Math.min(...later) : 'never';
}

export const subscriptionOf = ({ subscription }: Wanting): Subscription => subscription;
