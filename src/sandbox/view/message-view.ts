import { ChannelType } from 'discord-api-types/v10';
import type { Json } from '../world/json.ts';
import type { Attachment, Message } from '../world/message.ts';
import type { World } from '../world/world.ts';
import { channelView } from './channel-view.ts';
import { userView } from './user-view.ts';

/** https://discord.com/developers/docs/resources/message#message-object, complete. */
export function messageView(world: World, message: Message): Json {
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
    pinned: false,
    flags: message.flags,
    mention_everyone: message.mentions.everyone,
    mentions: message.mentions.userIds.flatMap((id) => world.users.get(id) ?? []).map(userView),
    mention_roles: message.mentions.roleIds,
    embeds: message.embeds.map((embed) => withUrls(world, message, { type: 'rich', ...embed })),
    components: message.components.map((one) => withUrls(world, message, one)),
    attachments: message.attachments.map((one) => attachmentView(world, message, one)),
    ...(message.reference && { message_reference: message.reference }),
    ...(thread && { thread: channelView(thread, world.users, world.bot.id) }),
    ...interactionParts(world, message),
  };
}

function interactionParts(world: World, message: Message): Json {
  const interaction = message.interactionId ? world.interactions.get(message.interactionId) : undefined;
  if (!interaction) return {};
  const asker = world.users.get(interaction.userId);
  return {
    application_id: world.applicationId,
    webhook_id: world.applicationId,
    interaction_metadata: {
      id: interaction.id,
      type: interaction.type,
      user: asker && userView(asker),
      authorizing_integration_owners: {},
    },
  };
}

/**
 * As the bot reads it. Without the message-content intent, what others wrote is blank, except in DMs and where
 * the bot is mentioned. https://discord.com/developers/docs/events/gateway#message-content-intent
 */
export function messageForBot(world: World, message: Message, showNonce = world.settings.showNonce): Json {
  const view = messageView(world, message);
  const nonce = showNonce && message.nonce !== null ? { nonce: message.nonce } : {};
  if (isReadableByBot(world, message)) return { ...view, ...nonce };
  return { ...view, content: '', embeds: [], attachments: [], components: [] };
}

function isReadableByBot(world: World, message: Message): boolean {
  if (message.authorId === world.bot.id) return true;
  if (message.mentions.userIds.includes(world.bot.id)) return true;
  return world.channels.get(message.channelId)?.type === ChannelType.DM;
}

/** https://discord.com/developers/docs/resources/message#attachment-object */
function attachmentView(world: World, message: Message, attachment: Attachment): Json {
  const url = urlOf(world, message, attachment);
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

function urlOf(world: World, message: Message, attachment: Attachment): string {
  return `${world.origin}/attachments/${message.channelId}/${attachment.id}/${encodeURIComponent(attachment.filename)}`;
}

// `attachment://name` becomes the file's address wherever it stands.
function withUrls(world: World, message: Message, part: Json): Json {
  if (message.attachments.length === 0) return part;
  const swap = (value: unknown): unknown => {
    if (typeof value === 'string' && value.startsWith('attachment://')) {
      const named = message.attachments.find((one) => one.filename === value.slice('attachment://'.length));
      return named ? urlOf(world, message, named) : value;
    }
    if (Array.isArray(value)) return value.map(swap);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, swap(inner)]));
  };
  return swap(part) as Json;
}
