import { ApplicationCommandType, InteractionType } from 'discord-api-types/v10';
import { resolvedView } from '../view/interaction-view.ts';
import { messageView } from '../view/message-view.ts';
import type { Channel } from '../world/channel.ts';
import type { Json } from '../world/json.ts';
import type { User } from '../world/user.ts';
import type { World } from '../world/world.ts';
import type { AskedOfBot } from './ask.ts';
import { memberOf, userOf } from './known.ts';
import { commandFor } from './offered.ts';
import { channelSeenBy, messageSeenBy } from './people.ts';

/** A command of the menu of a message, or of a member. */
export type MenuInput = { user: string; channel: string; name: string } & (
  | { message: string }
  | { member: string }
);

/** Throws for what a client would not offer there. */
export function menuQuestion(world: World, input: MenuInput): AskedOfBot {
  const user = userOf(world, input.user);
  const channel = channelSeenBy(world, user.id, input.channel);
  const { type, targetId, resolved } = targetOf(world, user, channel, input);
  const command = commandFor(world, user, channel, input.name, type);
  return {
    type: InteractionType.ApplicationCommand,
    name: input.name,
    channel,
    user,
    command: { type, targetId },
    data: {
      id: command.id,
      name: input.name,
      type,
      target_id: targetId,
      resolved,
      ...(command.guildId && { guild_id: command.guildId }),
    },
  };
}

type Target = { type: ApplicationCommandType; targetId: string; resolved: Json };

function targetOf(world: World, asker: User, channel: Channel, input: MenuInput): Target {
  if ('message' in input) {
    const message = messageSeenBy(world, input);
    const resolved = { messages: { [message.id]: messageView(world, message) } };
    return { type: ApplicationCommandType.Message, targetId: message.id, resolved };
  }
  const targetId = personIn(world, channel, input.member);
  const resolved = resolvedView(world, asker, channel, [targetId]);
  return { type: ApplicationCommandType.User, targetId, resolved };
}

function personIn(world: World, channel: Channel, id: string): string {
  const guild = world.guilds.get(channel.guildId ?? '');
  if (guild) return memberOf(guild, id).userId;
  if (channel.recipientIds.includes(id)) return id;
  throw new Error(`The user ${id} is not in the channel ${channel.id}.`);
}
