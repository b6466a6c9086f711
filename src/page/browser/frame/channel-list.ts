import type { Place, Server } from '../../protocol.ts';
import { html } from '../preact.ts';
import { isOpenable, opened } from '../state.ts';
import { changeKnown, useKnown } from '../store.ts';
import { Icon } from './icon.ts';
import { KIND_WORDS, listedPlaces, unreadIn, unreadWords } from './places.ts';

type Props = { server: Server | null; directs: readonly Place[]; openId: string | null; onOpen: () => void };

/** What the open server has, or the direct messages. */
export function ChannelList({ server, directs, openId, onOpen }: Props) {
  const unread = useKnown((state) => state.unread);
  const rows = listedPlaces(server?.places ?? directs, openId, unread);
  const title = server?.name ?? 'Direct messages';
  return html`<nav class="channel-list" aria-label=${server ? `Channels of ${title}` : title}>
    <h2>${title}</h2>
    <ul>
      ${rows.map(
        (place) =>
          html`<li key=${place.id} class=${place.kind === 'thread' ? 'under-parent' : ''}>
            ${
              isOpenable(place)
                ? html`<${ChannelButton} place=${place} isOpen=${place.id === openId} onOpen=${onOpen} />`
                : html`<${ClosedRow} place=${place} />`
            }
          </li>`,
      )}
    </ul>
  </nav>`;
}

function ClosedRow({ place }: { place: Place }) {
  if (place.kind === 'category') return html`<h3>${place.name}</h3>`;
  return html`<span class="channel closed">
    <${Icon} name=${place.kind} /><span class="name">${place.name}</span>
    <span class="aloud">, ${KIND_WORDS[place.kind]}</span>
  </span>`;
}

function ChannelButton({ place, isOpen, onOpen }: { place: Place; isOpen: boolean; onOpen: () => void }) {
  const unread = unreadIn(
    [place],
    useKnown((state) => state.unread),
  );
  const words = [KIND_WORDS[place.kind], unreadWords(unread)].filter(Boolean).join(', ');
  const open = () => {
    changeKnown((state) => opened(state, place.id));
    onOpen();
  };
  return html`<button
    type="button"
    class=${`channel ${unread.messages > 0 ? 'unread' : ''}`}
    aria-current=${isOpen ? 'page' : undefined}
    onClick=${open}
  >
    <${Icon} name=${place.kind} /><span class="name">${place.name}</span>
    <span class="aloud">, ${words}</span>
    ${unread.pings > 0 && html`<span class="count" aria-hidden="true">${unread.pings}</span>`}
  </button>`;
}
