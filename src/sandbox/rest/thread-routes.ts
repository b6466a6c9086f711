import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { addMessage } from '../changes/messages.ts';
import { createThread, type NewThread } from '../changes/threads.ts';
import { type Call, fieldsOf, noContent, ok, type RestAnswer, type Route } from '../http/router.ts';
import { botPermissionsIn, may } from '../permissions/permissions.ts';
import { refusal } from '../rules/discord-error.ts';
import { checked } from '../rules/form.ts';
import { checkForumPost, checkThread, tagsOf } from '../rules/thread-rules.ts';
import { channelView, threadMemberView } from '../view/channel-view.ts';
import { messageForBot } from '../view/message-view.ts';
import type { Channel } from '../world/channel.ts';
import type { Json } from '../world/json.ts';
import { compareIds } from '../world/snowflakes.ts';
import type { World } from '../world/world.ts';
import { channelFor, guildFor, guildOf, messageIn, need } from './access.ts';
import { refuseParts, refuseWords } from './sending.ts';

/** https://discord.com/developers/docs/resources/channel#start-thread-from-message and below. */
export const threadRoutes: readonly Route[] = [
  { method: 'POST', path: '/channels/{channel_id}/threads', answer: startThread },
  { method: 'POST', path: '/channels/{channel_id}/messages/{message_id}/threads', answer: startFromMessage },
  { method: 'GET', path: '/guilds/{guild_id}/threads/active', answer: activeThreads },
  { method: 'GET', path: '/channels/{channel_id}/threads/archived/public', answer: archivedThreads },
  { method: 'PUT', path: '/channels/{channel_id}/thread-members/@me', answer: join },
  { method: 'DELETE', path: '/channels/{channel_id}/thread-members/@me', answer: leave },
];

const PARENTS: readonly number[] = [ChannelType.GuildText, ChannelType.GuildAnnouncement];

function startThread(call: Call): RestAnswer {
  const channel = channelFor(call.world, call.params.channel_id);
  if (channel.type === ChannelType.GuildForum) return startForumPost(call, channel);
  if (!PARENTS.includes(channel.type)) throw refusal.wrongChannelType();
  const body = fieldsOf(call);
  checked((form) => {
    checkThread(form, body);
  });
  // Without a type Discord makes a private one.
  const isPrivate = (body.type ?? ChannelType.PrivateThread) === ChannelType.PrivateThread;
  need(
    call.world,
    channel,
    isPrivate ? PermissionFlagsBits.CreatePrivateThreads : PermissionFlagsBits.CreatePublicThreads,
  );
  const thread = createThread(call.world, guildOf(call.world, channel), channel, {
    ...wanted(call, body),
    isPrivate,
  });
  return { status: 201, body: viewOf(call.world, thread) };
}

function startForumPost(call: Call, forum: Channel): RestAnswer {
  const { world, files } = call;
  const body = fieldsOf(call);
  need(world, forum, PermissionFlagsBits.SendMessages);
  const first = checkForumPost(forum, { body, files });
  refuseParts(world, forum, first);
  refuseWords(world, forum, body);
  const thread = createThread(world, guildOf(world, forum), forum, {
    ...wanted(call, body),
    appliedTags: tagsOf(body.applied_tags),
  });
  const message = addMessage(world, thread, { authorId: world.bot.id, body: first.body, files });
  return { status: 201, body: { ...viewOf(world, thread), message: messageForBot(world, message, true) } };
}

function startFromMessage(call: Call): RestAnswer {
  const { world, params } = call;
  const body = fieldsOf(call);
  const channel = channelFor(world, params.channel_id);
  if (!PARENTS.includes(channel.type)) throw refusal.wrongChannelType();
  const message = messageIn(channel, params.message_id);
  need(world, channel, PermissionFlagsBits.CreatePublicThreads);
  checked((form) => {
    checkThread(form, body);
  });
  if (message.threadId) throw refusal.threadExists();
  const thread = createThread(world, guildOf(world, channel), channel, wanted(call, body), message);
  return { status: 201, body: viewOf(world, thread) };
}

function wanted({ world }: Call, body: Json): NewThread {
  const minutes = body.auto_archive_duration;
  return {
    name: String(body.name),
    ownerId: world.bot.id,
    ...(typeof minutes === 'number' && { autoArchiveMinutes: minutes }),
  };
}

function viewOf(world: World, channel: Channel): Json {
  return channelView(channel, world.users, world.bot.id);
}

function activeThreads({ world, params }: Call): RestAnswer {
  const guild = guildFor(world, params.guild_id);
  const threads = [...guild.threadIds]
    .flatMap((id) => world.channels.get(id) ?? [])
    .filter((one) => !one.thread?.archived && isVisible(world, one))
    .sort((a, b) => compareIds(b.id, a.id));
  return ok({ threads: threads.map((one) => viewOf(world, one)), members: ownMemberships(world, threads) });
}

// Newest archived first, paged by archive time; READ_MESSAGE_HISTORY is needed.
function archivedThreads({ world, params, query }: Call): RestAnswer {
  const parent = channelFor(world, params.channel_id);
  need(world, parent, PermissionFlagsBits.ReadMessageHistory);
  const limit = Math.min(100, Number(query.get('limit') ?? 50));
  const before = query.has('before') ? Date.parse(query.get('before') ?? '') : Number.POSITIVE_INFINITY;
  const all = [...guildOf(world, parent).threadIds]
    .flatMap((id) => world.channels.get(id) ?? [])
    .filter(
      (one) => one.parentId === parent.id && one.thread?.archived === true && one.thread.archivedAt < before,
    )
    .sort((a, b) => (b.thread?.archivedAt ?? 0) - (a.thread?.archivedAt ?? 0));
  const page = all.slice(0, limit);
  return ok({
    threads: page.map((one) => viewOf(world, one)),
    members: ownMemberships(world, page),
    has_more: all.length > limit,
  });
}

function isVisible(world: World, channel: Channel): boolean {
  return may(botPermissionsIn(world, channel), PermissionFlagsBits.ViewChannel);
}

function ownMemberships(world: World, threads: readonly Channel[]): Json[] {
  const joined = threads.filter((one) => one.thread?.memberIds.has(world.bot.id));
  return joined.map((one) => threadMemberView(one, world.bot.id));
}

function join({ world, params }: Call): RestAnswer {
  const channel = channelFor(world, params.channel_id);
  if (!channel.thread) throw refusal.wrongChannelType();
  if (channel.thread.archived) throw refusal.threadArchived();
  channel.thread.memberIds.add(world.bot.id);
  return noContent;
}

function leave({ world, params }: Call): RestAnswer {
  const channel = channelFor(world, params.channel_id);
  channel.thread?.memberIds.delete(world.bot.id);
  return noContent;
}
