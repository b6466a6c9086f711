import { ComponentType, PermissionFlagsBits } from 'discord-api-types/v10';
import { may, permissionsOf } from '../permissions/permissions.ts';
import type { Channel } from '../world/channel.ts';
import { isObject } from '../world/json.ts';
import type { Mentions, Message } from '../world/message.ts';
import type { World } from '../world/world.ts';

/**
 * Who a message pings: what its text (content, and text displays of components V2) names, and allowed_mentions lets through.
 * @everyone, and a role that not everybody may mention, take MENTION_EVERYONE. https://discord.com/developers/docs/resources/message#allowed-mentions-object
 */
export function mentionsOf(world: World, channel: Channel, message: Message, allowed: unknown): Mentions {
  const text = [message.content, ...textsOf(message.components)].join('\n');
  const users = named(text, /<@!?(\d{15,20})>/g).filter((id) => world.users.has(id));
  const isAllowed = mayMentionEveryone(world, channel, message);
  const guild = world.guilds.get(channel.guildId ?? '');
  const roles = named(text, /<@&(\d{15,20})>/g).filter((id) => {
    const role = id === guild?.id ? undefined : guild?.roles.get(id);
    return role !== undefined && (role.mentionable || isAllowed);
  });
  const everyone = isAllowed && /@(everyone|here)\b/.test(text);
  if (!isObject(allowed)) return { userIds: users, roleIds: roles, everyone };
  return {
    userIds: users.filter((id) => lets(allowed, 'users', id)),
    roleIds: roles.filter((id) => lets(allowed, 'roles', id)),
    everyone: everyone && lets(allowed, 'everyone', ''),
  };
}

function named(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1]))];
}

function lets(allowed: Record<string, unknown>, kind: 'users' | 'roles' | 'everyone', id: string): boolean {
  const parse = Array.isArray(allowed.parse) ? allowed.parse : [];
  const ids = allowed[kind];
  return parse.includes(kind) || (Array.isArray(ids) && ids.includes(id));
}

function mayMentionEveryone(world: World, channel: Channel, message: Message): boolean {
  return may(permissionsOf(world, channel, message.authorId), PermissionFlagsBits.MentionEveryone);
}

function textsOf(components: unknown): string[] {
  if (!Array.isArray(components)) return [];
  return components
    .filter(isObject)
    .flatMap((one) => [
      ...(one.type === ComponentType.TextDisplay && typeof one.content === 'string' ? [one.content] : []),
      ...textsOf(one.components),
    ]);
}
