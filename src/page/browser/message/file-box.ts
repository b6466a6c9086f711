import type { ShownFile } from '../../protocol.ts';
import { html, useState } from '../preact.ts';
import { sizeWords } from './file-words.ts';

/** A file to download, with its name and size. */
export function FileBox({ file }: { file: ShownFile }) {
  const [isShown, show] = useState(!file.isSpoiler);
  if (!isShown)
    return html`<button type="button" class="file is-covered" aria-expanded="false" onClick=${() => show(true)}>
      <span class="cover">Spoiler</span>
    </button>`;
  const name =
    file.src === null
      ? html`<span class="file-name">${file.name}</span>`
      : html`<a class="file-name link" href=${file.src} download=${file.name}>${file.name}</a>`;
  return html`<div class="file">
    <svg class="file-sign" viewBox="0 0 30 40" width="30" height="40" aria-hidden="true">
      <path d="M3 1h16l8 8v28a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2Zm16 0v8h8" />
    </svg>
    <div class="file-words">
      ${name}<span class="file-size">${sizeWords(file.bytes)}${file.src === null && `, on ${file.host ?? 'another host'}`}</span>
    </div>
  </div>`;
}
