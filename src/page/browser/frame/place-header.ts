import type { Place } from '../../protocol.ts';
import { html } from '../preact.ts';
import { opened, placeOf } from '../state.ts';
import { changeKnown, useKnown } from '../store.ts';
import { Icon } from './icon.ts';
import { KIND_WORDS, placeName } from './places.ts';

type Props = {
  place: Place;
  hasChannelsButton: boolean;
  isSceneOpen: boolean;
  onChannels: () => void;
  onScene: () => void;
};

/** What is open, the way back from a thread, and the doors to both sides. */
export function PlaceHeader({ place, hasChannelsButton, isSceneOpen, onChannels, onScene }: Props) {
  return html`<header class="place-header">
    ${
      hasChannelsButton &&
      html`<button type="button" class="side-button" id="channels-button" onClick=${onChannels}>
        <${Icon} name="menu" /><span class="aloud">Channels</span>
      </button>`
    }
    <${WayBack} place=${place} />
    <${Icon} name=${place.kind} />
    <h1>${place.name}<span class="aloud">, ${KIND_WORDS[place.kind]}</span></h1>
    ${place.isArchived && html`<span class="archived">Archived</span>`}
    ${place.topic && html`<p class="topic" title=${place.topic}>${place.topic}</p>`}
    <button
      type="button"
      class="side-button scene-button"
      id="scene-button"
      aria-expanded=${isSceneOpen ? 'true' : 'false'}
      onClick=${onScene}
    >
      <${Icon} name="panel" /><span>Scene</span>
    </button>
  </header>`;
}

function WayBack({ place }: { place: Place }) {
  const parent = useKnown((state) => placeOf(state, place.kind === 'thread' ? place.parentId : null));
  if (!parent) return null;
  return html`<button
    type="button"
    class="way-back"
    onClick=${() => changeKnown((state) => opened(state, parent.id))}
  >
    <${Icon} name="back" /><span class="aloud">Back to </span>${placeName(parent)}
  </button>`;
}
