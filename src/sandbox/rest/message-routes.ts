import { ChannelType, MessageFlags, MessageReferenceType, PermissionFlagsBits } from 'discord-api-types/v10';
import { addMessage, editMessage, publishMessage, removeMessage } from '../changes/messages.ts';
import { type Call, fieldsOf, noContent, ok, type RestAnswer, type Route } from '../http/router.ts';
import { botPermissionsIn, may } from '../permissions/permissions.ts';
import { refusal } from '../rules/discord-error.ts';
import { checked } from '../rules/form.ts';
import { type Before, checkMessage } from '../rules/message-rules.ts';
import { checkInteger } from '../rules/primitives.ts';
import { messageForBot } from '../view/message-view.ts';
import type { Channel } from '../world/channel.ts';
import { isObject } from '../world/json.ts';
import type { Message } from '../world/message.ts';
import { channelFor, messageIn, need } from './access.ts';
import { refuseParts, refuseSending, refuseWords } from './sending.ts';

/** https://discord.com/developers/docs/resources/message. The limits are what others have observed. */
export const messageRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/channels/{channel_id}/messages',
    answer: createMessage,
    limit: { name: 'create-message', limit: 5, windowMs: 5000 },
  },
  { method: 'GET', path: '/channels/{channel_id}/messages', answer: listMessages },
  { method: 'GET', path: '/channels/{channel_id}/messages/{message_id}', answer: getMessage },
  {
    method: 'PATCH',
    path: '/channels/{channel_id}/messages/{message_id}',
    answer: patchMessage,
    limit: { name: 'edit-message', limit: 5, windowMs: 5000 },
  },
  { method: 'DELETE', path: '/channels/{channel_id}/messages/{message_id}', answer: deleteMessage },
  {
    method: 'POST',
    path: '/channels/{channel_id}/messages/{message_id}/crosspost',
    answer: crosspost,
    limit: { name: 'crosspost', limit: 10, windowMs: 3_600_000 },
  },
  { method: 'POST', path: '/channels/{channel_id}/typing', answer: typing },
];

function createMessage(call: Call): RestAnswer {
  const { world, params, files } = call;
  const body = fieldsOf(call);
  const channel = channelFor(world, params.channel_id);
  refuseSending(world, channel, { body, files });
  checkMessage({ body, files });
  refuseUnknownReference(channel, body.message_reference);
  const known = duplicateOf(call, body);
  if (known) return ok(messageForBot(world, known, true));
  refuseWords(world, channel, body);
  const message = addMessage(world, channel, { authorId: world.bot.id, body, files });
  world.nonces.keep(message, world.clock.elapsed());
  return ok(messageForBot(world, message, true));
}

function duplicateOf({ world }: Call, body: Record<string, unknown>): Message | undefined {
  const { nonce } = body;
  if (body.enforce_nonce !== true || (typeof nonce !== 'string' && typeof nonce !== 'number'))
    return undefined;
  return world.nonces.find(world.bot.id, nonce, world.clock.elapsed());
}

function refuseUnknownReference(channel: Channel, reference: unknown): void {
  if (
    !isObject(reference) ||
    reference.type === MessageReferenceType.Forward ||
    reference.fail_if_not_exists === false
  )
    return;
  if (channel.messages.get(String(reference.message_id))) return;
  checked((form) => {
    form.refuse(['message_reference'], 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
  });
}

// Without READ_MESSAGE_HISTORY the list is empty, not refused.
function listMessages({ world, params, query }: Call): RestAnswer {
  const channel = channelFor(world, params.channel_id);
  const limit = query.has('limit') ? Number(query.get('limit')) : 50;
  checked((form) => {
    checkInteger(form, ['limit'], limit, { min: 1, max: 100 });
  });
  if (!may(botPermissionsIn(world, channel), PermissionFlagsBits.ReadMessageHistory)) return ok([]);
  const at = {
    before: query.get('before') ?? undefined,
    after: query.get('after') ?? undefined,
    around: query.get('around') ?? undefined,
  };
  const page = channel.messages.page(at, limit).filter((message) => message.onlyFor === null);
  return ok(page.map((message) => messageForBot(world, message)));
}

function getMessage({ world, params }: Call): RestAnswer {
  const channel = channelFor(world, params.channel_id);
  need(world, channel, PermissionFlagsBits.ReadMessageHistory);
  return ok(messageForBot(world, messageIn(channel, params.message_id)));
}

function patchMessage(call: Call): RestAnswer {
  const { world, params, files } = call;
  const body = fieldsOf(call);
  const channel = channelFor(world, params.channel_id);
  const message = messageIn(channel, params.message_id);
  if (message.authorId !== world.bot.id) throw refusal.notTheAuthor();
  if (channel.thread?.archived) throw refusal.threadArchived();
  checkMessage({ body, files }, beforeEdit(message, body));
  if (channel.guildId !== null) refuseParts(world, channel, { body, files });
  refuseWords(world, channel, body);
  editMessage(world, message, body, files);
  return ok(messageForBot(world, message));
}

/** What stays of a message when the body is laid over it. Throws 520003 for a poll. */
export function beforeEdit(message: Message, body: Record<string, unknown>): Before {
  if (message.poll) throw refusal.pollMessage();
  const kept = (key: 'embeds' | 'components' | 'attachments') =>
    body[key] === undefined && message[key].length > 0;
  const keepsContent = body.content === undefined && message.content !== '';
  return {
    flags: message.flags,
    fileNames: message.attachments.map((one) => one.filename),
    hasContent: keepsContent || kept('embeds') || kept('components') || kept('attachments'),
    hasLegacyParts: keepsContent || kept('embeds'),
  };
}

function deleteMessage({ world, params }: Call): RestAnswer {
  const channel = channelFor(world, params.channel_id);
  const message = messageIn(channel, params.message_id);
  if (message.authorId !== world.bot.id) need(world, channel, PermissionFlagsBits.ManageMessages);
  removeMessage(world, channel, message);
  return noContent;
}

function crosspost({ world, params }: Call): RestAnswer {
  const channel = channelFor(world, params.channel_id);
  if (channel.type !== ChannelType.GuildAnnouncement) throw refusal.wrongChannelType();
  const message = messageIn(channel, params.message_id);
  need(world, channel, PermissionFlagsBits.SendMessages);
  if (message.authorId !== world.bot.id) need(world, channel, PermissionFlagsBits.ManageMessages);
  if (message.flags & MessageFlags.Crossposted) throw refusal.alreadyCrossposted();
  publishMessage(world, message);
  return ok(messageForBot(world, message));
}

function typing({ world, params }: Call): RestAnswer {
  channelFor(world, params.channel_id);
  return noContent;
}
