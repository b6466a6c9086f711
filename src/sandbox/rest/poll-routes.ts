import { endPoll } from '../changes/polls.ts';
import { type Call, ok, type RestAnswer, type Route } from '../http/router.ts';
import { refusal } from '../rules/discord-error.ts';
import { checked } from '../rules/form.ts';
import { checkInteger } from '../rules/primitives.ts';
import { messageForBot } from '../view/message-view.ts';
import { userView } from '../view/user-view.ts';
import type { Message } from '../world/message.ts';
import type { MessagePoll } from '../world/message-poll.ts';
import { compareIds } from '../world/snowflakes.ts';
import { channelFor, messageIn } from './access.ts';

const POLLS = '/channels/{channel_id}/polls/{message_id}';

/** https://discord.com/developers/docs/resources/poll */
export const pollRoutes: readonly Route[] = [
  { method: 'GET', path: `${POLLS}/answers/{answer_id}`, answer: listVoters },
  { method: 'POST', path: `${POLLS}/expire`, answer: expire },
];

function expire(call: Call): RestAnswer {
  const { world } = call;
  const { message, poll } = pollOf(call);
  if (message.authorId !== world.bot.id) throw refusal.notTheAuthor();
  endPoll(world, message, poll);
  return ok(messageForBot(world, message));
}

function listVoters(call: Call): RestAnswer {
  const { world, params, query } = call;
  const limit = Number(query.get('limit') ?? 25);
  checked((form) => {
    checkInteger(form, ['limit'], limit, { min: 1, max: 100 });
  });
  const { poll } = pollOf(call);
  const answer = poll.answers.find(({ id }) => String(id) === params.answer_id);
  const voters = [...(answer?.voterIds ?? [])]
    .filter((id) => compareIds(id, query.get('after') ?? '0') > 0)
    .sort(compareIds)
    .slice(0, limit);
  return ok({ users: voters.flatMap((id) => world.users.get(id) ?? []).map(userView) });
}

function pollOf({ world, params }: Call): { message: Message; poll: MessagePoll } {
  const message = messageIn(channelFor(world, params.channel_id), params.message_id);
  if (!message.poll) throw refusal.noPoll();
  return { message, poll: message.poll };
}
