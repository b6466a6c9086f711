import type { ShownEmbed } from '../../protocol.ts';
import { html } from '../preact.ts';
import { useKnown } from '../store.ts';
import { placedFields } from './embed-fields.ts';
import { OutsideLink } from './outside-link.ts';
import { PictureBox } from './picture-box.ts';
import { ownTimes } from './time-words.ts';
import { Written } from './written.ts';

/** An embed: a card with a coloured bar. */
export function EmbedBox({ embed }: { embed: ShownEmbed }) {
  const { author, title, href, description, fields, image, thumbnail } = embed;
  return html`<div class="embed" style=${embed.colour && { '--colour': embed.colour }}>
    <div class="embed-words">
      ${author && html`<div class="embed-author">${author}</div>`}
      ${title && html`<div class="embed-title">${titled(title, href)}</div>`}
      ${description && html`<div class="embed-description"><${Written} text=${description} /></div>`}
      ${fields.length > 0 && drawFields(fields)}
    </div>
    ${thumbnail && html`<${PictureBox} picture=${thumbnail} class="embed-thumbnail" />`}
    ${image && html`<${PictureBox} picture=${image} class="embed-image" />`}
    <${Footer} footer=${embed.footer} at=${embed.at} />
  </div>`;
}

function titled(title: NonNullable<ShownEmbed['title']>, href: string | null) {
  const words = html`<${Written} text=${title} />`;
  return href === null ? words : html`<${OutsideLink} href=${href}>${words}<//>`;
}

function drawFields(fields: ShownEmbed['fields']) {
  return html`<dl class="embed-fields">
    ${placedFields(fields).map(
      ({ field, columns }) => html`<div class=${`embed-field columns-${columns}`}>
        <dt><${Written} text=${field.name} /></dt>
        <dd><${Written} text=${field.value} /></dd>
      </div>`,
    )}
  </dl>`;
}

function Footer({ footer, at }: { footer: string | null; at: number | null }) {
  const time = useKnown(({ sceneMinute }) => at !== null && ownTimes.written(at, sceneMinute ?? at));
  if (!footer && !time) return null;
  return html`<div class="embed-footer">${[footer, time].filter(Boolean).join(' • ')}</div>`;
}
