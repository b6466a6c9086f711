import { html } from '../preact.ts';

const LINKS: readonly { to: string; label: string }[] = [
  { to: 'messages', label: 'Go to the messages' },
  { to: 'composer-box', label: 'Go to the composer' },
];

/** The first stops of the tabulator: past the lists. */
export function SkipLinks() {
  return html`<nav class="skip-links" aria-label="Past the lists">
    ${LINKS.map(({ to, label }) => html`<a key=${to} href=${`#${to}`} onClick=${(event: Event) => go(event, to)}>${label}</a>`)}
  </nav>`;
}

function go(event: Event, to: string): void {
  event.preventDefault();
  document.getElementById(to)?.focus();
}
