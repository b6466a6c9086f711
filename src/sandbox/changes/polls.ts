import { botPermissionsIn } from '../permissions/permissions.ts';
import type { Channel } from '../world/channel.ts';
import { tellPeople } from '../world/heard.ts';
import { isObject, type Json } from '../world/json.ts';
import type { Message } from '../world/message.ts';
import { isOver, type MessagePoll } from '../world/message-poll.ts';
import type { World } from '../world/world.ts';

const HOUR = 3_600_000;
const USUAL_HOURS = 24;

/** The poll of a message's body, which was checked before; null when there is none. */
export function newPoll(world: World, given: unknown): MessagePoll | null {
  if (!isObject(given)) return null;
  const answers = Array.isArray(given.answers) ? given.answers.filter(isObject) : [];
  const hours = typeof given.duration === 'number' ? given.duration : USUAL_HOURS;
  return {
    question: mediaOf(given.question),
    answers: answers.map((one, index) => ({
      id: index + 1,
      media: mediaOf(one.poll_media),
      voterIds: new Set(),
    })),
    takesSeveral: given.allow_multiselect === true,
    endsAt: world.now() + hours * HOUR,
  };
}

/** Lays a person's votes anew; an empty list takes them back. */
export function castVotes(
  world: World,
  channel: Channel,
  message: Message,
  poll: MessagePoll,
  userId: string,
  answerIds: readonly number[],
): void {
  for (const { id, voterIds } of poll.answers) {
    const [was, is] = [voterIds.has(userId), answerIds.includes(id)];
    if (was === is) continue;
    if (is) voterIds.add(userId);
    else voterIds.delete(userId);
    tellVote(world, channel, message, is, { user_id: userId, answer_id: id });
  }
  tellPeople(world, { kind: 'touched', channelId: channel.id, messageId: message.id });
}

function tellVote(world: World, channel: Channel, message: Message, isAdded: boolean, vote: Json): void {
  if (!isSeenByBot(world, channel)) return;
  world.dispatch({
    event: isAdded ? 'MESSAGE_POLL_VOTE_ADD' : 'MESSAGE_POLL_VOTE_REMOVE',
    guildId: channel.guildId,
    payload: {
      ...vote,
      channel_id: channel.id,
      message_id: message.id,
      ...(channel.guildId !== null && { guild_id: channel.guildId }),
    },
  });
}

function isSeenByBot(world: World, channel: Channel): boolean {
  if (channel.guildId === null) return channel.recipientIds.includes(world.bot.id);
  return botPermissionsIn(world, channel) !== 0n;
}

/** Ends it now, when it has not ended yet. */
export function endPoll(world: World, message: Message, poll: MessagePoll): void {
  if (isOver(poll, world.now())) return;
  poll.endsAt = world.now();
  tellPeople(world, { kind: 'touched', channelId: message.channelId, messageId: message.id });
}

function mediaOf(given: unknown): Json {
  return isObject(given) ? given : {};
}
