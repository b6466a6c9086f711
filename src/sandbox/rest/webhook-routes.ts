import { MessageFlags } from 'discord-api-types/v10';
import { editMessage, removeMessage } from '../changes/messages.ts';
import { newPoll } from '../changes/polls.ts';
import { type Call, fieldsOf, noContent, ok, type RestAnswer, type Route } from '../http/router.ts';
import { refusal } from '../rules/discord-error.ts';
import { checkMessage } from '../rules/message-rules.ts';
import { messageForBot } from '../view/message-view.ts';
import type { Interaction } from '../world/interaction.ts';
import type { Json } from '../world/json.ts';
import type { Message } from '../world/message.ts';
import { answerMessage, channelOfInteraction, flagsOf } from './interaction-routes.ts';
import { beforeEdit } from './message-routes.ts';

const LIMIT = { name: 'interaction-webhook', limit: 5, windowMs: 2000 };

/** https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages. The limit is observed by others. */
export const webhookRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/webhooks/{webhook_id}/{webhook_token}',
    answer: followUp,
    limit: LIMIT,
    withoutBotToken: true,
  },
  ...(['GET', 'PATCH', 'DELETE'] as const).map(
    (method): Route => ({
      method,
      path: '/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}',
      answer: { GET: getAnswer, PATCH: editAnswer, DELETE: deleteAnswer }[method],
      limit: LIMIT,
      withoutBotToken: true,
    }),
  ),
];

const TOKEN_MS = 15 * 60_000;
const MOST_FOLLOW_UPS = 5;

/** The interaction of a token; 50027 after 15 minutes, 10015 before it was answered. */
function interactionOf({ world, params }: Call): Interaction {
  const interaction = world.interactionsByToken.get(params.webhook_token);
  if (!interaction || params.webhook_id !== world.applicationId) throw refusal.unknownWebhook();
  if (world.clock.elapsed() - interaction.askedAt > TOKEN_MS) throw refusal.webhookTokenExpired();
  if (!interaction.acknowledged) throw refusal.unknownWebhook();
  return interaction;
}

function messageOf(call: Call, interaction: Interaction): Message {
  const wanted = call.params.message_id;
  const id = wanted === '@original' ? interaction.originalId : wanted;
  const message = channelOfInteraction(call.world, interaction).messages.get(id ?? '');
  const isOwn =
    message && (message.id === interaction.originalId || message.interactionId === interaction.id);
  if (!isOwn) throw refusal.unknownMessage();
  return message;
}

function followUp(call: Call): RestAnswer {
  const { world, files } = call;
  const interaction = interactionOf(call);
  const body = fieldsOf(call);
  checkMessage({ body, files });
  const waiting = waitingDefer(call, interaction);
  if (waiting) return fillIn(call, interaction, waiting, body);
  if (interaction.userInstallOnly && interaction.followUps >= MOST_FOLLOW_UPS)
    throw refusal.tooManyFollowUps();
  interaction.followUps++;
  const flags = flagsOf(body) & ~MessageFlags.Loading;
  const message = answerMessage(call, interaction, body, flags);
  const ephemeral = message.onlyFor !== null;
  interaction.answers.push({ kind: 'follow-up', messageId: message.id, ephemeral, at: world.now() });
  world.bell.ring();
  return ok(messageForBot(world, message));
}

// "Deprecated behaviour" that still holds: the first follow-up after a defer edits the defer.
function waitingDefer(call: Call, interaction: Interaction): Message | undefined {
  const original = channelOfInteraction(call.world, interaction).messages.get(interaction.originalId ?? '');
  return original && (original.flags & MessageFlags.Loading) !== 0 ? original : undefined;
}

function getAnswer(call: Call): RestAnswer {
  return ok(messageForBot(call.world, messageOf(call, interactionOf(call))));
}

function editAnswer(call: Call): RestAnswer {
  const { files } = call;
  const interaction = interactionOf(call);
  const message = messageOf(call, interaction);
  const body = fieldsOf(call);
  checkMessage({ body, files }, beforeEdit(message, body));
  return fillIn(call, interaction, message, body);
}

function fillIn(call: Call, interaction: Interaction, message: Message, body: Json): RestAnswer {
  const { world, files } = call;
  const wasLoading = (message.flags & MessageFlags.Loading) !== 0;
  message.flags &= ~MessageFlags.Loading;
  // Only what a deferred answer becomes may bring a poll.
  if (wasLoading) message.poll = newPoll(world, body.poll);
  interaction.answers.push({ kind: 'edited', messageId: message.id, at: world.now() });
  editMessage(world, message, body, files);
  if (wasLoading) message.editedAt = null;
  return ok(messageForBot(world, message));
}

function deleteAnswer(call: Call): RestAnswer {
  const { world } = call;
  const interaction = interactionOf(call);
  const message = messageOf(call, interaction);
  interaction.answers.push({ kind: 'deleted', messageId: message.id, at: world.now() });
  removeMessage(world, channelOfInteraction(world, interaction), message);
  return noContent;
}
