import type { Button } from '../../protocol.ts';
import { html } from '../preact.ts';
import { OutsideLink } from './outside-link.ts';
import type { Spot } from './spot.ts';
import { useAsking } from './use-asking.ts';

/** A button of a message. While its press is asked it shows so and takes no other. */
export function PressButton({ button, spot }: { button: Button; spot: Spot }) {
  const { isBusy, asking } = useAsking(spot);
  const { style, customId, href, isDisabled } = button;
  const face = html`${button.emoji && html`<span class="emoji">${button.emoji}</span>`}<span>${button.label}</span>`;
  if (href !== null)
    return html`<${OutsideLink} href=${href} class="press press-link">${face}<${LeadsOut} /><//>`;
  const { channelId, messageId } = spot;
  const press = () => customId !== null && asking({ ask: 'click', channelId, messageId, customId });
  return html`<button
    type="button"
    class=${`press press-${style}`}
    disabled=${isDisabled}
    aria-busy=${isBusy}
    onClick=${press}
  >
    ${face}${isBusy && html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>`}
  </button>`;
}

function LeadsOut() {
  return html`<svg class="leads-out" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
    <path d="M6 3h7v7M13 3 5 11M10 13H3V6" fill="none" stroke="currentColor" stroke-width="1.6" />
  </svg>`;
}
