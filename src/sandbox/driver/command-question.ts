import { ApplicationCommandType, InteractionType } from 'discord-api-types/v10';
import { resolvedView } from '../view/interaction-view.ts';
import type { World } from '../world/world.ts';
import type { AskedOfBot } from './ask.ts';
import { userOf } from './known.ts';
import { commandFor } from './offered.ts';
import { channelSeenBy } from './people.ts';
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
  const command = commandFor(world, user, channel, name, ApplicationCommandType.ChatInput);
  const typed = typeOptions({ world, channel }, command.body, path, input.options ?? {}, focused);
  return {
    type:
      focused === undefined
        ? InteractionType.ApplicationCommand
        : InteractionType.ApplicationCommandAutocomplete,
    name: input.name,
    channel,
    user,
    command: { type: ApplicationCommandType.ChatInput, targetId: null },
    optionType: typed.focusedType,
    data: {
      id: command.id,
      name,
      type: ApplicationCommandType.ChatInput,
      options: typed.options,
      ...(command.guildId && { guild_id: command.guildId }),
      ...(typed.ids.length > 0 && { resolved: resolvedView(world, user, channel, typed.ids) }),
    },
  };
}
