import { PermissionFlagsBits } from 'discord-api-types/v10';
import { setPinned } from '../changes/pins.ts';
import { type Call, noContent, ok, type RestAnswer, type Route } from '../http/router.ts';
import { botPermissionsIn, may } from '../permissions/permissions.ts';
import { refusal } from '../rules/discord-error.ts';
import { checked } from '../rules/form.ts';
import { checkInteger } from '../rules/primitives.ts';
import { messageForBot } from '../view/message-view.ts';
import type { Channel } from '../world/channel.ts';
import type { Message } from '../world/message.ts';
import { channelFor, messageIn, need } from './access.ts';

const PINS = '/channels/{channel_id}/messages/pins';
const MOST = 250;

/** https://discord.com/developers/docs/resources/message#get-channel-pins */
export const pinRoutes: readonly Route[] = [
  { method: 'GET', path: PINS, answer: listPins },
  { method: 'PUT', path: `${PINS}/{message_id}`, answer: (call) => pin(call, true) },
  { method: 'DELETE', path: `${PINS}/{message_id}`, answer: (call) => pin(call, false) },
];

type Pin = { at: number; message: Message };

// Without READ_MESSAGE_HISTORY the list is empty, not refused.
function listPins({ world, params, query }: Call): RestAnswer {
  const channel = channelFor(world, params.channel_id);
  const limit = Number(query.get('limit') ?? 50);
  checked((form) => {
    checkInteger(form, ['limit'], limit, { min: 1, max: 50 });
  });
  const before = query.has('before') ? Date.parse(query.get('before') ?? '') : Number.POSITIVE_INFINITY;
  const isReadable = may(botPermissionsIn(world, channel), PermissionFlagsBits.ReadMessageHistory);
  const pins = isReadable ? pinsOf(channel).filter(({ at }) => at < before) : [];
  const items = pins.slice(0, limit).map(({ at, message }) => ({
    pinned_at: new Date(at).toISOString(),
    message: messageForBot(world, message),
  }));
  return ok({ items, has_more: pins.length > limit });
}

/** The newest pin first. */
function pinsOf(channel: Channel): Pin[] {
  const pins = channel.messages
    .all()
    .flatMap((message): Pin[] => (message.pinnedAt === null ? [] : [{ at: message.pinnedAt, message }]));
  return pins.sort((a, b) => b.at - a.at);
}

function pin({ world, params }: Call, isPinned: boolean): RestAnswer {
  const channel = channelFor(world, params.channel_id);
  const message = messageIn(channel, params.message_id);
  need(world, channel, PermissionFlagsBits.PinMessages);
  const isNew = isPinned && message.pinnedAt === null;
  if (isNew && pinsOf(channel).length >= MOST) throw refusal.tooManyPins();
  setPinned(world, channel, message, world.bot.id, isPinned);
  return noContent;
}
