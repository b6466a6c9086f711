import type { Json } from './json.ts';

/** A poll in a message; nothing to do with the lists that Paperboy polls. */
export type MessagePoll = {
  /** https://discord.com/developers/docs/resources/poll#poll-media-object */
  question: Json;
  answers: readonly PollAnswer[];
  takesSeveral: boolean;
  /** By the world's clock. */
  endsAt: number;
};

/** Answers are numbered from 1. */
type PollAnswer = { id: number; media: Json; voterIds: Set<string> };

export function isOver(poll: MessagePoll, now: number): boolean {
  return poll.endsAt <= now;
}
