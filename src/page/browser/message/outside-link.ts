import type { ComponentChildren } from 'preact';
import { html } from '../preact.ts';

type Props = { href: string; title?: string | null; class?: string; children?: ComponentChildren };

/** A link that leads out of the page, into a tab of its own; nothing but the web is linked, the rest stays text. */
export function OutsideLink({ href, title = null, class: name = 'link', children }: Props) {
  if (!/^https?:\/\//i.test(href)) return html`<span>${children}</span>`;
  return html`<a class=${name} href=${href} title=${title} target="_blank" rel="noopener noreferrer">${children}</a>`;
}
