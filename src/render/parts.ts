/** What messages consist of, as Discord's JSON: who renders says what it is, and what it does. */
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIButtonComponentWithURL,
  type APIChannelSelectComponent,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIContainerComponent,
  type APIEmbed,
  type APIFileComponent,
  type APIFileUploadComponent,
  type APILabelComponent,
  type APIMediaGalleryComponent,
  type APIModalInteractionResponseCallbackData,
  type APISectionComponent,
  type APISeparatorComponent,
  type APIStringSelectComponent,
  type APITextDisplayComponent,
  type APITextInputComponent,
  ButtonStyle,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord-api-types/v10';
import { cut } from './cut.ts';

/** A row of buttons, at most five, or of one select. */
export type MessageRow = APIActionRowComponent<APIComponentInMessageActionRow>;

/** What people see of a message. */
export type ShownMessage = {
  content?: string;
  embeds?: readonly APIEmbed[];
  components?: readonly MessageRow[];
  /** Files that go with it; posts have none. */
  files?: readonly AnswerFile[];
};

/** `name`: as whoever gets it saves it, letters, digits, points and hyphens alone. */
export type AnswerFile = { name: string; text: string };

/** What a message shows beside its words. */
export type MessageView = { embeds: APIEmbed[]; components: MessageRow[] };

/** A form that opens over the chat. */
export type ModalForm = { modal: APIModalInteractionResponseCallbackData };

/** UTF-16 units of all texts of an answer. */
export const ANSWER_TEXT = 4000;

/** Those of one text: beside it an answer has room for a title, a sentence above and a line below. */
export const TEXT = 3500;

/** The colours at the edge of embeds and containers: `look` is for what somebody should look at. */
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

/** Of the server's channels, those of these types. */
export function channelSelect(of: Omit<APIChannelSelectComponent, 'type'>): APIChannelSelectComponent {
  return { type: ComponentType.ChannelSelect, ...of };
}

/** At most five buttons, or one select. */
export function row(...components: APIComponentInMessageActionRow[]): MessageRow {
  return { type: ComponentType.ActionRow, components };
}

/** One row, or none: Discord refuses an empty one. */
export function rowsOf(components: APIComponentInMessageActionRow[]): MessageRow[] {
  return components.length === 0 ? [] : [row(...components)];
}

/** Markdown, at least a sign of it. */
export function textDisplay(content: string): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content };
}

/** What stands together, with a colour at its edge. */
export function container(components: APIComponentInContainer[], color?: number): APIContainerComponent {
  const accent = color === undefined ? {} : { accent_color: color };
  return { type: ComponentType.Container, ...accent, components };
}

/** `description`: the picture in words, for whoever does not see it. */
type ShownPicture = { url: string; description?: string };

/** One to three texts with a small picture beside them. */
export function section(components: APITextDisplayComponent[], picture: ShownPicture): APISectionComponent {
  return {
    type: ComponentType.Section,
    components,
    accessory: { type: ComponentType.Thumbnail, ...mediaOf(picture) },
  };
}

/** A picture in its full width. */
export function gallery(picture: ShownPicture): APIMediaGalleryComponent {
  return { type: ComponentType.MediaGallery, items: [mediaOf(picture)] };
}

const mediaOf = ({ url, description }: ShownPicture) => ({
  media: { url },
  ...(description === undefined ? {} : { description }),
});

/** A file of the message, by its name: a message with components V2 shows those alone. */
export const shownFile = (name: string): APIFileComponent => ({
  type: ComponentType.File,
  file: { url: `attachment://${name}` },
});

/** A line. */
export function separator(): APISeparatorComponent {
  return { type: ComponentType.Separator };
}

/** A title and markdown, which is cut to what fits. */
export function embed(title: string, text: string, color?: number): APIEmbed {
  return { title, ...(color === undefined ? {} : { color }), description: cut(text, TEXT) };
}

/** A field of a form for several lines, with what it is called. */
export const textField = (called: Called, field: Field): APILabelComponent =>
  labelled(called, field, TextInputStyle.Paragraph);

/** The same for one line. */
export const lineField = (called: Called, field: Field): APILabelComponent =>
  labelled(called, field, TextInputStyle.Short);

type Called = Pick<APILabelComponent, 'label' | 'description'>;
type Field = Omit<APITextInputComponent, 'type' | 'style' | 'label'>;

function labelled(
  { label, description }: Called,
  { custom_id, ...more }: Field,
  style: TextInputStyle,
): APILabelComponent {
  const component = { ...({ type: ComponentType.TextInput, custom_id, style } as const), ...more };
  return { type: ComponentType.Label, label, description, component };
}

/** A field of a form for one file. */
export function fileField(
  { label, description }: Called,
  field: Pick<APIFileUploadComponent, 'custom_id' | 'file_types'>,
): APILabelComponent {
  const component = { type: ComponentType.FileUpload, ...field } as const;
  return { type: ComponentType.Label, label, description, component };
}

/** A field of a form for one role or none; `chosen`: the one that stands in it. */
export function roleField(
  { label, description }: Pick<APILabelComponent, 'label' | 'description'>,
  { custom_id, chosen }: { custom_id: string; chosen: { id: string } | null },
): APILabelComponent {
  const type = SelectMenuDefaultValueType.Role as const;
  const component = {
    ...({ type: ComponentType.RoleSelect, custom_id, required: false, min_values: 0 } as const),
    ...(chosen === null ? {} : { default_values: [{ id: chosen.id, type }] }),
  };
  return { type: ComponentType.Label, label, description, component };
}
