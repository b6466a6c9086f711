import { castVotes } from '../changes/polls.ts';
import { isOver } from '../world/message-poll.ts';
import type { World } from '../world/world.ts';
import { channelSeenBy, messageSeenBy } from './people.ts';

export type VoteInput = {
  user: string;
  channel: string;
  message: string;
  /** Numbers of the poll's answers, all that this person now votes for; none takes the votes back. */
  answers: readonly number[];
};

/** Votes in a poll. Throws for what a client would not let the person do. */
export function voteIn(world: World, input: VoteInput): void {
  const { user, answers } = input;
  const channel = channelSeenBy(world, user, input.channel);
  const message = messageSeenBy(world, input);
  const { poll } = message;
  if (!poll) throw new Error(`The message ${message.id} has no poll.`);
  if (isOver(poll, world.now())) throw new Error('The poll is over.');
  if (answers.length > 1 && !poll.takesSeveral) throw new Error('The poll takes a single answer.');
  const unknown = answers.find((answer) => !poll.answers.some(({ id }) => id === answer));
  if (unknown !== undefined) throw new Error(`The poll has no answer ${unknown}.`);
  castVotes(world, channel, message, poll, user, answers);
}
