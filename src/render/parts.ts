/** What messages consist of, as Discord's JSON: who renders says what it is, and what it does. */
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIButtonComponentWithURL,
  type APIComponentInMessageActionRow,
  type APIEmbed,
  type APILabelComponent,
  type APIMessageTopLevelComponent,
  type APIModalInteractionResponseCallbackData,
  type APIStringSelectComponent,
  type APITextInputComponent,
  ButtonStyle,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10';
import { cut } from './cut.ts';

/** A row of buttons, at most five, or of one select. */
export type MessageRow = APIActionRowComponent<APIComponentInMessageActionRow>;

/** What people see of a message. */
export type ShownMessage = {
  content?: string;
  embeds?: readonly APIEmbed[];
  components?: readonly APIMessageTopLevelComponent[];
};

/** What a message shows beside its words. */
export type MessageView = { embeds: APIEmbed[]; components: MessageRow[] };

/** A form that opens over the chat. */
export type ModalForm = { modal: APIModalInteractionResponseCallbackData };

/** UTF-16 units of an embed's text. */
export const TEXT = 4096;

/** The colours at the edge of embeds: `look` is for what somebody should look at. */
export const ACCENT = {
  paper: 0x2f6fde,
  saved: 0x3ba55d,
  look: 0xe0a030,
  withdrawn: 0xd99a1c,
  refused: 0xd83c3e,
} as const;

/** `customId`: its part before the first `:` names who answers; at most 100 characters. `label`: at most 80. */
export function button(
  label: string,
  customId: string,
  style: APIButtonComponentWithCustomId['style'] = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, style, label, custom_id: customId };
}

/** `label`: at most 80 characters; `url`: at most 512, http or https. */
export function linkButton(label: string, url: string): APIButtonComponentWithURL {
  return { type: ComponentType.Button, style: ButtonStyle.Link, label, url };
}

/** At most 25 options; a message has each id once. */
export function select(of: Omit<APIStringSelectComponent, 'type'>): APIStringSelectComponent {
  return { type: ComponentType.StringSelect, ...of };
}

/** At most five buttons, or one select. */
export function row(...components: APIComponentInMessageActionRow[]): MessageRow {
  return { type: ComponentType.ActionRow, components };
}

/** One row, or none: Discord refuses an empty one. */
export function rowsOf(components: APIComponentInMessageActionRow[]): MessageRow[] {
  return components.length === 0 ? [] : [row(...components)];
}

/** A title and markdown, which is cut to what fits. */
export function embed(title: string, text: string, color?: number): APIEmbed {
  return { title, ...(color === undefined ? {} : { color }), description: cut(text, TEXT) };
}

/** A field of a form for several lines, with what it is called. */
export function textField(
  { label, description }: Pick<APILabelComponent, 'label' | 'description'>,
  { custom_id, ...more }: Omit<APITextInputComponent, 'type' | 'style' | 'label'>,
): APILabelComponent {
  const component = {
    ...({ type: ComponentType.TextInput, custom_id, style: TextInputStyle.Paragraph } as const),
    ...more,
  };
  return { type: ComponentType.Label, label, description, component };
}
