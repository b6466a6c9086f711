import {
  type APIAttachment,
  type APIButtonComponent,
  type APIFileComponent,
  type APIMessageComponent,
  type APISectionComponent,
  ButtonStyle,
  ComponentType,
  SeparatorSpacingSize,
} from 'discord-api-types/v10';
import type { Button, Part, Picture, Select, ShownFile } from '../protocol.ts';
import { showColour } from './colour.ts';
import { isAddress } from './masked-link.ts';
import { showFile, showPicture } from './pictures.ts';
import { isSelect, showEmoji, showSelect } from './select.ts';
import type { Sight } from './sight.ts';
import { readText } from './text.ts';

type PartDeps = { sight: Sight; attachments: readonly APIAttachment[] };

const STYLES = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Secondary]: 'secondary',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'danger',
  [ButtonStyle.Link]: 'link',
} as const;

/** A component of a message with everything in it. What the page does not know is told as a text, never left out in silence. */
export function showPart(component: APIMessageComponent, deps: PartDeps): Part {
  const { sight } = deps;
  switch (component.type) {
    case ComponentType.ActionRow: {
      const parts = component.components.flatMap((one) => showControl(one) ?? []);
      return parts.length > 0 ? { kind: 'row', parts } : UNKNOWN;
    }
    case ComponentType.TextDisplay:
      return { kind: 'text', text: readText(component.content, sight) };
    case ComponentType.Section:
      return showSection(component, sight);
    case ComponentType.MediaGallery:
      return { kind: 'gallery', pictures: component.items.map((item) => mediaOf(item, sight)) };
    case ComponentType.File:
      return { kind: 'file', file: fileOf(component, deps) };
    case ComponentType.Separator:
      return {
        kind: 'separator',
        hasLine: component.divider !== false,
        isLarge: component.spacing === SeparatorSpacingSize.Large,
      };
    case ComponentType.Container:
      return {
        kind: 'container',
        colour: showColour(component.accent_color),
        isSpoiler: component.spoiler === true,
        parts: component.components.map((one) => showPart(one, deps)),
      };
    default:
      return UNKNOWN;
  }
}

/** Discord adds kinds of components; a page that does not know one says so. */
export const UNKNOWN = {
  kind: 'text',
  text: [{ kind: 'small', inner: [{ kind: 'plain', text: 'unknown component' }] }],
} as const satisfies Part;

type Control = Extract<APIMessageComponent, { type: ComponentType.ActionRow }>['components'][number];

function showControl(control: Control): Button | Select | null {
  if (control.type === ComponentType.Button) return showButton(control);
  return isSelect(control) ? showSelect(control) : null;
}

// What Discord sells has no button here.
function showButton(button: APIButtonComponent): Button | null {
  if (button.style === ButtonStyle.Premium) return null;
  const isLink = button.style === ButtonStyle.Link;
  return {
    kind: 'button',
    style: STYLES[button.style],
    label: button.label ?? null,
    emoji: showEmoji(button.emoji),
    customId: isLink ? null : button.custom_id,
    href: isLink && isAddress(button.url) ? button.url : null,
    isDisabled: button.disabled === true,
  };
}

function showSection({ components, accessory }: APISectionComponent, sight: Sight): Part {
  const texts = components.map(({ content }) => readText(content, sight));
  if (accessory.type === ComponentType.Button)
    return { kind: 'section', texts, accessory: showButton(accessory) };
  if (accessory.type !== ComponentType.Thumbnail) return { kind: 'section', texts, accessory: null };
  return { kind: 'section', texts, accessory: { kind: 'thumbnail', picture: mediaOf(accessory, sight) } };
}

type Media = { media: { url: string }; description?: string | null; spoiler?: boolean };

function mediaOf({ media, description, spoiler }: Media, { world }: Sight): Picture {
  return showPicture(world, { url: media.url, alt: description, isSpoiler: spoiler });
}

function fileOf({ file, spoiler }: APIFileComponent, { sight, attachments }: PartDeps): ShownFile {
  const attachment = attachments.find(({ url }) => url === file.url);
  if (attachment) return showFile(sight.world, attachment, spoiler);
  const name = file.url.split('/').at(-1) ?? '';
  return {
    ...showPicture(sight.world, { url: file.url, isSpoiler: spoiler }),
    id: file.url,
    name,
    bytes: 0,
    isImage: false,
  };
}
