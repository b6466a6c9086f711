import { CommandType } from '../rules/command-rules.ts';
import { ComponentType } from '../rules/component-types.ts';
import { everyComponent } from '../rules/component-walk.ts';
import { InteractionType } from '../state/interaction.ts';
import type { Json, Message } from '../state/words.ts';
import type { World } from '../state/world.ts';
import { resolvedView } from '../view/interaction-view.ts';
import { messageView } from '../view/message-view.ts';
import { ask, type Question } from './ask.ts';
import { userOf } from './known.ts';
import { type Life, lifeOf } from './life.ts';
import { modalAnswer } from './modal-answer.ts';
import { channelSeenBy, commandFor, isSeenBy } from './people.ts';
import { type OptionValues, typeOptions } from './typed-options.ts';

export type SlashInput = {
  user: string;
  channel: string;
  /** `paper`, or with its subcommand `filter test`. */
  name: string;
  options?: OptionValues;
};

export type Asking = {
  /** Types a slash command and sends it. Throws for what a client would not send. */
  slash(input: SlashInput): Life;
  /** Types in one option; `focused` names it. Its text is in `options`. */
  autocomplete(input: SlashInput & { focused: string }): Life;
  /** Clicks a button: by custom id, or by the label that stands on it. */
  click(input: { user: string; channel: string; message: string; customId?: string; label?: string }): Life;
  /** Chooses in a select. */
  choose(input: {
    user: string;
    channel: string;
    message: string;
    customId: string;
    values: readonly string[];
  }): Life;
  /** Fills in the modal that `life` was answered with. Text fields take a text, selects and checkboxes a list. */
  submitModal(input: {
    user: string;
    channel: string;
    life: Life;
    fields: Record<string, string | readonly string[]>;
  }): Promise<Life>;
  /** Uses a message's menu ("Apps"). */
  messageMenu(input: { user: string; channel: string; message: string; name: string }): Life;
  /** The token that the bot got, for tests that answer without discord.js. */
  tokenOf(interaction: string): string;
};

/** What members can ask of the bot. `patience`: real ms that a first answer may take. */
export function createAsking(world: World, patience: number): Asking {
  const start = (question: Question): Life => lifeOf(world, ask(world, question), patience);

  const type = (input: SlashInput, focused?: string): Life => {
    const user = userOf(world, input.user);
    const channel = channelSeenBy(world, user.id, input.channel);
    const [name, ...path] = input.name.split(' ');
    const command = commandFor(world, user, channel, name, CommandType.chatInput);
    const typed = typeOptions(command.body, path, input.options ?? {}, focused);
    const data = {
      id: command.id,
      name,
      type: CommandType.chatInput,
      options: typed.options,
      ...(command.guildId && { guild_id: command.guildId }),
      ...(typed.ids.length > 0 && { resolved: resolvedView(world, user, channel, typed.ids) }),
    };
    const kind = focused === undefined ? InteractionType.command : InteractionType.autocomplete;
    return start({ type: kind, name: input.name, channel, user, data, optionType: typed.focusedType });
  };

  const useComponent = (
    at: { user: string; channel: string; message: string },
    component: Json,
    values?: readonly string[],
  ): Life => {
    const user = userOf(world, at.user);
    const channel = channelSeenBy(world, user.id, at.channel);
    const data = {
      id: component.id,
      custom_id: component.custom_id,
      component_type: component.type,
      ...(values && { values }),
      ...(values &&
        component.type !== ComponentType.stringSelect && {
          resolved: resolvedView(world, user, channel, values),
        }),
    };
    const source = messageSeenBy(world, at);
    return start({
      type: InteractionType.component,
      name: String(component.custom_id),
      channel,
      user,
      data,
      source,
    });
  };

  return {
    slash: (input) => type(input),
    autocomplete: (input) => type(input, input.focused),
    click: (input) => useComponent(input, buttonOf(messageSeenBy(world, input), input)),
    choose: (input) => {
      const select = selectOf(messageSeenBy(world, input), input.customId);
      refuseValues(select, input.values);
      return useComponent(input, select, input.values);
    },
    submitModal: async ({ user, channel, life, fields }) => {
      const modal = await life.modal();
      const asked = world.interactions.get(life.id);
      const source = world.channels.get(channel)?.messages.get(asked?.sourceMessageId ?? '');
      const asker = userOf(world, user);
      const place = channelSeenBy(world, user, channel);
      return start({
        type: InteractionType.modalSubmit,
        name: String(modal.custom_id),
        channel: place,
        user: asker,
        data: modalAnswer(world, asker, place, modal, fields),
        ...(source && { source }),
      });
    },
    messageMenu: ({ user, channel, message, name }) => {
      const asker = userOf(world, user);
      const place = channelSeenBy(world, user, channel);
      const command = commandFor(world, asker, place, name, CommandType.message);
      const target = messageSeenBy(world, { user, channel, message });
      const data = {
        id: command.id,
        name,
        type: CommandType.message,
        target_id: target.id,
        resolved: { messages: { [target.id]: messageView(world, target) } },
      };
      return start({ type: InteractionType.command, name, channel: place, user: asker, data });
    },
    tokenOf: (id) => world.interactions.get(id)?.token ?? '',
  };
}

function messageSeenBy(world: World, at: { user: string; channel: string; message: string }): Message {
  const message = channelSeenBy(world, at.user, at.channel).messages.get(at.message);
  if (!message || !isSeenBy(message, at.user))
    throw new Error(`The user ${at.user} sees no message ${at.message} there.`);
  return message;
}

function buttonOf(message: Message, wanted: { customId?: string; label?: string }): Json {
  const buttons = everyComponent(message.components, [])
    .map(({ component }) => component)
    .filter((one) => one.type === ComponentType.button);
  const found = buttons.find((one) =>
    wanted.customId === undefined ? one.label === wanted.label : one.custom_id === wanted.customId,
  );
  if (!found) throw new Error(`The message has no button "${wanted.customId ?? wanted.label}".`);
  if (found.disabled === true)
    throw new Error(`The button "${wanted.customId ?? wanted.label}" is disabled.`);
  return found;
}

function selectOf(message: Message, customId: string): Json {
  const all = everyComponent(message.components, []).map(({ component }) => component);
  const found = all.find((one) => one.custom_id === customId && one.type !== ComponentType.button);
  if (!found) throw new Error(`The message has no select "${customId}".`);
  return found;
}

function refuseValues(select: Json, values: readonly string[]): void {
  const most = Number(select.max_values ?? 1);
  if (values.length > most) throw new Error(`The select takes at most ${most} values.`);
  if (select.type !== ComponentType.stringSelect) return;
  const known = (select.options as Json[]).map((option) => option.value);
  const unknown = values.find((value) => !known.includes(value));
  if (unknown !== undefined) throw new Error(`The select has no option "${unknown}".`);
}
