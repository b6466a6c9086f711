import type { APIPoll } from 'discord-api-types/v10';
import type { ShownPoll } from '../protocol.ts';

/** A poll as its reader sees it: `me_voted` is theirs. */
export function showPoll(poll: APIPoll): ShownPoll {
  const counts = poll.results?.answer_counts ?? [];
  const votes = counts.reduce((sum, { count }) => sum + count, 0);
  return {
    question: poll.question.text ?? '',
    answers: poll.answers.map(({ answer_id: id, poll_media: media }) => {
      const found = counts.find((one) => one.id === id);
      const own = found?.count ?? 0;
      return {
        id: String(id),
        text: [media.emoji?.name, media.text].filter(Boolean).join(' '),
        votes: own,
        share: votes === 0 ? 0 : own / votes,
        isMine: found?.me_voted === true,
      };
    }),
    takesSeveral: poll.allow_multiselect,
    votes,
    endsAt: Date.parse(poll.expiry ?? '') || 0,
    isOver: poll.results?.is_finalized === true,
  };
}
