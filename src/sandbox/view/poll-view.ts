import { PollLayoutType } from 'discord-api-types/v10';
import type { Json } from '../world/json.ts';
import { isOver, type MessagePoll } from '../world/message-poll.ts';

/** As this reader sees it. https://discord.com/developers/docs/resources/poll#poll-object */
export function pollView(poll: MessagePoll, readerId: string, now: number): Json {
  return {
    question: poll.question,
    answers: poll.answers.map(({ id, media }) => ({ answer_id: id, poll_media: media })),
    expiry: new Date(poll.endsAt).toISOString(),
    allow_multiselect: poll.takesSeveral,
    layout_type: PollLayoutType.Default,
    results: {
      is_finalized: isOver(poll, now),
      answer_counts: poll.answers.map(({ id, voterIds }) => ({
        id,
        count: voterIds.size,
        me_voted: voterIds.has(readerId),
      })),
    },
  };
}
