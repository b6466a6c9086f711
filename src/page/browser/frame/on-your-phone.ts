import { html } from '../preact.ts';
import { openedAt, placeOf, serverOf } from '../state.ts';
import { changeKnown, useKnown } from '../store.ts';
import { lastAlert } from './last-alert.ts';
import { placeName } from './places.ts';
import { hourWords } from './scene-words.ts';

/** The last alert as the lock screen of a phone shows it. */
export function OnYourPhone({ onGo }: { onGo: () => void }) {
  const alert = useKnown(lastAlert);
  const place = useKnown((state) => placeOf(state, alert?.channelId ?? null));
  const server = useKnown((state) => serverOf(state, place?.serverId ?? null));
  if (!alert || !place) return html`<p class="quiet">The first alert appears here as on a lock screen.</p>`;
  const show = () => {
    changeKnown((state) => openedAt(state, { channelId: alert.channelId, messageId: alert.id }));
    onGo();
  };
  const where = server ? `${placeName(place)}, ${server.name}` : placeName(place);
  return html`<button type="button" class="push" onClick=${show}>
    <span class="push-app"><span class="push-icon" aria-hidden="true"></span>Discord</span>
    <time datetime=${new Date(alert.at).toISOString()}>${hourWords(alert.at)}</time>
    <strong>${alert.author.name} (${where})</strong>
    <span class="push-text">${alert.push}</span>
    <span class="aloud">Show the message</span>
  </button>`;
}
