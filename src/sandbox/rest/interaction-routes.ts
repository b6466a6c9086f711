import {
  ApplicationCommandType,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  MessageType,
} from 'discord-api-types/v10';
import { addMessage, editMessage } from '../changes/messages.ts';
import { type Call, fieldsOf, noContent, ok, type RestAnswer, type Route } from '../http/router.ts';
import { checkAutocomplete } from '../rules/callback-rules.ts';
import { refusal } from '../rules/discord-error.ts';
import { checked } from '../rules/form.ts';
import { checkMessageForm, isEmpty } from '../rules/message-rules.ts';
import { checkModal } from '../rules/modal-rules.ts';
import { checkChoice } from '../rules/primitives.ts';
import { messageForBot } from '../view/message-view.ts';
import type { Channel } from '../world/channel.ts';
import { tellPeople } from '../world/heard.ts';
import type { BotAnswer, Interaction } from '../world/interaction.ts';
import { isObject, type Json } from '../world/json.ts';
import type { Message } from '../world/message.ts';
import type { World } from '../world/world.ts';
import { beforeEdit } from './message-routes.ts';

/** https://discord.com/developers/docs/interactions/receiving-and-responding#create-interaction-response */
export const interactionRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/interactions/{interaction_id}/{interaction_token}/callback',
    answer: callback,
    withoutBotToken: true,
  },
];

const DEFER_FLAGS = MessageFlags.Ephemeral;
const MESSAGE_FLAGS =
  MessageFlags.Ephemeral |
  MessageFlags.SuppressEmbeds |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsComponentsV2;

function callback(call: Call): RestAnswer {
  const { world, params, query } = call;
  const interaction = world.interactions.get(params.interaction_id);
  const isOpen =
    interaction?.token === params.interaction_token &&
    world.clock.elapsed() - interaction.askedAt <= world.settings.firstAnswerMs;
  if (!interaction || (!isOpen && !interaction.acknowledged)) throw refusal.unknownInteraction();
  if (interaction.acknowledged) throw refusal.alreadyAcknowledged();
  const body = fieldsOf(call);
  checked((form) => {
    checkChoice(form, ['type'], body.type, allowedAnswers(interaction), true);
  });
  const answer = answerTo(call, interaction, body);
  interaction.acknowledged = true;
  interaction.answers.push(answer);
  tellPeople(world, { kind: 'interaction', interactionId: interaction.id, answer: answer.kind });
  return query.get('with_response') === 'true'
    ? ok(responseView(world, interaction, answer, Number(body.type)))
    : noContent;
}

/** Which callback types fit the interaction. */
function allowedAnswers(interaction: Interaction): number[] {
  const message = InteractionResponseType.ChannelMessageWithSource;
  const deferred = InteractionResponseType.DeferredChannelMessageWithSource;
  const deferredUpdate = InteractionResponseType.DeferredMessageUpdate;
  const update = InteractionResponseType.UpdateMessage;
  const choices = InteractionResponseType.ApplicationCommandAutocompleteResult;
  const modal = InteractionResponseType.Modal;
  if (interaction.type === InteractionType.ApplicationCommandAutocomplete) return [choices];
  if (interaction.type === InteractionType.ApplicationCommand) return [message, deferred, modal];
  if (interaction.type === InteractionType.MessageComponent)
    return [message, deferred, deferredUpdate, update, modal];
  return interaction.sourceMessageId ? [message, deferred, deferredUpdate, update] : [message, deferred];
}

function answerTo(call: Call, interaction: Interaction, body: Json): BotAnswer {
  const at = call.world.now();
  switch (body.type) {
    case InteractionResponseType.ChannelMessageWithSource:
      return sendMessage(call, interaction, body);
    case InteractionResponseType.DeferredChannelMessageWithSource:
      return defer(call, interaction, body);
    case InteractionResponseType.DeferredMessageUpdate:
      interaction.originalId = interaction.sourceMessageId;
      return { kind: 'deferred-update', at };
    case InteractionResponseType.UpdateMessage:
      return updateSource(call, interaction, body);
    case InteractionResponseType.ApplicationCommandAutocompleteResult:
      return { kind: 'choices', choices: checkAutocomplete(body, interaction.optionType), at };
    default:
      return { kind: 'modal', modal: checkedModal(body), at };
  }
}

function sendMessage(call: Call, interaction: Interaction, body: Json): BotAnswer {
  const data = isObject(body.data) ? body.data : {};
  const draft = { body: data, files: call.files };
  checked((form) => {
    if (!isObject(body.data)) form.refuse(['data'], 'BASE_TYPE_REQUIRED', 'This field is required');
    checkMessageForm(form, ['data'], draft);
  });
  if (isEmpty(draft)) throw refusal.emptyMessage();
  const message = answerMessage(call, interaction, data, flagsOf(data) & MESSAGE_FLAGS);
  interaction.originalId = message.id;
  return {
    kind: 'message',
    messageId: message.id,
    ephemeral: message.onlyFor !== null,
    at: call.world.now(),
  };
}

function defer(call: Call, interaction: Interaction, body: Json): BotAnswer {
  const data = isObject(body.data) ? body.data : {};
  const message = answerMessage(call, interaction, {}, (flagsOf(data) & DEFER_FLAGS) | MessageFlags.Loading);
  interaction.originalId = message.id;
  return {
    kind: 'deferred',
    messageId: message.id,
    ephemeral: message.onlyFor !== null,
    at: call.world.now(),
  };
}

/**
 * A message of the bot that answers an interaction; ephemeral ones are only for the asker. It replies to the message that
 * the interaction came from, a follow-up to the first answer; other answers say which command was used.
 */
export function answerMessage(call: Call, interaction: Interaction, body: Json, flags: number): Message {
  const channel = channelOfInteraction(call.world, interaction);
  const repliesTo = channel.messages.get(repliedBy(interaction) ?? '');
  return addMessage(call.world, channel, {
    authorId: call.world.bot.id,
    body: repliesTo ? { ...body, message_reference: { message_id: repliesTo.id } } : body,
    files: call.files,
    flags,
    interactionId: interaction.id,
    onlyFor: flags & MessageFlags.Ephemeral ? interaction.userId : null,
    type: answerType(interaction),
  });
}

function repliedBy({ originalId, sourceMessageId, command }: Interaction): string | null {
  const ofMenu = command?.type === ApplicationCommandType.Message ? command.targetId : null;
  return originalId ?? sourceMessageId ?? ofMenu;
}

function answerType({ originalId, sourceMessageId, command }: Interaction): MessageType {
  if (originalId ?? sourceMessageId) return MessageType.Reply;
  const isOfMenu = command !== null && command.type !== ApplicationCommandType.ChatInput;
  return isOfMenu ? MessageType.ContextMenuCommand : MessageType.ChatInputCommand;
}

/** The channel of an interaction; throws 10003 when it was deleted meanwhile. */
export function channelOfInteraction(world: World, interaction: Interaction): Channel {
  const channel = world.channels.get(interaction.channelId);
  if (!channel) throw refusal.unknownChannel();
  return channel;
}

function updateSource(call: Call, interaction: Interaction, body: Json): BotAnswer {
  const { world, files } = call;
  const source = channelOfInteraction(world, interaction).messages.get(interaction.sourceMessageId ?? '');
  if (!source) throw refusal.unknownMessage();
  const data = isObject(body.data) ? body.data : {};
  const before = beforeEdit(source, data);
  checked((form) => {
    checkMessageForm(form, ['data'], { body: data, files }, before);
  });
  if (isEmpty({ body: data, files }, before)) throw refusal.emptyMessage();
  editMessage(world, source, data, files);
  interaction.originalId = source.id;
  return { kind: 'updated', messageId: source.id, at: world.now() };
}

function checkedModal(body: Json): Json {
  const data = isObject(body.data) ? body.data : {};
  checked((form) => {
    checkModal(form, ['data'], data);
  });
  return data;
}

/** A body's flags as a number. */
export function flagsOf(body: Json): number {
  return typeof body.flags === 'number' ? body.flags : 0;
}

function responseView(world: World, interaction: Interaction, answer: BotAnswer, type: number): Json {
  const message = interaction.originalId
    ? world.channels.get(interaction.channelId)?.messages.get(interaction.originalId)
    : undefined;
  const carriesMessage = message && answer.kind !== 'choices' && answer.kind !== 'modal';
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(carriesMessage && {
        response_message_id: message.id,
        response_message_loading: (message.flags & MessageFlags.Loading) !== 0,
        response_message_ephemeral: message.onlyFor !== null,
      }),
    },
    resource: { type, ...(carriesMessage && { message: messageForBot(world, message) }) },
  };
}
