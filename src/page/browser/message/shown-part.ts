import type { Part, Select } from '../../protocol.ts';
import { SelectBox } from '../composer/select-box.ts';
import { html, useState } from '../preact.ts';
import { FileBox } from './file-box.ts';
import { GalleryBox } from './gallery-box.ts';
import { PictureBox } from './picture-box.ts';
import { PressButton } from './press-button.ts';
import type { Spot } from './spot.ts';
import { useAsking } from './use-asking.ts';
import { Written } from './written.ts';

type Props<T> = { part: T; spot: Spot };
type PartOf<K> = Extract<Part, { kind: K }>;

/** A component of a message, with those inside it. */
export function ShownPart({ part, spot }: Props<Part>) {
  switch (part.kind) {
    case 'row':
      return html`<div class="row">${drawAll(part.parts, spot)}</div>`;
    case 'button':
      return html`<${PressButton} button=${part} spot=${spot} />`;
    case 'select':
      return html`<${ChosenOf} part=${part} spot=${spot} />`;
    case 'text':
      return html`<div class="text-part"><${Written} text=${part.text} /></div>`;
    case 'section':
      return html`<${Section} part=${part} spot=${spot} />`;
    case 'gallery':
      return html`<${GalleryBox} pictures=${part.pictures} />`;
    case 'file':
      return html`<${FileBox} file=${part.file} />`;
    case 'separator':
      return html`<hr class=${`separator ${part.hasLine ? '' : 'is-blank'} ${part.isLarge ? 'is-large' : ''}`} />`;
    case 'container':
      return html`<${Container} part=${part} spot=${spot} />`;
  }
}

const drawAll = (parts: readonly Part[], spot: Spot) =>
  parts.map((part) => html`<${ShownPart} part=${part} spot=${spot} />`);

function Section({ part: { texts, accessory }, spot }: Props<PartOf<'section'>>) {
  return html`<div class="section">
    <div class="section-words">
      ${texts.map((text) => html`<div class="text-part"><${Written} text=${text} /></div>`)}
    </div>
    ${accessory?.kind === 'thumbnail' && html`<${PictureBox} picture=${accessory.picture} class="thumbnail" />`}
    ${accessory?.kind === 'button' && html`<${PressButton} button=${accessory} spot=${spot} />`}
  </div>`;
}

function Container({ part, spot }: Props<PartOf<'container'>>) {
  const [isShown, show] = useState(!part.isSpoiler);
  const colour = part.colour && { '--colour': part.colour };
  if (isShown)
    return html`<div class=${`container ${colour ? 'has-colour' : ''}`} style=${colour}>
      ${drawAll(part.parts, spot)}
    </div>`;
  return html`<div class="container is-covered" style=${colour}>
    <div class="covered" inert>${drawAll(part.parts, spot)}</div>
    <button type="button" class="cover" aria-expanded="false" onClick=${() => show(true)}>Spoiler</button>
  </div>`;
}

function ChosenOf({ part: select, spot }: Props<Select>) {
  const { asking } = useAsking(spot);
  const { channelId, messageId, serverId } = spot;
  const { customId } = select;
  const choose = (values: readonly string[]) =>
    asking({ ask: 'choose', channelId, messageId, customId, values });
  return html`<${SelectBox} select=${select} serverId=${serverId} onChoose=${choose} />`;
}
