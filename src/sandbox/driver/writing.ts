import { PermissionFlagsBits } from 'discord-api-types/v10';
import { addMessage } from '../changes/messages.ts';
import { may, permissionsOf, sendPermission } from '../permissions/permissions.ts';
import { checkMessage } from '../rules/message-rules.ts';
import { type Channel, takesMessages } from '../world/channel.ts';
import type { Json } from '../world/json.ts';
import type { Message } from '../world/message.ts';
import type { World } from '../world/world.ts';
import { channelSeenBy } from './people.ts';

/** `body`: what else stands in the message, such as `message_reference`. */
export type WriteInput = { user: string; channel: string; content: string; body?: Json };

/** Writes as a member. Throws for what a client would not let them send. */
export function writeAs(world: World, { user, channel, content, body }: WriteInput): Message {
  const place = channelSeenBy(world, user, channel);
  if (!mayWrite(world, place, user))
    throw new Error(`The user ${user} cannot write in the channel ${channel}.`);
  const draft = { body: { ...body, content }, files: [] };
  checkMessage(draft);
  return addMessage(world, place, { authorId: user, body: draft.body });
}

/** Whether a client lets this person write there. */
export function mayWrite(world: World, channel: Channel, user: string): boolean {
  const rights = permissionsOf(world, channel, user);
  if (!takesMessages(channel) || !may(rights, sendPermission(channel))) return false;
  return !channel.thread?.locked || may(rights, PermissionFlagsBits.ManageThreads);
}
