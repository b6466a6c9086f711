import { MessageFlags, MessageReferenceType, MessageType } from 'discord-api-types/v10';
import type { Channel } from '../world/channel.ts';
import { everyComponent } from '../world/component-walk.ts';
import { tellPeople } from '../world/heard.ts';
import { isObject, type Json } from '../world/json.ts';
import type { Attachment, DraftFile, Message } from '../world/message.ts';
import type { World } from '../world/world.ts';
import { mentionsOf } from './mentions.ts';
import { newPoll } from './polls.ts';
import { setThread } from './threads.ts';

type NewMessage = {
  authorId: string;
  body: Json;
  files?: readonly DraftFile[];
  flags?: number;
  interactionId?: string | null;
  onlyFor?: string | null;
  type?: number;
};

/** Writes a message into a channel. Its form was checked before. Sending opens an archived thread again. */
export function addMessage(world: World, channel: Channel, wanted: NewMessage): Message {
  const { body } = wanted;
  const message: Message = {
    id: world.nextId(),
    channelId: channel.id,
    authorId: wanted.authorId,
    content: textOf(body.content),
    embeds: objectsOf(body.embeds),
    components: withIds(objectsOf(body.components)),
    attachments: newAttachments(world, body, wanted.files ?? []),
    poll: newPoll(world, body.poll),
    flags: wanted.flags ?? flagsOf(body),
    type: wanted.type ?? (isReply(body.message_reference) ? MessageType.Reply : MessageType.Default),
    nonce: typeof body.nonce === 'string' || typeof body.nonce === 'number' ? body.nonce : null,
    tts: body.tts === true,
    createdAt: world.now(),
    editedAt: null,
    mentions: { userIds: [], roleIds: [], everyone: false },
    reference: referenceOf(channel, body.message_reference),
    interactionId: wanted.interactionId ?? null,
    onlyFor: wanted.onlyFor ?? null,
    threadId: null,
    pinnedAt: null,
  };
  message.mentions = mentionsOf(world, channel, message, body.allowed_mentions);
  channel.messages.add(message);
  if (!message.onlyFor) setThread(world, channel, { archived: false });
  tell(world, 'created', message);
  return message;
}

/** Changes what the body names and leaves the rest. */
export function editMessage(world: World, message: Message, body: Json, files: readonly DraftFile[]): void {
  if (body.content !== undefined) message.content = textOf(body.content);
  if (body.embeds !== undefined) message.embeds = objectsOf(body.embeds);
  if (body.components !== undefined) message.components = withIds(objectsOf(body.components));
  if (typeof body.flags === 'number') message.flags = editedFlags(message.flags, body.flags);
  message.attachments = [...keptAttachments(message, body), ...newAttachments(world, body, files)];
  message.editedAt = world.now();
  const channel = world.channels.get(message.channelId);
  if (channel) message.mentions = mentionsOf(world, channel, message, body.allowed_mentions);
  tell(world, 'edited', message);
}

/** Followers of an announcement channel see it from now on. */
export function publishMessage(world: World, message: Message): void {
  message.flags |= MessageFlags.Crossposted;
  tell(world, 'touched', message);
}

export function removeMessage(world: World, channel: Channel, message: Message): void {
  if (channel.messages.remove(message.id)) tell(world, 'deleted', message);
}

type Change = 'created' | 'edited' | 'touched' | 'deleted';

function tell(world: World, kind: Change, message: Message): void {
  tellPeople(world, { kind, channelId: message.channelId, messageId: message.id });
}

function isReply(reference: unknown): boolean {
  return isObject(reference) && reference.type !== MessageReferenceType.Forward;
}

function referenceOf({ id, guildId }: Channel, given: unknown): Json | null {
  if (!isObject(given)) return null;
  const guild = guildId === null ? {} : { guild_id: guildId };
  return { type: MessageReferenceType.Default, channel_id: id, ...guild, ...given };
}

// Discord trims what is written.
function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function objectsOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

const SETTABLE =
  MessageFlags.SuppressEmbeds |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsVoiceMessage |
  MessageFlags.IsComponentsV2;

function flagsOf(body: Json): number {
  return (typeof body.flags === 'number' ? body.flags : 0) & SETTABLE;
}

// An edit may set SUPPRESS_EMBEDS and IS_COMPONENTS_V2; the latter stays.
function editedFlags(before: number, wanted: number): number {
  const editable = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;
  return (before & ~MessageFlags.SuppressEmbeds) | (wanted & editable);
}

// Discord numbers the components that came without an id, from 1.
function withIds(components: Json[]): Json[] {
  const copy = structuredClone(components);
  const all = everyComponent(copy, []).map(({ component }) => component);
  const taken = new Set(all.map((one) => one.id));
  let next = 1;
  for (const component of all) {
    if (component.id) continue;
    while (taken.has(next)) next++;
    component.id = next++;
  }
  return copy;
}

function keptAttachments(message: Message, body: Json): Attachment[] {
  if (!Array.isArray(body.attachments)) return message.attachments;
  const kept = new Set(body.attachments.filter(isObject).map((one) => String(one.id)));
  return message.attachments.filter((one) => kept.has(one.id));
}

function newAttachments(world: World, body: Json, files: readonly DraftFile[]): Attachment[] {
  const listed = objectsOf(body.attachments);
  return files.map((file) => {
    const about = listed.find((one) => String(one.id) === String(file.index));
    return {
      id: world.nextId(),
      filename: typeof about?.filename === 'string' ? about.filename : file.name,
      description: typeof about?.description === 'string' ? about.description : null,
      contentType: file.contentType,
      content: file.content,
    };
  });
}
