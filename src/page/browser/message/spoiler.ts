import type { ComponentChildren } from 'preact';
import { html, useState } from '../preact.ts';

/** Covered until the viewer asks to see it. */
export function Spoiler({ children }: { children?: ComponentChildren }) {
  const [isShown, show] = useState(false);
  if (isShown) return html`<span class="spoiler is-shown" tabindex="-1">${children}</span>`;
  const reveal = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
    show(true);
  };
  return html`<span
    class="spoiler"
    role="button"
    tabindex="0"
    aria-expanded="false"
    aria-label="Spoiler"
    onClick=${reveal}
    onKeyDown=${(event: KeyboardEvent) => (event.key === 'Enter' || event.key === ' ') && reveal(event)}
    ><span class="covered">${children}</span></span
  >`;
}
