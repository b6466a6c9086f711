import { PermissionFlagsBits } from 'discord-api-types/v10';
import { deleteChannel, dmChannel, tellChannel } from '../changes/channels.ts';
import { setThread } from '../changes/threads.ts';
import { type Call, fieldsOf, ok, type RestAnswer, type Route } from '../http/router.ts';
import { botPermissionsIn, may } from '../permissions/permissions.ts';
import { refusal } from '../rules/discord-error.ts';
import { checked } from '../rules/form.ts';
import { checkText } from '../rules/primitives.ts';
import { channelView } from '../view/channel-view.ts';
import type { Channel } from '../world/channel.ts';
import type { Json } from '../world/json.ts';
import { channelFor, need } from './access.ts';

/** https://discord.com/developers/docs/resources/channel */
export const channelRoutes: readonly Route[] = [
  { method: 'GET', path: '/channels/{channel_id}', answer: getChannel },
  { method: 'PATCH', path: '/channels/{channel_id}', answer: patchChannel },
  { method: 'DELETE', path: '/channels/{channel_id}', answer: removeChannel },
  { method: 'POST', path: '/users/@me/channels', answer: openDm },
];

function getChannel({ world, params }: Call): RestAnswer {
  return ok(channelView(channelFor(world, params.channel_id), world.users, world.bot.id));
}

function patchChannel(call: Call): RestAnswer {
  const { world, params } = call;
  const channel = channelFor(world, params.channel_id);
  const body = fieldsOf(call);
  checked((form) => {
    checkText(form, ['name'], body.name, { min: 1, max: 100 });
    checkText(form, ['topic'], body.topic, { max: channel.tags.length > 0 ? 4096 : 1024 });
  });
  if (channel.thread) return patchThread(call, channel, body);
  need(world, channel, PermissionFlagsBits.ManageChannels);
  if (typeof body.name === 'string') channel.name = body.name;
  if (typeof body.topic === 'string' || body.topic === null) channel.topic = body.topic;
  tellChannel(world, channel, 'CHANNEL_UPDATE');
  return getChannel(call);
}

// The maker may archive and unarchive; a locked thread is opened only with MANAGE_THREADS.
function patchThread(call: Call, channel: Channel, body: Json): RestAnswer {
  const { world } = call;
  const isModerator = may(botPermissionsIn(world, channel), PermissionFlagsBits.ManageThreads);
  const isOwner = channel.thread?.ownerId === world.bot.id;
  if (!isModerator && (!isOwner || typeof body.locked === 'boolean')) throw refusal.missingPermissions();
  if (!isModerator && channel.thread?.locked) throw refusal.threadLocked();
  if (channel.thread?.archived && body.archived !== false) throw refusal.threadArchived();
  setThread(world, channel, {
    name: typeof body.name === 'string' ? body.name : undefined,
    archived: flagOf(body.archived),
    locked: flagOf(body.locked),
  });
  return getChannel(call);
}

function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function removeChannel(call: Call): RestAnswer {
  const { world, params } = call;
  const channel = channelFor(world, params.channel_id);
  need(
    world,
    channel,
    channel.thread ? PermissionFlagsBits.ManageThreads : PermissionFlagsBits.ManageChannels,
  );
  const answer = getChannel(call);
  deleteChannel(world, channel);
  return answer;
}

function openDm(call: Call): RestAnswer {
  const { world } = call;
  const recipient = world.users.get(String(fieldsOf(call).recipient_id));
  if (!recipient) throw refusal.unknownUser();
  if (recipient.bot) throw refusal.cannotDm();
  return ok(channelView(dmChannel(world, world.bot.id, recipient.id), world.users, world.bot.id));
}
