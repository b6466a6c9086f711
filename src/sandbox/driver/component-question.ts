import { ComponentType, InteractionType } from 'discord-api-types/v10';
import { resolvedView } from '../view/interaction-view.ts';
import { everyComponent } from '../world/component-walk.ts';
import type { Json } from '../world/json.ts';
import type { Message } from '../world/message.ts';
import type { World } from '../world/world.ts';
import type { AskedOfBot } from './ask.ts';
import { userOf } from './known.ts';
import { channelSeenBy, messageSeenBy } from './people.ts';
import { refuseValues } from './select-values.ts';

/** A message as one of its readers points at it. */
type Pointed = { user: string; channel: string; message: string };
export type ClickInput = Pointed & { customId?: string; label?: string };
export type ChooseInput = Pointed & { customId: string; values: readonly string[] };

/** A click on a button: by its custom id, or by the label that stands on it. Throws when there is none. */
export function clickQuestion(world: World, input: ClickInput): AskedOfBot {
  return componentQuestion(world, input, buttonOf(messageSeenBy(world, input), input));
}

/** A choice in a select. Throws for values that the select does not take. */
export function chooseQuestion(world: World, input: ChooseInput): AskedOfBot {
  const select = selectOf(messageSeenBy(world, input), input.customId);
  refuseValues(world, channelSeenBy(world, input.user, input.channel), select, input.values);
  return componentQuestion(world, input, select, input.values);
}

function componentQuestion(
  world: World,
  at: Pointed,
  component: Json,
  values?: readonly string[],
): AskedOfBot {
  const user = userOf(world, at.user);
  const channel = channelSeenBy(world, user.id, at.channel);
  // Users, roles and channels are chosen by id; texts stand for themselves.
  const namesIds = values !== undefined && component.type !== ComponentType.StringSelect;
  return {
    type: InteractionType.MessageComponent,
    name: String(component.custom_id),
    channel,
    user,
    source: messageSeenBy(world, at),
    data: {
      id: component.id,
      custom_id: component.custom_id,
      component_type: component.type,
      ...(values && { values }),
      ...(namesIds && { resolved: resolvedView(world, user, channel, values) }),
    },
  };
}

function buttonOf(message: Message, { customId, label }: { customId?: string; label?: string }): Json {
  const isWanted = (one: Json) => (customId === undefined ? one.label === label : one.custom_id === customId);
  const found = componentsOf(message).find((one) => one.type === ComponentType.Button && isWanted(one));
  if (!found) throw new Error(`The message has no button "${customId ?? label}".`);
  if (found.disabled === true) throw new Error(`The button "${customId ?? label}" is disabled.`);
  return found;
}

function selectOf(message: Message, customId: string): Json {
  const isWanted = (one: Json) => one.custom_id === customId && one.type !== ComponentType.Button;
  const found = componentsOf(message).find(isWanted);
  if (!found) throw new Error(`The message has no select "${customId}".`);
  if (found.disabled === true) throw new Error(`The select "${customId}" is disabled.`);
  return found;
}

function componentsOf(message: Message): Json[] {
  return everyComponent(message.components, []).map(({ component }) => component);
}
