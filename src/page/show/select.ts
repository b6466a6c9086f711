import {
  type APIMessageComponentEmoji,
  type APISelectMenuComponent,
  type APISelectMenuOption,
  ComponentType,
} from 'discord-api-types/v10';
import type { Select, SelectChoice } from '../protocol.ts';
import { placeKinds } from './place-kinds.ts';

const PICKED = {
  [ComponentType.StringSelect]: 'options',
  [ComponentType.UserSelect]: 'user',
  [ComponentType.RoleSelect]: 'role',
  [ComponentType.ChannelSelect]: 'channel',
  [ComponentType.MentionableSelect]: 'mentionable',
} as const;

/** Whether it is a select of a kind that the page knows. */
export function isSelect(component: { type: number }): component is APISelectMenuComponent {
  return Object.hasOwn(PICKED, component.type);
}

/** A select of any kind, with what is chosen already. */
export function showSelect(select: APISelectMenuComponent): Select {
  const options = select.type === ComponentType.StringSelect ? select.options : [];
  return {
    kind: 'select',
    of: PICKED[select.type],
    customId: select.custom_id,
    placeholder: select.placeholder ?? null,
    least: select.min_values ?? (select.required === false ? 0 : 1),
    most: select.max_values ?? 1,
    isDisabled: select.disabled === true,
    choices: options.map(showChoice),
    chosen:
      select.type === ComponentType.StringSelect
        ? chosenOf(options)
        : (select.default_values ?? []).map(({ id }) => id),
    channelKinds: select.type === ComponentType.ChannelSelect ? placeKinds(select.channel_types) : null,
  };
}

/** Options of selects, radio groups and groups of boxes. */
export function showChoice({ value, label, description, emoji }: APISelectMenuOption): SelectChoice {
  return { value, label, description: description ?? null, emoji: showEmoji(emoji) };
}

/** The values that are set from the beginning. */
export function chosenOf(options: readonly { value: string; default?: boolean }[]): string[] {
  return options.flatMap((one) => (one.default ? one.value : []));
}

/** The sign itself, or the name of a server's own emoji. */
export function showEmoji(emoji: APIMessageComponentEmoji | undefined): string | null {
  if (!emoji?.name) return null;
  return emoji.id ? `:${emoji.name}:` : emoji.name;
}
