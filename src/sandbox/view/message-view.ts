import { ApplicationCommandType, ChannelType, InteractionType, MessageType } from 'discord-api-types/v10';
import type { Interaction } from '../world/interaction.ts';
import type { Json } from '../world/json.ts';
import type { Attachment, Message } from '../world/message.ts';
import type { World } from '../world/world.ts';
import { channelView } from './channel-view.ts';
import { pollView } from './poll-view.ts';
import { userView } from './user-view.ts';

/** As this reader sees it. https://discord.com/developers/docs/resources/message#message-object, complete. */
export function messageView(world: World, message: Message, readerId = world.bot.id): Json {
  const author = world.users.get(message.authorId) ?? world.bot;
  const thread = message.threadId ? world.channels.get(message.threadId) : undefined;
  return {
    id: message.id,
    channel_id: message.channelId,
    type: message.type,
    author: userView(author),
    content: message.content,
    timestamp: new Date(message.createdAt).toISOString(),
    edited_timestamp: message.editedAt === null ? null : new Date(message.editedAt).toISOString(),
    tts: message.tts,
    pinned: message.pinnedAt !== null,
    flags: message.flags,
    mention_everyone: message.mentions.everyone,
    mentions: message.mentions.userIds.flatMap((id) => world.users.get(id) ?? []).map(userView),
    mention_roles: message.mentions.roleIds,
    embeds: message.embeds.map((embed) => withUrls(world, message, { type: 'rich', ...embed })),
    components: message.components.map((one) => withUrls(world, message, one)),
    attachments: message.attachments.map((one) => attachmentView(world, message.channelId, one)),
    ...(message.poll && { poll: pollView(message.poll, readerId, world.now()) }),
    ...referenceParts(world, message, readerId),
    ...(thread && { thread: channelView(thread, world.users, world.bot.id) }),
    ...interactionParts(world, message),
  };
}

/** A reply carries what it replies to, but not what that replies to in turn; null once that is not there to be read. */
function referenceParts(world: World, message: Message, readerId: string): Json {
  if (!message.reference) return {};
  if (message.type !== MessageType.Reply) return { message_reference: message.reference };
  const { channel_id: channelId, message_id: id } = message.reference;
  const replied = world.channels.get(String(channelId))?.messages.get(String(id));
  // What only its asker sees is nobody else's to read in an answer to it.
  const isShown = replied && (replied.onlyFor === null || replied.onlyFor === message.onlyFor);
  return {
    message_reference: message.reference,
    referenced_message: isShown ? messageView(world, { ...replied, reference: null }, readerId) : null,
  };
}

function interactionParts(world: World, message: Message): Json {
  const interaction = message.interactionId ? world.interactions.get(message.interactionId) : undefined;
  if (!interaction) return {};
  const { id, type, name, originalId } = interaction;
  const isFollowUp = originalId !== null && originalId !== message.id;
  return {
    application_id: world.applicationId,
    webhook_id: world.applicationId,
    interaction_metadata: {
      ...metadataView(world, interaction),
      ...(isFollowUp && { original_response_message_id: originalId }),
    },
    // Deprecated, and still the only documented place of the command's name.
    ...(interaction.command && { interaction: { id, type, name, user: askerView(world, interaction) } }),
  };
}

function metadataView(world: World, interaction: Interaction): Json {
  const { id, type, command, sourceMessageId, openedBy } = interaction;
  const target = world.users.get(command?.targetId ?? '');
  const opener = world.interactions.get(openedBy ?? '');
  return {
    id,
    type,
    user: askerView(world, interaction),
    authorizing_integration_owners: {},
    ...(target && { target_user: userView(target) }),
    ...(command?.type === ApplicationCommandType.Message && { target_message_id: command.targetId }),
    ...(type === InteractionType.MessageComponent && { interacted_message_id: sourceMessageId }),
    ...(opener && { triggering_interaction_metadata: metadataView(world, opener) }),
  };
}

function askerView(world: World, { userId }: Interaction): Json | undefined {
  const asker = world.users.get(userId);
  return asker && userView(asker);
}

/**
 * As the bot reads it. Without the message-content intent, what others wrote is blank, except in DMs and where
 * the bot is mentioned. https://discord.com/developers/docs/events/gateway#message-content-intent
 */
export function messageForBot(world: World, message: Message, showNonce = world.settings.showNonce): Json {
  const view = messageView(world, message);
  const nonce = showNonce && message.nonce !== null ? { nonce: message.nonce } : {};
  if (isReadableByBot(world, message)) return { ...view, ...nonce };
  return { ...view, content: '', embeds: [], attachments: [], components: [], poll: undefined };
}

function isReadableByBot(world: World, message: Message): boolean {
  if (message.authorId === world.bot.id) return true;
  if (message.mentions.userIds.includes(world.bot.id)) return true;
  return world.channels.get(message.channelId)?.type === ChannelType.DM;
}

/** https://discord.com/developers/docs/resources/message#attachment-object */
export function attachmentView(world: World, channelId: string, attachment: Attachment): Json {
  const url = urlOf(world, channelId, attachment);
  return {
    id: attachment.id,
    filename: attachment.filename,
    size: attachment.content.byteLength,
    content_type: attachment.contentType,
    url,
    proxy_url: url,
    ...(attachment.description !== null && { description: attachment.description }),
  };
}

function urlOf(world: World, channelId: string, attachment: Attachment): string {
  return `${world.origin}/attachments/${channelId}/${attachment.id}/${encodeURIComponent(attachment.filename)}`;
}

// `attachment://name` becomes the file's address wherever it stands.
function withUrls(world: World, message: Message, part: Json): Json {
  if (message.attachments.length === 0) return part;
  const swap = (value: unknown): unknown => {
    if (typeof value === 'string' && value.startsWith('attachment://')) {
      const named = message.attachments.find((one) => one.filename === value.slice('attachment://'.length));
      return named ? urlOf(world, message.channelId, named) : value;
    }
    if (Array.isArray(value)) return value.map(swap);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, swap(inner)]));
  };
  return swap(part) as Json;
}
