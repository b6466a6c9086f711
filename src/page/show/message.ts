import {
  type APIAttachment,
  type APIComponentInContainer,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  ApplicationCommandType,
  ComponentType,
  MessageFlags,
  MessageType,
} from 'discord-api-types/v10';
import { seen } from '#src/sandbox/driver/seen-message.ts';
import type { Interaction } from '#src/sandbox/world/interaction.ts';
import type { Message } from '#src/sandbox/world/message.ts';
import type { World } from '#src/sandbox/world/world.ts';
import type { PageMessage } from '../protocol.ts';
import { picturesIn, showEmbed } from './embeds.ts';
import { showPart } from './parts.ts';
import { showFile } from './pictures.ts';
import { showPoll } from './poll.ts';
import { pushLine } from './push.ts';
import { type Sight, seesMessage, seesPlace, showPerson, sightIn } from './sight.ts';
import { readText } from './text.ts';
import { withoutMarks } from './without-marks.ts';

/** A message as the viewer sees it. Throws when it is not for them: nothing of it leaves. */
export function showMessage(world: World, message: Message, viewerId: string): PageMessage {
  const channel = world.channels.get(message.channelId);
  if (!channel || !seesMessage(world, message, viewerId))
    throw new Error(`The message ${message.id} is not for the user ${viewerId}.`);
  const sight = { ...sightIn(world, channel, viewerId), calls: message.mentions };
  const view = seen(world, message, viewerId);
  const content = readText(view.content, sight);
  const embeds = message.flags & MessageFlags.SuppressEmbeds ? [] : view.embeds;
  return {
    id: message.id,
    channelId: message.channelId,
    author: showPerson(world.users.get(message.authorId) ?? world.bot),
    at: message.createdAt,
    editedAt: message.editedAt,
    content,
    embeds: embeds.map((one) => showEmbed(one, sight)),
    parts: (view.components ?? []).map((one) => showPart(one, { sight, attachments: view.attachments })),
    files: filesBelow(message, view.attachments, embeds).map((one) => showFile(world, one)),
    poll: view.poll ? showPoll(view.poll) : null,
    isEphemeral: view.ephemeral,
    isThinking: view.loading,
    asked: askedOf(world, message),
    replyTo: replyOf(message, sight),
    thread: threadOf(message, sight),
    pings: pings(message, sight),
    push: message.authorId === viewerId ? null : pushLine(message, content, localeOf(sight)),
  };
}

/** What a component or an embed shows is not shown below once more. */
function filesBelow(message: Message, attachments: APIAttachment[], embeds: APIEmbed[]): APIAttachment[] {
  if (message.flags & MessageFlags.IsComponentsV2) return [];
  const shown = new Set(embeds.flatMap(picturesIn));
  return attachments.filter(({ url }) => !shown.has(url));
}

function askedOf(world: World, message: Message): PageMessage['asked'] {
  const answered = world.interactions.get(message.interactionId ?? '');
  const asked = answered && opener(world, answered);
  const by = world.users.get(asked?.userId ?? '');
  if (!asked?.command || !by || message.type === MessageType.Reply) return null;
  const isTyped = asked.command.type === ApplicationCommandType.ChatInput;
  return { by: showPerson(by), command: isTyped ? `/${asked.name}` : asked.name };
}

/** Who fills in a form has used the command that opened it. */
function opener(world: World, answered: Interaction): Interaction {
  return (answered.openedBy !== null && world.interactions.get(answered.openedBy)) || answered;
}

function replyOf(message: Message, sight: Sight): PageMessage['replyTo'] {
  const { world, viewerId } = sight;
  const { channel_id: channelId = message.channelId, message_id: id } = message.reference ?? {};
  const replied = world.channels.get(String(channelId))?.messages.get(String(id));
  if (message.type !== MessageType.Reply || !replied || !seesMessage(world, replied, viewerId)) return null;
  return {
    messageId: replied.id,
    author: showPerson(world.users.get(replied.authorId) ?? world.bot),
    text: withoutMarks(readText(firstTextOf(seen(world, replied, viewerId)), sight), localeOf(sight)),
  };
}

/** What a reply quotes: where nothing stands above its parts, the first of them that says something. */
function firstTextOf({ content, embeds, components = [] }: ReturnType<typeof seen>): string {
  const titles = embeds.map(({ title, description }) => title ?? description ?? '');
  return [content, ...components.flatMap(textsIn), ...titles].find((text) => text !== '') ?? '';
}

function textsIn(part: APIMessageTopLevelComponent | APIComponentInContainer): string[] {
  if (part.type === ComponentType.TextDisplay) return [part.content];
  if (part.type === ComponentType.Container || part.type === ComponentType.Section)
    return part.components.flatMap(textsIn);
  return [];
}

function threadOf(message: Message, { world, viewerId }: Sight): PageMessage['thread'] {
  const thread = world.channels.get(message.threadId ?? '');
  if (!thread || !seesPlace(world, thread, viewerId)) return null;
  return { id: thread.id, name: thread.name, messages: thread.messages.size };
}

function pings({ authorId, mentions }: Message, { viewerId, guild }: Sight): boolean {
  if (authorId === viewerId) return false;
  if (mentions.everyone || mentions.userIds.includes(viewerId)) return true;
  const mine = guild?.members.get(viewerId)?.roleIds ?? [];
  return mentions.roleIds.some((id) => mine.includes(id));
}

function localeOf({ world, viewerId }: Sight): string {
  return world.users.get(viewerId)?.locale ?? world.bot.locale;
}
