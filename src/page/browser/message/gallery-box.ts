import type { Picture } from '../../protocol.ts';
import { html } from '../preact.ts';
import { PictureBox } from './picture-box.ts';

/** Up to ten pictures, set as Discord sets that many. */
export function GalleryBox({ pictures }: { pictures: readonly Picture[] }) {
  return html`<div class=${`gallery gallery-${pictures.length}`}>
    ${pictures.map((picture) => html`<${PictureBox} picture=${picture} />`)}
  </div>`;
}
