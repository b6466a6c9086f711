import type { Picture } from '../../protocol.ts';
import { html, useState } from '../preact.ts';

/** A picture with its alt text. One on another host is told in words: the page asks no other host. */
export function PictureBox({ picture, class: name = '' }: { picture: Picture; class?: string }) {
  const [isShown, show] = useState(!picture.isSpoiler);
  if (picture.src === null)
    return html`<span class=${`picture picture-away ${name}`}>${awayWords(picture)}</span>`;
  if (isShown)
    return html`<a class=${`picture ${name}`} href=${picture.src} target="_blank" rel="noopener"
      ><img src=${picture.src} alt=${picture.alt ?? 'Picture without a description'} title=${picture.alt} /></a
    >`;
  return html`<button type="button" class=${`picture is-covered ${name}`} aria-expanded="false" onClick=${() => show(true)}>
    <img src=${picture.src} alt="" /><span class="cover">Spoiler</span>
  </button>`;
}

/** Of a picture on no host there is nothing left but its words. */
function awayWords({ host, alt }: Picture): string {
  const words = host === null ? 'This picture is gone' : `Picture on ${host}`;
  return alt === null ? words : `${words}: ${alt}`;
}
