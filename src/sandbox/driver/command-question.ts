import { resolvedView } from '../view/interaction-view.ts';
import { messageView } from '../view/message-view.ts';
import { CommandType } from '../world/command.ts';
import { InteractionType } from '../world/interaction.ts';
import type { World } from '../world/world.ts';
import type { AskedOfBot } from './ask.ts';
import type { Pointed } from './component-question.ts';
import { userOf } from './known.ts';
import { channelSeenBy, commandFor, messageSeenBy } from './people.ts';
import { type OptionValues, typeOptions } from './typed-options.ts';

export type SlashInput = {
  user: string;
  channel: string;
  /** `paper`, or with its subcommand `filter test`. */
  name: string;
  options?: OptionValues;
};

/** A slash command; with `focused` it is still being typed in that option. Throws for what a client would not send. */
export function slashQuestion(world: World, input: SlashInput, focused?: string): AskedOfBot {
  const user = userOf(world, input.user);
  const channel = channelSeenBy(world, user.id, input.channel);
  const [name, ...path] = input.name.split(' ');
  const command = commandFor(world, user, channel, name, CommandType.chatInput);
  const typed = typeOptions(command.body, path, input.options ?? {}, focused);
  return {
    type: focused === undefined ? InteractionType.command : InteractionType.autocomplete,
    name: input.name,
    channel,
    user,
    optionType: typed.focusedType,
    data: {
      id: command.id,
      name,
      type: CommandType.chatInput,
      options: typed.options,
      ...(command.guildId && { guild_id: command.guildId }),
      ...(typed.ids.length > 0 && { resolved: resolvedView(world, user, channel, typed.ids) }),
    },
  };
}

/** A message's menu ("Apps"): the bot is handed the whole message, whatever its intents. */
export function menuQuestion(world: World, input: Pointed & { name: string }): AskedOfBot {
  const user = userOf(world, input.user);
  const channel = channelSeenBy(world, user.id, input.channel);
  const command = commandFor(world, user, channel, input.name, CommandType.message);
  const target = messageSeenBy(world, input);
  const messages = { [target.id]: messageView(world, target) };
  const data = { id: command.id, name: input.name, type: CommandType.message, target_id: target.id };
  return {
    type: InteractionType.command,
    name: input.name,
    channel,
    user,
    data: { ...data, resolved: { messages } },
  };
}
