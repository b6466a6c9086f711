import type { Place, Server } from '../../protocol.ts';
import { initialsOf } from '../message/initials.ts';
import { html } from '../preact.ts';
import { isOpenable, opened } from '../state.ts';
import { changeKnown, useKnown } from '../store.ts';
import { Icon } from './icon.ts';
import { unreadIn, unreadWords } from './places.ts';

type Props = { servers: readonly Server[]; directs: readonly Place[]; open: Place | null };

/** The servers, and the direct messages above them, each opened at its first place. */
export function ServerRail({ servers, directs, open }: Props) {
  return html`<nav class="server-rail" aria-label="Servers">
    <ul>
      ${
        directs.length > 0 &&
        html`<li>
          <${RailButton} name="Direct messages" places=${directs} isOpen=${open?.kind === 'direct'}>
            <${Icon} name="direct" />
          <//>
        </li>`
      }
      ${servers.map(
        (server) => html`<li key=${server.id}>
          <${RailButton} name=${server.name} places=${server.places} isOpen=${open?.serverId === server.id}>
            <span aria-hidden="true">${initialsOf(server.name)}</span>
          <//>
        </li>`,
      )}
    </ul>
  </nav>`;
}

type ButtonProps = { name: string; places: readonly Place[]; isOpen: boolean; children: unknown };

function RailButton({ name, places, isOpen, children }: ButtonProps) {
  const unread = unreadIn(
    places,
    useKnown((state) => state.unread),
  );
  const words = unreadWords(unread);
  const openFirst = () => {
    const first = places.find(isOpenable);
    if (first && !isOpen) changeKnown((state) => opened(state, first.id));
  };
  return html`<button
    type="button"
    class=${`rail-button ${unread.messages > 0 ? 'unread' : ''}`}
    title=${name}
    aria-current=${isOpen ? 'true' : undefined}
    onClick=${openFirst}
  >
    ${children}<span class="aloud">${words ? `${name}, ${words}` : name}</span>
    ${unread.pings > 0 && html`<span class="count" aria-hidden="true">${unread.pings}</span>`}
  </button>`;
}
