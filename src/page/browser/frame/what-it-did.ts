import type { ShownHappening } from '../../protocol.ts';
import { Written } from '../message/written.ts';
import { html } from '../preact.ts';
import { openedAt, placeOf } from '../state.ts';
import { changeKnown, known, useKnown } from '../store.ts';
import { placeName } from './places.ts';
import { whenWords } from './scene-words.ts';

const MOST_SHOWN = 30;

/** What the bot did and why, newest first, each with the way to its message. */
export function WhatItDid({ onGo }: { onGo: () => void }) {
  const happenings = useKnown((state) => state.happenings);
  const newest = happenings.slice(-MOST_SHOWN).reverse();
  return html`<div class="happenings" role="log" aria-live="polite" aria-label="What Paperboy did" tabindex="0">
    <ol>
    ${newest.length === 0 && html`<li class="quiet">Nothing yet. The first poll comes in a few seconds.</li>`}
    ${newest.map((one) => html`<${HappeningRow} key=${one.id} happening=${one} onGo=${onGo} />`)}
    </ol>
  </div>`;
}

function HappeningRow({ happening, onGo }: { happening: ShownHappening; onGo: () => void }) {
  const { at, text, link } = happening;
  const place = useKnown((state) => placeOf(state, link?.channelId ?? null));
  const show = () => {
    if (link) changeKnown((state) => openedAt(state, link));
    onGo();
  };
  return html`<li>
    <time datetime=${new Date(at).toISOString()}>${whenWords(at, known().time?.now ?? at)}</time>
    <div class="happening-text">
      <${Written} text=${text} />
      ${
        place &&
        html` <button type="button" class="link-button" onClick=${show}>
          Show<span class="aloud"> the message in ${placeName(place)}</span>
        </button>`
      }
    </div>
  </li>`;
}
